"""Texts to vectors, in a process of its own. The only sentence_transformers import.

The library takes seconds and torch to import, so the chat process never does.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.base import Embeddings, EngineCrashed, WeightsMissing
from models.child import Child, Work

_FEW = 32
"""So many texts are embedded by one thread: several wait for the slowest of them, which on a
busy machine takes five times as long (LOG.md)."""


class EmbedderProcess:
    """`Embedder` over a pipe. The process starts with the first request."""

    def __init__(self, source: str, log_file: Path) -> None:
        self._child = Child("models.embed", [source], log_file)

    def warm_up(self) -> None:
        """Start the process and load the model now."""
        self.embed(["warm up"])

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Unit-length vectors, shape (len(texts), dimensions), float32.

        A process that ended is started anew, once: what was said is not lost with it. Raises
        `EngineCrashed` and `WeightsMissing`.
        """
        request = {"op": "embed", "texts": list(texts)}
        try:
            reply = self._child.call(request)
        except EngineCrashed:
            reply = self._child.call(request)
        data = np.frombuffer(base64.b64decode(reply["data"]), dtype="<f4")
        return data.reshape(reply["shape"]).astype(np.float32)

    def close(self) -> None:
        """End the process."""
        self._child.close()


class _Desk:
    def __init__(self, source: str) -> None:
        self._source = source
        self._model: Any = None
        self._cores = 1

    def embed(self, request: Mapping[str, Any], _: Callable[[], bool]) -> Work:
        yield from ()
        if self._model is None:
            self._model = self._load()
        self._spread_over(1 if len(request["texts"]) <= _FEW else self._cores)
        vectors = self._model.encode(
            request["texts"], normalize_embeddings=True, show_progress_bar=False
        )
        data = np.ascontiguousarray(vectors, dtype="<f4")
        return {"shape": list(data.shape), "data": base64.b64encode(data.tobytes()).decode()}

    def _spread_over(self, threads: int) -> None:
        import torch

        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)

    def _load(self) -> Any:
        import torch
        from sentence_transformers import SentenceTransformer

        self._cores = torch.get_num_threads()
        try:
            return SentenceTransformer(self._source, device="cpu")
        except (OSError, ValueError) as error:
            raise WeightsMissing(
                f"the embedding model {self._source} cannot be loaded; run `reverie doctor`"
            ) from error


def _main() -> None:
    import os
    import sys

    from models.child import serve

    if Path(sys.argv[1]).is_dir():
        os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TQDM_DISABLE"] = "1"  # the log is read by people: no bars in it
    serve({"embed": _Desk(sys.argv[1]).embed})


if __name__ == "__main__":
    _main()
