"""One night, drawn many thousand times: how often is such a candidate promoted?

A cell says how many questions there are, what the candidate truly learned and lost, and how noisy
answers are: how often a right one turns wrong, and a wrong one right, though nothing was lost or
learned. Every draw is one candidate, judged by the gate itself.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.gate_study.rules import RULES, is_thin
from benchmarks.intervals import wilson
from consolidation.gate import Evidence
from consolidation.paired import Paired

NEW = (12, 25, 50)
OLD = (0, 20, 50, 140, 300)
POINTS = (0, 2, 5, 10)
GENERAL = 65
ACQUIRED = 0.9
"""Of the new probes, by the nights that studies kept as promoted: 163 of 182 (`past`)."""


@dataclass(frozen=True, slots=True)
class Noise:
    """What a candidate that changes nothing answers otherwise."""

    name: str
    lost: float
    """Of what was right."""
    won: float
    """Of what was wrong."""
    alike: float = 0.0
    """How much the three questions on one message are lost together: their correlation."""


STRICT = Noise("strictly marked: 1 of 65 lost", 1 / 65, 0.005)
STATED = Noise("as the gate supposes: 2 % won", 1 / 65, 0.02)
LOOSE = Noise("loosely marked: 4 of 55 lost, 2 of 62 won", 4 / 55, 2 / 62)
NIGHT = Noise("facts come and go as on good nights: 4 % lost, 35 % of it back", 0.04, 0.35)
"""Of our nights of the study `short`, three seeds: 41 of 1,020 lost, 21 of 60 won."""
TOGETHER = Noise("lost by messages: 1 of 65, correlated .37", 1 / 65, 0.005, 0.37)
NIGHT_TOGETHER = Noise("as on good nights, by messages", 0.04, 0.35, 0.37)
"""The correlation of the questions of one fact, of all runs of `short` that replay: 81 of 2,031
lost, 47 of 2,967 pairs lost together."""
_ON_ONE = 3
"""Questions on one message, at most (`consolidation.probes`)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is drawn: a kind of candidate, asked so many questions."""

    new: int
    old: int
    general: int = GENERAL
    known: float = 0.0
    """Share of the new that the live model knows already."""
    learned: bool = True
    old_points: int = 0
    """Percent of the older facts that it truly lost."""
    general_points: int = 0
    noise: Noise = STRICT
    """Of new and older facts; general questions are strictly marked."""


def grid() -> Iterator[Cell]:
    """Every number of questions, with every planted effect."""
    for new, old, learned, lost_old, lost_general in product(
        NEW, OLD, (False, True), POINTS, POINTS
    ):
        if old or not lost_old:
            yield Cell(new, old, learned=learned, old_points=lost_old, general_points=lost_general)
    for noise, old, points in product((NIGHT, TOGETHER, NIGHT_TOGETHER), OLD[1:], POINTS):
        yield Cell(25, old, old_points=points, noise=noise)


def unchanged() -> Iterator[Cell]:
    """A/A: candidates that change nothing, where the live model knows none, some or most."""
    for noise, new, known in product(
        (STRICT, STATED, LOOSE), (1, 2, 4, 12, 24, 48), (0.0, 0.25, 0.5, 0.75)
    ):
        if float(known * new).is_integer():
            yield Cell(new, 0, known=known, learned=False, noise=noise)


def drawn(cell: Cell, draws: int, seed: int = 0) -> Counter[Evidence]:
    """So many candidates, as what was counted of them."""
    chance = np.random.default_rng([seed, *_numbers(cell)])
    knew = round(cell.known * cell.new)
    won_share = ACQUIRED if cell.learned else cell.noise.won
    columns = (
        chance.binomial(cell.new - knew, won_share, draws),
        chance.binomial(knew, cell.noise.lost, draws),
        _lost_together(cell, draws, chance),
        chance.binomial(cell.general, _wrong(cell.general_points, STRICT), draws),
    )
    found = Counter(zip(*(column.tolist() for column in columns), strict=True))
    return Counter(
        {
            Evidence(
                Paired(knew - lost, lost, won, cell.new - knew - won),
                Paired(cell.old - lost_old, lost_old),
                Paired(cell.general - lost_general, lost_general),
            ): times
            for (won, lost, lost_old, lost_general), times in found.items()
        }
    )


def measured(cells: Sequence[Cell], draws: int, seed: int = 0) -> list[dict[str, Any]]:
    """A row for each cell: the share that each rule promotes, with its 95 % interval."""
    rows = []
    for cell in cells:
        candidates = drawn(cell, draws, seed)
        row: dict[str, Any] = asdict(cell) | {"noise": cell.noise.name, "draws": draws}
        for name, rule in RULES.items():
            promoted = sum(times for seen, times in candidates.items() if rule(seen))
            low, high = wilson(promoted, draws)
            row[name] = {"promoted": promoted / draws, "low": low, "high": high}
        thin = sum(times for seen, times in candidates.items() if is_thin(seen.old))
        rows.append(row | {"thin": thin / draws})
    return rows


def _lost_together(cell: Cell, draws: int, chance: np.random.Generator) -> NDArray[np.int64]:
    """Older questions answered wrongly: each message's by one share, drawn anew (beta-binomial)."""
    wrong, alike = _wrong(cell.old_points, cell.noise), cell.noise.alike
    if not alike:
        return chance.binomial(cell.old, wrong, draws)
    messages = [_ON_ONE] * (cell.old // _ON_ONE) + [cell.old % _ON_ONE]
    spread = (1 - alike) / alike
    shares = chance.beta(wrong * spread, (1 - wrong) * spread, (draws, len(messages)))
    lost: NDArray[np.int64] = chance.binomial(messages, shares).sum(axis=1)
    return lost


def _wrong(points: int, noise: Noise) -> float:
    """How often what was right is wrong now: lost, or wrong by noise."""
    lost = points / 100
    return lost + (1 - lost) * noise.lost


def _numbers(cell: Cell) -> list[int]:
    """What tells one cell's draws from another's."""
    shares = (cell.known, cell.noise.lost, cell.noise.won, cell.noise.alike)
    counts = (cell.new, cell.old, cell.general, cell.learned, cell.old_points, cell.general_points)
    return [*map(int, counts), *(round(1_000 * share) for share in shares)]
