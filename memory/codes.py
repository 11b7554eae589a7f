"""Codes: a vector's direction in one byte a dimension. Knows numbers only.

Steps of a 127th of the largest part change a cosine of two vectors by less than 0.002.
"""

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int8]
_STEPS = 127


def as_code(embedding: NDArray[np.float32]) -> Codes:
    """The direction of a vector (d,), as it is stored.

    Raises `ValueError` on what is not one vector of finite numbers.
    """
    if embedding.ndim != 1 or len(embedding) == 0 or not np.isfinite(embedding).all():
        raise ValueError(f"embedding must be one vector of finite numbers, not {embedding!r}")
    largest = np.abs(embedding).max()
    if largest == 0:
        return np.zeros(len(embedding), np.int8)
    code: Codes = np.rint(embedding / largest * _STEPS).astype(np.int8)
    return code
