"""An embedder whose process dies loses no message."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.base import EngineCrashed
from models.embed import EmbedderProcess


class DyingChild:
    """Dies so many times before it answers."""

    def __init__(self, deaths: int) -> None:
        self.deaths = deaths

    def call(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.deaths:
            self.deaths -= 1
            raise EngineCrashed("the process models.embed ended (exit -9)")
        return {"shape": [1, 1], "data": "AACAPw=="}


def embedder(tmp_path: Path, deaths: int) -> EmbedderProcess:
    process = EmbedderProcess("source", tmp_path / "log")
    process._child = DyingChild(deaths)  # type: ignore[assignment]
    return process


def test_an_embedder_that_dies_once_is_asked_again(tmp_path: Path) -> None:
    assert np.array_equal(embedder(tmp_path, 1).embed(["x"]), np.ones((1, 1), np.float32))


def test_an_embedder_that_dies_again_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EngineCrashed):
        embedder(tmp_path, 2).embed(["x"])
