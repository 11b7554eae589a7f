"""The command line sorts, filters and searches by meaning as the memory screen does."""

import json
from typing import Any

import pytest

from memory.episode import NoveltyScore
from models import embed
from tui.cli import main


@pytest.fixture
def listed(workspace: Any, remember: Any, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `memory …` and gives the texts it lists."""
    remember(workspace.store, "Anna lives in Oban", novelty=NoveltyScore(0.2, 0.2, 2.0))
    remember(workspace.store, "Ferries are late", novelty=NoveltyScore(0.9, 0.9, 9.0))
    workspace.store.set_state([1], "learned")

    def run(*words: str) -> list[str]:
        assert main(["--home", str(workspace.settings.home), "memory", *words, "--json"]) == 0
        return [one["user_text"] for one in json.loads(capsys.readouterr().out)]

    return run


def test_listing_and_filtering(listed: Any) -> None:
    assert listed("list") == ["Ferries are late", "Anna lives in Oban"]
    assert listed("list", "--sort", "familiar")[0] == "Anna lives in Oban"
    assert listed("search", "person:Anna") == ["Anna lives in Oban"]
    assert listed("search", "ferries state:learned") == []
    assert listed("search", "ferries state:waiting") == ["Ferries are late"]


def test_a_filter_that_says_nothing_is_one_line(
    listed: Any, workspace: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(workspace.settings.home), "memory", "search", "since:now"]) == 1
    assert capsys.readouterr().err == "reverie: since: wants a day, such as since:2026-03-31\n"


def test_meaning_is_looked_for_where_it_is_asked_for(
    listed: Any, workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.embedder.known["boats"] = (1.0, 0.0)
    workspace.embedder.close = lambda: None
    monkeypatch.setattr(embed, "EmbedderProcess", lambda *_: workspace.embedder)
    assert listed("search", "boats") == []
    assert set(listed("search", "boats", "--meaning")) == {"Ferries are late", "Anna lives in Oban"}
    assert listed("search", "boats state:learned", "--meaning") == ["Anna lives in Oban"]
