"""Training: seconds until what was told is known in other words, ours beside the usual Trainer.

    python -m benchmarks.speed train --home DIR

All arms train the dreams of the same messages (the first night of the stream "more development"),
each in a process of its own, in turn. How much is known is asked of the merged file, by llama.cpp,
in questions that none of them trained; the clock stands still meanwhile.
"""

import json
import math
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch

from assistant.settings import Settings
from benchmarks.engines import base_of, on_the_package, opened_engine
from benchmarks.intervals import mean
from benchmarks.speed.arms import ARMS, Job, Mark
from benchmarks.stream.diet import diet_of
from benchmarks.stream.facts import Fact
from benchmarks.stream.recipes import OURS
from benchmarks.stream.study import STUDIES
from benchmarks.stream.study import Job as StreamJob
from consolidation.dataset import compose
from consolidation.exam import Examiner, write_anchors
from models.gguf import write_merged
from models.gguf_file import open_gguf
from models.registry import hash_file


@dataclass(frozen=True, slots=True)
class Reached:
    """What an arm knew at a mark."""

    arm: str
    repeat: int
    mark: Mark
    recall: float
    """Of all questions, those answered rightly."""


class Night:
    """What is trained and what is asked, and a way to ask it."""

    def __init__(self, settings: Settings, folder: Path, facts: int) -> None:
        """`folder` keeps the dreams, which take minutes."""
        study = replace(STUDIES["more development"], nights=1, a_night=facts, controls=0)
        stream = StreamJob(study, OURS, 0).stream
        training = replace(settings.training, views_per_statement=study.views)
        self._settings = settings = replace(on_the_package(settings), training=training)
        self._engine = opened_engine(settings)
        diet = diet_of(stream, settings, folder / f"night-of-{facts}.json", self._engine)
        self._base = base_of(settings)
        self._examiner = Examiner(self._engine, settings.chat.system_prompt, settings.cache_folder)
        self.examples = compose(
            diet[0].dreams,
            write_anchors(self._examiner, self._base),
            tokenizer=self._engine,
            system_prompt=settings.chat.system_prompt,
        )
        self._told: Sequence[Fact] = stream.told(0)

    def close(self) -> None:
        self._engine.close()

    def job(self, arm: str, marks: Sequence[int], out: Path) -> Job:
        """This night for an arm."""
        facts, anchors = (
            [[list(e.ids), e.answer_start] for e in part]
            for part in (self.examples.facts, self.examples.anchors)
        )
        return Job(
            arm,
            str(self._base.gguf),
            str(self._settings.cache_folder),
            facts,
            anchors,
            list(marks),
            str(out),
            self._settings.model.threads or torch.get_num_threads(),
        )

    def recall(self, adapter: Path) -> float:
        """Of all questions about it, the share that the merged file answers rightly."""
        gguf = adapter.with_suffix(".gguf")
        write_merged(self._base.gguf, adapter, gguf, alpha=self._settings.training.alpha)
        asked = [(fact, q) for fact in self._told for q in (*fact.plain, *fact.free)]
        answers = self._examiner.answers(gguf, hash_file(gguf), [q for _, q in asked])
        gguf.unlink()
        return mean([f.is_right(a) for (f, _), a in zip(asked, answers, strict=True)])


def reached(
    settings: Settings, folder: Path, *, facts: int, marks: Sequence[int], repeats: int
) -> Iterator[Reached]:
    """Every arm, `repeats` times in turn."""
    night = Night(settings, folder, facts)
    try:
        for repeat in range(repeats):
            for arm in ARMS:
                with TemporaryDirectory() as out:
                    job = night.job(arm, marks, Path(out))
                    for mark in _run(job):
                        yield Reached(arm, repeat, mark, night.recall(Path(mark.adapter)))
    finally:
        night.close()


def _run(job: Job) -> list[Mark]:
    file = Path(job.out) / "job.json"
    file.write_text(json.dumps(asdict(job)), "utf-8")
    command = [sys.executable, "-m", "benchmarks.speed.arms", str(file)]
    subprocess.run(command, check=True)
    rows = json.loads((Path(job.out) / "marks.json").read_text("utf-8"))
    return [Mark(**row) for row in rows]


def matrix_peak(dtype: torch.dtype, size: int = 2048, repeats: int = 10) -> float:
    """Floating-point operations a second of square matrix products on this machine, best of all."""
    one, other = (torch.randn(size, size).to(dtype) for _ in range(2))
    best = float("inf")
    for _ in range(repeats):
        began = time.perf_counter()
        one @ other
        best = min(best, time.perf_counter() - began)
    return 2 * size**3 / best


def flops_of_token(base: Path, upper_layers: float) -> float:
    """Of training an adapter on the upper share of the layers: two a weight of every block's
    matrices forwards, and two a weight of the adapted ones backwards.

    Not counted: attention's own products, the adapter's and the head's. What a cache spares is.
    """
    reader = open_gguf(base)
    weights = Counter[int]()
    for tensor in reader.tensors:
        block = re.match(r"blk\.(\d+)\.", tensor.name)
        if block and len(tensor.shape) == 2:
            weights[int(block[1])] += int(tensor.n_elements)
    adapted = math.ceil(len(weights) * upper_layers)
    upper = sum(weights[block] for block in sorted(weights)[-adapted:])
    return 2.0 * (weights.total() + upper)


def run(settings: Settings, folder: Path, options: Any) -> Iterator[dict[str, Any]]:
    """Rows of the study."""
    flops = flops_of_token(settings.backbone_gguf, settings.training.upper_layers)
    yield {"what": "a token", "flops": flops}
    for dtype in (torch.float32, torch.bfloat16):
        yield {"what": "matrix peak", "dtype": str(dtype), "flops": matrix_peak(dtype)}
    for one in reached(
        settings, folder, facts=options.facts, marks=options.marks, repeats=options.repeats
    ):
        row = asdict(one.mark) | {"arm": one.arm, "repeat": one.repeat, "recall": one.recall}
        yield {"what": "reached", "facts": options.facts} | row
