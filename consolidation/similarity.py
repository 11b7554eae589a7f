"""Similarity: the cosine of two texts' embeddings, each text embedded once."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.base import Embedder


class Similarity(Protocol):
    """How alike texts are in meaning, -1 to 1."""

    def __call__(self, one: str, other: str) -> float:
        """Of two sentences."""

    def highest(self, texts: Sequence[str], others: Sequence[str]) -> list[float]:
        """Of each text and the nearest of the others; -1 where there are none."""


class CosineSimilarity:
    """`Similarity` by an embedder, which starts with the first call."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    def __call__(self, one: str, other: str) -> float:
        self._learn((one, other))
        return float(self._known[one] @ self._known[other])

    def highest(self, texts: Sequence[str], others: Sequence[str]) -> list[float]:
        """All that is new is embedded at once."""
        if not texts or not others:
            return [-1.0] * len(texts)
        self._learn((*texts, *others))
        ones, rest = (np.stack([self._known[text] for text in part]) for part in (texts, others))
        return [float(most) for most in (ones @ rest.T).max(axis=1)]

    def _learn(self, texts: Iterable[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.embed(new), strict=True))
