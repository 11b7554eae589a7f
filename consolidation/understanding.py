"""Understanding: what is made of an episode now, as its owner can check it."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from consolidation.dreams import calendar_of, statements_of
from consolidation.turns import turns_of
from consolidation.utterances import Utterance, heard
from memory.episode import Episode


@dataclass(frozen=True, slots=True)
class Understanding:
    """How an episode is read."""

    utterances: tuple[Utterance, ...]
    facts: tuple[str, ...]
    """What a night would teach of it, as sentences to the owner."""


def understood(
    episode: Episode, before: Sequence[Episode] = (), gone: Container[str] = ()
) -> Understanding:
    """Read an episode with those `before` it in its session, without the facts that are `gone`."""
    utterances = heard(episode.user_text, turns_of(before), insist=episode.pinned)
    statements = statements_of(episode, calendar_of(episode, before), before, gone)
    return Understanding(tuple(utterances), tuple(dict.fromkeys(one.text for one in statements)))
