"""The morning report as one HTML page: no script, nothing from elsewhere, all text escaped. Pure.

What plots show stands below each as a table, for whoever cannot see them.
"""

from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

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
from consolidation.plots import Curve, lines, matrix
from consolidation.retention import Retention
from consolidation.retention_words import (
    HEADINGS,
    SHOWN_NIGHTS,
    cell_words,
    curves_of,
    newest_cells,
    night_rows,
    retention_sentences,
)
from memory.records import NightReport, ProbeResult, turns_of_prompt
from memory.text import clean_text

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_page(report: NightReport, retention: Retention, votes: str = "") -> str:
    """The whole page, to be written as UTF-8.

    `retention` is that of the nights up to this one, `votes` how its model fared in words.
    """
    style = files("consolidation").joinpath("page.css").read_text(encoding="utf-8")
    name = night_name(report)
    body = [
        f"<h1>☾ {escape(name)}</h1>",
        f"<p class=quiet>{report.started_at.astimezone():%A %d %B %Y, %H:%M}</p>",
        f"<p class=summary>{_text(night_summary(report))}</p>",
        _verdict(report),
        f"<p>Your blind votes on its model: {_text(votes)}.</p>" if votes else "",
        *_over_nights(retention),
        *_this_night(report),
    ]
    return (
        "<!doctype html>\n<html lang=en><head><meta charset=utf-8>"
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name=viewport content="width=device-width, initial-scale=1">'
        f"<title>Reverie, {escape(name)}</title><style>{style}</style></head>\n"
        f"<body><main>\n{chr(10).join(part for part in body if part)}\n</main></body></html>\n"
    )


def _verdict(report: NightReport) -> str:
    if report.verdict is None or report.status == "refused":  # whose summary says it all
        return ""
    reasons = "".join(f"<li>{_text(reason)}</li>" for reason in report.verdict.reasons)
    return f"<p><strong>{_text(verdict_words(report))}</strong></p><ul>{reasons}</ul>"


def _over_nights(retention: Retention) -> Iterable[str]:
    """What all nights came to: words, curves, the matrix, and the numbers as tables."""
    yield "<h2>Over the nights</h2>"
    yield f"<p>{_text(' '.join(retention_sentences(retention)))}</p>"
    if not retention.points:
        return
    curves = curves_of(retention)
    asked: list[Curve] = [
        ("learned that night", curves.learned),
        ("older facts right", curves.retained),
        ("general knowledge", curves.general),
    ]
    yield _figure("Right answers after each night, in percent", curves.nights, asked, top=100)
    forgotten: list[Curve] = [("older facts forgotten", curves.forgotten)]
    yield _figure("Forgotten in a night, in percent of what was right", curves.nights, forgotten)
    nights, cells = newest_cells(retention)
    title = "Which night's facts are right after which night"
    drawn = matrix(title, nights, cells)
    rows = [
        (f"after {night}", *map(cell_words, row)) for night, row in zip(nights, cells, strict=True)
    ]
    head = ("", *(f"of {night}" for night in nights))
    yield f"<figure><figcaption>{title}</figcaption>{drawn}{_folded(head, rows)}</figure>"
    cost: list[Curve] = [("seconds a fact", curves.seconds_per_fact)]
    yield _figure("Seconds for each fact learned", curves.nights, cost)
    novelty: list[Curve] = [("novelty", curves.novelty)]
    yield _figure("How new was what each night took in, 0 to 1", curves.nights, novelty, top=1)
    yield "<h3>The same in numbers</h3>"
    yield _table(HEADINGS, night_rows(retention.points[-SHOWN_NIGHTS:]))


def _this_night(report: NightReport) -> Iterable[str]:
    """What one night asked, took in, dreamt, and where its time went."""
    yield f"<h2>{escape(night_name(report))}, in full</h2>"
    for group in GROUP_WORDS:
        members = [one for one in report.probes if one.probe.group == group]
        if members:
            yield _details(
                GROUP_WORDS[group], _table(("Question", "Before", "After"), _asked(members))
            )
    if report.losses:
        steps = [point.step for point in report.losses]
        loss: list[Curve] = [("loss", [point.loss for point in report.losses])]
        yield _figure("Training loss at each step", steps, loss, folded=False)
    choices = [
        *((str(one.episode_id), "taken in", one.reason) for one in report.selected),
        *((str(one.episode_id), "left out", one.reason) for one in report.skipped),
    ]
    if choices:
        yield _details("Memories", _table(("Episode", "", "Why"), choices))
    if report.replaced:
        changed = [(one.fact, one.by_fact) for one in report.replaced]
        yield _details("What changed", _table(("Before", "Now"), changed))
    if report.dreams:
        dreams = [(" / ".join(turns_of_prompt(d.prompt)), d.answer, d.kind) for d in report.dreams]
        title = f"Dreams ({len(dreams)})"
        yield _details(title, _table(("Prompt", "Answer", "Kind"), dreams))
    notes = [struck_words(report.struck), report.teacher]
    yield "".join(f"<p>{_text(note)}</p>" for note in notes if note)
    if report.dropped:
        dropped = [
            (" / ".join(turns_of_prompt(d.prompt)), d.answer, d.reason) for d in report.dropped
        ]
        table = _table(("Prompt", "Answer", "Why"), dropped)
        yield _details(
            f"Left out ({len(dropped)})", f"<p>{left_out_words(report.dropped)}</p>{table}"
        )
    if report.stages:
        times = [(stage_words(one.name), duration_words(one.duration_s)) for one in report.stages]
        yield _details("Time", _table(("Stage", "Took"), times))


def _asked(results: Sequence[ProbeResult]) -> list[tuple[str, ...]]:
    """What went wrong comes first."""
    return [
        (
            one.probe.question,
            f"{_mark(one.before_right)} {one.before_answer}",
            f"{_mark(one.after_right)} {one.after_answer}",
        )
        for one in sorted(results, key=lambda one: (one.after_right, one.before_right))
    ]


def _figure(
    title: str,
    places: Sequence[int],
    curves: Sequence[Curve],
    *,
    top: float = 0,
    folded: bool = True,
) -> str:
    drawn = lines(title, places, curves, top=top)
    legend = "".join(
        f'<span class="key c{kind}">{escape(name)}</span>'
        for kind, (name, _) in enumerate(curves, start=1)
        if len(curves) > 1
    )
    rows = [
        (str(place), *(f"{v:.3g}" if v is not None else "–" for v in values))
        for place, *values in zip(places, *(values for _, values in curves), strict=True)
    ]
    table = _folded(("Night", *(name for name, _ in curves)), rows) if folded else ""
    caption = f"<figcaption>{escape(title)} {legend}</figcaption>"
    return f"<figure>{caption}{drawn}{table}</figure>"


def _folded(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return _details("As a table", _table(head, rows))


def _details(title: str, content: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{content}</details>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    heads = "".join(f"<th scope=col>{escape(cell)}</th>" for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    whole = f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody>"
    return f"<div class=wide><table>{whole}</table></div>"


def _mark(right: bool) -> str:
    return "✓" if right else "✗"


def _text(text: str) -> str:
    return escape(clean_text(text))
