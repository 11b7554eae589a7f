"""Files to import: single ones, those of a folder, those in a zip. Knows no format.

Nothing is unpacked to the disk, and no name in an archive is used as a path. What an archive says
of its sizes is believed for refusing only: never more is read than the limits allow.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath

from memory.importing.exchange import Refused, Unreadable
from memory.text import clean_text

LARGEST_FILE_BYTES = 512 * 2**20
LARGEST_ARCHIVE_BYTES = 2 * 2**30
"""Of all that is read from one archive."""
MOST_FILES = 20_000
_ENDS = (".json", ".md", ".markdown", ".txt")
_CONVERSATIONS = "conversations"


@dataclass(frozen=True, slots=True)
class ImportFile:
    """One file with text in it."""

    name: str
    seen_at: datetime
    """When it was last changed."""
    size_bytes: int
    _open: Callable[[], bytes]

    def text(self) -> str:
        """What is in it. Raises `Unreadable`."""
        if self.size_bytes > LARGEST_FILE_BYTES:
            raise Unreadable(_too_large(self.size_bytes, LARGEST_FILE_BYTES))
        try:
            content = self._open()
        except (OSError, RuntimeError, zipfile.BadZipFile, zlib.error, NotImplementedError) as bad:
            raise Unreadable(f"it cannot be read ({bad})") from bad
        if len(content) > LARGEST_FILE_BYTES:
            raise Unreadable(_too_large(len(content), LARGEST_FILE_BYTES))
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            raise Unreadable("it is not text in UTF-8") from error

    @property
    def is_json(self) -> bool:
        return self.name.lower().endswith(".json")


def files_at(path: Path) -> Iterator[ImportFile | Refused]:
    """The files to read at a path: itself, or those in it.

    Where some are called "conversations…", as in the exports of ChatGPT and Claude, only those.
    """
    try:
        if not path.exists():
            yield Refused(clean_text(path.name), "no such file")
        elif path.is_dir():
            yield from _in_folder(path)
        elif zipfile.is_zipfile(path):
            yield from _in_zip(path)
        elif path.suffix.lower() in _ENDS:
            yield _single(path, path.name)
        else:
            yield Refused(clean_text(path.name), "it is no .zip, .json, .md or .txt")
    except (OSError, zipfile.BadZipFile) as error:
        why = error.strerror if isinstance(error, OSError) else error
        yield Refused(clean_text(path.name), f"it cannot be read ({why})")


def _in_folder(folder: Path) -> Iterator[ImportFile | Refused]:
    every = (path for path in folder.rglob("*") if path.suffix.lower() in _ENDS)
    paths = sorted(path for path in every if path.is_file() and not path.is_symlink())
    named = [path for path in paths if _is_conversations(path.name)]
    chosen = named or paths
    if not chosen:
        yield Refused(clean_text(folder.name), "there is no .json, .md or .txt in it")
    if len(chosen) > MOST_FILES:
        yield Refused(clean_text(folder.name), f"it has more than {MOST_FILES} files")
        chosen = chosen[:MOST_FILES]
    for path in chosen:
        yield _single(path, path.relative_to(folder).as_posix())


def _single(path: Path, name: str) -> ImportFile:
    stat = path.stat()
    seen_at = datetime.fromtimestamp(stat.st_mtime, UTC)
    return ImportFile(clean_text(name), seen_at, stat.st_size, path.read_bytes)


def _in_zip(path: Path) -> Iterator[ImportFile | Refused]:
    with zipfile.ZipFile(path) as archive:
        every = [i for i in archive.infolist() if i.filename.lower().endswith(_ENDS)]
        named = [i for i in every if _is_conversations(PurePosixPath(i.filename).name)]
        chosen = named or every
        if not chosen:
            yield Refused(clean_text(path.name), "there is no .json, .md or .txt in it")
        total = sum(info.file_size for info in chosen)
        if len(chosen) > MOST_FILES or total > LARGEST_ARCHIVE_BYTES:
            why = _too_large(total, LARGEST_ARCHIVE_BYTES)
            many = f"it has more than {MOST_FILES} files"
            yield Refused(clean_text(path.name), many if len(chosen) > MOST_FILES else why)
            return
        for info in chosen:
            seen_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            with suppress(ValueError):
                seen_at = datetime(*info.date_time).astimezone(UTC)
            read = partial(_member, archive, info)
            yield ImportFile(clean_text(info.filename), seen_at, info.file_size, read)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as member:
        return member.read(LARGEST_FILE_BYTES + 1)


def _is_conversations(name: str) -> bool:
    return name.startswith(_CONVERSATIONS) and name.lower().endswith(".json")


def _too_large(size: int, limit: int) -> str:
    return f"it has {size // 2**20} MB, the limit is {limit // 2**20} MB; import it in parts"
