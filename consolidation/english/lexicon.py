"""The lexicon: frames (the files of `_FRAMES`) and synonyms. World knowledge, as data."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FRAMES = ("out_and_about.txt", "frames.txt", "frames_people.txt", "everyday_frames.txt")
"""The first file's frames lead where two fit a clause as closely."""
ANY_VERB = "*"
_HEADER = re.compile(r"^\[([^|]+)\|([^|]+)\|\s*(now|past|any)\s*\|\s*(\w+)\s*\]$")


@dataclass(frozen=True, slots=True)
class Frame:
    """One kind of everyday fact and other words for asking about it."""

    verbs: frozenset[str]
    """Base forms; "*" for any."""
    needs: tuple[str, ...]
    """What the clause must have: a role, "role=preposition", "role@class,class",
    "role~noun,noun", "role:trait", "says~word,word", "says@class,class", "money"."""
    tense: str
    role: str
    """The piece that answers."""
    trained: tuple[str, ...]
    """Templates for dreams."""
    held: tuple[str, ...]
    """Templates for probes; no dream uses them."""


def lines(name: str) -> list[str]:
    """The lines of a data file, but for empty ones and comments."""
    text = (files("consolidation.english") / name).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


@cache
def frames() -> dict[str, tuple[Frame, ...]]:
    """All frames by verb; "*" are those for any verb."""
    found: dict[str, list[Frame]] = defaultdict(list)
    blocks: list[list[str]] = []
    for line in (line for name in _FRAMES for line in lines(name)):
        if line.startswith("["):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    for header, *templates in blocks:
        parts = _HEADER.match(header)
        if parts is None:
            raise ValueError(f"frames: {header!r} is not [verbs | needs | tense | role]")
        frame = Frame(
            frozenset(parts[1].split()),
            tuple(parts[2].split()),
            parts[3],
            parts[4],
            tuple(text for text in templates if not text.startswith("?")),
            tuple(text[1:].strip() for text in templates if text.startswith("?")),
        )
        for verb in frame.verbs:
            found[verb].append(frame)
    return {verb: tuple(same) for verb, same in found.items()}


@cache
def _synonyms() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {"n": {}, "v": {}, "a": {}}
    for line in lines("synonyms.txt"):
        kind, _, words = line.partition(":")
        near, _, wide = words.partition(">")
        group, wider = ([word.strip() for word in part.split(",")] for part in (near, wide))
        for word in group:
            others = tuple(other for other in (*group, *wider) if other not in ("", word))
            found[kind][word] = (*found[kind].get(word, ()), *others)
    return found


def synonyms(kind: str, word: str) -> tuple[str, ...]:
    """Other words for a base form; `kind` is "n", "v" or "a"."""
    return _synonyms()[kind].get(word, ())
