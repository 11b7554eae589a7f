"""Similarity: the cosine of two sentences' embeddings, each sentence embedded once."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.base import Embedder


def similarity(embedder: Embedder) -> Callable[[str, str], float]:
    """A function of two sentences, -1 to 1. The embedder starts with its first call."""
    known: dict[str, NDArray[np.float32]] = {}

    def similar(one: str, other: str) -> float:
        new = [text for text in dict.fromkeys((one, other)) if text not in known]
        if new:
            known.update(zip(new, embedder.embed(new), strict=True))
        return float(known[one] @ known[other])

    return similar
