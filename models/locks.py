"""Locks on files: one process at a time does something. Knows not what."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_LOOK_AGAIN_S = 0.02


class FolderHeld(RuntimeError):
    """Another process held a lock for longer than anybody works under it."""


@contextmanager
def holding(
    lock_file: Path, patience_s: float = 30.0, refusal: Exception | None = None
) -> Iterator[None]:
    """Let one process at a time into the block.

    Raises `refusal`, or `FolderHeld`, after `patience_s`; with 0 at once.
    """
    lock = FileLock(lock_file, mode=0o600)
    try:
        lock.acquire(timeout=patience_s, poll_interval=_LOOK_AGAIN_S)
    except Timeout:
        raise refusal or FolderHeld(
            f"{lock_file.parent} was held by another program for {patience_s:.0f} s; "
            "close that one, or let it go on where it was stopped, and try again"
        ) from None
    try:
        yield
    finally:
        lock.release()


def is_held(lock_file: Path) -> bool:
    """Whether another process holds it now."""
    try:
        with holding(lock_file, 0):
            return False
    except FolderHeld:
        return True
