"""Timings say what was timed, and the study of memory runs on a small one."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.settings import Settings
from benchmarks.speed.memory import Words, measured
from benchmarks.speed.report import write_report
from benchmarks.speed.timing import interleaved, quantile, spread
from benchmarks.speed.training import flops_of_token


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


def test_the_report_says_when_an_arm_has_learned_enough_and_how_much_later_than_ours(
    tmp_path: Path,
) -> None:
    def reached(
        arm: str, repeat: int, mark: int, seconds: float, recall: float
    ) -> dict[str, object]:
        return {
            "what": "reached",
            "arm": arm,
            "repeat": repeat,
            "adapter": f"/tmp/{mark}.safetensors",
            "tokens": mark,
            "seconds": seconds,
            "steps": 1,
            "padding": 0.0,
            "peak_bytes": 2**30,
            "recall": recall,
        }

    rows: list[dict[str, object]] = [
        {"what": "a token", "flops": 1e8},
        {"what": "matrix peak", "dtype": "torch.float32", "flops": 1e11},
        *(reached("ours", n, 1000, 10.0, 0.94 + n * 0.02) for n in range(2)),
        *(reached("theirs", n, 1000, 30.0, 0.99 - n * 0.2) for n in range(2)),
        *(reached("theirs", n, 2000, 60.0, 0.98) for n in range(2)),
        reached("never", 0, 2000, 90.0, 0.5),
    ]
    told = {"machine": "a machine", "on": "2026-11-28", "rows": rows}
    (tmp_path / "train.json").write_text(json.dumps(told), "utf-8")
    report = write_report(tmp_path).read_text("utf-8")
    assert "| ours | 10 s | 1.0× | 0.95 | 1,000 | 100 | 10% |" in report
    assert "| theirs | 60 s | 6.0× | 0.98 | 2,000 |" in report
    assert "| never | not in 90 s | over 9.0× |" in report


@pytest.mark.slow
def test_a_token_costs_the_adapted_half_of_the_blocks_twice() -> None:
    block = 2 * 576 * 576 + 2 * 576 * 192 + 3 * 576 * 1536  # SmolLM2-135M, each of 30
    assert flops_of_token(Settings(home=Path()).packaged_gguf, 0.5) == 2 * block * (30 + 15)
