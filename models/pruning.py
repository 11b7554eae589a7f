"""Old versions' files removed, to save room. What a version was is kept."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from models.version import ADAPTER_NAME, GGUF_NAME, ModelVersion, write_version


def without_need(
    versions: Sequence[ModelVersion], needed: Collection[str], keep: int
) -> list[ModelVersion]:
    """Trained versions with files, oldest first as they come, but for the newest and the needed."""
    kept = [v for v in versions if v.parent is not None and v.removed_at is None]
    return [v for v in kept[: max(0, len(kept) - keep)] if v.name not in needed]


def remove_files(
    folder: Path, versions: Sequence[ModelVersion], chosen: Sequence[ModelVersion], now: datetime
) -> None:
    """Note in each one's version.json that its files are gone, then remove them.

    So a kill in between leaves files that nobody uses, and no version that has lost its own; what
    an earlier one left is removed here. Raises `OSError`.
    """
    for version in chosen:
        write_version(folder / version.name, replace(version, removed_at=now))
    for version in [*chosen, *(v for v in versions if v.removed_at is not None)]:
        for name in (GGUF_NAME, ADAPTER_NAME):
            (folder / version.name / name).unlink(missing_ok=True)
