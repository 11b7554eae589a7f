"""The owner's own file as a version: the base that all nights start from. Changes no pointer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from models.base import WeightsMissing
from models.pointer import Pointer
from models.version import (
    ModelVersion,
    free_name,
    hash_file,
    is_present,
    store_version,
    whole_versions,
    write_version,
)


def following(
    pointer: Pointer, base_gguf: Path, versions: Path, clock: Callable[[], datetime]
) -> tuple[Pointer, ModelVersion | None]:
    """The pointer after a look at the file of the settings, and whom it is to name, if another.

    That file is registered if it is new. The hash is what a base is; where it lies may change. It
    is hashed again only when the file looks different, by place, size or time. Raises
    `WeightsMissing`.
    """
    place = base_gguf.absolute()
    try:
        stat = place.stat()
    except OSError as error:
        raise WeightsMissing(f"{place} not found; run `reverie doctor`") from error
    seen = f"{stat.st_size} bytes, {stat.st_mtime_ns} ns, {place}"
    if seen == pointer.base_seen:
        return pointer, None
    base = registered_base(versions, place, stat.st_size, clock)
    known = {version.name: version for version in whole_versions(versions)}
    champion = known.get(pointer.version)
    changed = replace(pointer, base_sha256=base.gguf_sha256, base_seen=seen)
    if champion is None:
        return changed, base if list(known) == [base.name] else None
    if pointer.base_sha256 == base.gguf_sha256:
        return changed, None
    back = known.get(pointer.champions.get(base.gguf_sha256, ""), base)
    taking_over = back if is_present(back) else base
    return replace(changed, previous=champion.name, on_trial=False), taking_over


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
