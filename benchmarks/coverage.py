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
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.intervals import Share
from consolidation.dreams import GrammarWriter
from consolidation.english.likeness import UNLIKELY, Likeness, unjudged
from consolidation.english.marking import is_right
from consolidation.signals import is_heeded
from memory.episode import Episode, NoveltyScore
from memory.records import Dream

LEAST = 4
_FACTUAL = ("fact", "correction")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the dream writer made of conversations."""

    facts: int
    covered: int
    touched: int
    """Facts with one right dream or more."""
    without_fact: int
    written: int
    """Messages without a fact that dreams came of."""
    dreams: int
    seconds: float
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    answers: dict[str, tuple[str, ...]]
    """The distinct answers of each message, by its id, but for those of yes-or-no questions."""
    texts: dict[str, str]

    def shares(self) -> list[Share]:
        return [
            Share(f"facts with {LEAST} or more right dreams", self.covered, self.facts),
            Share("facts with one or more", self.touched, self.facts),
            Share("messages without a fact that are written", self.written, self.without_fact),
        ]


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
                datetime.fromisoformat(message["at"]).astimezone(),
                message["user"],
                message["assistant"],
                "base",
                NoveltyScore(1.0, 1.0, 5.0),
                "waiting",
            )
            yield message, episode, tuple(before)
            before.append(episode)


def dreamt(
    conversations: Sequence[dict[str, Any]], likeness: Likeness = unjudged
) -> Iterator[tuple[dict[str, Any], list[Dream]]]:
    """Every message with its dreams, written as a night writes them."""
    writer = GrammarWriter()
    every = list(told(conversations))
    scores = likeness([episode.user_text for _, episode, _ in every])
    for (message, episode, before), score in zip(every, scores, strict=True):
        taken = score >= UNLIKELY or is_heeded(episode, before)
        yield message, writer.write(episode, before) if taken else []


def read(files: Sequence[Path], likeness: Likeness = unjudged) -> Reading:
    """Every conversation read as a night reads it, against its marks."""
    started = time.monotonic()
    covered = touched = facts = small = dreams = 0
    missed: list[str] = []
    wrong: list[str] = []
    answers: dict[str, tuple[str, ...]] = {}
    texts: dict[str, str] = {}
    for file in files:
        stored = json.loads(file.read_text("utf-8"))
        by_message: dict[str, list[Dream]] = {}
        for message, found in dreamt(stored["conversations"], likeness):
            name = message["id"]
            by_message[name], texts[name] = found, message["user"]
            dreams += len(found)
            answers[name] = tuple(sorted({d.answer for d in found if d.kind != "yes-no"}))
            if message["kind"] not in _FACTUAL:
                small += 1
                if found:
                    wrong.append(f"{message['kind']}: {message['user']}\n  {answers[name]}")
        for fact in stored["facts"]:
            given = [dream.answer for place in fact["messages"] for dream in by_message[place]]
            right = sum(holds(answer, fact["core"]) for answer in given)
            facts += 1
            covered += right >= LEAST
            touched += right > 0
            if right < LEAST:
                said = [texts[place] for place in fact["messages"]]
                missed.append(f"{right} {fact['statement']}\n  {said}\n  {sorted(set(given))}")
    seconds = time.monotonic() - started
    counts = (facts, covered, touched, small, len(wrong), dreams)
    return Reading(*counts, seconds, tuple(missed), tuple(wrong), answers, texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", nargs="+", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, help="missed facts to print")
    parser.add_argument("--all", action="store_true", help="print what every message states")
    options = parser.parse_args()
    reading = read(options.files)
    for name, answers in reading.answers.items() if options.all else ():
        print(f"\n{name}: {reading.texts[name]}", *answers, sep="\n  > ")
    print(*reading.shares(), sep="\n")
    rate = reading.dreams / max(reading.seconds, 0.1)
    print(f"{reading.dreams} dreams in {reading.seconds:.1f} s, {rate:.0f} a second")
    for text in reading.missed[: options.show]:
        print("\nMISSED", text)
    for text in reading.wrong if options.show else ():
        print("\nWRITTEN", text)


if __name__ == "__main__":
    main()
