"""A file is there whole or not at all, whoever else writes it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from models.durable import replacing


def test_a_file_takes_its_place_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    out = tmp_path / "kept"
    out.write_text("old", "utf-8")
    with replacing(out) as part:
        part.write_text("new", "utf-8")
        assert out.read_text("utf-8") == "old"
    assert out.read_text("utf-8") == "new"
    assert out.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["kept"]


def test_what_goes_wrong_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "kept"
    out.write_text("old", "utf-8")
    with pytest.raises(ZeroDivisionError), replacing(out) as part:
        part.write_text("new", "utf-8")
        _ = 1 / 0
    assert out.read_text("utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["kept"]


def test_what_a_killed_process_left_is_written_over(tmp_path: Path) -> None:
    left = tmp_path / "kept.part"
    left.write_text("half of something long", "utf-8")
    left.chmod(0o644)
    with replacing(tmp_path / "kept") as part:
        assert part.read_bytes() == b""
        part.write_text("new", "utf-8")
    assert (tmp_path / "kept").read_text("utf-8") == "new"
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o600


def test_a_link_of_the_name_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine", "utf-8")
    (tmp_path / "kept.part").symlink_to(elsewhere)
    with pytest.raises(OSError, match="kept"), replacing(tmp_path / "kept"):
        pytest.fail("it was opened")
    assert elsewhere.read_text("utf-8") == "mine"


def test_two_who_write_the_same_file_do_so_one_after_the_other(tmp_path: Path) -> None:
    out = tmp_path / "kept"
    inside, most = 0, 0
    count = threading.Lock()

    def write(number: int) -> None:
        nonlocal inside, most
        with replacing(out) as part:
            with count:
                inside += 1
                most = max(most, inside)
            part.write_text(str(number) * 10_000, "utf-8")
            assert set(part.read_text("utf-8")) == {str(number)}
            with count:
                inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, [n % 10 for n in range(200)]))
    assert most == 1
    assert len(set(out.read_text("utf-8"))) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["kept"]
