"""In turn: several rows, one item of each after the other. Pure."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import TypeVar

T = TypeVar("T")


def in_turn(rows: Iterable[Iterable[T | None]]) -> Iterator[T]:
    """The first of each row, then the second of each; None is a pause."""
    for column in zip_longest(*rows):
        yield from (item for item in column if item is not None)
