"""A running night is paused, resumed and ended by a word, from the app and the command line."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.widgets import Static

from consolidation.night_control import NightControl, NightStopped
from memory.records import Progress
from tui.cli import main
from tui.widgets.night_panel import NightPanel
from tui.widgets.prompt import Prompt


def shown(widget: Any) -> str:
    return "\n".join(str(s.render()) for s in widget.query(Static) if s.display)


async def send(pilot: Any, text: str) -> None:
    pilot.app.screen.query_one(Prompt).load_text(text)
    await pilot.press("enter")
    await pilot.pause()


async def test_the_chat_pauses_resumes_and_ends_a_night(
    make_app: Callable[[], Any], workspace: Any, night: Any, pilot_until: Any
) -> None:
    control = NightControl(workspace.settings.night_word_file)
    async with make_app().run_test(size=(80, 24)) as pilot:
        night.begin()
        night.train([2.0, 1.0], total=12)
        panel = pilot.app.screen.query_one(NightPanel)
        await pilot_until(pilot, lambda: "/pause · /cancel" in shown(panel))
        await send(pilot, "/pause")
        assert control.is_paused
        progress = Progress("train", 2, 12, None, "paused")
        workspace.nights.record_progress(night.night_id, progress)
        await pilot_until(pilot, lambda: "paused: learning · 2 of 12" in shown(panel))
        await send(pilot, "/pause")
        assert not control.is_paused
        await send(pilot, "/cancel")
        await pilot.press("n")
        assert control.heed(lambda: None) == 0.0
        await send(pilot, "/cancel")
        await pilot.press("y")
        await pilot_until(pilot, lambda: "ends at its next step" in shown(pilot.app.screen))
        with pytest.raises(NightStopped):
            control.heed(lambda: None)


async def test_without_a_night_there_is_nothing_to_say_it_to(
    make_app: Callable[[], Any], workspace: Any
) -> None:
    async with make_app().run_test() as pilot:
        for word in ("/pause", "/cancel"):
            await send(pilot, word)
        assert shown(pilot.app.screen).count("No night is running.") == 2
        assert not workspace.settings.night_word_file.exists()


def test_the_commands_say_the_same(
    workspace: Any, night: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(workspace.settings.home), "nights"]
    control = NightControl(workspace.settings.night_word_file)
    assert main([*home, "pause"]) == 1
    assert "no night is running" in capsys.readouterr().err
    night.begin()
    assert main([*home, "pause"]) == 0
    assert control.is_paused
    assert main([*home, "resume"]) == 0
    assert not control.is_paused
    assert main([*home, "stop"]) == 0
    assert "Nothing is changed" in capsys.readouterr().out
    with pytest.raises(NightStopped):
        control.heed(lambda: None)
