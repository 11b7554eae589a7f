"""The jobs of a study that are done, read from its folder."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.intervals import mean
from benchmarks.stream.facts import Stream
from benchmarks.stream.scores import Scores, scores_of
from benchmarks.stream.study import Job, Night, nights_of


@dataclass(frozen=True, slots=True)
class Run:
    """A job that is done."""

    method: str
    seed: int
    stream: Stream
    nights: tuple[Night, ...]
    """Those that were run."""
    marks: tuple[dict[str, float], ...]
    """One row a night of the study, empty for one that was not run."""
    scores: Scores
    ability: dict[str, Any] | None

    @property
    def final(self) -> list[float]:
        """The last marks of all facts that hold, in the stream's order."""
        return [self.marks[-1][fact.id] for fact in self.stream.told(len(self.marks) - 1)]

    @property
    def free(self) -> float:
        """Right of the free questions in the end; 0 where none is asked."""
        return mean(list(self.nights[-1].free_marks(self.stream).values()))

    @property
    def retained(self) -> float:
        """How many facts are retained, in facts."""
        return sum(self.final)


def runs_of(jobs: Sequence[Job], out: Path) -> list[Run]:
    """Those of the jobs that are done."""
    found: list[Run] = []
    for job in jobs:
        folder = job.folder(out)
        nights = nights_of(folder)
        if job.first_night + len(nights) < job.study.nights:
            continue
        stream = job.stream
        not_run: list[dict[str, float]] = [{}] * job.first_night
        marks = (*not_run, *(night.marks(stream) for night in nights))
        file = folder / "ability.json"
        found.append(
            Run(
                job.method,
                job.seed,
                stream,
                tuple(nights),
                marks,
                scores_of(stream, marks, nights[-1].scrambled(stream)),
                json.loads(file.read_text("utf-8")) if file.exists() else None,
            )
        )
    return found
