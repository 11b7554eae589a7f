"""Why a reply is as it is: what was recalled for it, and which nights trained what is near it.

The first is a fact. The second is a correlation: no one can say which weights made a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from memory.episode import Episode, Recalled
from memory.history import History
from memory.store import EpisodeStore

MIN_COSINE = 0.35
"""Below it, two texts seldom speak of one thing."""
_MOST_RELATED = 5
_LOOKED_AT = 50
_CORRELATION = (
    "These are the nights that trained what is nearest in meaning to what you said. That is a "
    "correlation, not a cause: nobody can say which weights made a sentence."
)
_UNTAUGHT = "No night trained anything near this before it was said."


@dataclass(frozen=True, slots=True)
class Related:
    """A learned episode near in meaning, and the nights that trained it, oldest first."""

    episode: Episode
    cosine: float
    nights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """What one reply rests on."""

    episode: Episode
    recalled: tuple[Recalled, ...]
    related: tuple[Related, ...]


def why(store: EpisodeStore, history: History, episode_id: int) -> Why:
    """What the reply of an episode rests on. Raises `LookupError` where there is no such one."""
    episode = store.get(episode_id)
    if episode is None:
        raise LookupError(f"there is no episode {episode_id}; see `reverie memory list`")
    near = [one for one in store.neighbours(episode_id, _LOOKED_AT) if one[1] >= MIN_COSINE]
    # What was said later cannot have been in the weights that answered.
    cosines = {found: cosine for found, cosine in near if found < episode_id}
    nights = history.taught_before(cosines, episode.created_at)
    related = [
        Related(one, cosines[one.id], tuple(nights[one.id]))
        for one in store.by_ids(cosines)
        if one.id in nights
    ]
    return Why(episode, tuple(store.recalled_for(episode_id)), tuple(related[:_MOST_RELATED]))


def recalled_words(found: Why) -> str:
    """The line over the recalled episodes."""
    if not found.recalled:
        return "Nothing was recalled for it, or it was said before this was noted."
    return "Recalled, best first; the best of it stood before me when I answered:"


def related_words(found: Why) -> str:
    """What may be read out of the nights that are named."""
    return _CORRELATION if found.related else _UNTAUGHT


def nights_words(nights: Sequence[int]) -> str:
    """Such as "night 3", or "night 3, repeated on 4 and 5"."""
    first, *later = nights
    if not later:
        return f"night {first}"
    if len(later) > 3:
        return f"night {first}, repeated on {len(later)} later nights"
    told = " and ".join(filter(None, (", ".join(map(str, later[:-1])), str(later[-1]))))
    return f"night {first}, repeated on {told}"
