"""Timings say what was timed, and the study of memory runs on a small one."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.speed.memory import Words, measured
from benchmarks.speed.timing import interleaved, quantile, spread


def test_a_quantile_is_the_smallest_value_that_its_share_does_not_exceed() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert [quantile(values, share) for share in (0.2, 0.5, 0.99)] == [1, 3, 5]


def test_the_interval_of_a_median_holds_it() -> None:
    seconds = list(np.random.default_rng(0).exponential(size=100))
    found = spread(seconds)
    assert found.low_s <= found.median_s <= found.high_s <= found.p99_s
    assert found.repeats == 100


def test_ways_are_called_in_turn_after_one_call_each_that_does_not_count() -> None:
    calls: list[tuple[str, int]] = []
    ways = {name: lambda number, name=name: calls.append((name, number)) for name in "ab"}
    seconds = interleaved(ways, 2)
    assert calls == [(name, number) for number in (0, 0, 1) for name in "ab"]
    assert {name: len(found) for name, found in seconds.items()} == {"a": 2, "b": 2}


@pytest.mark.timeout(60)
def test_the_study_of_memory_finds_nearly_all_that_is_nearest(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    told = [f"My dog Rex met {name} in Leeds." for name in ("Ada", "Bo", "Cy")]
    words = Words(
        told,
        rng.standard_normal((3, 64)).astype(np.float32),
        ["Who met Rex?"],
        rng.standard_normal((1, 64)).astype(np.float32),
    )
    rows = {row["what"]: row for row in measured(300, words, tmp_path, repeats=3)}
    assert rows["size and start"]["episodes"] == 300
    assert rows["turn: recall and novelty"]["repeats"] == 3
    assert rows["nearest ten: ours"]["recall_at_10"] >= 0.9
