"""Utterances: the sentences of a message, each with its kind and the reason in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.tools.rules import plain_calls
from consolidation.english.consequences import with_reason
from consolidation.english.contractions import spelt_out
from consolidation.english.courtesies import introduced, plainly_given
from consolidation.english.generic_you import as_owners
from consolidation.english.hearsay import (
    QUOTED,
    is_back_in_life,
    is_dreamt,
    is_fiction,
    is_quotation,
    opens_play,
    set_apart,
    speaks_of_tales,
)
from consolidation.english.inquiries import embedded, is_question, is_request
from consolidation.english.mood import asks
from consolidation.english.names import capitalised, with_names
from consolidation.english.parsing import parse
from consolidation.english.segments import claimed, supposes
from consolidation.english.self_repairs import put_right
from consolidation.english.sentences import opened, sentences_of
from consolidation.english.smalltalk import is_small_talk
from consolidation.english.takebacks import taken_back
from consolidation.english.tidying import unwrapped
from consolidation.english.turns import Turn
from consolidation.english.wishes import standing_wish
from consolidation.english.word_order import in_plain_order
from memory.text import lower_words

Kind = Literal["fact", "question", "request", "hypothetical", "quotation", "fiction", "idle"]

REASONS: dict[Kind, str] = {
    "fact": "states something of its owner's life",
    "question": "asks something",
    "request": "asks for something to be done",
    "hypothetical": "supposes something that is not so",
    "quotation": "gives the words of others",
    "fiction": "tells a story or a dream",
    "idle": "is small talk: nothing in it could be asked about tomorrow",
}

_MOST_WORDS = 75
"""Words of a message that is told as it was written."""
_LEAST_WORDS = 3
"""Words of small talk beside a question that are more than a courtesy."""
_ASKING: tuple[Kind, ...] = ("question", "request")
_WORKED_OUT = ("calc", "convert")
_NEAR_TURNS = 3
"""So many messages before are looked at for names and for make-believe."""
_PLAY_TURNS = 2
"""So many messages after make-believe was opened, it still goes on."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence of a message, or the part of it that is claimed."""

    text: str
    """In the owner's words, tidied, without its wrapping."""
    kind: Kind
    reason: str
    """In plain words: "supposes something that is not so"."""
    reported: str = ""
    """A question or request as it is told of: "I asked how to cheer up Tomas."."""
    insisted: bool = False
    """No fact by its kind, but its owner insists that it is told."""

    @property
    def is_fact(self) -> bool:
        return self.kind == "fact" or self.insisted

    @property
    def as_said(self) -> bool:
        """Whether its parts hold only within the whole: "I'd buy a boat", if something were so."""
        unreal = self.kind in ("quotation", "hypothetical") or opens_play(self.text)
        return self.insisted and unreal


def heard(message: str, before: Sequence[Turn] = (), *, insist: bool = False) -> list[Utterance]:
    """The utterances of a message, in the order of the text.

    Where its owner insists, all but questions and requests is told, whatever its kind.
    """
    near = tuple(before[-_NEAR_TURNS:])
    plays = _plays_on(before) and not _is_of_life(message, before)
    found = list(_utterances(message, near, plays))
    if any(one.kind == "fact" for one in found) and _is_a_sum(message):
        found = [_utterance(" ".join(message.split()), "request")]
    return _insisted(found, message) if insist else found


def _is_a_sum(message: str) -> bool:
    """Whether a tool was to work it out: "180 cm in inches" tells nothing."""
    calls = plain_calls(message)
    return bool(calls) and all(call.name in _WORKED_OUT for call in calls)


def _insisted(found: Sequence[Utterance], message: str) -> list[Utterance]:
    """A sentence whose quotation was set apart gives way to the message as it was written."""
    whole = " ".join(message.split()[:_MOST_WORDS])
    if not found and any(map(str.isalnum, whole)):
        found = [_utterance(whole, "idle")]
    asks_too = any(one.kind in _ASKING for one in found)
    told: dict[str, Utterance] = {}
    for one in found:
        if QUOTED in one.text:
            one = _utterance(whole, "quotation")
        courtesy = one.kind == "idle" and asks_too and len(one.text.split()) < _LEAST_WORDS
        asked = one.kind in _ASKING or one.text.endswith("?")
        if not (one.is_fact or asked or courtesy) and any(map(str.isalnum, one.text)):
            reason = f"{one.reason}; told all the same, for it is pinned"
            one = replace(one, reason=reason, insisted=True)
        told.setdefault(one.text, one)
    return list(told.values())


@lru_cache(maxsize=2048)
def _utterances(message: str, before: tuple[Turn, ...], plays: bool) -> tuple[Utterance, ...]:
    found: list[Utterance] = []
    unreal: Kind | None = "fiction" if plays else None
    known = capitalised(text for turn in before for text in (turn.user_text, turn.assistant_text))
    for sentence in sentences_of(set_apart(introduced(message))):
        if unreal == "fiction" and is_back_in_life(sentence):
            unreal = None
        text = opened(plainly_given(sentence) or sentence)
        if not is_request(text):
            text = opened(unwrapped(text))
        text = with_reason(spelt_out(with_names(put_right(as_owners(text)), known)))
        known |= capitalised((text,))
        if not any(map(str.isalnum, text)):
            found.append(_utterance(sentence, "idle"))
            continue
        order, text = taken_back(text)
        if order:
            found.append(_utterance(order, "request"))
        if not text:
            continue
        wish = _wished(text, unreal, asked_for=bool(found) and found[-1].kind == "request")
        several = wish
        if not wish:
            follows = bool(found) and found[-1].is_fact
            for plain in in_plain_order(text):
                several = [*several, *_heard(plain, unreal, follows=follows)]
        found += several
        kinds = {one.kind for one in several}
        unreal = next((kind for kind in _LASTING if kind in kinds), unreal)
    return tuple(_introducing(one, found[i + 1 :]) for i, one in enumerate(found))


def _introducing(one: Utterance, after: Sequence[Utterance]) -> Utterance:
    """ "I'm writing a story." belongs to the fiction or quotation that it introduces."""
    unreal = after and after[0].kind in ("quotation", "fiction")
    return _utterance(one.text, "fiction") if unreal and speaks_of_tales(one.text) else one


def silent_kind(message: str, before: Sequence[Turn] = (), *, insist: bool = False) -> Kind:
    """What a message is from which nothing was taken: mostly a question."""
    found = heard(message, before, insist=insist)
    kinds = [utterance.kind for utterance in found if not utterance.is_fact]
    telling = [kind for kind in kinds if kind != "idle"] or kinds
    return telling[0] if telling else "idle"


_LASTING: tuple[Kind, ...] = ("fiction", "hypothetical", "quotation")
"""Kinds that colour what follows them in the same message."""


def _plays_on(before: Sequence[Turn]) -> bool:
    """Whether make-believe was opened a moment ago, and not left, expressly or by what was said."""
    for place in reversed(range(len(before))[-_PLAY_TURNS:]):
        said, earlier = before[place].user_text, before[:place]
        if is_back_in_life(said):
            return False
        if opens_play(said):
            return True
        if any(opens_play(turn.user_text) for turn in earlier) and _is_of_life(said, earlier):
            return False
    return False


def _is_of_life(message: str, before: Sequence[Turn]) -> bool:
    """Whether a message names somebody or something that the talk knew before its make-believe:
    Ada, "the shearers"."""
    opened_at = next(i for i in reversed(range(len(before))) if opens_play(before[i].user_text))
    real = [turn.user_text for turn in before[:opened_at]]
    played = [text for turn in before[opened_at:] for text in (turn.user_text, turn.assistant_text)]
    if capitalised((message,)) & (capitalised(real) - capitalised(played)):
        return True
    known = {word for text in real for word in _known_things(text)}
    told_in_play = {word for text in played for word in lower_words(text)}
    return bool(_known_things(message) & (known - told_in_play))


def _known_things(text: str) -> set[str]:
    """The nouns of what is spoken of as known: behind "the", "my" and "our"."""
    return {
        noun.lower
        for sentence in parse(text)
        for noun in sentence.words
        if noun.is_noun and any(one.lower in ("the", "my", "our") for one in noun.children)
    }


def _utterance(text: str, kind: Kind, reported: str = "") -> Utterance:
    return Utterance(text, kind, REASONS[kind], reported)


def _heard(text: str, unreal: Kind | None, *, follows: bool) -> list[Utterance]:
    """The utterances of one sentence, after one that was unreal in some way, or a fact."""
    if is_quotation(text):
        return [_utterance(text, "quotation")]
    if unreal == "fiction" or is_dreamt(text) or is_fiction(text) or opens_play(text):
        return [_utterance(text, "fiction")]
    if supposes(text):
        return [_utterance(text, "hypothetical")]
    asked, requested = is_question(text) or _is_inverted(text), is_request(text)
    if asked or requested:
        facts, reported = embedded(text, requested)
        kind: Kind = "request" if requested else "question"
        return [
            _utterance(text, kind, reported),
            *(_utterance(fact, "fact") for fact in facts if not is_small_talk(fact)),
        ]
    claims = claimed(text)
    if not claims:
        return [_utterance(text, "idle")]
    return [_claim(one, unreal, follows) for one in claims]


def _wished(text: str, unreal: Kind | None, *, asked_for: bool) -> list[Utterance]:
    """The facts of a sentence with a standing wish in it; none where there is no such wish."""
    if unreal is not None or is_quotation(text) or is_fiction(text) or opens_play(text):
        return []
    wish = standing_wish(text, asked_for=asked_for)
    if wish is None or is_request(wish.before) or is_question(wish.before):
        return []
    before = _heard(wish.before, None, follows=False) if wish.before else []
    reason = _heard(wish.reason, None, follows=True) if wish.reason else []
    reason = [_utterance(one.text, "fact") if one.kind == "idle" else one for one in reason]
    return [*before, _utterance(wish.fact, "fact"), *reason]


def _is_inverted(text: str) -> bool:
    """Whether the verb stands before its subject, as in a question without its mark."""
    first = next(iter(parse(text)), None)
    return first is not None and asks(first)


def _claim(text: str, unreal: Kind | None, follows: bool) -> Utterance:
    idle = is_small_talk(text, unreal=unreal is not None, follows=follows)
    return _utterance(text, "idle" if idle else "fact")
