"""Forgetting: what its owner forgot leaves the database, and what a night put down of it goes too.

A checkpoint of a killed training holds texts as token ids, which no search finds: it is deleted
whole. A log may quote anything: it is blanked. Weights that learned a text are no file of it; only
a deep sleep makes them anew without it.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from assistant.settings import Settings
from memory.episode import NoveltyScore
from memory.steering import Steering, Undone
from memory.store import EpisodeStore
from models.locks import holding

GRACE = timedelta(hours=24)
"""So long a change can be undone, if no night comes before."""


class NightRuns(RuntimeError):
    """A night is reading what is to be changed."""


def forget(settings: Settings, steering: Steering, ids: Iterable[int]) -> list[int]:
    """Take episodes out of everything but for one undo; the ids of those there were."""
    found = steering.forget(ids)
    if found:
        _drop_checkpoint(settings)
    return found


def forget_now(settings: Settings, store: EpisodeStore, ids: Iterable[int]) -> list[int]:
    """Forget episodes, those too that undo still has, so that no byte of them is left.

    Raises `NightRuns`, for a night would put down anew what it has read.
    """
    with _no_night(settings, "forget it without --now, or try again when it has ended"):
        found = store.forget(*ids)
        if found:
            shutil.rmtree(settings.work_folder, ignore_errors=True)
            _blank_logs(settings)
        return found


def reword(
    settings: Settings,
    steering: Steering,
    episode_id: int,
    text: str,
    embedding: NDArray[np.float32],
    novelty: NoveltyScore,
) -> None:
    """Put other words in place of an episode's.

    Raises `NightRuns`, for a night would mark as learned what it never read.
    """
    with _no_night(settings, "try again when it has ended"):
        steering.edit(episode_id, text, embedding, novelty)
        _drop_checkpoint(settings)


def undo(settings: Settings, steering: Steering) -> Undone | None:
    """Take the last change back, which may bring words back. Raises `NightRuns`."""
    with _no_night(settings, "try again when it has ended"):
        return steering.undo()


def forget_for_good(settings: Settings, store: EpisodeStore) -> None:
    """Wipe what can be undone. Call under the night's lock, before anything is read."""
    if store.wipe():
        shutil.rmtree(settings.work_folder, ignore_errors=True)
        _blank_logs(settings)


def forget_overdue(settings: Settings, store: EpisodeStore, now: datetime) -> None:
    """Wipe what was changed more than a day ago."""
    if store.wipe(now - GRACE):
        _drop_checkpoint(settings)
        _blank_logs(settings)


@contextmanager
def _no_night(settings: Settings, fix: str) -> Iterator[None]:
    runs = NightRuns(f"a night is running, and has read it; {fix}")
    with holding(settings.night_lock_file, 0, runs):
        yield


def _drop_checkpoint(settings: Settings) -> None:
    file = settings.checkpoint_file
    for path in (file, file.with_name(file.name + ".part")):
        path.unlink(missing_ok=True)


def _blank_logs(settings: Settings) -> None:
    """Take everything out of the logs, which may quote anything; each keeps its length.

    Who wrote to one goes on behind, and who reads from a place in it still finds it.
    """
    for file in settings.home.glob("*.log"):
        if file.is_file() and not file.is_symlink():
            with file.open("r+b") as log:
                length = log.seek(0, os.SEEK_END)
                log.seek(0)
                log.write(b" " * (length - 1) + b"\n" * min(length, 1))
