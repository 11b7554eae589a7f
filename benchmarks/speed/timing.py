"""Timing: repeated calls, and what is said of them. Knows seconds only."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.intervals import resampled


@dataclass(frozen=True, slots=True)
class Spread:
    """Of repeated timings, in seconds."""

    median_s: float
    low_s: float
    """Of the median's 95 % interval, by resampling."""
    high_s: float
    p99_s: float
    repeats: int


def spread(seconds: Sequence[float]) -> Spread:
    """Median with interval and p99 of at least one timing."""
    low, high = resampled(lambda chance: quantile(chance.choices(seconds, k=len(seconds)), 0.5))
    return Spread(quantile(seconds, 0.5), low, high, quantile(seconds, 0.99), len(seconds))


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of the values does not exceed."""
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


def interleaved(ways: dict[str, Callable[[int], object]], repeats: int) -> dict[str, list[float]]:
    """Seconds of each way, called with 0, 1, 2, …: all of them in turn, so that what slows the
    machine slows all. One call of each before that is not counted.
    """
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for call in ways.values():
        call(0)
    for number in range(repeats):
        for name, call in ways.items():
            began = time.perf_counter()
            call(number)
            seconds[name].append(time.perf_counter() - began)
    return seconds
