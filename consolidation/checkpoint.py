"""Checkpoints: what a killed training run goes on from. Knows tensors and numbers only.

A file belongs to one job, known by its hash; of any other job it holds nothing.
"""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from models.durable import replacing

_EVERY_S = 60.0


class Checkpoint:
    """One file, written anew about once a minute."""

    def __init__(self, file: Path, job: str, every_s: float = _EVERY_S) -> None:
        self._file = file
        self._job = job
        self._every_s = every_s
        self._written = time.monotonic()

    def is_due(self) -> bool:
        """Whether it is time to write again."""
        return time.monotonic() - self._written >= self._every_s

    def write(self, tensors: Mapping[str, Tensor], numbers: Mapping[str, Any]) -> None:
        """Keep these in the place of what was kept before; on the disk when this returns."""
        kept = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
        with replacing(self._file) as part:
            save_file(kept, part, metadata={"job": self._job, "numbers": json.dumps(numbers)})
        self._written = time.monotonic()

    def read(self) -> tuple[dict[str, Tensor], dict[str, Any]] | None:
        """What was kept; None where there is nothing of this job, or nothing that can be read."""
        try:
            with safe_open(self._file, "pt") as kept:
                told = kept.metadata() or {}
                if told.get("job") != self._job:
                    return None
                names: list[str] = list(kept.keys())
                return {k: kept.get_tensor(k) for k in names}, json.loads(told["numbers"])
        except (OSError, ValueError, KeyError, SafetensorError):
            return None

    def remove(self) -> None:
        """Nothing is left to go on from."""
        self._file.unlink(missing_ok=True)
