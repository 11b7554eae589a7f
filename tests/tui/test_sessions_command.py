"""Conversations on the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.store import EpisodeStore
from tui.cli import main

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Connections(tmp_path / "reverie.db") as connections:
        store = EpisodeStore(connections)
        for session_id, text in (("aa1", "My boat leaks."), ("ab2", "Hello"), ("aa1", "Still.")):
            draft = EpisodeDraft(session_id, NOON, text, "Oh.", "base", NoveltyScore(1, 1, 1))
            store.add(draft, np.array([1.0, 0.0], dtype=np.float32))
    return tmp_path


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def ran(*arguments: str) -> tuple[int, str, str]:
        code = main(["--home", str(home), "sessions", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def test_conversations_are_listed_and_searched(run: Any) -> None:
    code, out, _ = run()
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["id", "aa1", "ab2"]
    found = json.loads(run("list", "leaks", "--json")[1])
    assert [(one["id"], one["title"], one["exchanges"]) for one in found] == [
        ("aa1", "My boat leaks.", 2)
    ]
    assert "No conversation has 'zebra' in it." in run("list", "zebra")[1]


def test_one_is_shown_named_and_exported_by_the_first_letters_of_its_id(
    run: Any, tmp_path: Path
) -> None:
    assert "> Still." in run("show", "aa")[1]
    assert "It is called “Boats”." in run("rename", "aa", "Boats")[1]
    out = tmp_path / "boats.json"
    assert run("export", "aa", str(out))[0] == 0
    assert json.loads(out.read_text())["title"] == "Boats"
    assert out.stat().st_mode & 0o777 == 0o600
    code, _, err = run("export", "aa", str(out))
    assert code == 1
    assert "boats.json" in err


def test_a_forgotten_one_is_gone_and_the_others_stay(run: Any) -> None:
    assert json.loads(run("forget", "aa", "--json")[1]) == {"forgotten": [1, 3]}
    assert [one["id"] for one in json.loads(run("list", "--json")[1])] == ["ab2"]


@pytest.mark.parametrize(
    ("letters", "problem"), [("a", "more than one"), ("zz", "no conversation")]
)
def test_an_id_that_is_not_one_conversations_is_refused(
    run: Any, letters: str, problem: str
) -> None:
    code, _, err = run("show", letters)
    assert code == 1
    assert problem in err
    assert "reverie sessions list" in err
