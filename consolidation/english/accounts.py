"""Accounts: what a message tells, sentence by sentence, whole, and with what it points back to.

Where a sentence cannot be taken apart surely, nothing is lost: it is told as it was said. One that
points back ("she", "the other one", "8 April, at nine") is told together with what it points to.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from consolidation.english.anchors import has_content, is_counted, is_dated, is_named, is_owned
from consolidation.english.answers import asked_last, completed, opens_as_answer
from consolidation.english.antecedents import Antecedents
from consolidation.english.elision import with_subject
from consolidation.english.leaning import OVER
from consolidation.english.parsing import Word, parse
from consolidation.english.segments import stands
from consolidation.english.silent import is_of_another, lacks_object
from consolidation.english.smalltalk import is_mood
from consolidation.english.turns import Turn
from consolidation.english.utterances import Utterance, heard

_REACH = 3
"""Earlier messages that a sentence may point back to."""
_MOST_WORDS = 75
_POINTS_BACK = re.compile(
    r"(?i)^(?:(?:it|this|that|they|these|those|them|there|he|she|mine|hers|theirs|both|one|some|"
    r"all|half|none|neither|each)\b|(?:with|for|from|via|plus|including|except) |(?:this|these|"
    r"those|that) \w+|not\b|same\b|then\b)"
    r"|\b(?:the|new|old|other|another|right|left|red|blue|big|little|older|younger) ones?\b|"
    r"^the (?:job|thing|matter|problem|deadline|whole (?:thing|lot|job)|work|result|reason|catch|"
    r"downside|plus side)\b|"
    r"\bthe (?:other|older|younger|elder|first|second|third|latter|former)\b(?! \w+ing)|"
    r"\b(?:the )?same (?:place|time|day|thing|hospital|week)\b|\b(?:them|there)\b[.,]|"
    r"\b(?:of|for|with|to) (?:them|those|these|it)\b|\bthis \w+|\bafterwards?[.,]"
)
_IMPERSONAL = re.compile(
    r"(?i)^it(?:'s| is| was| will be|'ll be) (?:now |not |actually |also )?(?:(?:mon|tues|wednes|"
    r"thurs|"
    r"fri|satur|sun)day|\d|my\b|our\b|the \d|(?:[A-Z]|my )[\w ]+ (?:who|that)\b|time\b|"
    r"(?:so |very |too )?(?:late|early|hot|cold|dark)\b)"
    r"|^they(?:'re|'ve| are| have) (?:now |just |finally )?(?:serv|put(?:ting)? on|hold|held|show|"
    r"mov|clos|open|build|built|leav|left|chang|rais|cut|cancel|postpon|schedul|book)"
)
""" "It is Friday", "It's Ana who …", "They're serving sushi at the fair": it means nothing."""


@dataclass(frozen=True, slots=True)
class Account:
    """Sentences of the owner that belong together."""

    sentences: tuple[str, ...]
    """In the owner's person, the last ones those of the message itself."""
    own: int
    """So many of the sentences are the message's own."""
    drawn_on: tuple[int, ...] = ()
    """Earlier turns that it drew on, counted back from the message: 1 is the turn before."""
    as_said: bool = False
    """It claims nothing that could be taken out of it: a quotation, "if I won the lottery …"."""

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


@lru_cache(maxsize=512)
def accounts(
    message: str, before: tuple[Turn, ...] = (), *, insist: bool = False
) -> tuple[Account, ...]:
    """The accounts of a message, in the order of the text."""
    before = before[-2 * _REACH :]
    people = people_of(before)
    found: list[Account] = []
    asked = doubted = ""
    follows = False
    own = Antecedents()
    for place, utterance in enumerate(heard(message, before, insist=insist)):
        spoken = _words(utterance.text)
        told = utterance.kind not in ("request", "question") and not is_mood(utterance.text)
        answer = _answer(utterance.text, before) if place == 0 and told else None
        if answer is not None:
            found.append(answer)
        elif utterance.as_said:
            found.append(Account((utterance.text,), 1, as_said=True))
        elif utterance.is_fact:
            others = (
                follows and bool(found) and is_of_another(utterance.text, found[-1].sentences[-1])
            )
            said = utterance.text if others else with_subject(utterance.text)
            filled, open_end = people.filled(_words(said))
            bare = said != utterance.text and lacks_object(utterance.text)
            fragment = not stands(said) or bare
            if asked:
                found.append(Account((asked, filled), 2))
            elif found and _tells_whom(spoken) and own.agreeing(spoken) and open_end:
                # Somebody of this very message: whoever was told of before is not meant.
                found[-1:] = _joined(found[-1], said)
            elif doubted and _OPENS_WITH_PRONOUN.match(said):
                # Whom it means stands in a sentence that is no fact: told with it, or not at all.
                if _ADDRESSED.search(doubted) is None:
                    found.append(Account((doubted, said), 2))
            elif (found and follows) and (
                (_points(said) or fragment or filled != said or open_end)
                or _takes_the_place(said, found[-1].sentences[-1])
            ):
                found[-1:] = _joined(found[-1], said)
            elif said.startswith("I asked "):
                found.append(Account((said,), 1))
            elif open_end and not _IMPERSONAL.match(said):
                found += _bridged(filled, spoken, before)
            else:
                found.append(Account((filled,), 1))
        asked = utterance.reported
        doubted = utterance.text if _is_doubted(utterance) else ""
        follows = answer is not None or (utterance.is_fact and not utterance.as_said)
        people.note(spoken)
        own.note(spoken)
    return tuple(found)


_OPENS_WITH_PRONOUN = re.compile(r"(?i)^(?:he|she|it|they)(?:'\w+)?\b")
_ADDRESSED = re.compile(r"(?i)\b(?:you|your|u|ur)\b")
_LEAST_IN_DOUBT = 5
"""Words of a sentence that is no fact and yet names something."""


def _is_doubted(utterance: Utterance) -> bool:
    """ "Maybe I found somebody, Benedikt from Austria.": it claims nothing, and yet it names."""
    told = utterance.kind == "idle" and not utterance.is_fact
    spoken = _words(utterance.text) if told else []
    return len(spoken) >= _LEAST_IN_DOUBT and has_content(spoken)


_MOST_IN_ACT = 12
_CLAUSAL = re.compile(r"\b(?:so|because|and|but|that|who|which|when|since)\b|,")
_ACTING = re.compile(r"^(?P<who>I|We) (?!am\b|are\b|was\b|were\b)\w+")
_PLACED = re.compile(
    r"^(?P<who>I|We) (?P<state>(?:(?:am|are) (?:now )?(?:with|at|in|on|back|off)|(?:now )?(?:go to|"
    r"see))\b.+)$"
)


def told_as_one(facts: Sequence[str]) -> dict[str, str]:
    """Facts of one sentence that say little apart, each with the two of them as one.

    "I have switched dentists.", "I am with Dr. Okafor now." -> "I have switched dentists and am
    with Dr. Okafor now."
    """
    whole: dict[str, str] = {}
    for first, second in pairwise(facts):
        acting, placed = _ACTING.match(first), _PLACED.match(second)
        if acting is None or placed is None or acting["who"] != placed["who"]:
            continue
        if len(first.split()) > _MOST_IN_ACT or _CLAUSAL.search(first):
            continue
        joint = f"{first.rstrip('.')} and {placed['state']}"
        whole |= {first: joint, second: joint}
    return whole


def _takes_the_place(text: str, earlier: str) -> bool:
    """ "The favourite dessert is now sorbet." after what somebody "no longer prefers"."""
    return _NOW.search(text) is not None and OVER.search(earlier) is not None


_NOW = re.compile(r"(?i)^(?:the|a|an)\b.*\b(?:now|instead|these days|nowadays)\b")


def _points(text: str) -> bool:
    return _POINTS_BACK.search(text) is not None


def _words(text: str) -> list[Word]:
    return [word for sentence in parse(text) for word in sentence.words]


def people_of(before: Sequence[Turn]) -> Antecedents:
    """Whom the last turns mentioned."""
    people = Antecedents()
    for i, turn in enumerate(before):
        if i < len(before) - _REACH:
            continue
        for utterance in heard(turn.user_text, before[:i]):
            if utterance.kind not in ("quotation", "fiction", "hypothetical"):
                people.note(_words(utterance.text))
    people.begin()
    return people


def _joined(earlier: Account, text: str) -> list[Account]:
    """The account with one more sentence; a new one with the last sentence, where it grows long."""
    if len(earlier.text.split()) + len(text.split()) <= _MOST_WORDS:
        return [Account((*earlier.sentences, text), earlier.own + 1, earlier.drawn_on)]
    return [earlier, Account((earlier.sentences[-1], text), 2, earlier.drawn_on)]


def _answer(text: str, before: tuple[Turn, ...]) -> Account | None:
    """What a short answer tells, with the question that the assistant had asked."""
    if not before:
        return None
    question = asked_last(before[-1].assistant_text)
    earlier = accounts(before[-1].user_text, before[:-1])
    last = earlier[-1] if earlier else None
    if last is not None and len(last.text.split()) + len(text.split()) > _MOST_WORDS:
        last = Account(last.sentences[-1:], 1, last.drawn_on) if len(last.sentences) > 1 else None
    if not question:
        return _outcome(text, before)
    opens = opens_as_answer(question, text)
    told = completed(question, text) if opens or not stands(text) else ""
    if told and last is not None:
        return Account((*last.sentences, told), 1, _further(last))
    if told:
        return None if re.match(r"(?i)(?:that|it|this|they|he|she) ", told) else Account((told,), 1)
    if last is None or not (opens or _is_fragment(text)):
        return None
    ended = last.sentences[-1].rstrip(" .!")
    answer = text if _opens_with_name(text) else text[:1].lower() + text[1:]
    return Account((*last.sentences[:-1], f"{ended}: {answer}"), 1, _further(last))


def _outcome(text: str, before: tuple[Turn, ...]) -> Account | None:
    """ "Failed.", with what was to be passed."""
    words = [word for word in _words(text) if word.tag not in (".", "RB")]
    if len(words) != 1:
        return None
    if words[0].tag not in ("VBD", "VBN") and not words[0].lower.endswith("ed"):
        return None
    for back in range(1, min(_REACH, len(before) + 1)):
        earlier = accounts(before[-back].user_text, before[:-back])
        if earlier:
            drawn = (back, *(place + back for place in earlier[-1].drawn_on))
            last = earlier[-1].sentences
            last = last[-1:] if stands(last[-1]) else last[-2:]
            return Account((*last, text), 1, drawn)
    return None


def _is_fragment(text: str) -> bool:
    words = _words(text)
    tied = any(word.is_noun or word.tag == "CD" for word in words)
    return tied and not stands(text) and len(words) > 2


def _opens_with_name(text: str) -> bool:
    first = _words(text)[0]
    return first.is_proper or first.lower == "i"


def _further(account: Account) -> tuple[int, ...]:
    return (1, *(place + 1 for place in account.drawn_on))


def _tells_whom(spoken: Sequence[Word]) -> bool:
    return any(word.lower in ("he", "she", "him", "her", "his") for word in spoken)


def _bridged(text: str, spoken: Sequence[Word], before: tuple[Turn, ...]) -> list[Account]:
    """The sentence behind the last thing told of somebody whom it can mean.

    Where there is none, the sentence is kept alone if a name, a date or a number holds it.
    """
    for back in range(1, min(_REACH, len(before)) + 1):
        earlier = accounts(before[-back].user_text, before[:-back])
        if not earlier:
            continue
        if earlier[-1].sentences[0].startswith("I asked ") and not _tells_whom(spoken):
            break
        people = Antecedents()
        people.note(_words(earlier[-1].text))
        last = earlier[-1]
        short = len(last.text.split()) + len(text.split()) <= _MOST_WORDS
        if short and people.agreeing(spoken):
            drawn = (back, *(place + back for place in last.drawn_on))
            if back == 1 or _tells_whom(spoken):
                return [Account((*last.sentences, text), 1, drawn)]
        break
    held = is_named(spoken) or is_dated(text) or is_counted(spoken) or is_owned(spoken)
    return [Account((text,), 1)] if held else []
