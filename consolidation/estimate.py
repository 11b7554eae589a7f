"""How long a night may take, going by the nights before it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from consolidation.plain_words import duration_words
from memory.history import NightOutline

FIRST_FIXED_S, FIRST_PER_DREAM_S = 120.0, 2.0
"""A first guess, for two cores and the default model; it is said to be one."""
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Estimate:
    """Seconds, and how many nights of this home they rest on; 0 for a first guess."""

    seconds: float
    nights: int


def expected(nights: Sequence[NightOutline], dreams: int) -> Estimate:
    """For a night of so many dreams: the median of what a dream cost the last nights, times those.

    Only nights that trained count.
    """
    paces = [
        night.duration_s / night.dreams
        for night in nights
        if night.status in ("promoted", "refused") and night.dreams and night.duration_s
    ][-_LOOKED_AT:]
    if not paces:
        return Estimate(FIRST_FIXED_S + FIRST_PER_DREAM_S * dreams, 0)
    return Estimate(median(paces) * dreams, len(paces))


def estimate_words(estimate: Estimate) -> str:
    """Such as "about 4 min, as the last 3 nights went"."""
    about = f"about {duration_words(estimate.seconds)}"
    if not estimate.nights:
        return f"{about} by a first guess"
    last = "the last night" if estimate.nights == 1 else f"the last {estimate.nights} nights"
    return f"{about}, as {last} went"
