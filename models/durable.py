"""Files that are there whole or not at all, also after a power cut. Knows no contents."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """An empty file beside `out`, mode 0600, that takes its place if the block ends well.

    The name is fixed, so that what a killed process left behind is written over.
    """
    part = out.with_name(out.name + ".part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        sync(part)
        part.replace(out)
        sync(out.parent)
    finally:
        part.unlink(missing_ok=True)


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
