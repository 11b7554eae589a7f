"""Facts: the simple sentences of a message, still in the owner's words, each saying one thing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consolidation.english.accounts import people_of, told_as_one
from consolidation.english.antecedents import Antecedents
from consolidation.english.elision import with_subject
from consolidation.english.mood import asserts
from consolidation.english.naming import namings
from consolidation.english.newcomers import Newcomers
from consolidation.english.parsing import Sentence, parse, parse_simple, repaired
from consolidation.english.propositions import first_half, propositions
from consolidation.english.reference import Mentions, without_expletive
from consolidation.english.silent import is_of_another
from consolidation.english.sureness import is_sure
from consolidation.english.tidying import unwrapped
from consolidation.english.turns import Turn
from consolidation.english.utterances import heard


def simple_sentences(text: str, before: Sequence[Turn] = ()) -> list[str]:
    """First-person sentences that each state one fact of the message."""
    return list(facts_of(text, before).whole)


@dataclass(frozen=True, slots=True)
class Facts:
    """The simple sentences of a message."""

    whole: Mapping[str, str]
    """Each with how it is told: mostly as it is, or with its neighbour."""
    sentences: Sequence[Sequence[str]]
    """Those that the owner said in one sentence, or with no more than a comma between them."""


def facts_of(text: str, before: Sequence[Turn] = (), *, insist: bool = False) -> Facts:
    """`before` are the earlier turns of the conversation: who "she" is."""
    sentences: list[list[str]] = []
    simple: list[str] = []
    named: list[str] = []
    whole: dict[str, str] = {}
    newcomers = Newcomers()
    told = _Told(people_of(before))
    previous = ""
    for utterance in heard(text, tuple(before), insist=insist):
        if not utterance.is_fact or utterance.as_said:
            if utterance.kind in ("question", "request"):
                told.note(utterance.text)
            continue
        if is_of_another(utterance.text, previous):
            continue
        previous = utterance.text
        own: list[str] = []
        plain = unwrapped(with_subject(utterance.text))
        for sentence in map(repaired, parse(plain) if plain.strip(" .") else ()):
            if not asserts(sentence):
                continue
            together: list[str] = []
            names = namings(sentence)
            named += names
            raw = propositions(sentence)
            facts = [told.resolved(fact) for fact in raw]
            half = first_half(sentence) if not any(facts) else ""
            for said, fact in zip((*raw, half), (*facts, told.resolved(half)), strict=True):
                roles = newcomers.told(said)
                own += [newcomers.owned(fact)] if fact else []
                named += roles
                together += own[-1:] if fact else []
                if roles and fact and len(own) == 1:
                    whole |= told_as_one([*simple[-1:], fact])
            if sentences and together and _is_behind_comma(together[0], text):
                sentences[-1] += [*together, *names]
            else:
                sentences.append([*together, *names])
        simple += own
        whole |= told_as_one(own)
    return Facts({fact: whole.get(fact, fact) for fact in (*simple, *named)}, sentences)


class _Told:
    """What the message and those before it have mentioned, as its facts are read one by one."""

    def __init__(self, people: Antecedents) -> None:
        self._people = people
        self._mentions = Mentions()

    def note(self, text: str) -> None:
        """Take in whom a question speaks of: they can be meant by what follows it."""
        for part in parse(text):
            self._people.note(part.words)

    def resolved(self, fact: str) -> str:
        """The fact with names for "she" and "it"; "" where it is not sure what it says."""
        read = parse_simple(fact) if fact else None
        if read is None:
            return ""
        told = self._meant(read) if is_sure(read) else None
        self._mentions.note(read)
        self._people.note(read.words)
        return without_expletive(told) if told is not None else ""

    def _meant(self, read: Sentence) -> str | None:
        filled, open_end = self._people.filled(read.words, lone=True)
        meant = parse_simple(filled)
        clear = meant is not None and not open_end and is_sure(meant)
        told = self._mentions.resolved(meant) if meant is not None and clear else None
        return None if told is None or _TWICE_OWNED.search(told) else told


def _is_behind_comma(fact: str, text: str) -> bool:
    """Whether a fact was said behind a comma: "Remus left the shelf, the favourite spot is the
    heap"."""
    return re.search(rf", {re.escape(fact.rstrip('.'))}", text, re.IGNORECASE) is not None


_TWICE_OWNED = re.compile(r"(?i)\ban? (?:my|our)\b")
