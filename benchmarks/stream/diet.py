"""What every night of a stream is given to learn. Knows how it is kept, not how it is made."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from benchmarks.stream.facts import Stream
from benchmarks.stream.meal import Meal
from consolidation.leading import TELLING
from memory.records import Dream
from models.engine import Engine


def diet_of(
    stream: Stream, settings: Settings, file: Path, asks: Engine | None = None
) -> list[Meal]:
    """The meals of a stream, from `file` where they are there already.

    With an engine for it, the asker writes questions, too, as in a night; else grammar alone does.
    """
    if not file.exists():
        from benchmarks.stream.preparing import prepared

        meals = prepared(stream, settings, asks)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps([asdict(meal) for meal in meals], ensure_ascii=False), "utf-8")
    return [
        Meal(*(tuple(map(_dream, row[name])) for name in ("dreams", "replay", "earlier")))
        for row in json.loads(file.read_text("utf-8"))
    ]


def first_questions(dreams: Sequence[Dream]) -> list[Dream]:
    """Of each episode one view, a question where it has one: what recipes with one view train."""
    first: dict[int, Dream] = {}
    for dream in sorted(dreams, key=lambda dream: dream.kind != "question"):
        if dream.kind in TELLING:
            first.setdefault(dream.episode_ids[0], dream)
    return list(first.values())


def _dream(row: dict[str, Any]) -> Dream:
    prompt = row["prompt"]
    turns = tuple(prompt) if isinstance(prompt, list) else prompt
    return Dream(turns, row["answer"], row["kind"], tuple(row["episode_ids"]))
