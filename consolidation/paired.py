"""Paired: two versions' answers to the same questions, counted, and how sure such counts are.

Knows numbers only. Exact binomial tails: right for one question as for thousands.
"""

import math
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache

from memory.records import ProbeResult

CONFIDENCE = 0.95
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Paired:
    """One group of probes: what became of each answer, from the live model to the candidate."""

    kept: int = 0
    lost: int = 0
    """Right before, wrong after."""
    won: int = 0
    """Wrong before, right after."""
    missed: int = 0
    """Wrong before and after."""
    regained: int = 0
    """Of those won, known once: to an earlier live model, or to the base."""
    long_gone: int = 0
    """Of those missed, known once."""

    @property
    def total(self) -> int:
        return self.kept + self.lost + self.won + self.missed

    @property
    def right_before(self) -> int:
        return self.kept + self.lost

    @property
    def right_after(self) -> int:
        return self.kept + self.won

    @property
    def known_once(self) -> int:
        """What some live model, or the base, answered right."""
        return self.kept + self.lost + self.regained + self.long_gone

    @property
    def gone(self) -> int:
        """Of that, what the candidate does not."""
        return self.lost + self.long_gone


NONE_ASKED = Paired()


def paired(results: Iterable[ProbeResult], known: Container[object] = ()) -> Paired:
    """The counts of one group's results; `known` are the probes that were right once."""
    kept = lost = won = missed = regained = long_gone = 0
    for result in results:
        if result.before_right:
            kept += result.after_right
            lost += not result.after_right
        else:
            won += result.after_right
            missed += not result.after_right
            if result.probe in known:
                regained += result.after_right
                long_gone += not result.after_right
    return Paired(kept, lost, won, missed, regained, long_gone)


def at_least(hits: int, of: int, share: float) -> float:
    """The chance of so many hits or more, where each comes with this chance."""
    return min(1.0, math.fsum(_exactly(one, of, share) for one in range(max(hits, 0), of + 1)))


def at_most(hits: int, of: int, share: float) -> float:
    """The chance of so many hits or fewer."""
    return min(1.0, math.fsum(_exactly(one, of, share) for one in range(min(hits, of) + 1)))


@cache
def share_at_most(hits: int, of: int, confidence: float = CONFIDENCE) -> float:
    """What the true share does not exceed, at this confidence.

    One-sided, after Clopper and Pearson (1934). Of no hits that is about 3 / `of` at 95 %; of
    nothing asked it is 1.
    """
    if hits >= of:
        return 1.0
    low, high = hits / of, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if at_most(hits, of, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


@cache
def explained(of: int, share: float, confidence: float = CONFIDENCE) -> int:
    """The most hits that a true share of `share` explains, at this confidence."""
    chances, most = 0.0, -1
    while most < of and chances < confidence:
        most += 1
        chances += _exactly(most, of, share)
    return most


def _exactly(hits: int, of: int, share: float) -> float:
    if share <= 0 or share >= 1:
        return float(hits == (of if share >= 1 else 0))
    ways = math.lgamma(of + 1) - math.lgamma(hits + 1) - math.lgamma(of - hits + 1)
    return math.exp(ways + hits * math.log(share) + (of - hits) * math.log1p(-share))
