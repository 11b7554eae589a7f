"""Novelty: how unexpected an episode was. Knows numbers only."""

import math
from collections.abc import Sequence

import numpy as np

from memory.episode import NoveltyScore

_SURPRISAL_SCALE_BITS = 8.0
_EMBEDDING_ALONE = 0.6
NEIGHBOURS = 3
"""How many of the nearest episodes count."""


def embedding_novelty(cosines: Sequence[float]) -> float:
    """Distance to the nearest earlier episodes, 0 (a repeat) to 1 (nothing like it, or no past).

    From the cosines to the nearest episodes, nearest first: the weighted geometric mean of
    1 - cosine, clipped to 0..1, over up to `NEIGHBOURS`, with weights 1, 1/2, 1/4. An arithmetic
    mean with these weights would give an exact repeat with distant other neighbours 0.43; the
    geometric mean gives it 0, and it is still moved by a dense neighbourhood. Raises `ValueError`
    on a cosine that is not a number.
    """
    if not all(map(math.isfinite, cosines)):
        raise ValueError(f"cosines must be numbers, not {list(cosines)!r}")
    if not cosines:
        return 1.0
    distances = np.clip(1.0 - np.array(cosines[:NEIGHBOURS], np.float64), 0.0, 1.0)
    if distances[0] <= 1e-6:  # what float32 leaves of a cosine of 1
        return 0.0
    weights = 0.5 ** np.arange(len(distances))
    return float(np.exp(np.average(np.log(distances), weights=weights)))


def novelty_score(embedding_novelty: float, surprisal_bits: float | None) -> NoveltyScore:
    """Combine both parts: e * (0.6 + 0.4 * (1 - exp(-bits / 8))), 0 to 1, monotone in both.

    A product, because neither part speaks for the other: a repeat stays known however odd its
    words (e = 0 gives 0), and a surprising text counts for more than an expected one. At the
    usual 4 to 8 bits per token a statement with e of 0.6 scores 0.45 to 0.51. A surprisal that
    nobody measured (None) counts as none: the score is the least that it can be. Raises
    `ValueError` where a part is not a number in its range.
    """
    if not 0.0 <= embedding_novelty <= 1.0:
        raise ValueError(f"embedding_novelty = {embedding_novelty!r} must be between 0 and 1")
    bits = 0.0 if surprisal_bits is None else surprisal_bits
    if not (math.isfinite(bits) and bits >= 0.0):
        raise ValueError(f"surprisal_bits = {surprisal_bits!r} must be a number, 0 or more")
    surprise = 1.0 - math.exp(-bits / _SURPRISAL_SCALE_BITS)
    score = embedding_novelty * (_EMBEDDING_ALONE + (1.0 - _EMBEDDING_ALONE) * surprise)
    return NoveltyScore(score, embedding_novelty, surprisal_bits)
