"""The report of the speed studies: tables in Markdown, from the studies' rows alone.

python -m benchmarks.speed report
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.intervals import mean
from benchmarks.stream.recipes import OURS

Row = dict[str, Any]

ENOUGH = 0.95
"""Of the questions: what an arm must know to have arrived."""


def write_report(folder: Path) -> Path:
    """`report.md` of the studies that lie in the folder; its path."""
    parts = ["# Speed"]
    for study, tables in _TABLES.items():
        file = folder / f"{study}.json"
        if not file.exists():
            continue
        told = json.loads(file.read_text("utf-8"))
        parts.append(
            f"`python -m benchmarks.speed {study}` on {told['machine']}, {told['on']}. "
            "Medians with their 95 % intervals, by resampling."
        )
        parts += [table for make in tables if (table := make(told["rows"]))]
    report = folder / "report.md"
    report.write_text("\n\n".join(parts) + "\n", "utf-8")
    return report


def _sizes(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row["what"] == "size and start"]
    cells = [
        [
            f"{row['episodes']:,}",
            f"{row['bytes'] / 2**20:,.0f} MiB",
            _milliseconds(row["open_s"]),
            _milliseconds(row["load_s"]),
        ]
        for row in found
    ]
    return _table(
        "## Memory: size and start",
        ["episodes", "database", "open", "read the embeddings, behind the first paint"],
        cells,
    )


def _memory(rows: Sequence[Row]) -> str:
    timed = [r for r in rows if "median_s" in r and not r["what"].startswith("nearest ten")]
    cells = [[row["what"], f"{row['episodes']:,}", *_spread(row)] for row in timed]
    return _table(
        "## Memory: what a turn and a night ask of it",
        ["what", "episodes", "median", "p99"],
        sorted(cells, key=lambda one: [row["what"] for row in timed].index(one[0])),
    )


def _nearest(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row["what"].startswith("nearest ten")]
    cells = [
        [
            f"{row['episodes']:,}",
            row["what"].partition(": ")[2],
            *_spread(row),
            f"{row['recall_at_10']:.3f}",
        ]
        for row in found
    ]
    return _table(
        "## Memory: the nearest ten, beside others",
        ["episodes", "way", "median", "p99", "recall@10"],
        cells,
    )


def _first_pieces(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row["what"] == "first piece"]
    cells = [[row["way"], row["while"], str(row["turn"]), *_spread(row)] for row in found]
    return _table("## Chat: the first piece", ["way", "while", "turn", "median", "p99"], cells)


def _decoding(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row["what"] == "a piece after another"]
    cells = [[r["way"], r["while"], *_spread(r), f"{1 / r['mean_s']:.0f}"] for r in found]
    head = ["way", "while", "median gap", "p99", "pieces a second"]
    return _table("## Chat: the others", head, cells)


def _swaps(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row["what"].startswith("a turn, more")]
    cells = [_spread(row) for row in found]
    return _table("## Chat: a turn after a swap takes longer by", ["median", "p99"], cells)


def _paints(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row["what"] == "first paint"]
    cells = [[f"{row['episodes']:,}", *_spread(row)] for row in found]
    return _table("## App: first paint", ["episodes", "median", "p99"], cells)


def _commands(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row["what"].startswith("reverie ")]
    cells = [[f"`{row['what']}`", *_spread(row)] for row in found]
    return _table("## Commands, with 10,000 episodes", ["command", "median", "p99"], cells)


def _keys(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row["what"] == "key to screen"]
    cells = [[row["while"], *_spread(row)] for row in found]
    return _table("## App: from a key to the screen", ["while", "median", "p99"], cells)


def _stages(rows: Sequence[Row]) -> str:
    """Seconds by stage, a column for each number of older facts."""
    found = [row for row in rows if row["what"] == "stage"]
    olds = list(dict.fromkeys(row["old"] for row in found))
    names = list(dict.fromkeys(row["stage"] for row in found))
    took = {
        (name, old): sum(r["seconds"] for r in found if (r["stage"], r["old"]) == (name, old))
        for name in names
        for old in olds
    }
    cells = [[name, *(f"{took[name, old]:.1f} s" for old in olds)] for name in names]
    whole = {row["old"]: row for row in rows if row["what"] == "night"}
    cells.append(["all", *(f"**{whole[old]['seconds']:.1f} s**" for old in olds)])
    cells.append(["steps, probes", *(f"{whole[o]['steps']}, {whole[o]['probes']}" for o in olds)])
    head = ["stage", *(f"{old:,} older facts" for old in olds)]
    new = next((row["new"] for row in found), 0)
    return _table(f"## A night of {new} new messages", head, cells)


def _training(rows: Sequence[Row]) -> str:
    """Arms by the seconds to enough recall; the first mark where all repeats' mean has it."""
    found = [row for row in rows if row["what"] == "reached"]
    peaks = {row["dtype"]: row["flops"] for row in rows if row["what"] == "matrix peak"}
    flops = sum(row["flops"] for row in rows if row["what"] == "a token")
    arms = list(dict.fromkeys(row["arm"] for row in found))
    arrived = {arm: _arrived([row for row in found if row["arm"] == arm]) for arm in arms}
    cells = []
    for arm in arms:
        of_arm = [row for row in found if row["arm"] == arm]
        at = arrived[arm]
        last = at or [row for row in of_arm if row["tokens"] == max(r["tokens"] for r in of_arm)]
        seconds = mean([row["seconds"] for row in last])
        ours = arrived.get(OURS)
        faster = mean([row["seconds"] for row in ours]) if ours else 0.0
        pace = mean([row["tokens"] / row["seconds"] for row in last])
        cells.append(
            [
                arm,
                f"{seconds:.0f} s" if at else f"not in {seconds:.0f} s",
                f"{'' if at else 'over '}{seconds / faster:.1f}×" if faster else "",
                f"{mean([row['recall'] for row in last]):.2f}",
                f"{mean([row['tokens'] for row in last]):,.0f}",
                f"{pace:,.0f}",
                f"{pace * flops / max(peaks.values()):.0%}",
                f"{mean([row['padding'] for row in last]):.0%}",
                f"{max(row['peak_bytes'] for row in of_arm) / 2**30:.1f} GiB",
            ]
        )
    peak = ", ".join(f"{dtype} {flops / 1e9:,.0f}" for dtype, flops in peaks.items())
    return _table(
        f"## Training: until {ENOUGH:.0%} is known in other words\n\n"
        f"Matrix products on this machine, GFLOP/s: {peak}. A token is {flops / 1e6:,.0f} MFLOP: "
        "two a weight of all blocks forwards, two a weight of the adapted ones backwards.",
        [
            "arm",
            "took",
            "of ours",
            "recall",
            "tokens",
            "tokens/s",
            "of the peak",
            "padding",
            "memory",
        ],
        cells,
    )


def _arrived(rows: Sequence[Row]) -> list[Row]:
    """An arm's repeats at the first mark where their mean recall is enough; none: it is nowhere."""
    by_mark: dict[str, list[Row]] = {}
    for row in rows:
        by_mark.setdefault(Path(row["adapter"]).stem, []).append(row)
    for mark in sorted(by_mark, key=int):
        if mean([row["recall"] for row in by_mark[mark]]) >= ENOUGH:
            return by_mark[mark]
    return []


def _spread(row: Row) -> list[str]:
    low, high = _milliseconds(row["low_s"]), _milliseconds(row["high_s"])
    return [f"{_milliseconds(row['median_s'])} [{low}, {high}]", _milliseconds(row["p99_s"])]


def _milliseconds(seconds: float) -> str:
    value = 1000 * seconds
    return f"{value:.2f} ms" if value < 10 else f"{value:,.0f} ms"


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    lines = [head, ["---"] * len(head), *rows]
    return f"{title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


_TABLES: dict[str, tuple[Callable[[Sequence[Row]], str], ...]] = {
    "memory": (_sizes, _memory, _nearest),
    "chat": (_first_pieces, _decoding, _swaps),
    "night": (_stages,),
    "app": (_paints, _keys, _commands),
    "train": (_training,),
}
