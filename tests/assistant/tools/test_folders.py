"""Files are read in the open folders alone, whatever a name or a link says."""

import os
from pathlib import Path

import pytest

from assistant.tools import folders as limits
from assistant.tools.base import ToolRefused
from assistant.tools.files import FilesTool, ReadTool
from assistant.tools.folders import Folders


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    (folder / "house").mkdir(parents=True)
    (folder / "todo.txt").write_text("Buy stamps.\nCall the plumber about the roof.\n", "utf-8")
    (folder / "house" / "plan.md").write_text("The roof comes first.\n", "utf-8")
    (tmp_path / "secret.txt").write_text("the password is swordfish", "utf-8")
    return folder


@pytest.fixture
def opened(notes: Path) -> Folders:
    return Folders([str(notes)])


def test_a_file_is_read_by_its_path_or_its_name(opened: Folders) -> None:
    assert "Buy stamps." in opened.read(opened.find("todo.txt"))
    assert opened.shown(opened.find("house/plan.md")) == str(Path("house") / "plan.md")
    assert opened.find("PLAN.md") == opened.find("house/plan.md")


@pytest.mark.parametrize(
    "name", ["../secret.txt", "house/../../secret.txt", "secret.txt", "/etc/passwd"]
)
def test_no_name_leads_out_of_the_folder(opened: Folders, name: str) -> None:
    with pytest.raises(ToolRefused, match="there is no file"):
        opened.find(name)


def test_no_link_leads_out_of_the_folder(notes: Path, opened: Folders) -> None:
    (notes / "link.txt").symlink_to(notes.parent / "secret.txt")
    (notes / "out").symlink_to(notes.parent)
    for name in ("link.txt", "out/secret.txt", str(notes / "link.txt")):
        with pytest.raises(ToolRefused, match="there is no file"):
            opened.find(name)
    assert "No line" in FilesTool(opened).run({"words": "swordfish"}).answer


def test_a_file_that_became_a_link_after_it_was_checked_is_not_followed(
    notes: Path, opened: Folders
) -> None:
    path = opened.find("todo.txt")
    path.unlink()
    path.symlink_to(notes.parent / "secret.txt")
    with pytest.raises(ToolRefused, match="cannot be read"):
        opened.read(path)


def test_without_a_folder_nothing_is_read(notes: Path) -> None:
    for read in (lambda: Folders([]).find("todo.txt"), lambda: list(Folders([]).files())):
        with pytest.raises(ToolRefused, match=r"no folder is open to me; open some in settings"):
            read()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ToolRefused, match=r"gone is no folder; check \[tools\] folders"):
        Folders([str(tmp_path / "gone")]).find("todo.txt")


def test_binary_and_large_files_are_refused(
    notes: Path, opened: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    (notes / "photo.jpg").write_bytes(b"\xff\xd8\x00\x01")
    (notes / "latin.txt").write_bytes("café".encode("latin-1"))
    with pytest.raises(ToolRefused, match=r"photo\.jpg is no text file"):
        opened.read(opened.find("photo.jpg"))
    with pytest.raises(ToolRefused, match=r"latin\.txt is no text in UTF-8"):
        opened.read(opened.find("latin.txt"))
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 10)
    with pytest.raises(ToolRefused, match="I read up to 1 MB"):
        opened.read(opened.find("todo.txt"))


def test_a_pipe_does_not_hold_up_a_turn(notes: Path, opened: Folders) -> None:
    os.mkfifo(notes / "pipe.txt")
    with pytest.raises(ToolRefused, match="there is no file"):
        opened.find("pipe.txt")
    with pytest.raises(ToolRefused, match="no plain file"):
        opened.read(notes / "pipe.txt")
    assert "todo.txt, line 1" in FilesTool(opened).run({"words": "stamps"}).answer


def test_a_search_names_file_and_line(opened: Folders) -> None:
    said = FilesTool(opened).run({"words": "the roof"}).answer
    assert "todo.txt, line 2: Call the plumber about the roof." in said
    assert f"{Path('house') / 'plan.md'}, line 1" in said


def test_a_search_looks_at_a_bounded_number_of_files(
    opened: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FILES", 1)
    assert len(list(opened.files())) == 1


def test_a_file_is_shown_as_it_is_and_not_as_markup(notes: Path, opened: Folders) -> None:
    (notes / "odd.txt").write_text("# Title\n```\n[link](x)\x1b[31m\n", "utf-8")
    said = ReadTool(opened).run({"file": "odd.txt"}).answer
    assert said == "odd.txt:\n\n````\n# Title\n```\n[link](x)[31m\n````"


def test_what_is_asked_of_a_long_file_is_quoted_from_where_it_stands(
    notes: Path, opened: Folders
) -> None:
    filler = [f"Line {n} is about nothing." for n in range(500)]
    (notes / "long.txt").write_text(
        "\n".join([*filler, "The boiler is twelve years old."]), "utf-8"
    )
    asked = {"file": "long.txt", "question": "What does long.txt say about the boiler?"}
    result = ReadTool(opened).run(asked)
    assert result.answer == ""
    assert "The boiler is twelve years old." in result.quoted
    assert len(result.quoted) < 2_000


def test_a_long_file_says_how_much_is_not_shown(notes: Path, opened: Folders) -> None:
    (notes / "long.txt").write_text("x" * 5_000, "utf-8")
    assert (
        "1000 more characters are not shown." in ReadTool(opened).run({"file": "long.txt"}).answer
    )
