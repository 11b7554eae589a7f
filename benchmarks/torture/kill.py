"""Nights killed by SIGKILL: at stage boundaries, in the middle of a write, at any moment."""

import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.torture.faults import Fault
from benchmarks.torture.homes import (
    LONGEST_NIGHT_S,
    Reference,
    real_reference,
    references,
    stages_begun,
    started_night,
)
from benchmarks.torture.invariants import convergence_losses, losses_of, words_losses
from benchmarks.torture.rows import Row, new_engine
from benchmarks.torture.stand_in import import_all

KINDS = ("at a change on the disk", "at a stage boundary", "at a random moment")


def run(work: Path, runs: int, seed: int, done: set[str], *, real: bool = False) -> Iterator[Row]:
    """One row for each run that is not among the `done`; `real`: of the default model."""
    import_all()
    homes = [real_reference(work)] if real else references(work, min(runs, 3))
    with new_engine(work) as engine:
        for number in range(runs):
            case = f"{'real kill' if real else 'kill'} {seed}/{number}"
            if case in done:
                continue
            reference = homes[number % len(homes)]
            kind = KINDS[number // len(homes) % len(KINDS)]
            home = reference.copy_to(work / "attacked")
            draw = random.Random(f"{seed} {number}")
            at, code, said = _killed(home, reference, kind, draw, work / "pipes")
            lost = said + losses_of(home, reference.told, engine)
            lost += convergence_losses(home, reference, work / "pipes")
            lost += losses_of(home, reference.told, engine)
            yield Row(case, f"{kind}, {reference.name}", at, code == -signal.SIGKILL, tuple(lost))


def _killed(
    home: Path, reference: Reference, kind: str, draw: random.Random, pipes: Path
) -> tuple[str, int, list[str]]:
    """Where it was killed, how it ended, and what it said that it should not."""
    if kind == KINDS[0]:
        at = draw.randrange(1, reference.calls + 1)
        forked = started_night(home, Fault(home, at), pipes, real=reference.real)
        where = f"change {at} of {reference.calls}"
    else:
        forked = started_night(home, Fault(home), pipes, real=reference.real)
        if kind == KINDS[1]:
            stage = draw.choice(reference.stages)
            where = f"as {stage} begins"
            before = stages_begun(home)
            while not forked.has_ended():
                begun = stages_begun(home)
                if stage in begun and begun != before:
                    break
                time.sleep(0.002)
        else:
            moment = draw.uniform(0, reference.seconds * 1.1)
            where = f"after {moment:.2f} s"
            while forked.seconds() < moment and not forked.has_ended():
                time.sleep(0.002)
        if not forked.has_ended():
            forked.send(signal.SIGKILL)
    ended = forked.wait(LONGEST_NIGHT_S)
    return where, ended.code, words_losses(ended)
