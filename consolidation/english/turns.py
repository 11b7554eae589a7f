"""Turns: what was said before in the same conversation. Data only."""

from collections.abc import Iterable
from dataclasses import dataclass

from memory.episode import Episode


@dataclass(frozen=True, slots=True)
class Turn:
    """What the owner wrote, and what the assistant answered."""

    user_text: str
    assistant_text: str = ""


def turns_of(episodes: Iterable[Episode]) -> tuple[Turn, ...]:
    """The turns of episodes, in their order."""
    return tuple(Turn(episode.user_text, episode.assistant_text) for episode in episodes)
