"""A training run as a folder: base, adapter and training set in, adapter out.

    python -m consolidation.training_job FOLDER --cache DIR
    accelerate launch --num_processes 2 -m consolidation.training_job FOLDER --cache DIR

It is self-contained: no database, no tokenizer, no text. Whoever has the folder and Reverie's
packages trains the same adapter, on one graphics card or several. Files are known by their hash.
"""

import argparse
import json
import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.settings import TrainingSettings
from consolidation.examples import (
    Example,
    OutOfMemory,
    TrainingDiverged,
    TrainingResult,
    TrainingSet,
    is_out_of_memory,
)
from memory.records import LossPoint
from models.base import WeightsMissing
from models.durable import read_json, write_json
from models.registry import hash_file

OnStep = Callable[[LossPoint, int, int], None]
"""Gets the loss, the steps done and the steps expected in all."""

ADAPTER = "adapter.safetensors"
RESULT = "result.json"
_JOB = "job.json"
_CHECKPOINT = "checkpoint.safetensors"


def unwatched(point: LossPoint, done: int, total: int) -> None:
    """For those who wait for the end."""


class JobUnfit(ValueError):
    """A folder that holds no training job, or not the files that its job was packed with."""


@dataclass(frozen=True, slots=True)
class TrainingJob:
    """What `train_adapter` is given, but for where it writes."""

    base: Path
    start: Path | None
    training_set: TrainingSet
    settings: TrainingSettings
    max_seconds: float = math.inf
    max_tokens: float = math.inf

    @property
    def files(self) -> dict[str, Path]:
        """The weights that it needs, by what they are."""
        return {"base": self.base} | ({"start": self.start} if self.start else {})

    @property
    def sha256(self) -> str:
        """Of the description: two jobs with one hash train the same adapter."""
        return sha256(json.dumps(self.description(), sort_keys=True).encode()).hexdigest()

    def description(self) -> dict[str, Any]:
        """All but the weights, as JSON; these by their hash. Where it is trained is no part of it:
        whoever reads it trains it there.
        """
        return {
            "files": {name: hash_file(path) for name, path in self.files.items()},
            "settings": asdict(replace(self.settings, ray="")),
            "max_seconds": _finite(self.max_seconds),
            "max_tokens": _finite(self.max_tokens),
            "training_set": {
                part.name: [
                    [list(e.ids), e.answer_start] for e in getattr(self.training_set, part.name)
                ]
                for part in fields(TrainingSet)
            },
        }


def described(told: Mapping[str, Any], files: Mapping[str, Path]) -> TrainingJob:
    """The job that a description tells of, with these files as its weights.

    Raises `JobUnfit` where a file is not the one that was described, or the description is damaged.
    """
    try:
        wanted: dict[str, str] = told["files"]
        parts = {
            name: tuple(Example(tuple(ids), start) for ids, start in rows)
            for name, rows in told["training_set"].items()
        }
        settings, training_set = TrainingSettings(**told["settings"]), TrainingSet(**parts)
        limits = [math.inf if told[k] is None else told[k] for k in ("max_seconds", "max_tokens")]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise JobUnfit(f"the job cannot be read ({error}); pack it anew") from error
    for name, known in wanted.items():
        if name not in files or hash_file(files[name]) != known:
            raise JobUnfit(f"{name} is not the file that the job was packed with; pack it anew")
    return TrainingJob(files["base"], files.get("start"), training_set, settings, *limits)


def pack(job: TrainingJob, folder: Path) -> None:
    """Write a job into a folder; its weights stay where they are."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths = {name: str(path.absolute()) for name, path in job.files.items()}
    write_json(folder / _JOB, {**job.description(), "paths": paths})


def unpack(folder: Path) -> TrainingJob:
    """The job in a folder; raises `JobUnfit` where there is none."""
    told = read_json(folder / _JOB)
    if not told:
        raise JobUnfit(f"{folder} holds no {_JOB} that can be read; pack a job into it")
    return described(told, {name: Path(path) for name, path in told.get("paths", {}).items()})


def train(
    job: TrainingJob,
    out: Path,
    *,
    cache_folder: Path,
    checkpoint: Path | None = None,
    on_step: OnStep = unwatched,
) -> TrainingResult:
    """Write the trained adapter to `out`: trained here, with the processes that were met
    (`processes.join`), or on the Ray cluster of the settings.

    Killed here, the same job goes on from the file `checkpoint`; it is gone once the job is done,
    and once training came apart. Raises `OutOfMemory`, and as `train_adapter`.
    """
    if job.settings.ray:
        from consolidation.on_ray import train_on_ray

        return train_on_ray(job, out, on_step=on_step)
    from consolidation.checkpoint import Checkpoint
    from consolidation.train import train_adapter

    kept = Checkpoint(checkpoint, job.sha256) if checkpoint else None
    try:
        trained = train_adapter(
            job.base,
            job.start,
            job.training_set,
            out,
            job.settings,
            cache_folder=cache_folder,
            max_seconds=job.max_seconds,
            max_tokens=job.max_tokens,
            checkpoint=kept,
            on_step=on_step,
        )
    except TrainingDiverged:
        if kept:  # to go on from there would come apart again
            kept.remove()
        raise
    except (MemoryError, RuntimeError) as error:
        if is_out_of_memory(error):
            raise OutOfMemory from error
        raise
    if kept:
        kept.remove()
    return trained


def main() -> int:
    """Train the job in a folder; its adapter and what it cost lie there then."""
    parser = argparse.ArgumentParser(prog="python -m consolidation.training_job")
    parser.add_argument(
        "folder", type=Path, help="what a job was packed into; the adapter goes there"
    )
    parser.add_argument(
        "--cache", type=Path, required=True, help="for the base as training reads it"
    )
    options = parser.parse_args()
    try:
        job = unpack(options.folder)
        return _together(job, options.folder, options.cache)
    except (JobUnfit, WeightsMissing, RuntimeError) as error:
        print(f"training job: {error}", file=sys.stderr)
        return 1


def _together(job: TrainingJob, folder: Path, cache: Path) -> int:
    from consolidation.processes import Processes, join, leave

    join()
    try:
        kept = folder / _CHECKPOINT
        trained = train(job, folder / ADAPTER, cache_folder=cache, checkpoint=kept)
        if Processes().rank == 0:
            write_json(folder / RESULT, asdict(trained))
    finally:
        leave()
    return 0


def _finite(limit: float) -> float | None:
    return limit if math.isfinite(limit) else None


if __name__ == "__main__":
    raise SystemExit(main())
