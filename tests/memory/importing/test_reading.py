"""Files, folders and archives are read whatever they hold, and what is bad is named."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from memory.importing import files
from memory.importing.exchange import Exchange, Refused
from memory.importing.reading import read
from memory.importing.transcript import read_text

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def conversation(name: str, *texts: str) -> dict[str, Any]:
    """A conversation as Claude exports it."""
    messages = [{"uuid": f"{name}{n}", "sender": "human", "text": t} for n, t in enumerate(texts)]
    return {"uuid": name, "name": f"About {name}", "chat_messages": messages}


def texts_and_refusals(*paths: Path) -> tuple[list[str], list[str]]:
    found = list(read(paths))
    texts = [one.user_text for one in found if isinstance(one, Exchange)]
    return texts, [str(one) for one in found if isinstance(one, Refused)]


def zipped(file: Path, **members: str) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return file


def test_a_bad_conversation_stops_nothing_and_is_named(tmp_path: Path) -> None:
    file = tmp_path / "conversations.json"
    bad = {"title": "Bad\x1b one", "mapping": 3}
    file.write_text(json.dumps([conversation("a", "one"), bad, 5, conversation("b", "two")]))
    texts, refused = texts_and_refusals(file)
    assert texts == ["one", "two"]
    assert refused == [
        "conversations.json, conversation 2 “Bad one”: it is not laid out as such exports are",
        "conversations.json, conversation 3: it is no conversation of ChatGPT, Claude or "
        "Open WebUI",
    ]


def test_of_a_file_that_was_cut_all_that_is_whole_is_read(tmp_path: Path) -> None:
    file = tmp_path / "conversations.json"
    whole = json.dumps([conversation("a", "one"), conversation("b", "two")])
    file.write_text(whole[:-20])
    texts, refused = texts_and_refusals(file)
    assert texts == ["one"]
    assert refused == ["conversations.json: its JSON is broken from line 1 on, or the file is cut"]


def test_an_export_is_read_from_a_zip_a_folder_and_split_files_alike(tmp_path: Path) -> None:
    one, two = (json.dumps([conversation(name, name)]) for name in ("a", "b"))
    folder = tmp_path / "export"
    (folder / "deep").mkdir(parents=True)
    (folder / "conversations-000.json").write_text(one)
    (folder / "deep" / "conversations-001.json").write_text(two)
    (folder / "user.json").write_text('{"email": "x"}')
    members = {"x__conversations-000.json": one, "conversations-001.json": two, "user.json": "{}"}
    archive = zipped(tmp_path / "export.zip", **members)
    assert texts_and_refusals(folder) == (["a", "b"], [])
    assert texts_and_refusals(archive) == (["a", "b"], [])


def test_single_conversations_and_wrapped_lists_are_read(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(conversation("a", "one")))
    (tmp_path / "two.json").write_text(json.dumps({"conversations": [conversation("b", "two")]}))
    assert texts_and_refusals(tmp_path) == (["one", "two"], [])


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.json", b"\xff\xfe\x00", "it is not text in UTF-8"),
        ("a.json", b"", "its JSON is broken from line 1 on"),
        ("a.json", b"[" * 100_000, "its JSON is broken from line 1 on"),
        ("a.pdf", b"%PDF", "it is no .zip, .json, .md or .txt"),
        ("a.zip", b"PK\x03\x04 no zip", "it is no .zip, .json, .md or .txt"),
        ("gone.json", None, "no such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, name: str, content: bytes | None, why: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    texts, refused = texts_and_refusals(tmp_path / name)
    assert texts == []
    assert len(refused) == 1 and refused[0].startswith(f"{name}: ") and why in refused[0]


def test_a_zip_that_unpacks_to_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE_BYTES", 2**20)
    archive = zipped(tmp_path / "bomb.zip", **{"a.txt": "x" * 2**21, "b.txt": "fine"})
    texts, refused = texts_and_refusals(archive)
    assert texts == ["fine"]
    assert refused == ["a.txt: it has 2 MB, the limit is 1 MB; import it in parts"]
    monkeypatch.setattr(files, "LARGEST_ARCHIVE_BYTES", 2**20)
    texts, refused = texts_and_refusals(archive)
    assert texts == []
    assert refused == ["bomb.zip: it has 2 MB, the limit is 1 MB; import it in parts"]


def test_a_zip_that_lies_about_its_sizes_gives_no_more_than_it_says(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "liar.zip", **{"a.txt": "x" * 5000})
    content = archive.read_bytes()
    size = (5000).to_bytes(4, "little")
    archive.write_bytes(content.replace(size, (10).to_bytes(4, "little")))
    texts, refused = texts_and_refusals(archive)
    assert texts == [] and len(refused) == 1


def test_names_in_a_zip_are_never_paths(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    archive = inner / "evil.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("../../out.txt", "outside")
        opened.writestr("/abs.txt", "absolute")
    assert texts_and_refusals(archive) == (["outside", "absolute"], [])
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["evil.zip"]


@pytest.mark.parametrize(
    "text",
    [
        "You: My dog is Rex.\nHe is three.\nAssistant: A fine name.\nYou: Thanks.",
        "# Chat\n\n## User\n\nMy dog is Rex.\nHe is three.\n\n## Assistant\n\nA fine name.\n\n"
        "## User\n\nThanks.",
        "**You:** My dog is Rex.\nHe is three.\n\n**ChatGPT:** A fine name.\n\n**You:** Thanks.",
        "**You** (episode 3):\n\nMy dog is Rex.\nHe is three.\n\n**Reverie**:\n\nA fine name.\n\n"
        "**You** (episode 4):\n\nThanks.",
        "**Human**\nMy dog is Rex.\nHe is three.\n**Claude**\nA fine name.\n**Human**\nThanks.",
    ],
)
def test_a_text_with_both_sides_named_is_a_conversation(text: str) -> None:
    found = [(one.user_text, one.assistant_text) for one in read_text(text, "a.md", NOON)]
    assert found == [("My dog is Rex.\nHe is three.", "A fine name."), ("Thanks.", "")]


def test_any_other_text_is_what_its_owner_said_paragraph_by_paragraph() -> None:
    text = (
        "# Notes\n\nMy dog is Rex.\nYou are kind: he said.\n\n---\n\n- I live in Oban.\n"
        "2. I work as a vet.\n\n\n\n  \n* * *\n\nYou: only one side."
    )
    found = read_text(text, "a.md", NOON)
    assert [one.user_text for one in found] == [
        "My dog is Rex.\nYou are kind: he said.",
        "I live in Oban.\nI work as a vet.",
        "You: only one side.",
    ]
    assert {(one.origin, one.assistant_text, one.created_at) for one in found} == {
        ("file", "", NOON)
    }


def test_a_paragraph_keeps_its_name_when_the_file_grows_or_moves() -> None:
    before = [one.source for one in read_text("One.\n\nTwo.\n\nOne.", "a.md", NOON)]
    after = [one.source for one in read_text("Zero.\n\nOne.\n\nTwo.\n\nOne.", "b.md", NOON)]
    assert len(set(before)) == 3
    assert after[1:] == before
