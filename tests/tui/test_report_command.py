"""`reverie nights report`: a file for the owner alone, and clear words where there is none."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.records import Probe, ProbeResult, Stage, Verdict
from memory.store import EpisodeStore
from tui.cli import main

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
Reverie = Callable[..., int]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that has had one night, and sleeps its second."""
    with Connections(tmp_path / "home" / "reverie.db") as connections:
        store, nights = EpisodeStore(connections), NightStore(connections)
        draft = EpisodeDraft("s", NOON, "My dog is Rex.", "OK", "base", NoveltyScore(0.7, 0.8, 5.0))
        episode = store.add(draft, np.array([1.0, 0.0], dtype=np.float32))
        for is_over in (True, False):
            night_id = nights.begin(
                kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NOON
            )
            if is_over:
                probe = Probe("My dog?", ("Rex",), "new", (episode.id,))
                nights.record_probes(night_id, [ProbeResult(probe, "No.", False, "Rex.", True)])
                nights.record_verdict(night_id, Verdict(True, ("It learned 1 of 1.",)))
                nights.record_candidate(night_id, "night-0001")
                nights.record_stage(night_id, Stage("train", 84.0))
                nights.finish(night_id, "promoted", NOON)
    return tmp_path / "home"


@pytest.fixture
def reverie(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reverie:
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> int:
        return main(["--home", str(home), "nights", "report", *words])

    return run


def test_the_last_night_that_is_over_becomes_a_private_page(
    reverie: Reverie, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reverie() == 0
    page = tmp_path / "reverie-night-1.html"
    assert page.stat().st_mode & 0o777 == 0o600
    assert "Learned 1 of 1." in page.read_text(encoding="utf-8")
    said = capsys.readouterr().out
    assert "reverie-night-1.html" in said
    assert "forgetting does not reach it" in said


def test_markdown_and_json_hold_the_same_night(
    reverie: Reverie, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reverie("1", "--out", "kept.md", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["file"] == str(tmp_path / "kept.md")
    assert document["retention"]["matrix"] == [[1.0]]
    assert document["retention"]["seconds_per_known_fact"] == 84.0
    assert document["retention"]["nights"][0]["learned"] == {"right": 1, "asked": 1}
    assert "| after 1 | 100% |" in (tmp_path / "kept.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("9",), "there is no night 9; see `reverie nights`"),
        (("--out", "kept.pdf"), "a report is an .html or .md file, not '.pdf'"),
        (("--out", "nowhere/kept.html"), "is not a file in a folder that exists"),
    ],
)
def test_what_cannot_be_written_is_one_line(
    reverie: Reverie, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], reason: str
) -> None:
    assert reverie(*words) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert reason in said.err
    assert len(said.err.splitlines()) == 1
