"""Likeness: a second opinion on whether a message states a fact."""

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from assistant.settings_file import load_settings
from consolidation.english.likeness import UNLIKELY, FactLikeness
from models.base import Embeddings
from models.embed import EmbedderProcess


class Counting:
    """Embeds by length and first letter, and counts what it embeds."""

    def __init__(self) -> None:
        self.embedded = 0

    def embed(self, texts: Sequence[str]) -> Embeddings:
        self.embedded += len(texts)
        rows = [[len(text), ord(text[0]), 1.0] for text in texts]
        return np.array(rows, np.float32) / 100


def test_the_examples_are_embedded_once_for_an_embedder(tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    one = FactLikeness(first, tmp_path)(["I live in Leith."])
    assert FactLikeness(second, tmp_path)(["I live in Leith."]) == one
    assert first.embedded > 2000 and second.embedded < 5
    assert {file.suffix for file in tmp_path.iterdir()} == {".npy"}


def test_a_file_that_was_cut_is_made_anew(tmp_path: Path) -> None:
    one = FactLikeness(Counting(), tmp_path)(["I live in Leith."])
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:40])
    assert FactLikeness(Counting(), tmp_path)(["I live in Leith."]) == one


def test_every_example_has_a_kind_and_stands_once() -> None:
    text = files("consolidation.english").joinpath("kinds.jsonl").read_text(encoding="utf-8")
    items = [json.loads(line) for line in text.splitlines()]
    assert len({item["text"].lower() for item in items}) == len(items) > 2000
    assert {item["kind"] for item in items} == {
        *("fact", "chat", "question", "request", "hypothetical", "quotation", "fiction"),
    }


@pytest.mark.slow
def test_talk_of_the_moment_is_unlike_a_fact(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "home")
    embedder = EmbedderProcess(settings.embedder_source, tmp_path / "log")
    try:
        scores = FactLikeness(embedder, tmp_path)(
            [
                "My cousin Ebba has started as a vet in Kiruna.",
                "We're not having the kitchen done until after Easter.",
                "phew what a morning, the coffee machine is finally doing its thing",
                "Once there was a hedgehog who wanted to be king of the compost heap.",
            ]
        )
    finally:
        embedder.close()
    assert min(scores[:2]) > UNLIKELY > max(scores[2:])
