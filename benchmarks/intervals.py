"""Intervals: how sure a counted share is. Knows numbers only."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_RESAMPLED = 2_000


@dataclass(frozen=True, slots=True)
class Share:
    """A count with its Wilson interval at 95 %."""

    name: str
    hits: int
    total: int

    def __str__(self) -> str:
        low, high = wilson(self.hits, self.total)
        rate = self.hits / max(self.total, 1)
        return f"{self.name:46} {self.hits:4}/{self.total:<4} {rate:.3f} [{low:.3f}, {high:.3f}]"


def mean(values: Sequence[float], of_none: float = 0.0) -> float:
    """Their mean, and `of_none` where there are none."""
    return sum(values) / len(values) if values else of_none


def resampled(statistic: Callable[[random.Random], float]) -> tuple[float, float]:
    """95 % of a statistic of resampled data, drawn 2,000 times (percentile bootstrap)."""
    chance = random.Random(0)
    drawn = sorted(statistic(chance) for _ in range(_RESAMPLED))
    return drawn[round(0.025 * (_RESAMPLED - 1))], drawn[round(0.975 * (_RESAMPLED - 1))]


def wilson(right: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927); of nothing, anything from 0 to 1."""
    if not of:
        return 0.0, 1.0
    share, square = right / of, z * z / of
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * math.sqrt(share * (1 - share) / of + square / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)
