"""Many nights, each of which truly loses a little: when is it seen, and how much is lost by then?

A fact that is lost stays lost. What is known may be answered wrongly after a night all the same,
and rightly again after a later one. A refused night changes nothing; the next one starts again.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.gate_study.rules import RULES, lost_over_time
from benchmarks.gate_study.simulation import NIGHT, STRICT, Noise
from benchmarks.intervals import wilson
from consolidation.gate import Evidence
from consolidation.paired import NONE_ASKED, Paired

NIGHTS = 30
_AT_ONCE = 500
_BY_LUCK = 0.005
"""How often what is lost for good is answered rightly all the same."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Course:
    """Nights that lose so much of what is known, every one."""

    group: Literal["old", "general"]
    asked: int
    percent_a_night: float
    noise: Noise


def courses() -> list[Course]:
    """Older facts and general questions, from none lost to 2 % a night."""
    kinds: tuple[tuple[Literal["old", "general"], int, Noise], ...] = (
        ("old", 50, STRICT),
        ("old", 140, STRICT),
        ("old", 300, STRICT),
        ("old", 140, NIGHT),
        ("old", 300, NIGHT),
        ("general", 65, STRICT),
    )
    return [
        Course(group, asked, percent, noise)
        for group, asked, noise in kinds
        for percent in (0.0, 0.5, 1.0, 2.0)
    ]


def measured(course: Course, runs: int, seed: int = 0) -> list[dict[str, Any]]:
    """A row for each rule."""
    rows = []
    for name in RULES:
        parts = [
            _lived(course, name, min(_AT_ONCE, runs - done), [seed, done])
            for done in range(0, runs, _AT_ONCE)
        ]
        caught, promoted, lost, seen = (
            np.concatenate(column) for column in zip(*parts, strict=True)
        )
        found = caught[caught > 0]
        low, high = wilson(len(found), runs)
        rows.append(
            asdict(course)
            | {
                "noise": course.noise.name,
                "rule": name,
                "runs": runs,
                "caught": len(found) / runs,
                "low": low,
                "high": high,
                "night": [float(v) for v in np.percentile(found, (10, 50, 90))]
                if len(found)
                else None,
                "lost_when_caught": float(seen[caught > 0].mean()) if len(found) else None,
                "nights_promoted": float(promoted.mean()) / NIGHTS,
                "truly_lost": float(lost.mean()),
            }
        )
    return rows


def _lived(
    course: Course, rule_name: str, runs: int, seed: list[int]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """By run: the night of the first refusal for what was lost over time (0: none), how many were
    promoted, the share truly lost in the end, and the share that was lost at the refusal."""
    chance = np.random.default_rng([*seed, course.asked, round(10 * course.percent_a_night)])
    rule = RULES[rule_name]
    keeps_history = rule_name == "now"
    shape = (runs, course.asked)
    held = np.ones(shape, dtype=bool)
    right = np.ones(shape, dtype=bool)
    once = right.copy()
    caught, promoted = np.zeros(runs, dtype=int), np.zeros(runs, dtype=int)
    lost_then = np.zeros(runs)
    for night in range(1, NIGHTS + 1):
        holds = held & (chance.random(shape, np.float32) >= course.percent_a_night / 100)
        answered = _answers(holds, right, course.noise, chance)
        counts = _counts(right, answered, once)
        for run, row in enumerate(counts):
            pair = Paired(*row)
            old, general = (pair, NONE_ASKED) if course.group == "old" else (NONE_ASKED, pair)
            if rule(Evidence(Paired(won=12), old, general)):
                promoted[run] += 1
                held[run], right[run] = holds[run], answered[run]
                once[run] |= answered[run]
            elif keeps_history and not caught[run] and lost_over_time(old, general):
                caught[run], lost_then[run] = night, 1 - holds[run].mean()
    return caught, promoted, 1 - held.mean(axis=1), lost_then


def _answers(holds: Flags, right: Flags, noise: Noise, chance: np.random.Generator) -> Flags:
    share = chance.random(holds.shape, np.float32)
    known = np.where(right, share >= noise.lost, share < _back(noise))
    result: Flags = np.where(holds, known, share < _BY_LUCK)
    return result


def _back(noise: Noise) -> float:
    """How often what is known, but was answered wrongly, is right after the next night.

    Where answers are strictly marked, what turned wrong was a near tie: right again half the time.
    """
    return noise.won if noise is NIGHT else 0.5


def _counts(right: Flags, answered: Flags, once: Flags) -> list[list[int]]:
    sums: Callable[[Flags], NDArray[Any]] = lambda flags: flags.sum(axis=1)  # noqa: E731
    columns = (
        sums(right & answered),
        sums(right & ~answered),
        sums(~right & answered),
        sums(~right & ~answered),
        sums(~right & answered & once),
        sums(~right & ~answered & once),
    )
    rows: list[list[int]] = np.stack(columns, axis=1).tolist()
    return rows
