"""Backup: everything of a home folder in one archive, while the app may run.

Caches, logs and locks are left out, and what was forgotten but not wiped yet: a backup never has
it. A base model that lies elsewhere is not in it; the manifest names it by its hash.
"""

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from assistant.default_model import opened_registry
from assistant.settings import Settings
from memory.database import Connections
from memory.store import EpisodeStore
from memory.text import clean_text
from models.base import WeightsMissing
from models.durable import replacing
from models.locks import holding

FORMAT, VERSION = "reverie-backup", 1
MANIFEST = "backup.json"
CHUNK_BYTES = 2**20
_LEFT_OUT_ENDS = (".log", ".lock", ".part")
_DRIVE = re.compile(r"[A-Za-z]:")
_STORED_ENDS = (".gguf", ".safetensors")


class CannotBackUp(RuntimeError):
    """No archive was written; the message says why."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written."""

    file: Path
    files: int
    size_bytes: int
    base: dict[str, Any]
    left_out: tuple[str, ...]
    """Links, odd names and the like, which no archive can hold safely."""


def back_up(
    settings: Settings, connections: Connections, out: Path, clock: Callable[[], datetime]
) -> Backup:
    """Write the archive, readable by its owner alone. Raises `CannotBackUp`, `DatabaseUnusable`."""
    out = out.expanduser().absolute()
    if out.exists():
        raise CannotBackUp(f"{out} is there already; name another file")
    if out.resolve().is_relative_to(settings.home.resolve()):
        raise CannotBackUp(f"{out} is inside the home folder; name a file elsewhere")
    busy = CannotBackUp("a night is running; back up when it has ended")
    with holding(settings.night_lock_file, 0, busy):
        try:
            return _written(settings, connections, out, clock)
        except OSError as error:
            raise CannotBackUp(f"{out} cannot be written: {error.strerror or error}") from error


def _written(
    settings: Settings, connections: Connections, out: Path, clock: Callable[[], datetime]
) -> Backup:
    home = settings.home
    left_out: list[str] = []
    files: dict[str, dict[str, Any]] = {}
    base = _base_of(settings)
    with TemporaryDirectory(prefix="backup-", suffix=".part", dir=home) as folder:
        copied = Path(folder) / settings.database_file.name
        connections.copy_to(copied)
        with Connections(copied) as copy:
            EpisodeStore(copy).wipe()
        with replacing(out) as part, zipfile.ZipFile(part, "w") as archive:
            for name, path in _members(settings, copied, left_out):
                files[name] = _add(archive, name, path)
            manifest = {
                "format": FORMAT,
                "version": VERSION,
                "created_at": clock().isoformat(),
                "base": base,
                "files": files,
            }
            archive.writestr(_info(MANIFEST), json.dumps(manifest, indent=1))
    return Backup(out, len(files), out.stat().st_size, base, tuple(left_out))


def _members(settings: Settings, database: Path, left_out: list[str]) -> Iterator[tuple[str, Path]]:
    yield settings.database_file.name, database
    skipped = (settings.cache_folder, settings.work_folder, database.parent)
    beside = {settings.database_file.name + end for end in ("", "-wal", "-shm", "-journal")}
    for path in sorted(settings.home.rglob("*")):
        name = path.relative_to(settings.home).as_posix()
        if name in beside or any(path.is_relative_to(folder) for folder in skipped):
            continue
        if path.name.endswith(_LEFT_OUT_ENDS) or (path.is_dir() and not path.is_symlink()):
            continue
        if path.is_symlink() or not path.is_file() or not is_safe(name):
            left_out.append(name)
        else:
            yield name, path


def is_safe(name: str) -> bool:
    """Whether a name in an archive is a plain path below a folder, and so on every system."""
    parts = PurePosixPath(name).parts
    plain = name == clean_text(name) and not set("\\\n\t") & set(name)
    inside = bool(parts) and ".." not in parts and not _DRIVE.match(name)
    return plain and inside and "/".join(parts) == name and not name.startswith("/")


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    """Put a file in; its size and hash, of what was read for it."""
    hashed, size = sha256(), 0
    with path.open("rb") as file, archive.open(_info(name), "w", force_zip64=True) as member:
        while chunk := file.read(CHUNK_BYTES):
            member.write(chunk)
            hashed.update(chunk)
            size += len(chunk)
    return {"sha256": hashed.hexdigest(), "size_bytes": size}


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.external_attr = 0o100600 << 16
    packed = not name.endswith(_STORED_ENDS)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    return info


def _base_of(settings: Settings) -> dict[str, Any]:
    registry = opened_registry(settings)
    try:
        known = registry.champion().base_sha256
    except WeightsMissing:
        known = ""
    packaged = not settings.model.gguf
    return {"file": settings.base_gguf.name, "sha256": known, "packaged": packaged}
