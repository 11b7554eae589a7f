"""Too little memory, numbers that are none, and children that die in the middle of their work."""

import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assistant.session import Session
from assistant.settings_file import load_settings
from benchmarks.torture.attacks import Attack, attacked
from benchmarks.torture.faults import Fault, in_fork
from benchmarks.torture.homes import Reference, states_of
from benchmarks.torture.invariants import convergence_losses, words_losses
from benchmarks.torture.rows import Row
from benchmarks.torture.stand_in import WordHashes, command
from memory.database import Connections
from memory.nights import NightStore

_MEBIBYTES = (0, 2, 5, 10, 20, 40, 80)
"""Of memory that a night's training gets beyond what it holds when it begins."""
_NAN_AT = (1, 3, 9)
"""Steps after which a weight is no number any more."""
_PIECES = (1, 2, 4)
"""Of a reply, after which its engine is killed."""


def run(work: Path, runs: int, seed: int, done: set[str]) -> Iterator[Row]:
    """Every attack, or the first `runs` of them."""
    yield from attacked(_attacks(), work, runs, done)


def _attacks() -> dict[str, Attack]:
    attacks: dict[str, Attack] = {}
    for size in _MEBIBYTES:
        attacks[f"out of memory in training: {size} MiB"] = _short_of_memory(size)
    for step in _NAN_AT:
        attacks[f"not a number in training: step {step}"] = _not_a_number(step)
    for pieces in _PIECES:
        attacks[f"the engine dies in a reply: after {pieces} pieces"] = _engine_dies(pieces)
    attacks["the embedder dies: before it is asked"] = _embedder_dies
    return attacks


def _short_of_memory(mebibytes: int) -> Attack:
    def attack(home: Path, reference: Reference, pipes: Path) -> list[str]:
        def night() -> int:
            import consolidation.train as training

            load = training.load_base_for_training

            def load_with_little(*arguments: Any, **named: Any) -> Any:
                pages = int(Path("/proc/self/statm").read_text().split()[0])
                most = pages * os.sysconf("SC_PAGE_SIZE") + mebibytes * 2**20
                resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
                return load(*arguments, **named)

            training.load_base_for_training = load_with_little
            return _sleep(home)()

        ended = in_fork(night, Fault(home), pipes)
        # Native code that finds no memory may end the process: that is as a kill, and no loss.
        lost = [] if ended.code in (-6, -11, -9) else words_losses(ended)
        return lost + convergence_losses(home, reference, pipes)

    return attack


def _not_a_number(step: int) -> Attack:
    def attack(home: Path, reference: Reference, pipes: Path) -> list[str]:
        def night() -> int:
            import consolidation.train as training

            take, steps = training.take_gradients, iter(range(1_000_000))

            def spoil(student: Any, *arguments: Any, **named: Any) -> Any:
                if next(steps) == step:
                    weight = next(p for p in student._body.parameters() if p.requires_grad)
                    weight.data.fill_(float("nan"))
                return take(student, *arguments, **named)

            training.take_gradients = spoil
            return _sleep(home)()

        ended = in_fork(night, Fault(home), pipes)
        with Connections(home / "reverie.db") as connections:
            report = NightStore(connections).newest(1)[0]
        lost = words_losses(ended)
        if report.status != "refused" or not report.verdict:
            lost.append(f"the night counts as {report.status}")
        if list((home / "weights" / "work").glob("*")):
            lost.append("a checkpoint near the divergence is left")
        return lost + convergence_losses(home, reference, pipes)

    return attack


def _engine_dies(pieces: int) -> Attack:
    def attack(home: Path, reference: Reference, pipes: Path) -> list[str]:
        def chat() -> int:
            import assistant.workspace
            from models.base import EngineCrashed

            assistant.workspace.EmbedderProcess = WordHashes  # type: ignore[misc,assignment]
            workspace = assistant.workspace.Workspace(load_settings(home))
            session, seen = Session.new(), iter(range(1_000_000))

            def kill_engine(_: str) -> None:
                if next(seen) == pieces - 1:
                    process = workspace.engine._child._process
                    assert process is not None
                    os.kill(process.pid, signal.SIGKILL)

            try:
                workspace.assistant.reply("My cat is called Tom.", session, on_piece=kill_engine)
                print("the engine outlived its kill")
            except EngineCrashed:
                pass
            workspace.assistant.reply("And my fish is Wanda.", session)
            workspace.close()
            return 0

        ended = in_fork(chat, Fault(home), pipes)
        texts = states_of(home)[1].values()
        lost = words_losses(ended) + ([ended.printed] if ended.printed else [])
        told = ("My cat is called Tom.", "And my fish is Wanda.")
        return lost + [f"{text!r} is lost" for text in told if text not in texts]

    return attack


def _embedder_dies(home: Path, reference: Reference, pipes: Path) -> list[str]:
    """The real one, killed while it waits for its next text; the message must be stored."""

    def chat() -> int:
        from assistant.workspace import Workspace

        workspace = Workspace(load_settings(home))
        workspace.embedder.warm_up()
        process = workspace.embedder._child._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        workspace.assistant.reply("My cat is called Tom.", Session.new())
        workspace.close()
        return 0

    ended = in_fork(chat, Fault(home), pipes)
    kept = "My cat is called Tom." in states_of(home)[1].values()
    return words_losses(ended) + ([] if kept else [f"the message is lost: {ended.said[-300:]}"])


def _sleep(home: Path) -> Callable[[], int]:
    return command(["sleep", "--home", str(home), "--json"])
