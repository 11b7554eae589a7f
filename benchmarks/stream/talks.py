"""A stream of free conversations: one a night, and the questions written about them.

Each question is marked by itself, so each stands as a fact of the stream. Read from the project's
own sets (`benchmarks/conversations`), which the reader of messages was developed on.
"""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.read_changes import marked
from benchmarks.stream.facts import Fact, Said, Stream
from benchmarks.two_nights import chosen

FILES = sorted((Path(__file__).parents[1] / "conversations").glob("*.json"))


def talks_stream(nights: int, *, seed: int, files: Sequence[Path] = tuple(FILES)) -> Stream:
    """A stream of so many conversations. Raises `ValueError` where there are fewer."""
    names = [talk["id"] for file in files for talk in json.loads(file.read_text())["conversations"]]
    if len(names) < nights:
        raise ValueError(f"there are {len(names)} conversations; {nights} are asked for")
    random.Random(seed).shuffle(names)
    days: list[tuple[Fact, ...]] = []
    talks: list[tuple[Said, ...]] = []
    for night, name in enumerate(names[:nights]):
        told, facts, questions = chosen(files, [name])
        over = {old for fact in facts.values() for old in marked(fact)}
        days.append(
            tuple(
                Fact(
                    id=f"{name}: {one.question}",
                    night=night,
                    said="",
                    plain=(one.question,),
                    free=(),
                    expected=one.expected,
                    relation=name,
                    outdated=one.old,
                )
                for one in questions
                if one.facts and not set(one.facts) & over
            )
        )
        talks.append(tuple(_said(name, message) for message in told[0]["messages"]))
    return Stream("conversations", seed, tuple(days), (), tuple(talks))


def _said(session: str, message: dict[str, Any]) -> Said:
    return Said(session, message["user"], message["assistant"], message["at"])
