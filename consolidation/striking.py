"""Striking: which dreams the owner keeps from every night, and what is then not asked. Pure."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from consolidation.english.marking import is_right
from memory.records import Dream, Dropped, Probe


@dataclass(frozen=True, slots=True)
class Sifted:
    """Dreams, and those left out: struck by their owner, or saying too much."""

    kept: tuple[Dream, ...] = ()
    struck: tuple[Dream, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    """Those that say more than their episodes."""

    def __add__(self, other: "Sifted") -> "Sifted":
        return Sifted(
            self.kept + other.kept, self.struck + other.struck, self.dropped + other.dropped
        )


def sift(dreams: Iterable[Dream], struck: Container[str]) -> Sifted:
    """Take the dreams of these names out."""
    every = tuple(dreams)
    return Sifted(
        tuple(dream for dream in every if dream.key not in struck),
        tuple(dream for dream in every if dream.key in struck),
    )


def still_told(probes: Sequence[Probe], sifted: Sifted) -> list[Probe]:
    """The probes without those that only struck dreams answer.

    To ask for what the owner keeps from the weights would count against the night.
    """
    struck, kept = _answers(sifted.struck), _answers(sifted.kept)

    def is_silenced(probe: Probe) -> bool:
        return any(
            _has(struck.get(episode_id, set()), probe)
            and not _has(kept.get(episode_id, set()), probe)
            for episode_id in probe.episode_ids[:1]
        )

    return [probe for probe in probes if not is_silenced(probe)]


def _answers(dreams: Iterable[Dream]) -> dict[int, set[str]]:
    """The distinct answers of each episode's dreams; one of several counts for the first."""
    answers: dict[int, set[str]] = {}
    for dream in dreams:
        for episode_id in dream.episode_ids[:1]:
            answers.setdefault(episode_id, set()).add(dream.answer)
    return answers


def _has(answers: Iterable[str], probe: Probe) -> bool:
    return any(is_right(answer, probe.expected) for answer in answers)
