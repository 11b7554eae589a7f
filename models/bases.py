"""The owner's own file as a version: the base that all nights start from. Changes no pointer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from models.version import (
    ModelVersion,
    free_name,
    hash_file,
    store_version,
    whole_versions,
    write_version,
)


def registered_base(
    versions: Path, place: Path, size_bytes: int, clock: Callable[[], datetime]
) -> ModelVersion:
    """The version in the folder `versions` that a file is, made if there is none.

    A base that was moved is found by its hash, and its new place is written down.
    """
    sha256 = hash_file(place)
    bases = [version for version in whole_versions(versions) if version.parent is None]
    for base in bases:
        if base.gguf_sha256 == sha256:
            moved = replace(base, gguf=place)
            if moved != base:
                write_version(versions / base.name, moved)
            return moved
    base = ModelVersion(
        name=free_name(versions, f"base-{sha256[:8]}" if bases else "base"),
        parent=None,
        gguf=place,
        gguf_sha256=sha256,
        gguf_size_bytes=size_bytes,
        adapter=None,
        adapter_sha256=None,
        base_sha256=sha256,
        night_id=None,
        created_at=clock().astimezone(UTC),
    )
    store_version(versions, base, {})
    return base
