"""The jobs of a study: one method on one stream, night by night, everything on disk.

A job's folder holds `night-NN.json` for every night done and what the next one goes on from; a
killed job goes on there. Jobs know nothing of one another.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.intervals import mean
from benchmarks.stream.facts import FACTS, KEPT, MORE, PLAIN, Fact, Order, Stream, made_stream
from benchmarks.stream.recipes import NOTHING, OURS, RECIPES, RETRIEVAL, VARIANTS
from benchmarks.stream.triples import triples_stream
from consolidation.english.marking import is_right

Told = Literal["made", "triples", "talks"]
METHODS = (NOTHING, RETRIEVAL, *RECIPES, OURS)
EVERY_METHOD = (*METHODS, *(name for name in VARIANTS if name != OURS))
"""With the variants of ours."""


@dataclass(frozen=True, slots=True)
class Study:
    """A kind of stream, and how much is trained on it."""

    name: str
    nights: int
    a_night: int
    tokens: float
    """Trained by each night at most."""
    order: Order = "mixed"
    told: Told = "made"
    """Facts made from templates, the public triples, or the project's conversations."""
    views: int = 8
    """Dreams of each statement: what is told must be learned from the tokens that there are."""
    plain: int = 2
    free: int = 1
    """How many questions of each fact are asked."""
    controls: int = 20
    ability: float = 0.25
    """The share of each public set that is asked."""
    seconds: float = float("inf")
    """Or for so long."""
    asks: bool = True
    """The small model that was trained to ask writes questions, too, as in a night by default."""
    facts: Path = PLAIN
    """What made facts are made of: a file that no dream was mended by, or the one that was used."""


STUDIES = {
    study.name: study
    for study in (
        Study(
            "quick",
            nights=2,
            a_night=3,
            tokens=1_500,
            views=4,
            plain=1,
            free=0,
            controls=3,
            ability=0.02,
            asks=False,
            facts=FACTS,
        ),
        Study("development", 5, 10, 80_000, views=48, free=2, facts=FACTS),
        Study("more development", 5, 10, 80_000, views=48, free=2, facts=MORE),
        Study("short", 5, 10, 80_000, views=48, free=2),
        Study("oddly told", 5, 10, 80_000, views=48, free=2, facts=KEPT),
        Study("short, by the clock", 5, 10, float("inf"), seconds=240, views=48, free=2),
        Study("ten", 10, 12, 96_000, views=48),
        Study("ten, blocked", 10, 12, 96_000, order="blocked", views=48),
        Study("triples", 10, 12, 96_000, told="triples", views=48),
        # all of a night's questions are of one conversation, about a dozen facts
        Study("conversations", 10, 1, 100_000, told="talks", views=48, plain=1, free=0, controls=0),
        Study("twenty", 20, 25, 160_000, views=16, plain=1),
        Study("forty", 40, 25, 160_000, views=16, plain=1),
    )
}


@dataclass(frozen=True, slots=True)
class Job:
    """One method on one stream."""

    study: Study
    method: str
    seed: int
    data: Path | None = None
    """The folder of the public sets."""

    @property
    def first_night(self) -> int:
        """The last for a method that learns from the base anew: no earlier one leaves a trace."""
        recipe = RECIPES.get(self.method)
        return self.study.nights - 1 if recipe and recipe.carry == "base" else 0

    def folder(self, out: Path) -> Path:
        return out / _slug(self.study.name) / _slug(self.method) / f"seed-{self.seed}"

    @property
    def stream(self) -> Stream:
        """Raises `ValueError` where there is too little to tell."""
        study = self.study
        if study.told == "talks":
            from benchmarks.stream.talks import talks_stream

            return talks_stream(study.nights, seed=self.seed)
        if study.told == "triples":
            if self.data is None:
                raise ValueError(f"{study.name!r} tells public triples; name their folder: --data")
            return triples_stream(
                study.nights,
                study.a_night,
                seed=self.seed,
                folder=self.data,
                order=study.order,
                controls=study.controls,
            )
        return made_stream(
            study.nights,
            study.a_night,
            seed=self.seed,
            order=study.order,
            controls=study.controls,
            file=study.facts,
        )


@dataclass(frozen=True, slots=True)
class Night:
    """What a night did, and what was right after it."""

    night: int
    steps: int
    tokens: int
    seconds: float
    cpu_seconds: float
    plain: dict[str, list[str]]
    """Fact id, controls too -> the answers to its plain questions."""
    free: dict[str, list[str]]
    """The same of its free ones."""
    machine: str

    def marks(self, stream: Stream) -> dict[str, float]:
        """Fact id -> the share of its plain questions that were answered rightly."""
        return _marks(self.plain, [*stream.told(self.night), *stream.controls])

    def free_marks(self, stream: Stream) -> dict[str, float]:
        """The same of its free questions."""
        return _marks(self.free, stream.told(self.night))

    def scrambled(self, stream: Stream) -> float:
        """The share of questions answered with what another fact of the relation expects."""
        wrong = [
            is_right(answer, others)
            for fact in stream.told(self.night)
            if (others := stream.scrambled(fact))
            for answer in self.plain[fact.id]
        ]
        return mean(wrong)


def _marks(answers: dict[str, list[str]], facts: Sequence[Fact]) -> dict[str, float]:
    return {f.id: mean([f.is_right(one) for one in answers[f.id]]) for f in facts}


def nights_of(folder: Path) -> list[Night]:
    """The nights of a job that are done, in order."""
    return [
        Night(**json.loads(file.read_text("utf-8"))) for file in sorted(folder.glob("night-*.json"))
    ]


def jobs_of(
    studies: Sequence[str],
    methods: Sequence[str],
    seeds: Sequence[int],
    data: Path | None = None,
) -> Iterator[Job]:
    """Every job, the seeds outermost, so that all methods have been seen early."""
    for name in studies:
        for seed in seeds:
            for method in methods:
                yield Job(STUDIES[name], method, seed, data)


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
