"""What is asked by day: once per fact that still holds, in each way of recalling."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.settings import Settings
from benchmarks.by_day import HERE, cases_of
from models.base import Embeddings


class Letters:
    """Texts are alike that have the same letters."""

    def embed(self, texts: Sequence[str]) -> Embeddings:
        rows = [[text.lower().count(c) + 0.01 for c in "abcdefghijklmnoprstu"] for text in texts]
        found = np.array(rows, dtype=np.float32)
        normed: Embeddings = found / np.linalg.norm(found, axis=1, keepdims=True)
        return normed


def test_a_question_has_a_prompt_for_each_way_of_recalling(tmp_path: Path) -> None:
    file = HERE / "conversations" / "e.json"
    cases = list(cases_of([file], Settings(home=tmp_path), Letters(), [0, 3]))
    assert len(cases) > 40
    for asked, (brief, long) in cases:
        assert brief[-1].content.endswith(asked.question)
        assert len(brief[-1].content) <= len(long[-1].content)
        assert len(asked.facts) == 1
