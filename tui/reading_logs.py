"""Logs of the home folder, read from their ends. Knows files, no widgets."""

import os
from dataclasses import dataclass
from pathlib import Path

from memory.text import clean_text

NAMES = ("reverie", "engine", "embedder", "night")
"""What went wrong; the chat model; the embedder; nights that the app started."""
_TAIL_BYTES = 64_000


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a log: what to show, where it ended, and whether it begins anew."""

    text: str
    end: int
    is_new: bool


def read_tail(file: Path, since: int | None) -> Tail:
    """What was written after byte `since`; the last part of it all where that is None.

    A log that became shorter was begun anew, and one that is not there is empty.
    """
    try:
        with file.open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            is_new = since is None or since > size
            start = max(0, size - _TAIL_BYTES) if since is None or is_new else since
            log.seek(start)
            data = log.read()
    except OSError:
        return Tail("", 0, since != 0)
    text = clean_text(data.decode("utf-8", "replace"))
    if start and is_new:
        text = text.partition("\n")[2]  # the first line was cut in two
    return Tail(text, start + len(data), is_new)
