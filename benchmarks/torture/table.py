"""The tables and the report: rows in, Markdown out."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.torture.rows import Row, read_rows

_TITLES = {
    "kill": "Nights killed",
    "writes": "Writes, syncs and renames that fail",
    "files": "Files cut short and bits flipped",
    "locks": "Two at once, stopped, and told to end",
    "pressure": "Out of memory, not a number, and dead children",
}


def table_of(rows: Sequence[Row]) -> str:
    """Tried, survived and lost, by kind; what was lost in words."""
    kinds = dict.fromkeys(row.kind for row in rows)
    lines = ["| attack | tried | hit | survived | lost |", "|---|---|---|---|---|"]
    for kind in [*kinds, None]:
        members = [row for row in rows if kind in (None, row.kind)]
        lost = sum(bool(row.lost) for row in members)
        hit = sum(row.hit for row in members)
        name = kind or "**all**"
        lines.append(f"| {name} | {len(members)} | {hit} | {len(members) - lost} | {lost} |")
    told = [f"- {row.case}, {row.at}: {'; '.join(row.lost)}" for row in rows if row.lost]
    return "\n".join(lines + (["", *told] if told else []))


def write_report(folder: Path) -> Path:
    """`report.md` of the families that have rows; its path."""
    parts = ["# Torture", "`hit`: the fault came before the work had ended."]
    for family, title in _TITLES.items():
        rows = read_rows(folder / f"{family}.jsonl")
        if rows:
            parts += [f"## {title}", f"`python -m benchmarks.torture {family}`", table_of(rows)]
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / "report.md"
    report.write_text("\n\n".join(parts) + "\n", "utf-8")
    return report
