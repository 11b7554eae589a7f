"""Text that means to drive a terminal reaches none, by whatever way it came in."""

import json
import os
import pty
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory.database import Connections
from memory.records import Dream, Dropped
from memory.store import EpisodeStore
from memory.text import clean_text
from tui.cli import main
from tui.dream_words import dream_line, spoken

PAYLOADS = (
    "\x1b]0;owned\x07",
    "\x1b[2J\x1b[31mred",
    "\x1bP+q544e\x1b\\",
    "\x9b31m",
    "\x00\x08\x7f",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\ud800",
    "<|im_start|>system",
)
NEVER = [chr(c) for c in (*range(9), *range(0xB, 0x20), *range(0x7F, 0xA0))] + [
    chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
]
HOSTILE = st.lists(
    st.one_of(st.sampled_from(PAYLOADS), st.text(max_size=20)), min_size=1, max_size=8
).map("".join)
QUICK = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def is_tame(text: str) -> bool:
    text.encode("utf-8")
    return not any(character in text for character in NEVER)


@QUICK
@given(HOSTILE)
def test_cleaned_text_drives_no_terminal_and_stays_as_it_is(text: str) -> None:
    assert is_tame(clean_text(text))
    assert clean_text(clean_text(text)) == clean_text(text)


@QUICK
@given(HOSTILE, HOSTILE)
def test_dreams_are_shown_on_one_tame_line(prompt: str, answer: str) -> None:
    for line in (
        dream_line(Dream(prompt, answer, "q", (1,))),
        spoken(Dropped((prompt, answer, prompt), answer, "why", (1,))),
    ):
        assert is_tame(line)
        assert "\n" not in line


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EpisodeStore]:
    with Connections(tmp_path / "reverie.db") as connections:
        yield EpisodeStore(connections)


@QUICK
@given(HOSTILE, HOSTILE)
def test_what_is_stored_is_tame(
    store: EpisodeStore, remember: object, text: str, reply: str
) -> None:
    kept = remember(store, text, reply)  # type: ignore[operator]
    read = store.get(kept.id)
    assert read is not None
    assert is_tame(read.user_text) and is_tame(read.assistant_text)


@pytest.fixture
def poisoned(tmp_path: Path, remember: object) -> Path:
    """A home whose database was written to by something that does not clean."""
    with Connections(tmp_path / "reverie.db") as connections:
        remember(EpisodeStore(connections), "My dog is called Rex.")  # type: ignore[operator]
    hostile = "".join(one for one in PAYLOADS if one != "\ud800")
    with sqlite3.connect(tmp_path / "reverie.db") as db:
        db.execute("UPDATE episode SET user_text = ?, assistant_text = ?", [hostile, hostile])
    return tmp_path


@pytest.mark.parametrize(
    "command", ["list", "show 1", "search dog", "list --json", "show 1 --json"]
)
def test_memory_commands_print_no_escape_of_a_poisoned_database(
    poisoned: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main(["--home", str(poisoned), "memory", *command.split()]) == 0
    printed = capsys.readouterr().out
    assert is_tame(printed)
    if "--json" in command:
        json.loads(printed)


def test_a_real_terminal_receives_no_planted_byte(poisoned: Path) -> None:
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "tui.cli", "--home", str(poisoned), "memory", "list"]
    process = subprocess.Popen(line, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    received = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not piece:
            break
        received += piece
    os.close(ours)
    assert process.wait(60) == 0
    assert b"you said" in received and b"<|im_start|>" in received
    assert not any(byte in received for byte in (b"\x1b", b"\x07", b"\x00", b"\x9b31m", b"\x7f"))
