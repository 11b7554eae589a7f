"""A version of the weights as a folder, and the pointer to one. Knows no order among them."""

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from itertools import count
from pathlib import Path

from models.durable import read_json, sync, write_json

PRIVATE_FOLDER_MODE = 0o700
GGUF_NAME, ADAPTER_NAME = "model.gguf", "adapter.safetensors"
REMOVED = "its files were removed to save room"


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """One set of weights: a base as it came, or a base with a night's adapter merged in."""

    name: str
    parent: str | None
    """The version whose adapter it went on from; None for a base."""
    gguf: Path
    gguf_sha256: str
    gguf_size_bytes: int
    adapter: Path | None
    adapter_sha256: str | None
    base_sha256: str
    """Of the base GGUF that the adapter belongs to."""
    night_id: int | None
    created_at: datetime
    removed_at: datetime | None = None
    """When its files were removed to save room; None while they are kept."""


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """Whether the files of a version are the ones that were registered, and if not, why."""

    name: str
    ok: bool
    reason: str


def version_folders(versions: Path) -> list[Path]:
    """The folders that have a version's name, whole or not."""
    if not versions.is_dir():
        return []
    return [f for f in versions.iterdir() if f.is_dir() and not f.name.startswith(".")]


def whole_versions(versions: Path) -> list[ModelVersion]:
    """All versions in the folder that are whole, oldest first."""
    found = [read_version(folder) for folder in version_folders(versions)]
    whole = [version for version in found if version is not None]
    return sorted(whole, key=lambda v: (v.created_at, v.night_id or 0, v.name))


def free_name(versions: Path, name: str) -> str:
    """`name`, with a number behind it if a version has it."""
    names = (name if n == 1 else f"{name}-{n}" for n in count(1))
    return next(free for free in names if not (versions / free).exists())


def store_version(versions: Path, version: ModelVersion, moves: Mapping[Path, str]) -> None:
    """Move files, by their new names, into the version's folder, whole or not at all.

    The folder is made under a hidden name and gets its own at the end. On failure the files
    are moved back.
    """
    for left in versions.glob(".*"):  # by a process that was killed: nobody else is here now
        shutil.rmtree(left, ignore_errors=True)
    part = versions / f".{version.name}"
    part.mkdir(mode=PRIVATE_FOLDER_MODE)
    try:
        for file, name in moves.items():
            file.replace(part / name)
            (part / name).chmod(0o600)
            sync(part / name)
        write_version(part, version)
        part.replace(versions / version.name)
    except BaseException:
        for file, name in moves.items():
            if (part / name).exists():
                (part / name).replace(file)
        raise
    sync(versions)


def write_version(folder: Path, version: ModelVersion) -> None:
    """Write version.json. A trained version's files lie beside it and are not named in it."""
    values = asdict(version)
    values["gguf"] = str(version.gguf) if version.parent is None else None
    values["created_at"] = version.created_at.isoformat()
    values["removed_at"] = version.removed_at.isoformat() if version.removed_at else None
    del values["adapter"]
    write_json(folder / "version.json", values)


def is_present(version: ModelVersion) -> bool:
    """Whether its GGUF is there in its recorded size: quick, and no proof."""
    try:
        return version.gguf.stat().st_size == version.gguf_size_bytes
    except OSError:
        return False


def verify_version(version: ModelVersion) -> VerifyResult:
    """Hold every file of a version against its recorded size and hash."""
    if version.removed_at is not None:
        return VerifyResult(version.name, True, REMOVED)
    reason = weights_damage(version)
    if not reason and version.adapter is not None:
        reason = _difference(version.adapter, version.adapter_sha256)
    return VerifyResult(version.name, not reason, reason or "every file is as recorded")


def weights_damage(version: ModelVersion) -> str:
    """How its GGUF differs from the one that was recorded; empty where it does not."""
    try:
        size_bytes = version.gguf.stat().st_size
    except OSError as error:
        return f"{version.gguf} cannot be read: {error.strerror}"
    if size_bytes != version.gguf_size_bytes:
        return f"{version.gguf} has {size_bytes} bytes, recorded are {version.gguf_size_bytes}"
    return _difference(version.gguf, version.gguf_sha256)


def _difference(file: Path, sha256: str | None) -> str:
    try:
        found = hash_file(file)
    except OSError as error:
        return f"{file} cannot be read: {error.strerror}"
    return "" if found == sha256 else f"{file} is not the file that was recorded"


def hash_file(path: Path) -> str:
    """The hash of a file, in hexadecimal, read in chunks."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def read_version(folder: Path) -> ModelVersion | None:
    """The version in a folder, or None when its version.json cannot be read."""
    values = read_json(folder / "version.json")
    try:
        trained = values["parent"] is not None
        removed = values.get("removed_at")
        return ModelVersion(
            name=folder.name,
            parent=str(values["parent"]) if trained else None,
            gguf=folder / GGUF_NAME if trained else Path(values["gguf"]),
            gguf_sha256=str(values["gguf_sha256"]),
            gguf_size_bytes=int(values["gguf_size_bytes"]),
            adapter=folder / ADAPTER_NAME if trained else None,
            adapter_sha256=str(values["adapter_sha256"]) if trained else None,
            base_sha256=str(values["base_sha256"]),
            night_id=int(values["night_id"]) if trained else None,
            created_at=datetime.fromisoformat(values["created_at"]).astimezone(UTC),
            removed_at=datetime.fromisoformat(removed).astimezone(UTC) if removed else None,
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
