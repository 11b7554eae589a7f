"""Selection: which episodes a night takes in, and why. Pure; knows no models."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType

from assistant.settings import SelectionSettings
from consolidation.worth import is_known, why_known, why_nothing, why_taken, worth
from memory.episode import Episode
from memory.records import Choice, Signals
from memory.text import content_words


@dataclass(frozen=True, slots=True)
class Selection:
    """The episodes of a night, the worthiest first, and what was left out."""

    episodes: tuple[Episode, ...]
    selected: tuple[Choice, ...]
    skipped: tuple[Choice, ...]


def select_for_replay(
    waiting: Sequence[Episode],
    signals: Mapping[int, Signals],
    settings: SelectionSettings,
    told_at: Mapping[int, datetime] = MappingProxyType({}),
) -> Selection:
    """Choose by worth among the waiting episodes: those that its owner insists on come first.

    `signals` maps an episode's id to what was found in it. A pinned episode that gives dreams is
    taken even where the night is full. `told_at` has the local time of what was corrected.
    """
    taken: list[Episode] = []
    selected: list[Choice] = []
    skipped: list[Choice] = []
    scores = {e.id: worth(e.novelty.score, signals.get(e.id, _NOTHING)) for e in waiting}
    for episode in sorted(waiting, key=lambda e: (not e.pinned, -scores[e.id], e.id)):
        found, novelty = signals.get(episode.id, _NOTHING), episode.novelty
        judged = partial(
            Choice,
            score=scores[episode.id],
            novelty=novelty.score,
            surprisal_bits=novelty.surprisal_bits,
            signals=found,
        )
        if not found.dreams:
            skipped.append(judged(episode.id, why_nothing(found)))
        elif is_known(novelty.score, found, settings.novelty_threshold):
            skipped.append(judged(episode.id, why_known(episode, settings.novelty_threshold)))
        elif len(taken) >= settings.max_episodes and not found.pinned:
            reason = f"the night is full with {len(taken)} episodes; its turn comes next"
            skipped.append(judged(episode.id, reason))
        else:
            taken.append(episode)
            selected.append(judged(episode.id, why_taken(episode, found, told_at)))
    return Selection(tuple(taken), tuple(selected), tuple(skipped))


_NOTHING = Signals("")


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
