"""Selection: which episodes a night takes in, and why. Pure; knows no models."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assistant.settings import SelectionSettings
from memory.episode import Episode
from memory.records import Choice, Dream
from memory.text import content_words


@dataclass(frozen=True, slots=True)
class Selection:
    """The episodes of a night, the most novel first, and what was left out."""

    episodes: tuple[Episode, ...]
    selected: tuple[Choice, ...]
    skipped: tuple[Choice, ...]


def select_for_replay(
    waiting: Sequence[Episode],
    dreams: Mapping[int, Sequence[Dream]],
    retold: Container[int],
    settings: SelectionSettings,
    silent: Mapping[int, str] = MappingProxyType({}),
) -> Selection:
    """Choose by novelty among the waiting episodes that hold something to learn.

    `dreams` maps an episode's id to the views that could be made of it. `retold` holds the ids of
    episodes whose words an earlier one has: to an embedding, "at 5" is a repetition of "at 4".
    `silent` says, where it is known, why an episode gave no view: "asks something".
    """
    taken: list[Episode] = []
    selected: list[Choice] = []
    skipped: list[Choice] = []
    for episode in sorted(waiting, key=lambda e: (-e.novelty.score, e.id)):
        novelty = episode.novelty.score
        views = dreams.get(episode.id, ())
        if not views:
            why = f": {silent[episode.id]}" if episode.id in silent else ""
            skipped.append(Choice(episode.id, f"holds no statement to learn{why}"))
        elif novelty < settings.novelty_threshold and episode.id in retold:
            threshold = settings.novelty_threshold
            reason = f"already known: novelty {novelty:.2f} is below {threshold:.2f}"
            skipped.append(Choice(episode.id, reason))
        elif len(taken) >= settings.max_episodes:
            reason = f"the night is full with {settings.max_episodes} episodes; its turn comes next"
            skipped.append(Choice(episode.id, reason))
        else:
            taken.append(episode)
            selected.append(Choice(episode.id, f"novelty {novelty:.2f}, {len(views)} dreams"))
    return Selection(tuple(taken), tuple(selected), tuple(skipped))


def retold_episodes(
    waiting: Sequence[Episode], similar: Callable[[Episode], Sequence[Episode]]
) -> set[int]:
    """Episodes that say nothing in words which one earlier episode has not said.

    `similar` finds episodes that share words with one.
    """
    return {
        episode.id
        for episode in waiting
        if any(
            earlier.id < episode.id
            and set(content_words(episode.user_text)) <= set(content_words(earlier.user_text))
            for earlier in similar(episode)
        )
    }
