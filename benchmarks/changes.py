"""Changes: which earlier facts a new one replaces, against conversations marked by hand.

    python -m benchmarks.changes --files benchmarks/conversations/a.json …

Every fact is held against all earlier ones of its own conversation. Prints each error. With
`--read`, the facts are not the marked ones but those that a night reads of the messages.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assistant.settings_file import load_settings
from benchmarks.intervals import Share
from benchmarks.read_changes import marked, read_changes
from benchmarks.writers import asking_writer
from consolidation.change import Told, superseded
from consolidation.dreams import GrammarWriter
from consolidation.similarity import CosineSimilarity
from models.embed import EmbedderProcess


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=Path, nargs="+", required=True)
    parser.add_argument("--vectors", type=Path, help="an .npz that keeps embeddings between runs")
    parser.add_argument("--one-owner", action="store_true", help="all of a file as one person's")
    parser.add_argument("--read", action="store_true", help="as a night reads the messages")
    parser.add_argument("--grammar", action="store_true", help="as read without the asker")
    parser.add_argument("--home", type=Path, help="where the asker's weights are kept")
    options = parser.parse_args()
    if options.read:
        embedder = embedder_process()
        with TemporaryDirectory() as folder:
            settings = load_settings(options.home or Path(folder))
            with asking_writer(settings) as asker:
                writer = GrammarWriter() if options.grammar else asker
                read = read_changes(options.files, CosineSimilarity(embedder), writer)
        embedder.close()
        print(*read.notes, sep="\n")
        print(*read.shares(), sep="\n")
        print(f"{read.unmarked} replaced statements hold no marked fact; {read.seconds:.0f} s")
        return 0
    found = changes(options.files, one_owner=options.one_owner, vectors=options.vectors)
    print(*found.errors, sep="\n")
    print(*found.shares(), sep="\n")
    print(f"Slowest decision: {found.slowest_ms:.1f} ms, without parse and embedding")
    return 0


@dataclass(frozen=True, slots=True)
class Changes:
    """Which marked changes were found, and what was dropped without cause."""

    wanted: int
    found: int
    facts: int
    dropped: int
    slowest_ms: float
    errors: tuple[str, ...]

    def shares(self) -> list[Share]:
        return [
            Share("corrected facts superseded", self.found, self.wanted),
            Share("facts wrongly dropped", self.dropped, self.facts),
        ]


def changes(
    files: Sequence[Path], *, one_owner: bool = False, vectors: Path | None = None
) -> Changes:
    """Every fact held against the earlier ones of its conversation, or of its file."""
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    streams = [told for document in documents for told in streams_of(document, one_owner)]
    marks = {fact["id"]: fact for document in documents for fact in document["facts"]}
    similar = similarity([told.fact for stream in streams for _, told in stream], vectors)
    found, wrong, slowest_ms = set(), [], 0.0
    for stream in streams:
        for k, (fact, told) in enumerate(stream):
            earlier = [other for _, other in stream[:k]]
            superseded(told, earlier, similar)  # parses once; the second call is timed
            began = time.perf_counter()
            indexes = superseded(told, earlier, similar)
            slowest_ms = max(slowest_ms, 1000 * (time.perf_counter() - began))
            for index in indexes:
                old = stream[index][0]
                if old in marked(marks[fact]):
                    found.add((fact, old))
                else:
                    wrong.append((fact, old))
    wanted = {(fact, old) for fact in marks for old in marked(marks[fact])}
    truly_over = {old for _, old in wanted}
    errors = [_said("missed", marks, fact, old) for fact, old in sorted(wanted - found)]
    errors += [
        _said("wrong" if old not in truly_over else "early", marks, fact, old)
        for fact, old in wrong
    ]
    dropped = {old for _, old in wrong} - truly_over
    counts = (len(wanted), len(found & wanted), len(marks), len(dropped))
    return Changes(*counts, slowest_ms, tuple(errors))


def streams_of(document: dict[str, Any], one_owner: bool) -> Iterator[list[tuple[str, Told]]]:
    """Facts in the order they were told, by conversation or all together."""
    facts = {fact["id"]: fact for fact in document["facts"]}
    told = []
    for conversation in document["conversations"]:
        if not one_owner:
            told = []
        said = [message["user"] for message in conversation["messages"]]
        for k, message in enumerate(conversation["messages"]):
            for name in message["facts"]:
                if facts[name]["messages"][-1] == message["id"]:
                    at = datetime.fromisoformat(message["at"])
                    fact = facts[name]["statement"]
                    told.append((name, Told(fact, said[k], tuple(said[:k]), at)))
        if not one_owner:
            yield told
    if one_owner:
        yield sorted(told, key=lambda item: item[1].at)


def similarity(facts: list[str], kept: Path | None) -> Callable[[str, str], float]:
    """The cosine of two facts, of vectors made once."""
    facts = list(dict.fromkeys(facts))
    known: dict[str, Any] = {}
    if kept is not None and kept.exists():
        with np.load(kept) as stored:
            known = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))
    new = [fact for fact in facts if fact not in known]
    if new:
        embedder = embedder_process()
        known |= dict(zip(new, embedder.embed(new), strict=True))
        embedder.close()
        if kept is not None:
            np.savez(kept, texts=np.array(list(known)), vectors=np.stack(list(known.values())))

    def similar(one: str, other: str) -> float:
        return float(known[one] @ known[other])

    return similar


def embedder_process() -> EmbedderProcess:
    """The embedder of the settings, its messages unheard."""
    return EmbedderProcess(load_settings(Path.home()).embedder_source, Path(os.devnull))


def _said(kind: str, marks: dict[str, Any], fact: str, old: str) -> str:
    over = marks[old]["statement"]
    return f"{kind}: {fact} {marks[fact]['statement']}\n    over {old} {over}"


if __name__ == "__main__":
    raise SystemExit(main())
