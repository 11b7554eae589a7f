"""Likeness: how much a message is like those that state a fact of their writer's life.

A second opinion beside the reader's rules, which know forms: learned from sentences of every kind
(`kinds.jsonl`), by their meaning (the embedder's) and by their words. It overrules the rules only
where it is sure that nothing in a message is worth keeping.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.base import Embedder, Embeddings
from models.durable import replacing

UNLIKELY = -0.55
"""Below this a message states no fact; see LOG.md for what it keeps and drops."""
_PROBE = "My sister lives in Leith."
"""Which embedder it is shows in what it makes of this."""

Likeness = Callable[[Sequence[str]], list[float]]
"""A score for each text: above 0 it is like a fact, below `UNLIKELY` it surely is none."""


def unjudged(texts: Sequence[str]) -> list[float]:
    """`Likeness` of one who has no opinion."""
    return [1.0] * len(texts)


class FactLikeness:
    """`Likeness`, fitted when first asked; the examples' embeddings are kept in a folder."""

    def __init__(self, embedder: Embedder, cache_folder: Path) -> None:
        self._embedder = embedder
        self._cache_folder = cache_folder
        self._fitted: _Fitted | None = None

    def __call__(self, texts: Sequence[str]) -> list[float]:
        if not texts:
            return []
        if self._fitted is None:
            examples, labels = _examples()
            self._fitted = _Fitted(examples, self._embedded(examples), labels)
        return self._fitted.scores(texts, self._embedder.embed(texts))

    def _embedded(self, examples: Sequence[str]) -> Embeddings:
        """The examples' embeddings, made once for an embedder and a set of examples."""
        probe = self._embedder.embed([_PROBE])
        name = hashlib.sha256(probe.tobytes() + "\n".join(examples).encode()).hexdigest()[:16]
        file = self._cache_folder / f"kinds-{name}.npy"
        try:
            known: Embeddings = np.load(file, allow_pickle=False)
        except (OSError, ValueError):
            known = np.empty((0, 0), np.float32)
        if known.shape == (len(examples), probe.shape[1]):
            return known
        made = self._embedder.embed(examples)
        self._cache_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(file) as part, part.open("wb") as out:
            np.save(out, made, allow_pickle=False)
        return made


class _Fitted:
    """Three simple models that err apart from each other; what counts is their mean."""

    def __init__(
        self, texts: Sequence[str], vectors: Embeddings, labels: NDArray[np.bool_]
    ) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import FeatureUnion, make_pipeline
        from sklearn.svm import SVC

        letters = {"analyzer": "char_wb", "ngram_range": (2, 4)}
        words = FeatureUnion(
            [
                ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)),
                ("letters", TfidfVectorizer(sublinear_tf=True, min_df=3, **letters)),
            ],
            transformer_weights={"letters": 0.5},
        )
        fair = {"class_weight": "balanced"}
        self._by_words: Any = make_pipeline(words, LogisticRegression(C=4.0, max_iter=2000, **fair))
        self._by_meaning: tuple[Any, ...] = (
            LogisticRegression(C=4.0, max_iter=2000, **fair),
            SVC(C=4.0, gamma="scale", **fair),
        )
        self._by_words.fit(texts, labels)
        for model in self._by_meaning:
            model.fit(vectors, labels)
        self._scales = [float(row.std()) for row in self._decided(texts, vectors)]

    def scores(self, texts: Sequence[str], vectors: Embeddings) -> list[float]:
        rows = zip(self._decided(texts, vectors), self._scales, strict=True)
        mean = np.mean([row / scale for row, scale in rows], axis=0)
        return [float(score) for score in mean]

    def _decided(self, texts: Sequence[str], vectors: Embeddings) -> list[NDArray[np.float64]]:
        by_words = self._by_words.decision_function(texts)
        return [by_words, *(model.decision_function(vectors) for model in self._by_meaning)]


def _examples() -> tuple[list[str], NDArray[np.bool_]]:
    text = files("consolidation.english").joinpath("kinds.jsonl").read_text(encoding="utf-8")
    items = [json.loads(line) for line in text.splitlines()]
    return [item["text"] for item in items], np.array([item["kind"] == "fact" for item in items])
