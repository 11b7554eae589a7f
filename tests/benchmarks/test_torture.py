"""The torture finds what is lost, and on a few attacks of each family nothing is."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings import Settings
from benchmarks.torture.faults import Ended
from benchmarks.torture.invariants import (
    champion_losses,
    database_losses,
    leftovers,
    words_losses,
)
from benchmarks.torture.rows import Row, add_row, new_engine, read_rows
from benchmarks.torture.small import small_home
from benchmarks.torture.table import table_of, write_report
from benchmarks.torture.tiny import FACTS, write_tiny_base
from models.engine import Engine
from models.gguf import load_base_for_training

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir() or shutil.which("gcc") is None,
    reason="faults are injected with gcc, on Linux",
)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("torture")
    write_tiny_base(folder / "base.gguf")
    return folder


@pytest.fixture
def home(work: Path) -> Path:
    return small_home(work, work / "home").home


@pytest.fixture(scope="module")
def engine(work: Path) -> Iterator[Engine]:
    with new_engine(work) as opened:
        yield opened


def rows_of(family: str, work: Path, runs: int) -> list[Row]:
    command = ["-W", "ignore", "-m", "benchmarks.torture", family, "--runs", str(runs)]
    places = ["--work", str(work), "--out", str(work / "out")]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, *command, *places], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = read_rows(work / "out" / f"{family}.jsonl")
    assert len(rows) == runs and not any(row.lost for row in rows)
    return rows


def test_a_whole_home_has_lost_nothing(home: Path, engine: Engine) -> None:
    told = {i: text for i, text in enumerate(("My cat is called Quagmire.", *FACTS), 1)}
    assert database_losses(home, told) == []
    assert champion_losses(home, engine) == []
    assert leftovers(home) == []


def test_a_lost_episode_and_a_damaged_database_are_seen(home: Path) -> None:
    assert database_losses(home, {9: "never stored"}) == ["episodes [9] are lost"]
    file = home / "reverie.db"
    data = bytearray(file.read_bytes())
    data[8192:16384] = os.urandom(8192)
    file.write_bytes(data)
    assert "database" in database_losses(home, {})[0]


def test_a_champion_that_is_damaged_or_cannot_be_loaded_is_seen(home: Path, engine: Engine) -> None:
    gguf = home / "weights/versions/night-0002/model.gguf"
    gguf.write_bytes(bytes([*b"GGUX", *gguf.read_bytes()[4:]]))
    assert champion_losses(home, engine)


def test_what_a_night_left_behind_is_seen(home: Path) -> None:
    (Settings(home=home).work_folder / "night-7").mkdir(parents=True)
    assert leftovers(home) == ["left behind: night-7"]


@pytest.mark.parametrize(
    ("code", "said", "is_well"),
    [
        (0, "", True),
        (1, "reverie: the disk is full\n", True),
        (1, "", False),
        (1, "Traceback (most recent call last):\n", False),
        (1, "reverie: one\nreverie: two\n", False),
        (-11, "", False),
        (70, "", False),
    ],
)
def test_a_failure_is_one_sentence(code: int, said: str, is_well: bool) -> None:
    assert (words_losses(Ended(code, said, "", 0, 0.0)) == []) is is_well


def test_the_table_counts_what_was_lost(tmp_path: Path) -> None:
    file = tmp_path / "kill.jsonl"
    add_row(file, Row("one", "killed", "change 3", True, ()))
    add_row(file, Row("two", "killed", "change 4", False, ("an episode",)))
    rows = read_rows(file)
    assert "| killed | 2 | 1 | 1 | 1 |" in table_of(rows)
    assert "- two, change 4: an episode" in write_report(tmp_path).read_text()
    assert json.loads(file.read_text().splitlines()[0])["case"] == "one"


def test_failing_writes_lose_nothing(work: Path) -> None:
    rows = rows_of("writes", work, 12)
    assert sum(row.hit for row in rows) >= 6


def test_damaged_files_lose_nothing(work: Path) -> None:
    rows = rows_of("files", work, 26)
    assert sum(row.hit for row in rows) >= 20


@pytest.mark.slow
def test_a_killed_night_loses_nothing(work: Path) -> None:
    assert rows_of("kill", work, 1)[0].hit


@pytest.mark.slow
@pytest.mark.parametrize("file", ["model.safetensors", "config.json"])
def test_a_base_that_is_damaged_in_the_cache_is_converted_again(work: Path, file: str) -> None:
    import torch

    def load() -> torch.Tensor:
        arguments = (work / "base.gguf", work / "cache", torch.float32, "cpu")
        return load_base_for_training(*arguments).get_input_embeddings().weight.detach().clone()

    before = load()
    (damaged,) = (work / "cache").glob(f"*/float32/{file}")
    half = damaged.read_bytes()[:100]
    damaged.unlink()  # it may still be mapped
    damaged.write_bytes(half)
    assert torch.equal(load(), before)
