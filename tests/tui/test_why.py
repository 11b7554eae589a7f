"""Why did you say that: what was recalled is a fact, what was trained nearby a correlation."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from textual.widgets import Static

from consolidation.why import nights_words, why
from memory.episode import EpisodeDraft, NoveltyScore, Recalled
from memory.records import Dream
from tui.cli import main
from tui.screens.why import WhyScreen
from tui.widgets.prompt import Prompt


def shown(screen: Any) -> str:
    return "\n".join(str(s.render()) for s in screen.query(Static) if s.display)


async def send(pilot: Any, text: str) -> None:
    pilot.app.screen.query_one(Prompt).load_text(text)
    await pilot.press("enter")
    await pilot.pause()


def teach(workspace: Any, episode: Any, *, status: str = "promoted", days: int = 0) -> int:
    at = episode.created_at + timedelta(days=days, minutes=1)
    night_id = workspace.nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=at
    )
    workspace.nights.record_dreams(night_id, [Dream("Dog?", "Rex.", "question", (episode.id,))])
    workspace.nights.finish(night_id, status, at)
    return int(night_id)


@pytest.fixture
def reply(workspace: Any, remember: Any) -> Any:
    """An exchange that recalled another, which one night taught before and one after it."""
    dog = remember(workspace.store, "My dog is [b]Rex[/b]")
    teach(workspace, dog, status="refused")
    teach(workspace, dog)
    teach(workspace, dog, days=9)
    draft = EpisodeDraft(
        "s",
        dog.created_at + timedelta(days=1),
        "What is my dog called?",
        "Rex.",
        "night-0001",
        NoveltyScore(0.1, 0.1, 2.0),
    )
    return workspace.store.add(draft, np.array([1.0, 0.1], np.float32), [Recalled(dog, 0.0325)])


def test_recalled_and_trained_are_told_apart(workspace: Any, reply: Any) -> None:
    found = why(workspace.store, workspace.history, reply.id)
    assert [(one.episode.id, one.score) for one in found.recalled] == [(1, 0.0325)]
    (near,) = found.related
    assert near.episode.id == 1
    assert near.cosine > 0.9
    assert near.nights == (2,)  # neither the refused night nor the one after the reply


def test_what_was_forgotten_explains_nothing(workspace: Any, reply: Any) -> None:
    workspace.store.forget(1)
    found = why(workspace.store, workspace.history, reply.id)
    assert found.recalled == found.related == ()


def test_what_lies_far_off_is_not_named(workspace: Any, reply: Any) -> None:
    draft = replace(
        EpisodeDraft("s", reply.created_at, "The sea?", "Blue.", "base", reply.novelty),
        created_at=reply.created_at + timedelta(days=30),
    )
    other = workspace.store.add(draft, np.array([0.0, -1.0], np.float32))
    assert why(workspace.store, workspace.history, other.id).related == ()


def test_nights_in_words() -> None:
    assert nights_words([3]) == "night 3"
    assert nights_words([3, 4]) == "night 3, repeated on 4"
    assert nights_words([3, 4, 5, 6]) == "night 3, repeated on 4, 5 and 6"
    assert nights_words([3, 4, 5, 6, 7]) == "night 3, repeated on 4 later nights"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_key_in_the_memory_asks_why(
    make_app: Callable[[], Any], reply: Any, pilot_until: Any, size: tuple[int, int]
) -> None:
    async with make_app().run_test(size=size) as pilot:
        await pilot.press("f2")
        await pilot_until(pilot, lambda: "What is my dog called?" in shown(pilot.app.screen))
        await pilot.press("w")
        await pilot_until(pilot, lambda: "0.0325" in shown(pilot.app.screen))
        said = shown(pilot.app.screen)
        assert "My dog is [b]Rex[/b]" in said
        assert "by night-0001" in said
        assert "episode 1, night 2" in said
        assert "a correlation, not a cause" in said
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, WhyScreen)


async def test_the_chat_asks_why_of_its_last_reply(
    make_app: Callable[[], Any], workspace: Any, pilot_until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, "/why")
        await pilot_until(pilot, lambda: "There is no reply to look up" in shown(pilot.app.screen))
        await pilot.press("escape")
        await send(pilot, "hello there")
        await pilot_until(pilot, lambda: workspace.store.counts()["waiting"] == 1)
        await pilot.pause(0.2)
        await send(pilot, "/why")
        await pilot_until(pilot, lambda: "hello there" in shown(pilot.app.screen))
        assert "Nothing was recalled" in shown(pilot.app.screen)
        assert "No night trained anything near this" in shown(pilot.app.screen)
        await pilot.press("escape")
        await send(pilot, "/why 99")
        await pilot_until(pilot, lambda: "There is no episode 99" in shown(pilot.app.screen))


async def test_a_private_reply_has_nothing_to_look_up(
    make_app: Callable[[], Any], workspace: Any, pilot_until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, "told before")
        await pilot_until(pilot, lambda: workspace.store.counts()["waiting"] == 1)
        await pilot.pause(0.2)
        await send(pilot, "/private")
        await send(pilot, "a secret")
        await pilot_until(pilot, lambda: "private, not stored" in shown(pilot.app.screen))
        await send(pilot, "/why")
        await pilot_until(pilot, lambda: "There is no reply to look up" in shown(pilot.app.screen))


def test_the_command_tells_the_same(
    workspace: Any, reply: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(workspace.settings.home)
    assert main(["--home", home, "memory", "why", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["episode_id"] == reply.id
    assert [one["score"] for one in document["recalled"]] == [0.0325]
    assert document["related"][0]["nights"] == [2]
    assert main(["--home", home, "memory", "why", str(reply.id)]) == 0
    assert "a correlation, not a cause" in capsys.readouterr().out
    assert main(["--home", home, "memory", "why", "99"]) == 1
    assert "there is no episode 99" in capsys.readouterr().err
