"""Model files are found where programs keep them, and no search goes on without end."""

import os
from itertools import count
from pathlib import Path

import pytest

from models.shelves import model_files, usual_shelves


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"GGUF")
    return path


def test_each_usual_place_is_looked_into(tmp_path: Path) -> None:
    hub = ".cache/huggingface/hub/models--Qwen--Q/snapshots/0a1b/q.gguf"
    names = (
        "models/a.gguf",
        hub,
        ".lmstudio/models/maker/model/b.GGUF",
        ".cache/lm-studio/models/maker/model/c.gguf",
        ".cache/llama.cpp/d.gguf",
    )
    files = [put(tmp_path / name) for name in names]
    put(tmp_path / "Downloads/not-here.gguf")
    assert list(model_files(usual_shelves(tmp_path))) == files


def test_only_what_can_be_a_model_is_found(tmp_path: Path) -> None:
    put(tmp_path / "readme.md")
    put(tmp_path / "mmproj-model.gguf")
    (tmp_path / "folder.gguf").mkdir()
    os.mkfifo(tmp_path / "pipe.gguf")
    (tmp_path / "gone.gguf").symlink_to(tmp_path / "nothing")
    first = put(tmp_path / "big-00001-of-00002.gguf")
    put(tmp_path / "big-00002-of-00002.gguf")
    assert list(model_files([tmp_path])) == [first]


def test_a_file_with_several_names_is_found_once(tmp_path: Path) -> None:
    blob = put(tmp_path / "hub" / "blobs" / "abc")
    for commit in ("1", "2"):
        link = tmp_path / "hub" / "snapshots" / commit / "q.gguf"
        link.parent.mkdir(parents=True)
        link.symlink_to(blob)
    assert list(model_files([tmp_path / "hub"])) == [tmp_path / "hub/snapshots/1/q.gguf"]


def test_links_to_folders_are_not_followed_round_and_round(tmp_path: Path) -> None:
    file = put(tmp_path / "models" / "a.gguf")
    (tmp_path / "models" / "again").symlink_to(tmp_path / "models")
    assert list(model_files([tmp_path / "models"])) == [file]


def test_the_search_ends_at_its_depth_its_number_and_its_time(tmp_path: Path) -> None:
    for number in range(9):
        put(tmp_path / "/".join("abcdefghi"[: number + 1]) / f"{number}.gguf")
    assert len(list(model_files([tmp_path], depth=3))) == 3
    assert len(list(model_files([tmp_path], depth=20, most=4))) == 4
    ticks = count()
    assert len(list(model_files([tmp_path], depth=20, seconds=5, now=lambda: next(ticks)))) == 5


def test_a_shelf_that_is_not_there_or_may_not_be_read_holds_nothing(tmp_path: Path) -> None:
    assert list(model_files([tmp_path / "none", Path("/proc/1/fd")])) == []


@pytest.mark.parametrize("name", ["gguf", "a.gguf.part", "a.bin"])
def test_another_ending_is_no_model(tmp_path: Path, name: str) -> None:
    put(tmp_path / name)
    assert list(model_files([tmp_path])) == []
