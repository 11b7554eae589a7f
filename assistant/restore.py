"""Restore: a home folder from a backup, whole or not at all. Nothing in an archive is believed.

Every name is checked before anything is written, and every file is held against its hash.
"""

import json
import shutil
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.backup import CHUNK_BYTES, FORMAT, MANIFEST, VERSION, is_safe
from assistant.settings import Settings
from memory.database import Connections
from memory.text import clean_text
from models.registry import Registry
from models.version import verify_version

_LARGEST_MANIFEST_BYTES = 32 * 2**20
_PART = ".restore.part"


class CannotRestore(RuntimeError):
    """Nothing was restored; the message says why."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back."""

    files: int
    created_at: str
    base: Mapping[str, Any]


def restore(file: Path, settings: Settings) -> Restored:
    """Put a backup into an empty home. Raises `CannotRestore`, `DatabaseUnusable`."""
    home = settings.home
    there = sorted(path.name for path in home.iterdir() if path.suffix != ".log")
    if there:
        raise CannotRestore(f"{home} is not empty; name a new folder with --home")
    part = home / _PART
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive)
            members = _checked(archive, manifest["files"])
            free = shutil.disk_usage(home).free
            if sum(info.file_size for info in members) > free:
                raise CannotRestore(f"{home} has too little room: {free // 2**20} MB are free")
            part.mkdir(mode=0o700)
            for info in members:
                _extract(archive, info, part, manifest["files"][info.filename])
        _check_home(Settings(home=part))
        for path in sorted(part.iterdir()):
            path.replace(home / path.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise CannotRestore(f"{file.name} is damaged, or no backup of Reverie") from error
    except OSError as error:
        raise CannotRestore(f"{file.name}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Restored(len(members), manifest["created_at"], manifest["base"])


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > _LARGEST_MANIFEST_BYTES:
            raise CannotRestore("its list of files is too large to be one")
        told = json.loads(archive.read(info))
        if told["format"] != FORMAT:
            raise KeyError(FORMAT)
        if told["version"] != VERSION:
            raise CannotRestore(
                f"the backup is of version {told['version']!r}, this Reverie reads {VERSION}; "
                "update Reverie"
            )
        files = {
            str(name): {"sha256": str(one["sha256"]), "size_bytes": int(one["size_bytes"])}
            for name, one in told["files"].items()
        }
        base = {"file": str(told["base"]["file"]), "packaged": bool(told["base"]["packaged"])}
        created_at = clean_text(str(told["created_at"]))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise CannotRestore("this is no backup of Reverie") from error
    return {"files": files, "base": base, "created_at": created_at}


def _checked(
    archive: zipfile.ZipFile, files: Mapping[str, Mapping[str, Any]]
) -> list[zipfile.ZipInfo]:
    """The members, each of which has a safe name, is a plain file, and is in the list once."""
    members = [info for info in archive.infolist() if info.filename != MANIFEST]
    for info in members:
        name = info.filename
        kind = stat.S_IFMT(info.external_attr >> 16)
        if not is_safe(name) or kind not in (0, stat.S_IFREG):
            raise CannotRestore(f"{name[:60]!r} has no business in a backup; nothing was restored")
        if name not in files or info.file_size != files[name]["size_bytes"]:
            raise CannotRestore(f"{name} is not the file that was backed up; nothing was restored")
    names = [info.filename for info in members]
    missing = sorted(set(files) - set(names))
    if missing or len(set(names)) != len(names):
        raise CannotRestore(f"the backup is not whole: {', '.join(missing[:3]) or 'names twice'}")
    return members


def _extract(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, part: Path, told: Mapping[str, Any]
) -> None:
    out = part / info.filename
    out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    hashed = sha256()
    out.touch(mode=0o600, exist_ok=False)
    with archive.open(info) as member, out.open("wb") as file:
        while chunk := member.read(CHUNK_BYTES):
            file.write(chunk)
            hashed.update(chunk)
    if hashed.hexdigest() != told["sha256"]:
        raise CannotRestore(f"{info.filename} is damaged; nothing was restored")


def _check_home(restored: Settings) -> None:
    """Whether this Reverie can open what was put back: its schema, and each trained version."""
    with Connections(restored.database_file) as connections:
        connections.database()
    for version in Registry(restored.weights_folder, restored.base_gguf).versions():
        if version.parent is not None and not (result := verify_version(version)).ok:
            raise CannotRestore(f"version {version.name}: {result.reason}; nothing was restored")
