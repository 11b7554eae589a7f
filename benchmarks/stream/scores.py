"""The scores of a stream: what was acquired, retained, forgotten. Pure; knows marks only.

`marks[i][fact]` is the share of a fact's questions that were right after night i (R_ij by fact).
Sources: Lopez-Paz and Ranzato 2017 (BWT); Chaudhry et al. 2018 (forgetting).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.intervals import mean
from benchmarks.stream.facts import Fact, Stream

Marks = Sequence[Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one run; shares from 0 to 1."""

    acquisition: tuple[float, ...]
    """By night that was run: of its own facts, right just after it."""
    retention: float
    """Of all facts that hold, right after the last night."""
    matrix: tuple[tuple[float, ...], ...]
    """R_ij: after night i, of the facts of night j that hold then (-1 where none was asked)."""
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


def held(stream: Stream, marks: Mapping[str, float], night: int) -> float:
    """Right after this night of all that holds then."""
    return mean([marks[fact.id] for fact in stream.told(night)])


def scores_of(stream: Stream, marks: Marks, scrambled: float) -> Scores:
    """`marks` has a row for each night, empty for one that was not run; controls are in it too."""
    last = len(marks) - 1
    run = [night for night, row in enumerate(marks) if row]
    matrix = tuple(
        tuple(
            mean([row[f.id] for f in _holding(stream, j, i)] if row else [], -1.0)
            for j in range(i + 1)
        )
        for i, row in enumerate(marks)
    )
    kept = [
        (marks[j][fact.id], marks[last][fact.id])
        for j in run[:-1]
        for fact in _holding(stream, j, last)
    ]
    chance = mean([marks[last][fact.id] for fact in stream.controls])
    lost = mean([max(before - after, 0.0) for before, after in kept if before > 0])
    moved = [
        matrix[last][j] - matrix[j][j]
        for j in range(last)
        if matrix[last][j] >= 0 and matrix[j][j] >= 0
    ]
    return Scores(
        acquisition=tuple(matrix[i][i] for i in run),
        retention=held(stream, marks[last], last),
        matrix=matrix,
        forgetting=lost,
        forgetting_corrected=lost / max(1 - chance, 1e-9),
        forgetting_unclipped=mean([before - after for before, after in kept]),
        backward_transfer=mean(moved),
        chance=chance,
        scrambled=scrambled,
    )


def _holding(stream: Stream, night: int, after: int) -> list[Fact]:
    return [fact for fact in stream.told(after) if fact.night == night]
