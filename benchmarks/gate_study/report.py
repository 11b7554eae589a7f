"""The report of the gate's study: tables in Markdown, from its rows alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.gate_study.simulation import (
    GENERAL,
    NIGHT,
    NIGHT_TOGETHER,
    STATED,
    STRICT,
    TOGETHER,
)

Row = Mapping[str, Any]

_INTRODUCTION = """# The gate's error rates

`python -m benchmarks.gate_study`; the gate itself judges, with its default settings. "before" is
the rule by counts alone that came before it: half of the new right and more than before, at most
a twentieth lost, or one. Shares have their 95 % intervals; a cell has {draws:,} candidates.

Three rates are stated:

- A candidate that learned nothing is promoted in at most 5 % of trials, however many or few new
  facts are asked for, as long as a model that changes nothing turns at most 2 % of its wrong
  answers right.
- From 106 questions on, whatever is promoted lost less than 10 % of what they ask, at 95 %
  confidence; with fewer the verdict says how much they could hide.
- Nights that lost no more than may be lost over time (10 % of the older facts, 5 % of general
  answers) are refused for it in at most 5 % of trials, and only where the candidate itself loses
  more than it brings back.

All of it takes questions to be independent. Up to three ask for one message, and those are lost
together more often than apart (correlation .37): rows "by messages" say what that does."""


def written(rows: Mapping[str, Sequence[Row]]) -> str:
    """The report; `rows` by study: unchanged, grid, decay, past, real."""
    parts: list[str] = []
    grid = rows.get("grid", ())
    if grid:
        parts += [_INTRODUCTION.format(draws=grid[0]["draws"])]
        parts += [_unchanged(rows["unchanged"]), _good(grid), _harmed(grid), _general(grid)]
    if rows.get("decay"):
        parts.append(_decay(rows["decay"]))
    if rows.get("past"):
        parts += [_past(rows["past"]), _streams(rows["past"])]
    if rows.get("real"):
        parts.append(_real(rows["real"]))
    return "\n\n".join(parts) + "\n"


def _unchanged(rows: Sequence[Row]) -> str:
    told = (
        "## A candidate that changes nothing (A/A)\n\nPromoted, though nothing was learned; "
        "older facts are not asked, so that nothing else can refuse it.\n\n"
    )
    worst = [
        [noise, rule, *_worst([row for row in rows if row["noise"] == noise], rule)]
        for noise in dict.fromkeys(row["noise"] for row in rows)
        for rule in ("before", "now")
    ]
    cells = [
        [str(row["new"]), _knew(row), _share(row["before"]), _share(row["now"])]
        for row in rows
        if row["noise"] == STATED.name
    ]
    return (
        told
        + _table(["answers are", "rule", "worst cell", "at (new, known before)"], worst)
        + f"\n\nEvery cell, {STATED.name}:\n\n"
        + _table(["new questions", "known before", "before", "now"], cells)
    )


def _worst(rows: Sequence[Row], rule: str) -> list[str]:
    row = max(rows, key=lambda one: one[rule]["promoted"])
    return [_share(row[rule]), f"{row['new']}, {_knew(row)}"]


def _knew(row: Row) -> str:
    return f"{row['known'] * row['new']:.0f}"


def _good(rows: Sequence[Row]) -> str:
    cells = [
        [
            _noise(row),
            str(row["new"]),
            str(row["old"]),
            _share(row["before"]),
            _share(row["now"]),
            f"{row['thin']:.2f}",
        ]
        for row in rows
        if row["learned"] and not row["old_points"] and not row["general_points"]
    ]
    return (
        '## A good night: all learned, nothing truly lost\n\nPromoted. "Thin": the verdict says '
        "that so few older facts are thin evidence.\n\n"
        + _table(["older answers", "new", "old", "before", "now", "thin"], cells)
    )


def _harmed(rows: Sequence[Row]) -> str:
    cells = [
        [_noise(row), str(row["old"]), f"{row['old_points']} points", *_refused(row)]
        for row in rows
        if row["learned"] and row["new"] == 25 and row["old_points"] and not row["general_points"]
    ]
    return (
        "## Planted: older facts truly lost in one night\n\nRefused, of candidates that learned "
        "all else. A loss of 2 points is below the twentieth that a night may lose; what comes "
        "of many such nights, see below.\n\n"
        + _table(["older answers", "old", "lost", "before", "now"], cells)
    )


def _general(rows: Sequence[Row]) -> str:
    cells = [
        [str(GENERAL), f"{row['general_points']} points", *_refused(row)]
        for row in rows
        if row["learned"] and row["new"] == 25 and not row["old"] and row["noise"] == STRICT.name
    ]
    return "## Planted: general answers truly lost in one night\n\nRefused.\n\n" + _table(
        ["general", "lost", "before", "now"], cells
    )


def _decay(rows: Sequence[Row]) -> str:
    cells = [
        [
            f"{row['asked']} {'older facts' if row['group'] == 'old' else 'general'}",
            "come and go" if row["noise"] == NIGHT.name else "strict",
            f"{row['percent_a_night']:g} %",
            row["rule"],
            f"{row['caught']:.3f}" if row["rule"] == "now" else "never",
            "{:.0f} ({:.0f}–{:.0f})".format(row["night"][1], row["night"][0], row["night"][2])
            if row["night"]
            else "",
            f"{row['lost_when_caught']:.1%}" if row["lost_when_caught"] is not None else "",
            f"{row['nights_promoted']:.3f}",
            f"{row['truly_lost']:.1%}",
        ]
        for row in rows
    ]
    runs = rows[0]["runs"]
    return (
        f"## Slow decay: thirty nights that each lose a little\n\n{runs:,} runs a row; a refused "
        "night changes nothing, and the next one tries again (in a home, a deep sleep would be "
        "due). Caught: refused for what was lost over time; the night is the median, with the "
        "middle 80 %.\n\n"
        + _table(
            [
                "asked",
                "answers",
                "lost a night",
                "rule",
                "caught",
                "at night",
                "lost by then",
                "nights promoted",
                "truly lost after 30",
            ],
            cells,
        )
    )


def _past(rows: Iterable[Row]) -> str:
    cells = [
        [row["where"], *_counts(row), _said(row["said"]), _said(row["before"]), _said(row["now"])]
        for row in rows
        if not row["where"].startswith("stream")
    ]
    return "## Verdicts of the past, given again\n\n" + _table(
        ["verdict", "new", "older lost", "general lost", "said then", "before", "now"], cells
    )


def _streams(rows: Iterable[Row]) -> str:
    streamed = [row for row in rows if row["where"].startswith("stream")]
    cells = [
        [
            row["where"].removeprefix("stream, "),
            *_counts(row)[:2],
            _gone(row),
            _said(row["before"]),
            _said(row["now"]),
        ]
        for row in streamed
    ]
    return (
        "### Nights of the streams, as if they had met a gate\n\n"
        + _table(["night", "new", "older lost", "of known once, gone", "before", "now"], cells)
        if cells
        else ""
    )


def _real(rows: Sequence[Row]) -> str:
    cells = [
        [
            "changes nothing" if row["changes_nothing"] else f"{row['keep']:g}, {row['noise']:g}",
            *_counts({"counts": row["heard"]}),
            *(f"{half['lost']} of {half['of']}" for half in row["held_back"].values()),
            _said(row["before"]),
            _said(row["now"]),
        ]
        for row in rows
    ]
    same = [row for row in rows if row["changes_nothing"]]
    return (
        "## Real candidates\n\nThe champion's adapter, kept and shaken by so much. "
        f"{sum(row['now'] for row in same)} of {len(same)} that change nothing were promoted.\n\n"
        + _table(
            [
                "kept, shaken",
                "new",
                "older lost",
                "general lost",
                "held back: older",
                "general",
                "before",
                "now",
            ],
            cells,
        )
    )


def _counts(row: Row) -> list[str]:
    new, old, general = (row["counts"][name] for name in ("new", "old", "general"))
    right, total = new["kept"] + new["won"], sum(new[k] for k in ("kept", "lost", "won", "missed"))
    lost = [
        f"{group['lost']} of {group['kept'] + group['lost']}"
        if group["kept"] + group["lost"]
        else ""
        for group in (old, general)
    ]
    return [f"{right} of {total}" if total else "", *lost]


def _gone(row: Row) -> str:
    old = row["counts"]["old"]
    gone = old["lost"] + old["long_gone"]
    return f"{gone} of {old['kept'] + old['regained'] + gone}"


def _noise(row: Row) -> str:
    names = {
        STRICT.name: "strict",
        NIGHT.name: "come and go",
        TOGETHER.name: "strict, by messages",
        NIGHT_TOGETHER.name: "come and go, by messages",
    }
    return names[row["noise"]]


def _said(promoted: bool | None) -> str:
    return "" if promoted is None else "promoted" if promoted else "**refused**"


def _share(found: Mapping[str, float]) -> str:
    return f"{found['promoted']:.3f} [{found['low']:.3f}, {found['high']:.3f}]"


def _refused(row: Row) -> list[str]:
    return [
        f"{1 - row[rule]['promoted']:.3f} [{1 - row[rule]['high']:.3f}, {1 - row[rule]['low']:.3f}]"
        for rule in ("before", "now")
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)
