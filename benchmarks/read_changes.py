"""Changes as a night finds them: in the facts that the reader makes of a conversation's messages.

A marked change is found when a fact of the earlier message that holds its core is replaced. A fact
that nothing supersedes is wrongly dropped when what is replaced holds its core.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.coverage import holds, told
from benchmarks.intervals import Share
from consolidation.dreams import DreamWriter, calendar_of, statements_of
from consolidation.english.overtaken import Alike
from consolidation.ledger import ChangeFinder, Ledger
from memory.episode import Episode
from memory.records import Replaced


@dataclass(frozen=True, slots=True)
class ReadChanges:
    """Which marked changes a night would find, and what it would drop without cause."""

    wanted: int
    found: int
    readable: int
    """Of the wanted, those whose earlier fact the reader has: nothing else can be replaced."""
    silenced: int
    """Of the wanted, those that nothing read of their messages tells any more."""
    facts: int
    dropped: int
    """Facts that nothing supersedes, and that a replaced statement holds."""
    lost: int
    """Of all that nothing supersedes, those that are told no more."""
    unmarked: int
    """Replaced statements that hold no marked fact."""
    seconds: float
    notes: tuple[str, ...]

    def shares(self) -> list[Share]:
        return [
            Share("corrected facts superseded, as read", self.found, self.wanted),
            Share("of those whose earlier fact was read", self.found, self.readable),
            Share("corrected facts that are told no more", self.silenced, self.readable),
            Share("facts wrongly dropped, as read", self.dropped, self.facts),
            Share("facts told no more without cause", self.lost, self.facts),
        ]


def read_changes(files: Sequence[Path], similar: Alike, writer: DreamWriter) -> ReadChanges:
    """Every conversation read and decided on as the planner does, all earlier messages at hand."""
    started = time.monotonic()
    wanted = found = readable = silenced = lost = facts = dropped = unmarked = 0
    notes: list[str] = []
    for file in files:
        document = json.loads(file.read_text(encoding="utf-8"))
        marks = {fact["id"]: fact for fact in document["facts"]}
        over = {old: fact for fact in marks.values() for old in marked(fact)}
        facts += len(marks)
        wanted += len(over)
        gone: list[tuple[str, Replaced]] = []
        read: dict[str, list[str]] = {}
        left: dict[str, list[str]] = {}
        for conversation in document["conversations"]:
            every = list(told([conversation]))
            episodes = [episode for _, episode, _ in every]
            before = {episode.id: earlier for _, episode, earlier in every}
            names = {episode.id: message["id"] for message, episode, _ in every}
            for one in episodes:
                read[names[one.id]] = writer.facts(one, before[one.id])

            def earlier(
                episode: Episode, before: dict[int, tuple[Episode, ...]] = before
            ) -> tuple[Episode, ...]:
                return before[episode.id]

            finder = ChangeFinder(writer, earlier, similar)
            replaced = finder.found(episodes, earlier)
            gone += [(names[one.episode_id], one) for one in replaced]
            gone_of = Ledger.of(replaced).gone
            for one in episodes:
                calendar = calendar_of(one, before[one.id])
                kept = statements_of(one, calendar, before[one.id], gone_of(one.id))
                left[names[one.id]] = [statement.fact for statement in kept]
        justified: set[int] = set()
        for old, new in over.items():
            mark = marks[old]
            its = [k for k, (name, one) in enumerate(gone) if _is_of(mark, name, one.fact)]
            justified.update(its)
            has, still = (_is_told(mark, texts) for texts in (read, left))
            readable += has
            silenced += has and not still
            found += bool(its) or (has and not still)
            if not its and (still or not has):
                kind = "missed" if has else "unread"
                here = [t for name in new["messages"] for t in read[name]]
                there = [t for name in mark["messages"] for t in read[name]]
                notes.append(
                    f"{kind}: {new['id']} {new['statement']}\n    over {old} "
                    f"{mark['statement']}\n    read {here}\n    over {there}"
                )
        wrong: set[str] = set()
        for k, (name, one) in enumerate(gone):
            held = {i for i, f in marks.items() if i not in over and _is_of(f, name, one.fact)}
            wrong |= held
            if held or k not in justified:
                unmarked += not held
                kind = "wrong" if held else "unmarked"
                notes.append(f"{kind}: {one.by_fact}\n    over {name} {one.fact} {sorted(held)}")
        dropped += len(wrong)
        for name, mark in marks.items():
            if name not in over and _is_told(mark, read) and not _is_told(mark, left):
                lost += 1
                notes.append(f"lost: {name} {mark['statement']}")
    seconds = time.monotonic() - started
    counts = (wanted, found, readable, silenced, facts, dropped, lost, unmarked)
    return ReadChanges(*counts, seconds, tuple(notes))


def marked(fact: dict[str, Any]) -> list[str]:
    """The facts that a marked fact supersedes."""
    over = fact["supersedes"] or []
    return [over] if isinstance(over, str) else over


def _is_told(mark: dict[str, Any], read: dict[str, list[str]]) -> bool:
    return any(holds(text, mark["core"]) for name in mark["messages"] for text in read[name])


def _is_of(mark: dict[str, Any], message: str, fact: str) -> bool:
    return message in mark["messages"] and holds(fact, mark["core"])
