"""Reading: from paths to exchanges, whatever the format. One bad conversation stops nothing."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from memory.importing.conversations import read_conversation, title_of
from memory.importing.exchange import Exchange, Refused, Unreadable
from memory.importing.files import ImportFile, files_at
from memory.importing.own import is_own, read_own
from memory.importing.transcript import read_text
from memory.text import clean_text

_SPACE = re.compile(r"[\s,]*")
_LISTS = ("conversations", "chats", "data")


def read(paths: Sequence[Path]) -> Iterator[Exchange | Refused]:
    """Everything in these files, folders and archives, with what is refused of it and why."""
    for path in paths:
        for file in files_at(path):
            if isinstance(file, Refused):
                yield file
                continue
            try:
                yield from _in_file(file)
            except Unreadable as error:
                yield Refused(file.name, str(error))


def _in_file(file: ImportFile) -> Iterator[Exchange | Refused]:
    if not file.is_json:
        yield from read_text(file.text(), file.name, file.seen_at)
        return
    for number, item in enumerate(_items(file.text()), start=1):
        try:
            if is_own(item):
                yield from read_own(item)
            else:
                yield from read_conversation(item, file.seen_at)
        except (Unreadable, RecursionError) as error:
            title = " ".join(clean_text(title_of(item)).split())[:60]
            called = f" “{title}”" if title else ""
            yield Refused(f"{file.name}, conversation {number}{called}", str(error))


def _items(text: str) -> Iterator[Any]:
    """The elements of a list one by one, or the whole of what is no list.

    Those before a broken place are read; there it raises `Unreadable`.
    """
    decoder = json.JSONDecoder()
    place = _after_space(text, 0)
    if not text.startswith("[", place):
        whole, _ = _decoded(decoder, text, place)
        yield from _listed(whole)
        return
    place = _after_space(text, place + 1)
    while not text.startswith("]", place):
        item, place = _decoded(decoder, text, place)
        yield item
        place = _after_space(text, place)


def _listed(whole: object) -> list[Any]:
    if isinstance(whole, Mapping):
        for key in _LISTS:
            if isinstance(whole.get(key), list):
                return list(whole[key])
    return [whole]


def _decoded(decoder: json.JSONDecoder, text: str, place: int) -> tuple[Any, int]:
    try:
        return decoder.raw_decode(text, place)
    except (ValueError, RecursionError) as error:
        where = text.count("\n", 0, place) + 1
        raise Unreadable(f"its JSON is broken from line {where} on, or the file is cut") from error


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place
