"""Verdicts of the past, given again: what nights counted, judged by both rules.

Verdicts are read from the sentences that studies kept, and from what LOG.md tells of others
(`logged.json`). The nights of streams had no gate: each is judged as if it had met one, from its
own answers, with what every night before it knew.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.gate_study.rules import SETTINGS, before
from benchmarks.stream.recipes import OURS
from benchmarks.stream.study import STUDIES, Job, Night, nights_of
from consolidation.gate import Evidence, judge
from consolidation.paired import NONE_ASKED, Paired

RESULTS = Path(__file__).parents[1] / "results"
LOGGED = Path(__file__).with_name("logged.json")

_ANSWERED = re.compile(r"It answered (\d+) of (\d+) questions on the new facts(?: \((\d+) before)?")
_KNOWN_ALREADY = re.compile(r"the live model answers (\d+) already")
_LOST = re.compile(r"It lost (\d+) of (\d+) (older facts|general questions)")

Question = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Past:
    """One candidate that was judged, or could have been."""

    where: str
    seen: Evidence
    promoted: bool | None
    """What its gate said; None where it met none."""

    def row(self) -> dict[str, Any]:
        verdict = judge(self.seen, SETTINGS)
        counts = {name: asdict(group) for name, group in _groups(self.seen).items()}
        return {
            "where": self.where,
            "counts": counts,
            "said": self.promoted,
            "before": before(self.seen),
            "now": verdict.promotes,
            "reasons": list(verdict.reasons),
        }


def measured(results: Path = RESULTS) -> list[dict[str, Any]]:
    """A row for each verdict of the past, then for each night of the streams."""
    return [one.row() for one in (*kept(results), *logged(), *streamed(results / "stream"))]


def kept(results: Path) -> Iterator[Past]:
    """Verdicts that studies kept beside their numbers."""
    for file in sorted((*results.glob("first_night_*"), *results.glob("two_nights_*"))):
        text = file.read_text("utf-8")
        if file.suffix == ".json":
            for number, verdict in enumerate(_verdicts(json.loads(text)), start=1):
                told = " ".join(verdict["reasons"])
                yield Past(f"{file.stem}, night {number}", counted(told), verdict["promotes"])
        elif not file.with_suffix(".json").exists():
            for line in text.splitlines():
                if _ANSWERED.search(line):
                    yield Past(file.stem, counted(line), "promoted" in line)


def logged() -> Iterator[Past]:
    """Verdicts that LOG.md tells of; each says where."""
    for one in json.loads(LOGGED.read_text("utf-8")):
        yield Past(one["where"], counted(one["verdict"]), one["promoted"])


def counted(told: str) -> Evidence:
    """What the sentences of a verdict count. What was known before is taken to be known still."""
    found = _ANSWERED.search(told)
    new = NONE_ASKED
    if found:
        right, total = int(found[1]), int(found[2])
        already = _KNOWN_ALREADY.search(told)
        knew = int(already[1]) if already else int(found[3] or 0)
        still = min(knew, right)
        new = Paired(still, knew - still, right - still, total - knew - (right - still))
    lost = {name: (int(lost), int(of)) for lost, of, name in _LOST.findall(told)}
    old, general = (lost.get(name, (0, 0)) for name in ("older facts", "general questions"))
    return Evidence(
        new, Paired(old[1] - old[0], old[0]), Paired(general[1] - general[0], general[0])
    )


def streamed(folder: Path) -> Iterator[Past]:
    """Nights of the methods that replay, each after the nights before it."""
    for method in ("ours", "ours-half-the-tokens", "replay-50", "sequential-lora"):
        for run in sorted((folder / "short" / method).glob("seed-*")):
            job = Job(STUDIES["short"], OURS, int(run.name.removeprefix("seed-")))
            marks = [_marks(night, job) for night in nights_of(run)]
            for number in range(1, len(marks)):
                seen = _evidence(marks[number], marks[number - 1], marks[:number])
                yield Past(f"stream, {method}, {run.name}, night {number}", seen, None)


def _marks(night: Night, job: Job) -> dict[Question, bool]:
    return {
        (fact.id, kind, place): fact.is_right(answer)
        for fact in job.stream.told(night.night)
        for kind, answers in (("plain", night.plain), ("free", night.free))
        for place, answer in enumerate(answers[fact.id])
    }


def _evidence(
    after: dict[Question, bool], last: dict[Question, bool], earlier: Sequence[dict[Question, bool]]
) -> Evidence:
    """New are the facts first told this night; none of them is known before."""
    new = [right for question, right in after.items() if question not in last]
    old = [question for question in after if question in last]
    once = {question for marks in earlier for question, right in marks.items() if right}
    was, now = [q for q in old if last[q]], [q for q in old if not last[q]]
    lost, won = sum(not after[q] for q in was), [q for q in now if after[q]]
    missed = [q for q in now if not after[q]]
    pair = Paired(
        len(was) - lost, lost, len(won), len(missed), len(once & {*won}), len(once & {*missed})
    )
    return Evidence(Paired(won=sum(new), missed=len(new) - sum(new)), pair)


def _verdicts(told: Any) -> Iterator[dict[str, Any]]:
    """Every verdict that stands anywhere in a result."""
    if isinstance(told, dict):
        if "promotes" in told:
            yield told
        for value in told.values():
            yield from _verdicts(value)
    elif isinstance(told, list):
        for value in told:
            yield from _verdicts(value)


def _groups(seen: Evidence) -> dict[str, Paired]:
    return {"new": seen.new, "old": seen.old, "general": seen.general}
