"""Coverage: how much of natural conversations the dream writer takes in, and what it should not.

    python -m benchmarks.coverage --files benchmarks/conversations/a.json [--show 40]

A fact is covered when at least `LEAST` dreams of its messages have an answer with its core. A
message without a fact (chat, question, request, hypothetical, quotation, fiction) is written when
any dream comes of it.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.intervals import wilson
from consolidation.dreams import GrammarWriter
from consolidation.marking import is_right
from memory.episode import Episode, NoveltyScore
from memory.records import Dream

LEAST = 4
_FACTUAL = ("fact", "correction")


@dataclass(frozen=True, slots=True)
class Share:
    """A count with its Wilson interval at 95 %."""

    name: str
    hits: int
    total: int

    def __str__(self) -> str:
        low, high = wilson(self.hits, self.total)
        rate = self.hits / max(self.total, 1)
        return f"{self.name:42} {self.hits:4}/{self.total:<4} {rate:.3f} [{low:.3f}, {high:.3f}]"


def holds(text: str, core: Sequence[Sequence[str]]) -> bool:
    """Whether a text has a phrase of every group of the core."""
    return all(is_right(text, phrases) for phrases in core)


def told(
    conversations: Sequence[dict[str, Any]],
) -> Iterator[tuple[dict[str, Any], Episode, tuple[Episode, ...]]]:
    """Every message as an episode, with the earlier ones of its conversation."""
    number = 0
    for conversation in conversations:
        before: list[Episode] = []
        for message in conversation["messages"]:
            number += 1
            episode = Episode(
                number,
                conversation["id"],
                datetime(2026, 1, 1, tzinfo=UTC),
                message["user"],
                message["assistant"],
                "base",
                NoveltyScore(1.0, 1.0, 5.0),
                "waiting",
            )
            yield message, episode, tuple(before)
            before.append(episode)


def dreamt(conversations: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[Dream]]]:
    """Every message with its dreams, written as a night writes them."""
    writer = GrammarWriter()
    for message, episode, before in told(conversations):
        yield message, writer.write(episode, before)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", nargs="+", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, help="missed facts to print")
    parser.add_argument("--all", action="store_true", help="print what every message states")
    options = parser.parse_args()
    started = time.monotonic()
    covered = touched = facts = written = small = dreams = 0
    missed: list[str] = []
    wrong: list[str] = []
    for file in options.files:
        stored = json.loads(file.read_text("utf-8"))
        by_message: dict[str, list[Dream]] = {}
        texts: dict[str, str] = {}
        for message, found in dreamt(stored["conversations"]):
            by_message[message["id"]], texts[message["id"]] = found, message["user"]
            dreams += len(found)
            answers = sorted({dream.answer for dream in found if dream.kind != "yes-no"})
            if options.all:
                print(
                    f"\n{message['id']} {message['kind']}: {message['user']}",
                    *answers,
                    sep="\n  > ",
                )
            if message["kind"] not in _FACTUAL:
                small += 1
                written += bool(found)
                wrong += [f"{message['kind']}: {message['user']}\n  {answers}"] if found else []
        for fact in stored["facts"]:
            answers = [dream.answer for place in fact["messages"] for dream in by_message[place]]
            right = sum(holds(answer, fact["core"]) for answer in answers)
            facts += 1
            covered += right >= LEAST
            touched += right > 0
            if right < LEAST:
                said = [texts[place] for place in fact["messages"]]
                missed.append(f"{right} {fact['statement']}\n  {said}\n  {sorted(set(answers))}")
    seconds = time.monotonic() - started
    print(Share(f"facts with {LEAST} or more right dreams", covered, facts))
    print(Share("facts with one or more", touched, facts))
    print(Share("messages without a fact that are written", written, small))
    print(f"{dreams} dreams in {seconds:.1f} s, {dreams / max(seconds, 0.1):.0f} a second")
    for text in missed[: options.show]:
        print("\nMISSED", text)
    for text in wrong if options.show else ():
        print("\nWRITTEN", text)


if __name__ == "__main__":
    main()
