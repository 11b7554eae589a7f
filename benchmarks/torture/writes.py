"""Every write, sync, rename and removal of an operation fails in turn; then the disk is full.

Each operation is run once to count its changes on the disk, and then once for each change and each
way to fail: no space once, no space from then on, an error of the device, a kill in the middle.
"""

import errno
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.torture import disks
from benchmarks.torture.faults import KILL, Ended, Fault, in_fork
from benchmarks.torture.homes import references, states_of
from benchmarks.torture.invariants import (
    champion_losses,
    convergence_losses,
    database_losses,
    losses_of,
    words_losses,
)
from benchmarks.torture.rows import Row, new_engine
from benchmarks.torture.small import SECRET, old_database, small_home
from benchmarks.torture.stand_in import command, import_all
from benchmarks.torture.tiny import FACTS, tell
from memory.database import Connections
from memory.store import EpisodeStore

WAYS = {
    "no space, once": (errno.ENOSPC, False),
    "no space from then on": (errno.ENOSPC, True),
    "an error of the device": (errno.EIO, False),
    "killed in it": (KILL, False),
}
_NIGHTS = 24
"""So many changes of a night, spread over it, fail; each takes two nights to look into."""


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that an owner asks for, as a fork does it on a home."""

    name: str
    work: Callable[[Path], Callable[[], int]]
    fresh: Callable[[Path, Path], None]
    """Makes the home, given the working folder and its place."""
    losses: Callable[[Path, Ended], list[str]]
    """What is lost of the operation itself, once it has been tried and tried again."""
    sees_weights: bool = False
    forgets: frozenset[int] = frozenset()

    def kept(self, home: Path) -> dict[int, str]:
        """The episodes that must be there afterwards."""
        if self.fresh is old_database:
            return {1: FACTS[0]}
        return {i: text for i, text in states_of(home)[1].items() if i not in self.forgets}


def run(work: Path, runs: int, seed: int, done: set[str]) -> Iterator[Row]:
    """Every change of every operation in every way, or the first `runs` of them; then nights."""
    import_commands()
    count = 0
    with new_engine(work) as engine:
        for operation, number, way in _cases(work):
            count += 1
            case = f"{operation.name} {number}, {way}"
            if runs and count > runs:
                return
            if case in done:
                continue
            home = work / "attacked"
            operation.fresh(work, home)
            told = operation.kept(home)
            error, stays = WAYS[way]
            fault = Fault(home, number, error, stays)
            ended = in_fork(operation.work(home), fault, work / "pipes")
            lost = words_losses(ended)
            again = in_fork(operation.work(home), Fault(home), work / "pipes")
            lost += words_losses(again) + operation.losses(home, again)
            lost += database_losses(home, told)
            if operation.sees_weights:
                lost += champion_losses(home, engine)
            hit = ended.code != 0
            yield Row(case, f"{operation.name}: {way}", f"change {number}", hit, tuple(lost))
    if not runs:
        yield from disks.run(work, done)
        yield from _nights(work, done)


def _nights(work: Path, done: set[str]) -> Iterator[Row]:
    import_all()
    homes = references(work)
    with new_engine(work) as engine:
        for index in range(_NIGHTS):
            reference = homes[index % 3]
            way = list(WAYS)[index // 3 % 3]
            at = 1 + (reference.calls - 1) * index // _NIGHTS
            case = f"night {at}, {way}, {reference.name}"
            if case in done:
                continue
            home = reference.copy_to(work / "attacked")
            error, stays = WAYS[way]
            night = command(["sleep", "--home", str(home), "--json"])
            ended = in_fork(night, Fault(home, at, error, stays), work / "pipes")
            lost = words_losses(ended) + losses_of(home, reference.told, engine)
            lost += convergence_losses(home, reference, work / "pipes")
            yield Row(case, f"a night: {way}", f"change {at}", ended.code != 0, tuple(lost))


def import_commands() -> None:
    """What the commands import, before the first fork."""
    import tui.cli
    import tui.commands.memory
    import tui.commands.versions  # noqa: F401


def _cases(work: Path) -> Iterator[tuple[Operation, int, str]]:
    for operation in OPERATIONS:
        home = work / "counted"
        operation.fresh(work, home)
        counted = in_fork(operation.work(home), Fault(home), work / "pipes")
        if counted.code:
            raise RuntimeError(f"{operation.name} fails by itself: {counted.said}")
        shutil.rmtree(home)
        for way in WAYS:
            for number in range(1, counted.calls + 1):
                yield operation, number, way


def _store(home: Path) -> Callable[[], int]:
    """An episode more; its id is printed once it is stored, as the acknowledgement."""

    def work() -> int:
        from assistant.settings_file import load_settings
        from tui.cli import _failed
        from tui.outcome import DONE

        try:
            with Connections(home / "reverie.db") as connections:
                print(tell(EpisodeStore(connections), FACTS[2], 9))
        except RuntimeError as error:
            return _failed(load_settings(home), error)
        return DONE

    return work


def _cli(*arguments: str) -> Callable[[Path], Callable[[], int]]:
    def of(home: Path) -> Callable[[], int]:
        return command([*arguments, "--home", str(home)])

    return of


def _stored_losses(home: Path, again: Ended) -> list[str]:
    _, texts = states_of(home)
    if again.code or texts.get(int(again.printed)) != FACTS[2]:
        return [f"an episode was not stored in the end: {again.said}"]
    return []


def _forgotten_losses(home: Path, again: Ended) -> list[str]:
    """Gone from every file, at the latest with what is forgotten next."""
    next_id = max(states_of(home)[0])
    ended = in_fork(
        _cli("memory", "forget", str(next_id))(home), Fault(home), home.parent / "pipes"
    )
    found = [f.name for f in home.glob("reverie.db*") if SECRET.encode() in f.read_bytes()]
    return ([f"forgetting: {ended.said}"] if ended.code else []) + [
        f"the forgotten words stand in {name}" for name in found
    ]


def _champion_is(name: str, home: Path, again: Ended) -> list[str]:
    return [] if again.code == 0 else [f"{name} is not live in the end: {again.said}"]


def _ended_well(home: Path, again: Ended) -> list[str]:
    return [] if again.code == 0 else [f"it failed again: {again.said}"]


def _fresh_small(work: Path, home: Path) -> None:
    small_home(work, home)


OPERATIONS = (
    Operation("store an episode", _store, _fresh_small, _stored_losses),
    Operation(
        "forget",
        _cli("memory", "forget", "1"),
        _fresh_small,
        _forgotten_losses,
        forgets=frozenset({1, 4}),
    ),
    Operation("pin", _cli("memory", "pin", "2"), _fresh_small, _ended_well),
    Operation(
        "promote",
        _cli("models", "use", "night-0001"),
        _fresh_small,
        partial(_champion_is, "night-0001"),
        sees_weights=True,
    ),
    Operation(
        "roll back", _cli("models", "rollback"), _fresh_small, _ended_well, sees_weights=True
    ),
    Operation("migrate", _cli("memory", "list"), old_database, _ended_well),
)
