"""Later: which of the messages somebody sent hold no longer after a later one, as a night finds it.

    python -m benchmarks.later --home DIR [--lines 150] [--seed 0]

`later_lives` has some thousand lives of a few messages each, by writers who saw neither the code
nor each other's lines: what was told, a later message, and the words of the told ones that hold no
longer (none in four of ten). Much of it names neither the thing nor the change, so it is hard on
purpose. Nothing was developed on the first six files, which are the ones read here; the others are
for training.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.settings_file import load_settings
from benchmarks.changes import embedder_process
from benchmarks.coverage import told
from benchmarks.intervals import Share
from benchmarks.writers import asking_writer
from consolidation.dreams import DreamWriter, GrammarWriter
from consolidation.english.overtaken import Alike
from consolidation.ledger import ChangeFinder
from consolidation.similarity import CosineSimilarity

HELD_OUT = [Path(__file__).parent / "later_lives" / f"0{k}.jsonl" for k in range(1, 7)]
_FIRST_DAY = datetime(2026, 3, 2, 18, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Later:
    """How many of the told messages that a later one changed were found, and others wrongly."""

    changed: int
    found: int
    holding: int
    """Told messages of which all holds."""
    wrong: int

    def shares(self) -> list[Share]:
        return [
            Share("told messages changed by a later one, found", self.found, self.changed),
            Share("told messages that hold, taken for changed", self.wrong, self.holding),
        ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=150, help="so many of them, drawn")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--home", type=Path, required=True, help="where the asker's weights are kept"
    )
    parser.add_argument("--grammar", action="store_true", help="without the asker")
    options = parser.parse_args()
    lines = [json.loads(row) for file in HELD_OUT for row in file.read_text("utf-8").splitlines()]
    drawn = random.Random(options.seed).sample(lines, min(options.lines, len(lines)))
    embedder = embedder_process()
    with asking_writer(load_settings(options.home)) as asker:
        writer = GrammarWriter() if options.grammar else asker
        print(*found_in(drawn, CosineSimilarity(embedder), writer).shares(), sep="\n")
    embedder.close()
    return 0


def found_in(lines: Sequence[dict[str, Any]], similar: Alike, writer: DreamWriter) -> Later:
    changed = found = holding = wrong = 0
    for line in lines:
        messages = [
            {"user": text, "assistant": "I see.", "at": str(_FIRST_DAY + timedelta(days=3 * day))}
            for day, text in enumerate((*line["told"], line["later"]))
        ]
        conversation = [{"id": "s", "messages": messages}]
        before = {episode: earlier for _, episode, earlier in told(conversation)}
        last = list(before)[-1]
        replaced = ChangeFinder(writer, before.__getitem__, similar).found(
            [last], before.__getitem__
        )
        gone = {one.episode_id - 1 for one in replaced}
        over = {place for place, _ in line["over"]}
        changed += len(over)
        found += len(over & gone)
        holding += len(before[last]) - len(over)
        wrong += len(gone - over)
    return Later(changed, found, holding, wrong)


if __name__ == "__main__":
    raise SystemExit(main())
