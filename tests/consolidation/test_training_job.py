"""A training run travels as a folder, and several processes or a Ray worker train the same."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from assistant.settings import Settings, TrainingSettings
from consolidation.examples import Example, OutOfMemory, TrainingDiverged, TrainingSet
from consolidation.training_job import (
    ADAPTER,
    RESULT,
    JobUnfit,
    TrainingJob,
    described,
    pack,
    train,
    unpack,
)

pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")
SETTINGS = TrainingSettings(
    rank=4,
    upper_layers=0.1,
    max_epochs=2,
    batch_size=4,
    texts_per_step=0,
    device="cpu",
    dtype="float32",
)
SET = TrainingSet(
    facts=tuple(Example((1, 2, 3, 100 + i, 200 + i, 300 + i), 4) for i in range(8)),
    anchors=(Example((1, 2, 50, 51, 52), 3), Example((1, 2, 60, 61), 3)),
    replay=(Example((1, 2, 3, 99, 98, 97), 4),),
)


@pytest.fixture
def job(tmp_path: Path) -> TrainingJob:
    base = tmp_path / "base.gguf"
    base.write_bytes(b"weights")
    return TrainingJob(base, None, SET, SETTINGS, max_tokens=5_000)


@pytest.fixture(scope="module")
def real_job() -> TrainingJob:
    return TrainingJob(Settings(home=Path()).packaged_gguf, None, SET, SETTINGS)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def alone(real_job: TrainingJob, cache: Path) -> Path:
    """The adapter that this process trains."""
    out = cache / "alone.safetensors"
    train(real_job, out, cache_folder=cache)
    return out


def same(one: Path, other: Path, *, within: float = 0.0) -> bool:
    first, second = load_file(one), load_file(other)
    assert first.keys() == second.keys()
    return all(bool(torch.allclose(first[k], second[k], rtol=0, atol=within)) for k in first)


def test_a_packed_job_is_the_job_that_was_packed(job: TrainingJob, tmp_path: Path) -> None:
    pack(job, tmp_path / "job")
    assert unpack(tmp_path / "job") == job


def test_other_weights_than_those_it_was_packed_with_are_refused(
    job: TrainingJob, tmp_path: Path
) -> None:
    pack(job, tmp_path / "job")
    job.base.write_bytes(b"other weights")
    with pytest.raises(JobUnfit, match="base is not the file"):
        unpack(tmp_path / "job")


def test_a_folder_without_a_job_and_a_damaged_job_say_so(job: TrainingJob, tmp_path: Path) -> None:
    with pytest.raises(JobUnfit, match=r"holds no job\.json"):
        unpack(tmp_path)
    told = job.description() | {"settings": {"rank": 4, "colour": "red"}}
    with pytest.raises(JobUnfit, match="cannot be read"):
        described(told, job.files)


def test_the_command_says_in_a_sentence_what_is_wrong(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "consolidation.training_job", str(tmp_path), "--cache", "x"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("training job: ") and "Traceback" not in done.stderr


@pytest.mark.slow
def test_two_processes_train_the_adapter_of_one(
    real_job: TrainingJob, alone: Path, cache: Path, tmp_path: Path
) -> None:
    """Over gloo, on the processor; what stands between cards of one machine is NCCL instead."""
    pack(real_job, tmp_path)
    launch = [sys.executable, "-m", "accelerate.commands.launch", "--cpu", "--num_processes", "2"]
    launch += ["--num_machines", "1", "--mixed_precision", "no", "--dynamo_backend", "no"]
    what = ["-m", "consolidation.training_job", str(tmp_path), "--cache", str(cache)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run([*launch, *what], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert same(alone, tmp_path / ADAPTER, within=1e-4)
    assert json.loads((tmp_path / RESULT).read_text("utf-8"))["steps"] == 4


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("consolidation.train.train_adapter", fail)


def test_training_that_came_apart_is_not_gone_on_with(
    job: TrainingJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"near the divergence")
    failing(monkeypatch, TrainingDiverged("the loss is nan"))
    with pytest.raises(TrainingDiverged):
        train(job, tmp_path / "out", cache_folder=tmp_path, checkpoint=kept)
    assert not kept.exists()


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"),
        torch.OutOfMemoryError("CUDA out of memory"),
    ],
)
def test_training_without_enough_memory_says_so_and_can_be_gone_on_with(
    job: TrainingJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"half way")
    failing(monkeypatch, error)
    with pytest.raises(OutOfMemory, match=r"lower training\.batch_size"):
        train(job, tmp_path / "out", cache_folder=tmp_path, checkpoint=kept)
    assert kept.exists()


def test_another_error_of_training_stays_what_it_is(
    job: TrainingJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, RuntimeError("shapes do not fit"))
    with pytest.raises(RuntimeError, match="shapes do not fit"):
        train(job, tmp_path / "out", cache_folder=tmp_path)


DIES = """
import os, signal, sys
from pathlib import Path
from consolidation.checkpoint import Checkpoint
from consolidation.training_job import train, unpack
folder, cache, kept = map(Path, sys.argv[1:])
Checkpoint.is_due = lambda self: True
die = lambda point, done, total: done == 4 and os.kill(os.getpid(), signal.SIGKILL)
train(unpack(folder), folder / "never", cache_folder=cache, checkpoint=kept, on_step=die)
"""
"""A run that is killed before its fourth step is in a checkpoint."""


@pytest.mark.slow
def test_a_killed_job_goes_on_to_the_same_adapter_on_the_real_model(
    cache: Path, tmp_path: Path
) -> None:
    settings = replace(SETTINGS, upper_layers=0.5, dtype="auto", batch_size=3)
    job = TrainingJob(Settings(home=Path()).packaged_gguf, None, SET, settings)
    train(job, tmp_path / "whole", cache_folder=cache)
    kept = tmp_path / "checkpoint"
    pack(job, tmp_path)
    killed = subprocess.run([sys.executable, "-c", DIES, tmp_path, cache, kept])
    assert killed.returncode == -signal.SIGKILL and kept.exists()
    steps: list[int] = []
    train(
        job,
        tmp_path / "again",
        cache_folder=cache,
        checkpoint=kept,
        on_step=lambda _, done, __: steps.append(done),
    )
    assert steps[0] == 4 and not kept.exists()
    assert same(tmp_path / "whole", tmp_path / "again")


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A Ray cluster of this machine; its workers keep files under `tmp_path`."""
    ray = pytest.importorskip("ray", reason="Ray is an extra: pip install -e .[ray]")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "worker"))
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False, logging_level="error")
    yield ray
    ray.shutdown()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="workers are found in /proc")
def test_a_ray_worker_trains_the_same_and_one_that_is_lost_is_replaced(
    real_job: TrainingJob, alone: Path, cluster: Any, tmp_path: Path
) -> None:
    away = replace(real_job, settings=replace(SETTINGS, ray="local"))
    out, steps, killed = tmp_path / "adapter.safetensors", list[int](), list[int]()
    accident = Thread(target=lambda: killed.append(kill_first_worker()))
    accident.start()
    trained = train(
        away, out, cache_folder=tmp_path, on_step=lambda _, done, __: steps.append(done)
    )
    accident.join()
    assert killed[0] > 0
    assert same(alone, out, within=1e-4), "to the bit only with as many threads"
    assert steps == [1, 2, 3, 4] and trained.steps == 4
    fetched = [path.name for path in (tmp_path / "worker").rglob("weights/*")]
    assert fetched == [away.description()["files"]["base"]]


def kill_first_worker(within_s: float = 60) -> int:
    """The process that runs the task, killed; 0 where none was seen."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        for line in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if line.read_bytes().startswith(b"ray::trained_elsewhere"):
                    os.kill(int(line.parent.name), signal.SIGKILL)
                    return int(line.parent.name)
        time.sleep(0.05)
    return 0
