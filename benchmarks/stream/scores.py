"""The scores of a stream: what was acquired, retained, forgotten. Pure; knows marks only.

`marks[i][fact]` is the share of a fact's questions that were right after night i (R_ij by fact).
Sources: Lopez-Paz and Ranzato 2017 (BWT); Chaudhry et al. 2018 (forgetting).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.stream.facts import Fact, Stream

Marks = Sequence[Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one run; shares from 0 to 1."""

    acquisition: tuple[float, ...]
    """By night: of its own facts, right just after it."""
    retention: float
    """Of all facts that hold, right after the last night."""
    matrix: tuple[tuple[float, ...], ...]
    """R_ij: after night i, of the facts of night j that hold then (-1 where none does)."""
    forgetting: float
    """Of what was right just after its night and holds, how much is wrong after the last one."""
    forgetting_corrected: float
    """The same over what a guess would lose: divided by 1 - chance, at least 0."""
    forgetting_unclipped: float
    """Mean of right just after minus right at the end, gains counted against losses."""
    backward_transfer: float
    """Mean over earlier nights of R_Tj - R_jj."""
    chance: float
    """Controls that were right after the last night, though never told."""
    scrambled: float
    """Questions answered with what another fact of the relation expects, after the last night."""


def scores_of(stream: Stream, marks: Marks, scrambled: float) -> Scores:
    """`marks` has a row for each night done; controls stand in it by their ids."""
    last = len(marks) - 1
    matrix = tuple(
        tuple(_mean([marks[i][f.id] for f in _holding(stream, j, i)]) for j in range(i + 1))
        for i in range(len(marks))
    )
    kept = [
        (marks[j][fact.id], marks[last][fact.id])
        for j in range(last)
        for fact in _holding(stream, j, last)
    ]
    chance = max(_mean([marks[last][fact.id] for fact in stream.controls]), 0.0)
    lost = _mean([max(before - after, 0.0) for before, after in kept if before > 0])
    change = _mean([before - after for before, after in kept])
    moved = [
        matrix[last][j] - matrix[j][j]
        for j in range(last)
        if matrix[last][j] >= 0 and matrix[j][j] >= 0
    ]
    return Scores(
        acquisition=tuple(matrix[i][i] for i in range(len(marks))),
        retention=_mean([marks[last][fact.id] for fact in stream.told(last)]),
        matrix=matrix,
        forgetting=max(lost, 0.0),
        forgetting_corrected=max(lost, 0.0) / max(1 - chance, 1e-9),
        forgetting_unclipped=change if kept else 0.0,
        backward_transfer=_mean(moved) if moved else 0.0,
        chance=chance,
        scrambled=scrambled,
    )


def _holding(stream: Stream, night: int, after: int) -> list[Fact]:
    return [fact for fact in stream.told(after) if fact.night == night]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else -1.0
