"""How a conversation is answered, by which model, and what the logs say."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Log, Static

from memory.sessions import Voice
from tui.reading_logs import read_tail
from tui.screens.log import LogScreen
from tui.widgets.prompt import Prompt
from tui.widgets.status_line import StatusLine
from tui.widgets.transcript import Notice


async def send(pilot: Any, text: str) -> None:
    pilot.app.screen.query_one(Prompt).load_text(text)
    await pilot.press("enter")
    await pilot.pause()


def notices(pilot: Any) -> str:
    return "\n".join(str(notice.render()) for notice in pilot.app.screen.query(Notice))


def status(pilot: Any) -> str:
    return "\n".join(str(s.render()) for s in pilot.app.screen.query_one(StatusLine).query(Static))


@pytest.fixture
def until(pilot_until: Any) -> Any:
    return pilot_until


async def test_a_conversation_has_a_temperature_and_a_system_prompt_of_its_own(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, "/temperature 0.7")
        await send(pilot, "/system You are a pirate.")
        assert "Temperature 0.7 in this conversation" in notices(pilot)
        assert "holds for chat alone" in notices(pilot)
        await send(pilot, "Hello")
        await until(pilot, lambda: len(workspace.sessions.listed()) == 1)
        (one,) = workspace.sessions.listed()
        own = Voice("You are a pirate.", 0.7)
        await until(pilot, lambda: workspace.sessions.voice(one.id) == own)
        await send(pilot, "/new")
        assert pilot.app.screen._talk.session.voice == Voice()
        await pilot.app.screen.resume(one.id)
        assert pilot.app.screen._talk.session.voice == own
        await send(pilot, "/temperature default")
        await until(
            pilot, lambda: workspace.sessions.voice(one.id) == Voice("You are a pirate.", None)
        )


@pytest.mark.parametrize("wrong", ["hot", "3", "-1", "nan"])
async def test_what_is_no_temperature_changes_nothing(
    make_app: Callable[[], Any], wrong: str
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, f"/temperature {wrong}")
        assert f"{wrong!r} is no temperature" in notices(pilot)
        assert pilot.app.screen._talk.session.voice == Voice()


async def test_a_private_voice_is_stored_nowhere(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, "/private")
        await send(pilot, "/system A secret")
        await send(pilot, "Hello")
        await until(pilot, lambda: len(workspace.assistant.prompted) == 1)
        await pilot.pause(0.1)
    rows = workspace.connections.database().execute("SELECT count(*) FROM session").fetchone()
    assert rows == (0,)


@pytest.mark.parametrize(
    ("size", "words"), [((80, 24), "52% full"), ((120, 40), "2,130 of 4,096 tokens, 52% full")]
)
async def test_the_status_line_tells_how_full_the_context_is(
    make_app: Callable[[], Any],
    workspace: Any,
    until: Any,
    size: tuple[int, int],
    words: str,
) -> None:
    workspace.assistant.prompt_tokens = 2128
    async with make_app().run_test(size=size) as pilot:
        assert "full" not in status(pilot)
        await send(pilot, "Hello")
        await until(pilot, lambda: words in status(pilot))
        await send(pilot, "/new")
        assert "full" not in status(pilot)


async def test_models_are_listed_and_one_is_made_live(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    workspace.registry.names = ["base", "night-0001"]
    async with make_app().run_test() as pilot:
        await send(pilot, "/model")
        await until(pilot, lambda: "› night-0001" in notices(pilot))
        assert "model.gguf in settings.toml" in notices(pilot)
        await send(pilot, "/model base")
        await until(pilot, lambda: "base is live" in notices(pilot))
        assert workspace.refreshed[-1] == "base"
        await send(pilot, "/model nonsense")
        await until(pilot, lambda: "o version 'nonsense'" in notices(pilot))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_log_is_shown_as_it_grows(
    make_app: Callable[[], Any], workspace: Any, until: Any, size: tuple[int, int]
) -> None:
    log = workspace.settings.home / "engine.log"
    log.write_text("loaded\n")
    async with make_app().run_test(size=size) as pilot:
        await send(pilot, "/log engine")
        await until(pilot, lambda: isinstance(pilot.app.screen, LogScreen))
        lines = pilot.app.screen.query_one(Log)
        await until(pilot, lambda: "loaded" in lines.lines)
        with log.open("a") as more:
            more.write("a \x1b]52;c;eA==\x07warning\n")
        await until(pilot, lambda: "a ]52;c;eA==warning" in lines.lines)
        await pilot.press("1")
        nothing = pilot.app.screen.query_one("#log-nothing", Static)
        assert "Nothing was written into" in str(nothing.render())
        assert nothing.display
        await pilot.press("2")
        await until(pilot, lambda: "loaded" in lines.lines)
        await pilot.press("escape")
        assert pilot.app.screen.query_one(Prompt)


def test_a_log_is_read_from_its_end_and_then_what_is_new(tmp_path: Path) -> None:
    log = tmp_path / "engine.log"
    assert read_tail(log, None).text == ""
    log.write_text("x" * 70_000 + "\nlast line\n")
    tail = read_tail(log, None)
    assert (tail.text, tail.is_new) == ("last line\n", True)
    with log.open("a") as more:
        more.write("more\n")
    grown = read_tail(log, tail.end)
    assert (grown.text, grown.is_new) == ("more\n", False)
    os.truncate(log, 0)
    assert read_tail(log, grown.end).is_new
