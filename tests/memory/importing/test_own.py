"""What Reverie exports, it reads back without loss."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from memory.episode import Episode, NoveltyScore
from memory.exporting import as_markdown
from memory.importing.exchange import Exchange, Refused, Unreadable
from memory.importing.own import as_export, is_own, read_own
from memory.importing.transcript import read_text

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def episode(number: int = 1, **more: Any) -> Episode:
    told: dict[str, Any] = {
        "id": number,
        "session_id": "s",
        "created_at": NOON,
        "user_text": f"My dog is Rex{number}.",
        "assistant_text": "Fine.",
        "model_version": "night-0001",
        "novelty": NoveltyScore(0.5, 0.25, 5.5),
        "state": "waiting",
    }
    return Episode(**told | more)


def read_back(*episodes: Episode) -> list[Exchange | Refused]:
    document = json.loads(json.dumps(as_export(episodes)))
    assert is_own(document)
    return list(read_own(document))


def test_everything_that_an_episode_was_comes_back() -> None:
    unmeasured = NoveltyScore(0.5, 0.25, None)
    muted = episode(2, state="muted", novelty=unmeasured, origin="file", source="notes:1:0")
    first, second, third = read_back(episode(), muted, episode(3, pinned=True))
    assert isinstance(first, Exchange) and isinstance(second, Exchange)
    assert isinstance(third, Exchange) and third.pinned
    assert (first.user_text, first.assistant_text) == ("My dog is Rex1.", "Fine.")
    assert (first.created_at, first.session_id, first.answered_by) == (NOON, "s", "night-0001")
    assert (first.novelty, first.origin, first.muted) == (episode().novelty, "chat", False)
    assert (second.novelty, second.origin, second.muted) == (unmeasured, "file", True)
    assert (second.source, first.source == third.source) == ("notes:1:0", False)


@pytest.mark.parametrize(
    "change",
    [
        {"created_at": "yesterday"},
        {"created_at": ""},
        {"user_text": 3},
        {"user_text": "  "},
        {"session_id": None},
    ],
)
def test_an_episode_that_cannot_be_one_is_refused_and_the_others_come(
    change: dict[str, Any],
) -> None:
    document = as_export([episode(), episode(2)])
    document["episodes"][0] |= change
    found = list(read_own(document))
    assert [type(one) for one in found] == [Refused, Exchange]


@pytest.mark.parametrize("novelty", ["a", -1, 2, float("nan"), None, True])
def test_numbers_that_cannot_be_are_left_to_be_made_anew(novelty: object) -> None:
    document = as_export([episode()])
    document["episodes"][0]["novelty"] = novelty
    (found,) = read_own(document)
    assert isinstance(found, Exchange) and found.novelty is None


def test_an_export_of_a_newer_reverie_is_refused_whole() -> None:
    with pytest.raises(Unreadable, match="version 2, this Reverie reads 1"):
        list(read_own(as_export([episode()]) | {"version": 2}))


def test_markdown_can_be_read_and_read_back_as_a_conversation() -> None:
    other = episode(2, session_id="t", assistant_text="", origin="import", state="quarantined")
    text = as_markdown([episode(pinned=True), other])
    assert "**You** (episode 1, waiting, pinned):" in text
    assert "**You** (episode 2, quarantined, from import):" in text
    found = [(one.user_text, one.assistant_text) for one in read_text(text, "a.md", NOON)]
    assert [said for said, _ in found] == ["My dog is Rex1.", "My dog is Rex2."]
