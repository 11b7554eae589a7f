"""A stand-in for the embedding model, so that a night takes seconds.

The real one takes longer to start than a tiny night to run, and writes nothing that could be lost.
Words become vectors by their hash: texts with the same words are near.
"""

import tempfile
import warnings
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from benchmarks.torture.tiny import FACTS
from consolidation.english.likeness import FactLikeness
from models.base import Embeddings

DIMENSIONS = 384
_CHECKPOINT_EVERY_S = 0.2
"""Instead of once a minute, which no tiny night lasts."""


class WordHashes:
    """`Embedder` without a model."""

    def __init__(self, *_: object) -> None:
        pass

    def warm_up(self) -> None:
        """Nothing has to be started."""

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Unit-length vectors, shape (len(texts), 384), float32."""
        rows = [
            np.sum([_vector(word) for word in text.lower().split() or [""]], axis=0)
            for text in texts
        ]
        found = np.asarray(rows, np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    def close(self) -> None:
        """Nothing has to be ended."""


def _vector(word: str) -> Embeddings:
    seed = int.from_bytes(sha256(word.encode()).digest()[:8], "little")
    return np.random.default_rng(seed).normal(size=DIMENSIONS).astype(np.float32)


def command(arguments: Sequence[str], *, real: bool = False) -> Callable[[], int]:
    """`reverie …` for a fork; unless it is to be `real`, its embedding model stood in for."""

    def run() -> int:
        from tui.cli import main

        if not real:
            _stand_in()
        return main(list(arguments))

    return run


def _stand_in() -> None:
    import assistant.workspace
    import consolidation.english.likeness
    import tui.commands.night
    from consolidation.checkpoint import Checkpoint

    tui.commands.night._be_polite = lambda: None  # the harness is, for all of them
    Checkpoint.__init__.__defaults__ = (_CHECKPOINT_EVERY_S,)
    assistant.workspace.EmbedderProcess = WordHashes
    consolidation.english.likeness.FactLikeness = _fitted_likeness


@cache
def _fitted_likeness(*_: object) -> FactLikeness:
    """Fitted once, before the first fork; it learns from a file of ours alone."""
    with tempfile.TemporaryDirectory() as folder:
        likeness = FactLikeness(WordHashes(), Path(folder))
        likeness(["My dog is called Biscuit."])
    return likeness


def import_all() -> None:
    """What a night imports and makes ready, before the first fork."""
    warnings.simplefilter("ignore")
    import consolidation.night
    import consolidation.train  # noqa: F401
    import tui.commands.memory
    import tui.commands.night
    import tui.commands.versions  # noqa: F401
    from consolidation.dreams import GrammarWriter
    from consolidation.english.parsing import parse

    GrammarWriter()
    for fact in FACTS:
        parse(fact)
    _fitted_likeness()
