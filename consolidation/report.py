"""The report of a night as Markdown: what an owner can read, keep and check. Pure."""

from collections.abc import Sequence

from consolidation.paired import paired
from consolidation.plain_words import (
    GROUP_WORDS,
    duration_words,
    left_out_words,
    night_name,
    night_summary,
    stage_words,
    struck_words,
    verdict_words,
)
from consolidation.probe_words import count_sentences
from consolidation.retention import Retention
from consolidation.retention_words import (
    HEADINGS,
    cell_words,
    newest_cells,
    night_rows,
    retention_sentences,
)
from memory.records import (
    Choice,
    Dream,
    Dropped,
    LossPoint,
    NightReport,
    ProbeResult,
    Replaced,
    turns_of_prompt,
)

_BARS = "▁▂▃▄▅▆▇█"


def as_markdown(report: NightReport, retention: Retention | None = None, votes: str = "") -> str:
    """The whole report, with what all nights came to and the owner's votes where they are given.

    Texts of the owner and of models stand in code spans, never as markup.
    """
    parts = [
        f"# {night_name(report)}, {report.started_at.astimezone():%d %B %Y, %H:%M}",
        night_summary(report, _code),
    ]
    parts += [f"Your blind votes on its model: {votes}."] if votes else []
    if report.verdict:
        reasons = "\n".join(f"- {reason}" for reason in report.verdict.reasons)
        parts += ["## Verdict", verdict_words(report), reasons]
    if retention is not None:
        parts += ["## Over the nights", " ".join(retention_sentences(retention))]
        parts += [_numbers(retention), _matrix(retention)] if retention.points else []
    for group, title in GROUP_WORDS.items():
        members = [r for r in report.probes if r.probe.group == group]
        if members:
            counted = count_sentences(paired(members), group)
            parts += [f"## {title}", counted, _probe_table(members)]
    if report.selected or report.skipped:
        parts += ["## Episodes", _choices(report)]
    if report.replaced:
        parts += ["## What changed", _changes(report.replaced)]
    if report.dreams:
        parts += [f"## Dreams ({len(report.dreams)})", _dream_table(report.dreams)]
    if report.struck:
        parts += [struck_words(report.struck)]
    if report.teacher:
        parts += ["## Questions by a model", _code(report.teacher)]
    if report.dropped:
        parts += [
            f"## Left out ({len(report.dropped)})",
            left_out_words(report.dropped),
            _dropped_table(report.dropped),
        ]
    if report.losses:
        parts += ["## Training loss", _curve(report.losses)]
    if report.stages:
        parts += ["## Time", _stages(report)]
    return "\n\n".join(parts) + "\n"


def _numbers(retention: Retention) -> str:
    rows = ["| " + " | ".join(HEADINGS) + " |", "|---" * len(HEADINGS) + "|"]
    rows += [f"| {' | '.join(row)} |" for row in night_rows(retention.points)]
    return "\n".join(rows)


def _matrix(retention: Retention) -> str:
    """R: a row for each night, a column for the night that taught the facts."""
    nights, cells = newest_cells(retention)
    rows = [
        f"| right | {' | '.join(f'of {n}' for n in nights)} |",
        "|---" * (len(nights) + 1) + "|",
    ]
    for night, row in zip(nights, cells, strict=True):
        rows.append(f"| after {night} | {' | '.join(map(cell_words, row))} |")
    return "\n".join(rows)


def _probe_table(results: Sequence[ProbeResult]) -> str:
    rows = ["| question | before | after |", "|---|---|---|"]
    for r in results:
        before = f"{_mark(r.before_right)} {_code(r.before_answer)}"
        after = f"{_mark(r.after_right)} {_code(r.after_answer)}"
        rows.append(f"| {_code(r.probe.question)} | {before} | {after} |")
    return "\n".join(rows)


def _choices(report: NightReport) -> str:
    rows = ["| episode | taken | worth | why |", "|---|---|---|---|"]
    for taken, choices in (("yes", report.selected), ("no", report.skipped)):
        rows += [f"| {c.episode_id} | {taken} | {_worth(c)} | {_why(c)} |" for c in choices]
    return "\n".join(rows)


def _worth(choice: Choice) -> str:
    return f"{choice.score:.2f}" if choice.score is not None else "–"


def _why(choice: Choice) -> str:
    bits = choice.surprisal_bits
    return choice.reason + (f" (surprisal {bits:.1f} bits)" if bits is not None else "")


def _changes(replaced: Sequence[Replaced]) -> str:
    rows = ["| before | now | from |", "|---|---|---|"]
    for one in replaced:
        sources = f"{one.by_episode_id} over {one.episode_id}"
        rows.append(f"| {_code(one.fact)} | {_code(one.by_fact)} | {sources} |")
    return "\n".join(rows)


def _dream_table(dreams: Sequence[Dream]) -> str:
    rows = ["| kind | prompt | answer | from |", "|---|---|---|---|"]
    for dream in dreams:
        prompt = " / ".join(turns_of_prompt(dream.prompt))
        sources = ", ".join(map(str, dream.episode_ids))
        rows.append(f"| {dream.kind} | {_code(prompt)} | {_code(dream.answer)} | {sources} |")
    return "\n".join(rows)


def _dropped_table(dropped: Sequence[Dropped]) -> str:
    rows = ["| prompt | answer | why | from |", "|---|---|---|---|"]
    for one in dropped:
        prompt = " / ".join(turns_of_prompt(one.prompt))
        sources = ", ".join(map(str, one.episode_ids))
        rows.append(f"| {_code(prompt)} | {_code(one.answer)} | {_code(one.reason)} | {sources} |")
    return "\n".join(rows)


def _curve(losses: Sequence[LossPoint], width: int = 60) -> str:
    """A loss curve in one line of blocks, and its ends in numbers."""
    size = max(1, len(losses) // width)
    means = [
        sum(p.loss for p in losses[i : i + size]) / len(losses[i : i + size])
        for i in range(0, len(losses), size)
    ]
    top = max(means) or 1.0
    bars = "".join(_BARS[min(7, int(8 * mean / top))] for mean in means)
    return f"`{bars}` from {means[0]:.2f} to {means[-1]:.3f} in {losses[-1].step} steps"


def _stages(report: NightReport) -> str:
    rows = [f"- {stage_words(s.name)}: {duration_words(s.duration_s)}" for s in report.stages]
    return "\n".join(rows)


def _mark(right: bool) -> str:
    return "✓" if right else "✗"


def _code(text: str) -> str:
    """Foreign text in a table cell: one line, in a code span that it cannot close."""
    line = " ".join(text.split()).replace("\\|", "\\ |")  # GitHub reads \\| as a border
    line = line.replace("|", "\\|")
    fence = "`" * (max((len(run) for run in _runs(line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""


def _runs(line: str) -> list[str]:
    """The runs of backticks in a line."""
    return [run for run in "".join(c if c == "`" else " " for c in line).split() if run]
