"""The report of a study: tables in Markdown, plots beside it, all from the jobs' files.

Intervals are of 95 %, by resampling the facts of each seed (2,000 times); a difference to ours is
taken fact by fact.
"""

import math
from collections.abc import Sequence
from pathlib import Path

from benchmarks.intervals import mean, resampled
from benchmarks.stream.plots import draw
from benchmarks.stream.recipes import NOTHING, OURS
from benchmarks.stream.runs import Run, runs_of
from benchmarks.stream.study import Job, Study

JOINT = "joint training"


def write_report(jobs: Sequence[Job], out: Path) -> Path:
    """`report.md` and its plots in the folder of the study that the jobs are of; its path."""
    study, folder = jobs[0].study, jobs[0].folder(out).parents[1]
    runs = runs_of(jobs, out)
    folder.mkdir(parents=True, exist_ok=True)
    parts = [
        f"# {study.nights} nights of {study.a_night} facts",
        f"`python -m benchmarks.stream run --study {study.name!r}`; {_budget(study)} a night; "
        f"{study.plain} plain and {study.free} free questions a fact, none of which was trained; "
        "weights alone, on the quantised file, by llama.cpp.",
    ]
    methods = dict.fromkeys(run.method for run in runs)
    by_method = {m: [run for run in runs if run.method == m] for m in methods}
    parts += ["## What was learned and kept", _learning(by_method)]
    parts += ["## What it cost", _cost(by_method)]
    if any(run.ability for run in runs):
        parts += ["## General ability", _ability(by_method)]
    parts += [f"![{name}]({file.name})" for name, file in draw(by_method, folder)]
    report = folder / "report.md"
    report.write_text("\n\n".join(parts) + "\n", "utf-8")
    return report


def _budget(study: Study) -> str:
    if math.isfinite(study.seconds):
        return f"at most {study.seconds:,.0f} s"
    return f"at most {study.tokens:,.0f} tokens"


def _learning(by_method: dict[str, list[Run]]) -> str:
    rows = [
        "| method | seeds | acquisition: mean, worst night | retention | in free words | "
        "ours minus it | forgetting (corrected, unclipped) | BWT | regret to joint | "
        "controls | wrongly bound |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    ours = {run.seed: run for run in by_method.get(OURS, [])}
    joint = {run.seed: run for run in by_method.get(JOINT, [])}
    for method, runs in by_method.items():
        scores = [run.scores for run in runs]
        acquired = [one for score in scores for one in score.acquisition]
        low, high = _interval([run.final for run in runs])
        cells = [
            method,
            str(len(runs)),
            f"{mean(acquired):.2f}, {min(acquired):.2f}",
            f"**{mean([s.retention for s in scores]):.3f}** [{low:.3f}, {high:.3f}]",
            f"{mean([run.free for run in runs]):.2f}",
            "" if method == OURS else _difference(ours, runs),
            f"{mean([s.forgetting for s in scores]):.3f} "
            f"({mean([s.forgetting_corrected for s in scores]):.3f}, "
            f"{mean([s.forgetting_unclipped for s in scores]):+.3f})",
            f"{mean([s.backward_transfer for s in scores]):+.3f}",
            _difference(joint, runs),
            f"{mean([s.chance for s in scores]):.3f}",
            f"{mean([s.scrambled for s in scores]):.3f}",
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _cost(by_method: dict[str, list[Run]]) -> str:
    """Seconds are comparable on one machine only: each has its rows."""
    rows = [
        "| method | machine | seeds | tokens a night | tokens for each fact retained | "
        "s a night: first, last | CPU s for each fact retained |",
        "|---|---|---|---|---|---|---|",
    ]
    for method, runs in by_method.items():
        for machine in dict.fromkeys(run.nights[-1].machine for run in runs):
            there = [run for run in runs if run.nights[-1].machine == machine]
            nights = [night for run in there for night in run.nights]
            retained = max(sum(run.retained for run in there), 1e-9)
            rows.append(
                f"| {method} | {machine} | {len(there)} | "
                f"{mean([n.tokens for n in nights]):,.0f} | "
                f"{sum(n.tokens for n in nights) / retained:,.0f} | "
                f"{mean([r.nights[0].seconds for r in there]):.0f}, "
                f"{mean([r.nights[-1].seconds for r in there]):.0f} | "
                f"{sum(n.cpu_seconds for n in nights) / retained:.1f} |"
            )
    return "\n".join(rows)


def _ability(by_method: dict[str, list[Run]]) -> str:
    base = next((run.ability for run in by_method.get(NOTHING, []) if run.ability), None)
    sets = list(base["right"]) if base else []
    rows = [
        f"| method | {' | '.join(sets)} | all, points from the base | perplexity, of the base's |",
        f"|---|{'---|' * len(sets)}---|---|",
    ]
    for method, runs in by_method.items():
        measured = [run.ability for run in runs if run.ability]
        if not measured or base is None:
            continue
        cells = [f"{mean([mean(one['right'][s]) for one in measured]):.3f}" for s in sets]
        pairs = [
            [float(after) - float(before) for s in sets
             for after, before in zip(one["right"][s], base["right"][s], strict=True)]
            for one in measured
        ]  # fmt: skip
        low, high = _interval(pairs)
        change = mean([mean(one) for one in pairs])
        grown = mean([one["perplexity"] / base["perplexity"] for one in measured])
        rows.append(
            f"| {method} | {' | '.join(cells)} | {100 * change:+.2f} "
            f"[{100 * low:+.2f}, {100 * high:+.2f}] | {grown:.3f} |"
        )
    return "\n".join(rows)


def _difference(others: dict[int, Run], runs: Sequence[Run]) -> str:
    """Of the others' final marks minus these, fact by fact of the same seed."""
    pairs = [
        [a - b for a, b in zip(others[run.seed].final, run.final, strict=True)]
        for run in runs
        if run.seed in others
    ]
    if not pairs:
        return ""
    low, high = _interval(pairs)
    return f"{mean([mean(one) for one in pairs]):+.3f} [{low:+.3f}, {high:+.3f}]"


def _interval(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """95 % of the mean over groups, each resampled in itself."""
    return resampled(
        lambda chance: mean(
            [mean(chance.choices(group, k=len(group))) for group in groups if group]
        )
    )
