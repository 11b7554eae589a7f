"""Novelty: how unexpected an episode was. Knows numbers only."""

import math

import numpy as np
from numpy.typing import NDArray

from memory.episode import NoveltyScore

_SURPRISAL_SCALE_BITS = 8.0
_EMBEDDING_ALONE = 0.6


def cosines(embedding: NDArray[np.float32], matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosine of a vector (d,) to each row of a matrix (n, d); shape (n,).

    A zero vector, and vectors of another dimension (another embedder's), are unrelated: 0.
    """
    if matrix.ndim != 2 or matrix.shape[1] != embedding.shape[0]:
        return np.zeros(len(matrix), dtype=np.float32)
    norms = np.sqrt(np.einsum("nd,nd->n", matrix, matrix)) * np.linalg.norm(embedding)
    products = matrix @ embedding
    result: NDArray[np.float32] = np.divide(
        products, norms, out=np.zeros_like(products), where=norms > 0
    )
    return result


def embedding_novelty(
    embedding: NDArray[np.float32], matrix: NDArray[np.float32], neighbours: int = 3
) -> float:
    """Distance to the nearest earlier episodes, 0 (a repeat) to 1 (nothing like it, or no past).

    The weighted geometric mean of 1 - cosine, clipped to 0..1, over up to `neighbours` nearest
    rows, with weights 1, 1/2, 1/4, … An arithmetic mean with these weights would give an exact
    repeat with distant other neighbours 0.43; the geometric mean gives it 0, and it is still
    moved by a dense neighbourhood. Raises `ValueError` on an embedding that is not finite.
    """
    if embedding.ndim != 1 or not np.isfinite(embedding).all():
        raise ValueError(f"embedding must be one vector of finite numbers, not {embedding!r}")
    if neighbours < 1:
        raise ValueError(f"neighbours = {neighbours} must be 1 or more")
    if len(matrix) == 0:
        return 1.0
    distances = np.clip(1.0 - cosines(embedding, matrix).astype(np.float64), 0.0, 1.0)
    count = min(neighbours, len(distances))
    nearest = np.sort(np.partition(distances, count - 1)[:count])
    if nearest[0] <= 1e-6:  # what float32 leaves of a cosine of 1
        return 0.0
    weights = 0.5 ** np.arange(count)
    return float(np.exp(np.average(np.log(nearest), weights=weights)))


def novelty_score(embedding_novelty: float, surprisal_bits: float) -> NoveltyScore:
    """Combine both parts: e * (0.6 + 0.4 * (1 - exp(-bits / 8))), 0 to 1, monotone in both.

    A product, because neither part speaks for the other: a repeat stays known however odd its
    words (e = 0 gives 0), and a surprising text counts for more than an expected one. At the
    usual 4 to 8 bits per token a statement with e of 0.6 scores 0.45 to 0.51. Raises
    `ValueError` where a part is not a number in its range.
    """
    if not 0.0 <= embedding_novelty <= 1.0:
        raise ValueError(f"embedding_novelty = {embedding_novelty!r} must be between 0 and 1")
    if not (math.isfinite(surprisal_bits) and surprisal_bits >= 0.0):
        raise ValueError(f"surprisal_bits = {surprisal_bits!r} must be a number, 0 or more")
    surprise = 1.0 - math.exp(-surprisal_bits / _SURPRISAL_SCALE_BITS)
    score = embedding_novelty * (_EMBEDDING_ALONE + (1.0 - _EMBEDDING_ALONE) * surprise)
    return NoveltyScore(score, embedding_novelty, surprisal_bits)
