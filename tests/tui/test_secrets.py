"""An owner is told which episode holds a secret, and what it means to insist."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.database import Connections
from memory.store import EpisodeStore
from tui.cli import main


@pytest.fixture
def home(tmp_path: Path, remember: object) -> Iterator[Path]:
    with Connections(tmp_path / "reverie.db") as connections:
        store = EpisodeStore(connections)
        for text in ("My PIN is 4711. My dog is called Rex.", "Rex is a greyhound."):
            remember(store, text)  # type: ignore[operator]
    yield tmp_path


def said(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["--home", str(home), *arguments]) == 0
    return capsys.readouterr().out


def test_a_pin_on_a_secret_says_what_it_means(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(home, capsys, "memory", "pin", "1") == (
        "Episode 1 is pinned: the next night takes it, whatever it is. It holds what looks like "
        "a PIN: pinned, it is taught all the same, and whoever has the weights can ask for it.\n"
    )
    assert json.loads(said(home, capsys, "memory", "pin", "1", "--json"))["secret"] == "a PIN"
    assert "looks like" not in said(home, capsys, "memory", "pin", "2")
    assert "looks like" not in said(home, capsys, "memory", "unpin", "1")


def test_memory_show_says_what_no_night_reads(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = said(home, capsys, "memory", "show", "1")
    assert "kept out of every night: what looks like a PIN; pin it to teach it" in shown
    taught = json.loads(said(home, capsys, "memory", "show", "1", "--json"))
    assert (taught["facts"], taught["withheld"]) == (["Your dog is called Rex."], "a PIN")
    said(home, capsys, "memory", "pin", "1")
    insisted = json.loads(said(home, capsys, "memory", "show", "1", "--json"))
    assert any("4711" in fact for fact in insisted["facts"])
    assert insisted["withheld"] == ""
