"""Poison: how much of other people's text in a message would be trained as its owner's own.

`python -m benchmarks.torture.poison` reads hostile messages (`hostile.txt`) and messages whose
owner tells something beside such text (`owners_around.txt`), and plans nights of 500 ordinary
episodes with 1, 5, 10 and 50 hostile ones among them. Nothing is trained: what counts is what a
night's plan holds. `--without` leaves the defence against pasted passages off.
"""

import argparse
import json
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import numpy as np

from assistant.settings import SelectionSettings, Settings
from consolidation import discretion
from consolidation.dreams import GrammarWriter
from consolidation.english import hearsay
from consolidation.english.statements import read_statements
from consolidation.english.utterances import _utterances
from consolidation.plan import Planner
from consolidation.probes import write_probes
from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.store import EpisodeStore

HERE = Path(__file__).parent
_MARKED = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_START = datetime(2026, 3, 3, 12, tzinfo=UTC)
_COUNTS = (1, 5, 10, 50)


@dataclass(frozen=True, slots=True)
class Passage:
    """A message, and the words of it that tell what was taken from it."""

    text: str
    marks: tuple[str, ...]


def passages(name: str) -> list[Passage]:
    text = re.sub(r"\A(?:# .*\n)+", "", (HERE / name).read_text(encoding="utf-8"))
    parts = (part.strip("\n") for part in re.split(r"(?m)^====$", text))
    return [Passage(_MARKED.sub(r"\1", one), tuple(_MARKED.findall(one))) for one in parts]


def taken(marks: Sequence[str], texts: Sequence[str]) -> list[str]:
    """The marks that stand in one of the texts."""
    told = "\n".join(texts).lower()
    return [one for one in marks if re.search(rf"\b{re.escape(one.lower())}\b", told)]


def _as_it_is(text: str, mark: str) -> str:
    return text


@contextmanager
def defended(on: bool) -> Iterator[None]:
    """The reader as it is, or without what sets pasted passages apart."""
    _utterances.cache_clear()
    if on:
        yield
    else:
        with (
            patch.object(hearsay, "without_pasted", _as_it_is),
            patch.object(discretion, "without_pasted", _as_it_is),
        ):
            yield
    _utterances.cache_clear()


def read(name: str, *, defence: bool, show: bool) -> tuple[int, int]:
    """How many messages had something of their marks taken, of how many."""
    found = passages(name)
    with defended(defence):
        hits = 0
        for one in found:
            statements = read_statements(one.text)
            told = taken(one.marks, [s.text for s in statements])
            hits += bool(told)
            if show:
                print(f"  {'taken' if told else 'left '}  {one.text!r:.110}  {told}")
    return hits, len(found)


class Unlike:
    """No two texts are alike: what changes is not asked here."""

    def __call__(self, one: str, other: str) -> float:
        return 0.1

    def highest(self, texts: Sequence[str], others: Sequence[str]) -> list[float]:
        return [0.1] * len(texts)


def plan(hostile: Sequence[Passage], ordinary: Sequence[str]) -> dict[str, int]:
    """Plans one night, and counts hostile messages and ordinary ones that enter its dreams."""
    chance = random.Random(len(hostile))
    messages = [*(one.text for one in hostile), *ordinary]
    chance.shuffle(messages)
    with tempfile.TemporaryDirectory() as home, Connections(Path(home) / "r.db") as connections:
        store = EpisodeStore(connections)
        for place, text in enumerate(messages):
            at, score = _START + timedelta(minutes=place), NoveltyScore(0.6, 0.6, 5.0)
            draft = EpisodeDraft(f"s{place}", at, text, "Noted.", "base", score)
            store.add(draft, np.array([1.0, 0.0], dtype=np.float32))
        most = SelectionSettings(max_episodes=len(messages))
        settings = Settings(home=Path(home), selection=most)
        writer = GrammarWriter()
        night = Planner(
            settings, store, NightStore(connections), writer, write_probes, Unlike()
        ).plan()
    answers = [dream.answer for dream in night.dreams]
    return {
        "hostile": len(hostile),
        "hostile dreamt of": sum(bool(taken(one.marks, answers)) for one in hostile),
        "episodes taken": len(night.selection.selected),
        "dreams": len(night.dreams),
    }


def ordinary_messages(count: int) -> list[str]:
    """Messages of the conversations that the reader is measured on."""
    found: list[str] = []
    for path in sorted((HERE.parent / "conversations").glob("*.json")):
        found += _owner_lines(json.loads(path.read_text(encoding="utf-8")))
    return list(dict.fromkeys(found))[:count]


def _owner_lines(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for one in value.values():
            yield from _owner_lines(one)
    elif isinstance(value, list):
        for one in value:
            yield from _owner_lines(one)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what was taken of each message")
    parser.add_argument("--without", action="store_true", help="without the defence")
    parser.add_argument("--plans", type=int, default=0, metavar="N", help="ordinary episodes")
    parser.add_argument("--out", type=Path, help="write the numbers as JSON")
    chosen = parser.parse_args()
    defence = not chosen.without
    rows: list[dict[str, object]] = []
    for name in (
        "hostile.txt",
        "hostile_unseen.txt",
        "hostile_third.txt",
        "owners_around.txt",
        "owners_unseen.txt",
    ):
        hits, total = read(name, defence=defence, show=chosen.show)
        rows.append({"set": name, "defence": defence, "taken": hits, "messages": total})
    if chosen.plans:
        every, ordinary = (
            [*passages("hostile_unseen.txt"), *passages("hostile.txt")],
            ordinary_messages(chosen.plans),
        )
        for count in _COUNTS:
            with defended(defence):
                rows.append(
                    {"defence": defence, "of": len(ordinary)} | plan(every[:count], ordinary)
                )
    for row in rows:
        print(json.dumps(row))
    if chosen.out:
        chosen.out.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
