"""Understanding: what is made of an episode now, as its owner can check it."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from consolidation.discretion import opened
from consolidation.dreams import calendar_of, statements_of
from consolidation.english.turns import turns_of
from consolidation.english.utterances import Utterance, heard
from memory.episode import Episode


@dataclass(frozen=True, slots=True)
class Understanding:
    """How an episode is read."""

    utterances: tuple[Utterance, ...]
    facts: tuple[str, ...]
    """What a night would teach of it, as sentences to the owner."""
    withheld: str = ""
    """What no night reads of it, in words: "a card number and a PIN"."""


def understood(
    episode: Episode, before: Sequence[Episode] = (), gone: Container[str] = ()
) -> Understanding:
    """Read an episode with those `before` it in its session, without the facts that are `gone`."""
    read = [opened(one, before[:place]).episode for place, one in enumerate(before)]
    own = opened(episode, before)
    told = own.episode
    utterances = heard(told.user_text, turns_of(read), insist=told.pinned)
    statements = statements_of(told, calendar_of(told, read), read, gone)
    facts = tuple(dict.fromkeys(one.text for one in statements))
    return Understanding(tuple(utterances), facts, own.withheld)
