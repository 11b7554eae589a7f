"""Disks that are full or read-only, and database files that are damaged or of another time.

Whatever cannot be done is refused in one sentence, the file stays as it is, and once the cause is
gone everything works, and is there.
"""

import random
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.torture.faults import Ended, Fault, in_fork
from benchmarks.torture.homes import states_of
from benchmarks.torture.invariants import database_losses, words_losses
from benchmarks.torture.rows import Row
from benchmarks.torture.small import small_home
from benchmarks.torture.stand_in import command
from benchmarks.torture.tiny import tell
from memory.database import Connections
from memory.store import EpisodeStore

_COMMANDS = (
    ("memory", "list"),
    ("memory", "search", "dog"),
    ("memory", "pin", "2"),
    ("memory", "forget", "3"),
    ("nights",),
    ("models", "list"),
    ("models", "use", "base"),
    ("models", "rollback"),
    ("doctor",),
)
_DISK = "32m"
_PAGES = 60
"""Databases with pages overwritten."""


def run(work: Path, done: set[str]) -> Iterator[Row]:
    """A row for each condition."""
    attacks: dict[str, Callable[[Path], list[str]]] = {
        "a full disk": _full_disk,
        "a read-only disk": _read_only_disk,
        "a write-ahead log that is gone": _no_log,
        "a schema from the future": _future,
    }
    attacks |= {f"database pages overwritten: {n}": _pages(n) for n in range(_PAGES)}
    for name, attack in attacks.items():
        if name not in done:
            try:
                lost, hit = tuple(attack(work)), True
            except PermissionError:  # nobody but root may mount
                lost, hit = (), False
            yield Row(name, name.partition(":")[0], name, hit, lost)


def _all_said(home: Path, work: Path, commands: Sequence[Sequence[str]]) -> Iterator[Ended]:
    for words in commands:
        yield in_fork(command([*words, "--home", str(home)]), Fault(home), work / "pipes", 120)


def _full_disk(work: Path) -> list[str]:
    with _disk(work) as disk:
        home = disk / "home"
        small_home(work, home)
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as out:
            try:
                while out.write(bytes(4096)):
                    pass
            except OSError:
                pass  # now it is full
        told = states_of(home)[1]
        lost = [w for ended in _all_said(home, work, _COMMANDS) for w in words_losses(ended)]
        filler.unlink()
        return lost + _all_works(home, work) + _still_there(home, told, forgotten=3)


def _read_only_disk(work: Path) -> list[str]:
    with _disk(work) as disk:
        home = disk / "home"
        small_home(work, home)
        told = states_of(home)[1]
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        lost = [w for ended in _all_said(home, work, _COMMANDS) for w in words_losses(ended)]
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        return lost + _all_works(home, work) + _still_there(home, told, forgotten=3)


def _no_log(work: Path) -> list[str]:
    """Killed with an episode in the log alone, and then the log removed: what was before stays."""
    home = work / "attacked"
    small_home(work, home)
    told = states_of(home)[1]

    def die() -> int:
        import os
        import signal

        tell(EpisodeStore(Connections(home / "reverie.db")), "In the log.", 9)
        os.kill(os.getpid(), signal.SIGKILL)
        return 0

    in_fork(die, Fault(home), work / "pipes")
    for end in ("-wal", "-shm"):
        home.joinpath(f"reverie.db{end}").unlink(missing_ok=True)
    return database_losses(home, told) + _all_works(home, work)


def _future(work: Path) -> list[str]:
    home = work / "attacked"
    small_home(work, home)
    with Connections(home / "reverie.db") as connections:
        row = {"migration_set": "reverie", "name": "m999_later", "applied_at": "2030-01-01"}
        connections.database()["_sqlite_migrations"].insert(row)
    ended = list(_all_said(home, work, (("memory", "list"), ("nights",), ("memory", "pin", "2"))))
    lost = [w for one in ended for w in words_losses(one)]
    refused = all(one.code == 1 and "update Reverie" in one.said for one in ended)
    return lost + ([] if refused else ["a later schema was opened"])


def _pages(number: int) -> Callable[[Path], list[str]]:
    def attack(work: Path) -> list[str]:
        draw = random.Random(f"pages {number}")
        home = work / "attacked"
        small_home(work, home)
        file = home / "reverie.db"
        data = bytearray(file.read_bytes())
        for _ in range(draw.choice((1, 2, 5))):
            place = draw.randrange(len(data) // 4096) * 4096
            data[place : place + 4096] = draw.randbytes(4096)
        file.write_bytes(data)
        return [w for ended in _all_said(home, work, _COMMANDS[:5]) for w in words_losses(ended)]

    return attack


def _all_works(home: Path, work: Path) -> list[str]:
    words = [*_COMMANDS[:2], ("memory", "pin", "2"), ("models", "use", "night-0001")]
    return [one.said for one in _all_said(home, work, words) if one.code]


def _still_there(home: Path, told: dict[int, str], forgotten: int) -> list[str]:
    return database_losses(home, {i: text for i, text in told.items() if i != forgotten})


@contextmanager
def _disk(work: Path) -> Iterator[Path]:
    """A small disk of its own. Raises `PermissionError` where none may be mounted."""
    disk = work / "disk"
    disk.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        raise PermissionError(f"no disk can be mounted at {disk}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)
