"""Two at once, one stopped, one told to end, a machine that sleeps, a clock set back."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.torture.attacks import Attack, attacked
from benchmarks.torture.faults import Ended, Fault, Forked, in_fork
from benchmarks.torture.homes import Reference, stages_begun, started_night, states_of
from benchmarks.torture.invariants import convergence_losses, words_losses
from benchmarks.torture.rows import Row
from benchmarks.torture.stand_in import command
from benchmarks.torture.tiny import tell
from memory.database import Connections
from memory.nights import NightStore
from memory.store import EpisodeStore
from models.locks import holding

_AT_ONCE_S = 240.0
"""A command that is turned away says so within this time, on a busy machine; mostly at once."""
_STAGES = ("dream", "train", "test")


def run(work: Path, runs: int, seed: int, done: set[str]) -> Iterator[Row]:
    """Every attack, or the first `runs` of them."""
    yield from attacked(_attacks(), work, runs, done)


def _attacks() -> dict[str, Attack]:
    attacks: dict[str, Attack] = {
        "two nights at once": _two_nights,
        "a night and a chat at once": _night_and_chat,
        "two chats at once": _two_chats,
        "a stale lock file": _stale_lock,
        "a stopped night holds the lock": _stopped_night,
        "a stopped process holds the weights": _stopped_registry,
        "a stopped process holds the database": _stopped_database,
        "the clock goes back a day in the night": _clock_back,
    }
    for stage in _STAGES:
        attacks[f"SIGTERM to a night: in {stage}"] = _told_to_end(stage, signal.SIGTERM)
        attacks[f"SIGINT to a night: in {stage}"] = _told_to_end(stage, signal.SIGINT)
        attacks[f"the machine sleeps: in {stage}"] = _suspended(stage)
    return attacks


def _two_nights(home: Path, reference: Reference, pipes: Path) -> list[str]:
    first = _night_in(home, "dream", pipes)
    second = in_fork(_sleep(home), Fault(home), pipes / "second", _AT_ONCE_S)
    lost = _turned_away(second, "a night is running already")
    return lost + _as_reference(home, reference, first.wait(), pipes)


def _night_and_chat(home: Path, reference: Reference, pipes: Path) -> list[str]:
    night = _night_in(home, "dream", pipes)
    stored: list[int] = []
    while not night.has_ended():
        ended = in_fork(_tells(home, 1, 100 + len(stored)), Fault(home), pipes / "second")
        if ended.code:
            return [f"an episode was refused: {ended.said}"]
        stored += [int(line) for line in ended.printed.split()]
        time.sleep(0.5)
    ended_night = night.wait()
    missing = set(stored) - set(states_of(home)[0])
    lost = [f"acknowledged episodes {missing} are lost"] if missing else []
    return lost + words_losses(ended_night) + _unless(ended_night.code == 0, ended_night.said)


def _two_chats(home: Path, reference: Reference, pipes: Path) -> list[str]:
    chats = [Forked(_tells(home, 25, 1000 * n), Fault(home), pipes / str(n)) for n in (1, 2)]
    ended = [chat.wait() for chat in chats]
    stored = {int(line) for one in ended for line in one.printed.split()}
    missing = stored - set(states_of(home)[0])
    return (
        _unless(len(stored) == 50, f"{len(stored)} of 50 were stored: {ended[0].said}")
        + [w for one in ended for w in words_losses(one)]
        + _unless(not missing, f"acknowledged episodes {missing} are lost")
    )


def _stale_lock(home: Path, reference: Reference, pipes: Path) -> list[str]:
    (home / "night.lock").write_text("99999\n")
    (home / "weights").mkdir(exist_ok=True)
    (home / "weights" / ".lock").write_text("99999\n")
    return convergence_losses(home, reference, pipes)


def _stopped_night(home: Path, reference: Reference, pipes: Path) -> list[str]:
    first = _night_in(home, "train", pipes)
    first.send(signal.SIGSTOP)
    second = in_fork(_sleep(home), Fault(home), pipes / "second", _AT_ONCE_S)
    lost = _turned_away(second, "a night is running already")
    first.send(signal.SIGCONT)
    return lost + _as_reference(home, reference, first.wait(), pipes)


def _stopped_registry(home: Path, reference: Reference, pipes: Path) -> list[str]:
    def hold() -> int:
        (home / "weights").mkdir(exist_ok=True)
        with holding(home / "weights" / ".lock"):
            print("held", flush=True)
            time.sleep(600)
        return 0

    return _while_stopped(hold, ["models", "list"], "was held by another program", home, pipes)


def _stopped_database(home: Path, reference: Reference, pipes: Path) -> list[str]:
    def hold() -> int:
        with Connections(home / "reverie.db") as connections, connections.writing():
            print("held", flush=True)
            time.sleep(600)
        return 0

    words = ["memory", "pin", "1"]
    return _while_stopped(hold, words, "was held by another program", home, pipes)


def _while_stopped(
    hold: Callable[[], int], words: list[str], said: str, home: Path, pipes: Path
) -> list[str]:
    holder = Forked(hold, Fault(home), pipes)
    while not (pipes / "stdout").exists() or "held" not in (pipes / "stdout").read_text():
        time.sleep(0.02)
    holder.send(signal.SIGSTOP)
    run = command([*words, "--home", str(home)])
    lost = _turned_away(in_fork(run, Fault(home), pipes / "second", 2 * _AT_ONCE_S), said)
    holder.send(signal.SIGKILL)
    holder.wait()
    again = in_fork(run, Fault(home), pipes / "second", _AT_ONCE_S)
    return lost + _unless(again.code == 0, f"afterwards: {again.said}")


def _clock_back(home: Path, reference: Reference, pipes: Path) -> list[str]:
    def night() -> int:
        import tui.commands.night as commands
        from assistant.clock import utc_now

        looks = iter(range(1_000_000))
        commands.utc_now = lambda: utc_now() - timedelta(days=1 if next(looks) > 1 else 0)
        return _sleep(home)()

    ended = in_fork(night, Fault(home), pipes)
    return _as_reference(home, reference, ended, pipes)


def _told_to_end(stage: str, number: signal.Signals) -> Attack:
    def attack(home: Path, reference: Reference, pipes: Path) -> list[str]:
        night = _night_in(home, stage, pipes)
        night.send(number)
        ended = night.wait(_AT_ONCE_S)
        lost = _unless(ended.code == 130, f"it ended with {ended.code}: {ended.said}")
        with Connections(home / "reverie.db") as connections:
            status = NightStore(connections).newest(1)[0].status
        lost += _unless(status == "interrupted", f"the night counts as {status}")
        left = list((home / "weights" / "work").glob("night-*"))
        lost += _unless(not left, f"left behind: {left}")
        return lost + words_losses(ended) + convergence_losses(home, reference, pipes)

    return attack


def _suspended(stage: str) -> Attack:
    def attack(home: Path, reference: Reference, pipes: Path) -> list[str]:
        night = _night_in(home, stage, pipes)
        tree = [night.pid, *_children_of(night.pid)]
        for number in (signal.SIGSTOP, signal.SIGCONT):
            for pid in tree:
                os.kill(pid, number)
            time.sleep(3.0 if number == signal.SIGSTOP else 0)
        return _as_reference(home, reference, night.wait(), pipes)

    return attack


def _children_of(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def _night_in(home: Path, stage: str, pipes: Path) -> Forked:
    """A running night that has come to a stage."""
    night = started_night(home, Fault(home), pipes)
    while stage not in stages_begun(home) and not night.has_ended():
        time.sleep(0.005)
    return night


def _sleep(home: Path) -> Callable[[], int]:
    return command(["sleep", "--home", str(home), "--json"])


def _tells(home: Path, count: int, first: int) -> Callable[[], int]:
    """Stores episodes, one after another; prints the id of each once it is stored."""

    def work() -> int:
        with Connections(home / "reverie.db") as connections:
            store = EpisodeStore(connections)
            for number in range(first, first + count):
                print(tell(store, f"Story {number}.", number), flush=True)
        return 0

    return work


def _turned_away(ended: Ended, said: str) -> list[str]:
    right = ended.code == 1 and said in ended.said
    return words_losses(ended) + _unless(right, f"it ended with {ended.code}: {ended.said!r}")


def _as_reference(home: Path, reference: Reference, ended: Ended, pipes: Path) -> list[str]:
    lost = words_losses(ended) + _unless(ended.code == 0, ended.said)
    return lost + convergence_losses(home, reference, pipes)


def _unless(holds: bool, otherwise: str) -> list[str]:
    return [] if holds else [otherwise]
