"""Files that are there whole or not at all, also after a power cut. Knows no contents."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """An empty file beside `out`, mode 0600, that takes its place if the block ends well.

    The name is fixed, so that what a killed process left behind is written over; whoever else
    would write the same file waits.
    """
    part = out.with_name(out.name + ".part")
    descriptor = _taken(part)
    try:
        yield part
        sync(part)
        part.replace(out)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
    sync(out.parent)


def _taken(part: Path) -> int:
    """A descriptor of the empty file, which nobody else has taken for as long as it is open."""
    while True:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), part.stat()):
                os.fchmod(descriptor, 0o600)
                os.truncate(descriptor, 0)
                return descriptor
        os.close(descriptor)  # who held it has put it in its place meanwhile, or taken it away


def sync(path: Path) -> None:
    """Wait until the file, or the names in the folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_json(file: Path) -> dict[str, Any]:
    """The object in a file, empty when there is none that can be read."""
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def write_json(file: Path, values: dict[str, object]) -> None:
    """Write an object, indented, in the place of what was there."""
    with replacing(file) as part:
        part.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
