"""The gate's study: what it draws is what its cells say, and the gate keeps its stated rates."""

import json
import statistics
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from benchmarks.gate_study import decay, past, real, simulation
from benchmarks.gate_study.__main__ import main
from benchmarks.gate_study.rules import RULES, SETTINGS, before, now
from benchmarks.gate_study.simulation import (
    NIGHT_TOGETHER,
    STATED,
    STRICT,
    TOGETHER,
    Cell,
    drawn,
    measured,
)
from consolidation.gate import Evidence, judge
from consolidation.paired import Paired
from memory.records import Probe

DRAWS = 2_000


def promoted(cell: Cell, rule: str = "now") -> float:
    row = measured([cell], DRAWS)[0]
    share: float = row[rule]["promoted"]
    return share


def test_the_rule_of_now_is_the_gate_itself() -> None:
    for cell in (Cell(12, 50, old_points=5), Cell(12, 20, known=0.5, learned=False)):
        for seen in drawn(cell, 300):
            assert now(seen) is judge(seen, SETTINGS).promotes


def test_what_is_drawn_loses_what_its_cell_says() -> None:
    for noise in (STRICT, TOGETHER, NIGHT_TOGETHER):
        counts = drawn(Cell(12, 300, old_points=5, noise=noise), DRAWS)
        lost = sum(seen.old.lost * times for seen, times in counts.items()) / (300 * DRAWS)
        assert lost == pytest.approx(0.05 + 0.95 * noise.lost, abs=0.005)
        assert {seen.old.right_before for seen in counts} == {300}


def test_losses_by_messages_spread_wider_than_losses_one_by_one() -> None:
    def spread(cell: Cell) -> float:
        return statistics.variance(seen.old.lost for seen in drawn(cell, DRAWS).elements())

    alone, together = (
        spread(Cell(12, 300, old_points=10, noise=noise)) for noise in (STRICT, TOGETHER)
    )
    assert together / alone == pytest.approx(1 + 2 * 0.37, rel=0.15)


def test_a_candidate_that_changes_nothing_is_promoted_no_more_often_than_stated() -> None:
    cells = [one for one in simulation.unchanged() if one.noise in (STRICT, STATED)]
    rows = measured(cells, DRAWS)
    assert max(row["now"]["low"] for row in rows) <= 0.05
    assert max(row["before"]["promoted"] for row in rows) > 0.2


def test_a_good_night_is_refused_no_more_often_than_before() -> None:
    for old in simulation.OLD:
        cell = Cell(12, old)
        assert promoted(cell) == promoted(cell, "before")


def test_a_first_night_is_promoted() -> None:
    assert promoted(Cell(12, 0)) > 0.95


@pytest.mark.parametrize(("points", "caught"), [(5, 0.75), (10, 0.99)])
def test_planted_losses_are_caught_with_many_questions(points: int, caught: float) -> None:
    assert 1 - promoted(Cell(25, 300, old_points=points)) > caught


def test_slow_decay_is_caught_now_and_was_never_before() -> None:
    old, new = decay.measured(decay.Course("old", 300, 1.0, STRICT), 30)
    assert (old["rule"], new["rule"]) == tuple(RULES)
    assert old["caught"] == 0.0 and old["truly_lost"] > 0.2
    assert new["caught"] == 1.0 and new["truly_lost"] < 0.15
    assert 8 <= new["night"][1] <= 16


def test_nights_that_lose_nothing_are_not_taken_for_decay() -> None:
    _, new = decay.measured(decay.Course("old", 300, 0.0, STRICT), 30)
    assert new["caught"] == 0.0 and new["nights_promoted"] > 0.98


def test_a_verdict_of_the_past_is_read_from_its_sentences() -> None:
    told = (
        "It lost 5 of 63 general questions that were right before; at most 3 may be lost. It lost "
        "1 of 12 older facts that were right before. It answered 26 of 30 questions on the new "
        "facts (2 before)."
    )
    expected = Evidence(
        Paired(kept=2, won=24, missed=4), Paired(kept=11, lost=1), Paired(kept=58, lost=5)
    )
    assert past.counted(told) == expected
    told = "It answered 2 of 3 questions on the new facts; the live model answers 2 already."
    known = past.counted(told)
    assert known.new == Paired(kept=2, missed=1)


def test_no_verdict_of_the_past_changes() -> None:
    """Neither those that studies kept and LOG.md tells of, nor what nights of the streams get."""
    rows = past.measured()
    assert len(rows) > 20
    for row in rows:
        assert row["now"] == row["before"], row["where"]
        if row["said"] is not None:
            assert row["said"] == row["before"], row["where"]


def test_a_stream_that_forgets_is_held_to_what_it_knew_once() -> None:
    rows = {row["where"]: row for row in past.measured()}
    old = Paired(**rows["stream, sequential-lora, seed-0, night 4"]["counts"]["old"])
    assert old.right_before < old.known_once
    assert old.gone > 0.9 * old.known_once


def test_the_study_writes_its_rows_and_a_report(tmp_path: Path) -> None:
    assert main(["--draws", "20", "--runs", "2", "--out", str(tmp_path)]) == 0
    kept = json.loads((tmp_path / "simulation.json").read_text("utf-8"))
    assert {row["draws"] for row in kept["grid"]} == {20}
    assert len(kept["decay"]) == 2 * len(decay.courses())
    text = (tmp_path / "report.md").read_text("utf-8")
    for title in ("changes nothing", "A good night", "Planted", "Slow decay", "of the past"):
        assert title in text


def test_real_candidates_are_asked_for_of_a_home_that_learned_only(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--real", str(tmp_path / "home"), "--out", str(tmp_path / "out")])
    assert stopped.value.code == 2


def adapter(file: Path) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(0)
    tensors = {
        "x.lora_A.weight": chance.standard_normal((4, 8)).astype(np.float32),
        "x.lora_B.weight": chance.standard_normal((8, 4)).astype(np.float32),
    }
    save_file(tensors, file, metadata={"lora_alpha": "64"})
    return tensors


def test_a_real_candidate_is_the_adapter_kept_and_shaken_as_said(tmp_path: Path) -> None:
    file, out = tmp_path / "a.safetensors", tmp_path / "b.safetensors"
    made = adapter(file)
    real.shaken(file, out, real.Recipe(False, 0.5, 0.0, 1))
    half = load_file(out)
    assert np.array_equal(half["x.lora_A.weight"], made["x.lora_A.weight"])
    assert np.allclose(half["x.lora_B.weight"], made["x.lora_B.weight"] / 2)
    real.shaken(file, out, real.Recipe(True, 1.0, 0.02, 1))
    moved = load_file(out)["x.lora_B.weight"] - made["x.lora_B.weight"]
    assert 0 < np.abs(moved).max() < 0.1


@pytest.mark.parametrize("live_is_base", [False, True])
def test_half_of_the_real_candidates_change_nothing(live_is_base: bool) -> None:
    made = list(real.recipes(24, live_is_base))
    assert len({(one.keep, one.noise, one.seed) for one in made}) == 24
    same = [one for one in made if one.changes_nothing]
    assert len(same) == 12
    assert {one.keep for one in same} == ({0.0} if live_is_base else {1.0})


def test_a_real_candidate_is_judged_by_one_half_of_the_questions_and_measured_by_the_other() -> (
    None
):
    probes = [
        *(Probe(f"new {n}?", ("yes",), "new", (n,)) for n in range(4)),
        *(Probe(f"old {n}?", ("yes",), "old", (n,)) for n in range(100, 140)),
        *(Probe(f"general {n}?", ("yes",), "general") for n in range(20)),
    ]

    def ask(gguf: Path, questions: Sequence[str]) -> list[str]:
        return ["no" if question.startswith("old") else "yes" for question in questions]

    live = ["no" if probe.group == "new" else "yes" for probe in probes]
    row = real.tried(real.Recipe(False, 0.5, 0.0, 0), Path("x"), probes, live, ask)
    assert not row["now"] and not before(Evidence(Paired(won=4), Paired(lost=20)))
    assert row["heard"]["new"]["won"] == 4
    assert row["heard"]["old"]["lost"] + row["held_back"]["old"]["lost"] == 40
    assert row["heard"]["general"]["kept"] + row["held_back"]["general"]["of"] == 20
