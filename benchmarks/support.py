"""Support: which share of true dreams the check lets pass, and of corrupted ones it catches.

    python -m benchmarks.support --files benchmarks/conversations/a.json [--show 20]

Every distinct answer of the dream writer is corrupted in five ways, each where it applies: another
name or two names exchanged, another number, another date, a detail more, a denial less.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.number_words import DIGITS, ONES
from benchmarks.coverage import Share, told
from consolidation.checking import Checker
from consolidation.dreams import GrammarWriter
from consolidation.english.calendar_words import MONTHS, WEEKDAYS
from memory.records import Dream

_NAMES = ("Greta", "Ulrich", "Saoirse", "Bartek", "Noor", "Thessaly", "Kwame", "Ludmila")
_DETAILS = (
    "with Greta",
    "every Sunday",
    "in Reykjavik",
    "because of the noise",
    "for eleven years",
    "near the quarry",
)
_DAY = {"at": "2026-01-01T12:00:00"}
"""On which the statements of the first night are taken to be told: they have no days."""
_DENIAL = re.compile(r"(?i)n't\b|\b(?:not|never|no longer)\s")
_NUMBER = re.compile(rf"(?i)\b(?:\d+|{'|'.join(ONES[2:])})\b")
_DATE = re.compile(rf"\b(?:{'|'.join((*WEEKDAYS, *MONTHS))})\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zà-ÿ]{2,}\b")


def corrupted(answer: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """(how, answer): each corruption that applies."""
    names = [found for found in _NAME.finditer(answer) if not _DATE.fullmatch(found[0])]
    if names:
        yield "another name", _put(answer, chance.choice(names), chance.choice(_NAMES))
    if names and names[0][0] != names[-1][0]:
        yield "names exchanged", _exchanged(answer, names[0][0], names[-1][0])
    dates = list(_DATE.finditer(answer))
    if dates:
        found = chance.choice(dates)
        row = WEEKDAYS if found[0] in WEEKDAYS else MONTHS
        yield "another date", _put(answer, found, chance.choice([d for d in row if d != found[0]]))
    numbers = list(_NUMBER.finditer(answer))
    if numbers:
        found = chance.choice(numbers)
        value = int(DIGITS.get(found[0].lower(), found[0]))
        yield "another number", _put(answer, found, str(value + chance.choice((1, 2, 3, 7))))
    yield "a detail more", f"{answer.rstrip('.')} {chance.choice(_DETAILS)}."
    denials = list(_DENIAL.finditer(answer))
    if denials:
        yield "a denial less", _put(answer, chance.choice(denials), "")


def _put(text: str, found: re.Match[str], other: str) -> str:
    return text[: found.start()] + other + text[found.end() :]


def _exchanged(text: str, first: str, second: str) -> str:
    pattern = rf"\b(?:{re.escape(first)}|{re.escape(second)})\b"
    return re.sub(pattern, lambda one: second if one[0] == first else first, text)


def corrupted_answers(dreams: Sequence[Dream], seed: int = 0) -> Iterator[tuple[str, Dream]]:
    """Every distinct answer of the dreams, in each way that applies."""
    distinct = {dream.answer: dream for dream in dreams}
    for answer, dream in distinct.items():
        for how, text in corrupted(answer, random.Random(f"{seed} {answer}")):
            yield how, replace(dream, answer=text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", nargs="+", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, help="dropped and missed ones to print")
    options = parser.parse_args()
    writer = GrammarWriter()
    passed = written = 0
    writing_s = checking_s = 0.0
    tried: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    wrong: list[str] = []
    for file in options.files:
        for _, episode, before in told(_conversations(file)):
            began = time.monotonic()
            dreams = writer.write(episode, before)
            wrote = time.monotonic()
            checker = Checker(episode, before)
            kept, dropped = checker.checked(dreams)
            writing_s, checking_s = writing_s + wrote - began, checking_s + time.monotonic() - wrote
            passed, written = passed + len(kept), written + len(dreams)
            reasons = {one.answer: one.reason for one in dropped}
            wrong += [f"DROPPED {episode.user_text}\n  {a}\n  {r}" for a, r in reasons.items()]
            for how, dream in corrupted_answers(kept):
                found = bool(checker.checked([dream])[1])
                tried[how] += 1
                caught[how] += found
                wrong += [] if found else [f"MISSED {how}: {episode.user_text}\n  {dream.answer}"]
    print(Share("dreams that pass", passed, written))
    for how in tried:
        print(Share(f"caught: {how}", caught[how], tried[how]))
    print(Share("caught in all", caught.total(), tried.total()))
    print(f"writing {writing_s:.1f} s, checking {checking_s:.1f} s")
    print(*(f"\n{text}" for text in wrong[: options.show]))


def _conversations(file: Path) -> list[dict[str, Any]]:
    """Of a file of conversations; the sets of the first night, each fact as a conversation."""
    stored = json.loads(file.read_text("utf-8"))
    if "conversations" in stored:
        found: list[dict[str, Any]] = stored["conversations"]
        return found
    facts = [fact for name in "abdefg" for fact in stored["sets"][name]]
    return [
        {
            "id": str(place),
            "messages": [_DAY | {"user": fact["told"], "assistant": "Good to know."}],
        }
        for place, fact in enumerate(facts)
    ]


if __name__ == "__main__":
    main()
