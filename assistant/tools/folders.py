"""The folders that the owner opened: which files lie in them, and what these hold. Reads only.

Every path is resolved before it is checked, so that no link and no ".." leads out.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.tools.base import ToolRefused
from memory.text import clean_text

MAX_FILE_BYTES = 1_000_000
MAX_FILES = 5_000
"""Looked at in one search; a folder of a million files must not hold up a turn."""
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FIX = 'open some in settings.toml: [tools] folders = ["~/notes"]'


class Folders:
    """What may be read."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._roots = [Path(os.path.realpath(Path(folder).expanduser())) for folder in folders]

    def files(self) -> Iterator[Path]:
        """Every plain file, hidden ones left out, in order; links are not followed."""
        self._require_one()
        left = MAX_FILES
        for root in self._roots:
            for folder, inner, names in os.walk(root):
                inner[:] = sorted(name for name in inner if not name.startswith("."))
                for name in sorted(names):
                    path = Path(folder) / name
                    if name.startswith(".") or path.is_symlink() or not path.is_file():
                        continue
                    if not left:
                        return
                    left -= 1
                    yield path

    def find(self, name: str) -> Path:
        """The file of a path, or the only one of this name in any folder. Raises `ToolRefused`."""
        self._require_one()
        if "\0" in name:
            raise ToolRefused("a file's name cannot hold a zero byte")
        try:
            named = Path(name).expanduser()
        except RuntimeError:  # ~ of nobody
            named = Path(name)
        for root in self._roots:
            path = Path(os.path.realpath(root / named))
            if path.is_file() and self._holds(path):
                return path
        wanted = name.casefold()
        found = [path for path in self.files() if path.name.casefold() == wanted]
        if not found:
            raise ToolRefused(f"there is no file {name!r} in the folders that are open to me")
        if len(found) > 1:
            places = ", ".join(self.shown(path) for path in found[:3])
            raise ToolRefused(f"{len(found)} files are called {name!r} ({places}); name its folder")
        return found[0]

    def read(self, path: Path) -> str:
        """What a text file holds, without control characters. Raises `ToolRefused`."""
        try:
            # What was checked and what is read are one file: no link that took its place since.
            descriptor = os.open(path, os.O_RDONLY | _SAFELY)
            with os.fdopen(descriptor, "rb") as file:
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode):
                    raise ToolRefused(f"{self.shown(path)} is no plain file")
                if status.st_size > MAX_FILE_BYTES:
                    size = status.st_size / 1e6
                    raise ToolRefused(f"{self.shown(path)} has {size:.1f} MB; I read up to 1 MB")
                content = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise ToolRefused(f"{self.shown(path)} cannot be read: {error.strerror}") from error
        if b"\0" in content:
            raise ToolRefused(f"{self.shown(path)} is no text file")
        try:
            return clean_text(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ToolRefused(f"{self.shown(path)} is no text in UTF-8") from None

    def shown(self, path: Path) -> str:
        """A path as its owner knows it: within its folder."""
        for root in self._roots:
            if path.is_relative_to(root):
                return clean_text(str(path.relative_to(root)))
        return clean_text(path.name)

    def _holds(self, path: Path) -> bool:
        return any(path.is_relative_to(root) for root in self._roots)

    def _require_one(self) -> None:
        if not self._roots:
            raise ToolRefused(f"no folder is open to me; {_FIX}")
        absent = [root for root in self._roots if not root.is_dir()]
        if len(absent) == len(self._roots):
            raise ToolRefused(f"{absent[0]} is no folder; check [tools] folders in settings.toml")
