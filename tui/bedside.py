"""Before sleep: tonight's dreams by the memory that they come from. Pure."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from memory.records import Dream
from tui.plan_process import Tonight

_REPEATED = "learned before, repeated"
_ALL_STRUCK = "left out: its dreams are struck"
_FORGOTTEN = "(forgotten since)"


@dataclass(frozen=True, slots=True)
class Told:
    """One memory: what was said, why it is taken, and what is dreamt of it."""

    episode_id: int
    said: str
    why: str
    dreams: tuple[Dream, ...]


def by_memory(
    tonight: Tonight, struck: Iterable[Dream], texts: Mapping[int, str]
) -> tuple[Told, ...]:
    """Tonight's memories in the order of the plan, each with its struck dreams at the end.

    Memories of which all is struck come last. `texts` are what the memories say, by episode id.
    """
    dreams: dict[int, dict[str, Dream]] = {}
    for dream in (*tonight.dreams, *struck):
        for episode_id in dream.episode_ids[:1]:
            dreams.setdefault(episode_id, {}).setdefault(dream.key, dream)
    trained = {one.episode_ids[0] for one in tonight.dreams if one.episode_ids}
    return tuple(
        Told(
            episode_id,
            texts.get(episode_id, _FORGOTTEN),
            _why(episode_id, tonight.reasons, trained),
            tuple(members.values()),
        )
        for episode_id, members in dreams.items()
    )


def is_left_out(dream: Dream, struck: Container[str], muted: Container[int]) -> bool:
    """Whether no night would train a dream: it is struck, or one of its memories is muted."""
    return dream.key in struck or any(one in muted for one in dream.episode_ids)


def trained_dreams(told: Sequence[Told], struck: Container[str], muted: Container[int] = ()) -> int:
    """How many dreams would be trained."""
    return sum(not is_left_out(d, struck, muted) for one in told for d in one.dreams)


def plan_words(told: Sequence[Told], struck: Iterable[str], muted: Container[int] = ()) -> str:
    """The plan in one line: how much would be trained, how much is struck."""
    kept_out = set(struck)
    marks = [dream.key in kept_out for one in told for dream in one.dreams]
    memories = sum(any(not is_left_out(d, kept_out, muted) for d in one.dreams) for one in told)
    left = trained_dreams(told, kept_out, muted)
    words = [
        "1 memory" if memories == 1 else f"{memories} memories",
        "1 dream" if left == 1 else f"{left} dreams",
    ]
    return " · ".join([*words, f"{sum(marks)} struck"] if any(marks) else words)


def _why(episode_id: int, reasons: Mapping[int, str], trained: set[int]) -> str:
    if episode_id in reasons:
        return reasons[episode_id]
    return _REPEATED if episode_id in trained else _ALL_STRUCK
