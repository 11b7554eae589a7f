"""Forgetting: what its owner forgot leaves the database, and what a night put down of it goes too.

A checkpoint of a killed training holds texts as token ids, which no search finds: it is deleted
whole. Weights that learned a text are no file of it; only a deep sleep makes them anew without it.
"""

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta

from filelock import FileLock, Timeout

from assistant.settings import Settings
from memory.steering import Steering
from memory.store import EpisodeStore

GRACE = timedelta(hours=24)
"""So long a change can be undone, if no night comes before."""


class NightRuns(RuntimeError):
    """A night may be reading what is to be forgotten for good."""


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
    lock = FileLock(settings.night_lock_file, mode=0o600)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise NightRuns(
            "a night is running and may be training on it; try again when it has ended, "
            "or forget it without --now"
        ) from error
    try:
        found = store.forget(*ids)
        if found:
            shutil.rmtree(settings.work_folder, ignore_errors=True)
        return found
    finally:
        lock.release()


def forget_for_good(settings: Settings, store: EpisodeStore) -> None:
    """Wipe what can be undone. Call under the night's lock, before anything is read."""
    if store.wipe():
        shutil.rmtree(settings.work_folder, ignore_errors=True)


def forget_overdue(settings: Settings, store: EpisodeStore, now: datetime) -> None:
    """Wipe what was changed more than a day ago."""
    if store.wipe(now - GRACE):
        _drop_checkpoint(settings)


def _drop_checkpoint(settings: Settings) -> None:
    file = settings.checkpoint_file
    for path in (file, file.with_name(file.name + ".part")):
        path.unlink(missing_ok=True)
