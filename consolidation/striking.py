"""Striking: which dreams the owner keeps from every night, and what is then not asked. Pure."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from consolidation.marking import is_right
from memory.records import Dream, Probe


@dataclass(frozen=True, slots=True)
class Sifted:
    """Dreams, and those left out because they are struck."""

    kept: tuple[Dream, ...] = ()
    struck: tuple[Dream, ...] = ()

    def __add__(self, other: "Sifted") -> "Sifted":
        return Sifted(self.kept + other.kept, self.struck + other.struck)


def sift(dreams: Iterable[Dream], struck: Container[str]) -> Sifted:
    """Take the dreams of these names out."""
    every = tuple(dreams)
    return Sifted(
        tuple(dream for dream in every if dream.key not in struck),
        tuple(dream for dream in every if dream.key in struck),
    )


def left_of(sifted: Sifted) -> dict[int, tuple[Dream, ...]]:
    """By episode, for each of which a dream is struck: the dreams that it keeps."""
    return {
        episode_id: tuple(one for one in sifted.kept if one.episode_ids[:1] == (episode_id,))
        for episode_id in {one.episode_ids[0] for one in sifted.struck if one.episode_ids}
    }


def still_told(
    probes: Sequence[Probe], left: Mapping[int, Sequence[Dream]], struck: Sequence[Dream]
) -> list[Probe]:
    """The probes without those that only struck dreams answer.

    To ask for what the owner keeps from the weights would count as a failure of the night.
    """
    return [probe for probe in probes if not _is_silenced(probe, left, struck)]


def _is_silenced(
    probe: Probe, left: Mapping[int, Sequence[Dream]], struck: Sequence[Dream]
) -> bool:
    if not probe.episode_ids or probe.episode_ids[0] not in left:
        return False
    episode_id = probe.episode_ids[0]
    was_told = [one for one in struck if one.episode_ids[:1] == (episode_id,)]
    return _answered(probe, was_told) and not _answered(probe, left[episode_id])


def _answered(probe: Probe, dreams: Iterable[Dream]) -> bool:
    return any(is_right(answer, probe.expected) for answer in {dream.answer for dream in dreams})
