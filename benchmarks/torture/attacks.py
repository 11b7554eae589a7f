"""Attacks on homes, one after the other: each on its own copy, then what was lost is counted."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.torture.homes import Reference, references
from benchmarks.torture.invariants import losses_of
from benchmarks.torture.rows import Row, new_engine
from benchmarks.torture.stand_in import import_all

Attack = Callable[[Path, Reference, Path], list[str]]
"""On a home that was copied from a reference, with a folder for pipes; what was lost by it."""


def attacked(attacks: Mapping[str, Attack], work: Path, runs: int, done: set[str]) -> Iterator[Row]:
    """Every attack, or the first `runs` of them, but for those that are `done`."""
    import_all()
    reference = references(work, 1)[0]
    with new_engine(work) as engine:
        for name, attack in list(attacks.items())[: runs or None]:
            if name in done:
                continue
            home = reference.copy_to(work / "attacked")
            lost = attack(home, reference, work / "pipes")
            lost += losses_of(home, reference.told, engine)
            yield Row(name, name.partition(":")[0], name, True, tuple(lost))
