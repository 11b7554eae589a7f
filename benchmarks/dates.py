"""Dates: relative dates in hand-marked conversations, resolved against the day they were said.

python -m benchmarks.dates
python -m benchmarks.dates --files a.json b.json --found     # also lists every date that was found
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from benchmarks.intervals import Share
from consolidation.english.dates import Dated, resolve_dates

HERE = Path(__file__).parent / "conversations"


@dataclass(frozen=True, slots=True)
class Marked:
    """A date that a marker found in a message: the words, and what they mean."""

    message: str
    said: str
    iso: str
    overlaps: tuple[Dated, ...]

    @property
    def is_right(self) -> bool:
        return any(dated.iso == self.iso for dated in self.overlaps)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=Path, nargs="+", default=[HERE / "a.json", HERE / "b.json"])
    parser.add_argument("--found", action="store_true", help="list every date that was found")
    options = parser.parse_args()
    marked, unused, every = read(options.files)
    for name, dated in every if options.found else ():
        print(f"{name}  {dated.said!r} -> {dated.iso}  {dated.spoken!r}")
    report(marked, unused)
    return 0


def read(
    files: Iterable[Path],
) -> tuple[list[Marked], list[tuple[str, Dated]], list[tuple[str, Dated]]]:
    """Every marked date with what was found there; what was found elsewhere; all that was."""
    marked: list[Marked] = []
    unused: list[tuple[str, Dated]] = []
    every: list[tuple[str, Dated]] = []
    for file in files:
        document = json.loads(file.read_text(encoding="utf-8"))
        found = dates_of(document)
        marked += compared(document, found)
        used = {name for fact in document["facts"] for name in fact["messages"]}
        pairs = [(name, one) for name, ones in found.items() for one in ones]
        every += pairs
        unused += [(name, one) for name, one in pairs if name not in used]
    return marked, unused, every


def dates_of(document: dict[str, Any]) -> dict[str, list[Dated]]:
    """The dates found in each message; the talk's last day stands behind "the day after"."""
    found = {}
    for conversation in document["conversations"]:
        about: date | None = None
        for message in conversation["messages"]:
            at = datetime.fromisoformat(message["at"])
            found[message["id"]] = resolve_dates(message["user"], at, about)
            days = [one.iso for one in found[message["id"]] if len(one.iso) == len("2026-03-10")]
            about = date.fromisoformat(days[-1]) if days else about
    return found


def compared(document: dict[str, Any], found: dict[str, list[Dated]]) -> list[Marked]:
    """Each marked date with the found ones that share a character with its words."""
    texts = {
        message["id"]: message["user"]
        for conversation in document["conversations"]
        for message in conversation["messages"]
    }
    marked = []
    for fact in document["facts"]:
        for mark in fact["dates"]:
            name = next(name for name in fact["messages"] if mark["said"] in texts[name])
            start = texts[name].index(mark["said"])
            end = start + len(mark["said"])
            overlaps = tuple(one for one in found[name] if one.start < end and start < one.end)
            marked.append(Marked(name, mark["said"], mark["is"], overlaps))
    return marked


def report(marked: list[Marked], unused: list[tuple[str, Dated]]) -> None:
    missed = sum(not mark.overlaps for mark in marked)
    for mark in marked:
        if not mark.is_right:
            got = ", ".join(f"{one.said!r} -> {one.iso}" for one in mark.overlaps) or "nothing"
            print(f"{mark.message}  {mark.said!r} is {mark.iso}: {got}")
    for name, one in unused:
        print(f"{name}  no marked fact: {one.said!r} -> {one.iso}")
    print(share(marked))
    print(f"{missed} missed; {len(unused)} found in messages that no marked fact uses")


def share(marked: Sequence[Marked]) -> Share:
    return Share("relative dates resolved", sum(m.is_right for m in marked), len(marked))


if __name__ == "__main__":
    raise SystemExit(main())
