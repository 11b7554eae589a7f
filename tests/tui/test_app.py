"""The app as a whole: sizes, themes, schedule, imports, the night's process."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from assistant.settings import ScheduleSettings
from memory.records import Verdict
from tui.night_process import start_night
from tui.screens.memory import MemoryScreen
from tui.screens.nights import NightsScreen
from tui.widgets.prompt import Prompt
from tui.widgets.status_line import StatusLine
from tui.widgets.transcript import Notice

HEAVY = (
    "torch",
    "transformers",
    "peft",
    "spacy",
    "sentence_transformers",
    "llama_cpp",
    "apscheduler",
    "plotext",
)


def shown(widget: Any) -> str:
    return "\n".join(str(s.render()) for s in widget.query(Static) if s.display)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_every_screen_fits_in_light_and_dark(
    make_app: Callable[[], Any],
    workspace: Any,
    night: Any,
    asked: Any,
    remember: Any,
    pilot_until: Any,
    size: tuple[int, int],
) -> None:
    episode = remember(workspace.store, "A long fact. " * 40, "# A reply\n\n```\ncode\n```\n" * 9)
    night.begin()
    night.train([2.0, 1.0])
    night.test(
        [asked("Why? " * 60, "x", "no " * 90, "x " * 90, "new", episode.id)],
        Verdict(True, ("It answered all of the questions that there were to ask. " * 3,)),
    )
    night.end("promoted")
    async with make_app().run_test(size=size) as pilot:
        for _ in range(2):
            await pilot.press("f1", "f2")
            await pilot_until(pilot, lambda: isinstance(pilot.app.screen, MemoryScreen))
            await pilot_until(pilot, lambda: "A long fact." in shown(pilot.app.screen))
            assert_inside(pilot.app.screen, size)
            await pilot.press("f", "n", "f3")
            await pilot_until(pilot, lambda: isinstance(pilot.app.screen, NightsScreen))
            await pilot_until(pilot, lambda: "Promoted" in shown(pilot.app.screen))
            for page in "2345":
                await pilot.press(page)
                await pilot.pause()
                assert_inside(pilot.app.screen, size)
            await pilot.press("escape")
            assert_inside(pilot.app.screen, size)
            await pilot.press("f6")


def assert_inside(screen: Any, size: tuple[int, int]) -> None:
    """No direct part of a screen reaches over its edge, and none has lost all its room."""
    for widget in screen.children:
        if widget.display and widget.region:
            assert widget.region.right <= size[0], widget
            assert widget.region.bottom <= size[1], widget


async def test_the_status_line_says_what_waits_and_when_sleep_comes(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    remember(workspace.store, "a fact")
    schedule = ScheduleSettings(enabled=True, at="03:00")
    workspace.settings = replace(workspace.settings, schedule=schedule)
    async with make_app().run_test() as pilot:
        status = pilot.app.screen.query_one(StatusLine)
        await pilot_until(pilot, lambda: "1 to learn · sleeps " in shown(status))
        assert "base" in shown(status)


async def test_a_missed_night_is_made_up_for_at_the_start_and_told(
    make_app: Callable[..., Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    episode = remember(workspace.store, "a fact of yesterday")
    schedule = ScheduleSettings(enabled=True, at="03:00")
    workspace.settings = replace(workspace.settings, schedule=schedule)
    app = make_app(now=lambda: episode.created_at + timedelta(days=1))
    async with app.run_test() as pilot:
        await pilot_until(pilot, lambda: app.asked == [True])
        await pilot_until(
            pilot, lambda: any("was missed" in str(n.render()) for n in app.screen.query(Notice))
        )


async def test_a_night_that_has_to_wait_is_told_in_the_chat_and_beside_the_nights(
    make_app: Callable[..., Any],
    workspace: Any,
    remember: Any,
    pilot_until: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    episode = remember(workspace.store, "a fact of yesterday")
    schedule = ScheduleSettings(enabled=True, at="03:00")
    workspace.settings = replace(workspace.settings, schedule=schedule)
    monkeypatch.setattr("tui.app.hindrance", lambda settings: "on battery (34 %)")
    app = make_app(now=lambda: episode.created_at + timedelta(days=1))
    async with app.run_test() as pilot:

        def notes() -> list[str]:
            words = (str(notice.render()) for notice in app.screen.query(Notice))
            return [note for note in words if "was skipped: on battery (34 %)." in note]

        await pilot_until(pilot, notes)
        app._scheduler.check()
        app._scheduler.check()
        await pilot.pause()
        assert len(notes()) == 1
        assert app.asked == []
        await pilot.press("f3")
        await pilot_until(pilot, lambda: isinstance(app.screen, NightsScreen))
        await pilot_until(pilot, lambda: "was skipped: on battery (34 %)." in shown(app.screen))


async def test_the_first_paint_waits_for_no_model(
    make_app: Callable[[], Any], workspace: Any
) -> None:
    began = time.monotonic()
    workspace.warm_up = lambda: time.sleep(3.0)
    async with make_app().run_test() as pilot:
        await pilot.press("h", "i")
        assert pilot.app.screen.query_one(Prompt).text == "hi"
        assert "waking" in shown(pilot.app.screen.query_one(StatusLine))
        assert time.monotonic() - began < 3.0


async def test_leaving_does_not_wait_for_a_model_that_still_loads(
    make_app: Callable[[], Any], workspace: Any
) -> None:
    closed = threading.Event()
    workspace.warm_up, workspace.close = lambda: closed.wait(30), closed.set
    began = time.monotonic()
    async with make_app().run_test() as pilot:
        await pilot.press("ctrl+q")
    assert closed.is_set()
    assert time.monotonic() - began < 10


def test_the_app_imports_nothing_heavy() -> None:
    code = f"import sys, json, tui.app; print(json.dumps([m for m in {HEAVY} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_a_night_is_a_process_that_logs_into_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The file stands in for Python itself, and says how it was called.
    program = tmp_path / "python"
    program.write_text('#!/bin/sh\necho "$@"\necho "no room on the disk" >&2\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    night = start_night(tmp_path, if_due=True)
    until = time.monotonic() + 10
    while night.exit_code() is None and time.monotonic() < until:
        time.sleep(0.01)
    assert night.exit_code() == 1
    assert night.reason() == "no room on the disk"
    log = tmp_path / "night.log"
    called = log.read_text().splitlines()[0]
    assert called == f"-P -m tui.cli --home {tmp_path} sleep --if-due"
    assert "--json" not in called, "which would quote the owner in the log"
    assert log.stat().st_mode & 0o077 == 0


def test_a_night_imports_our_packages_whatever_the_current_folder_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tui").mkdir()
    (tmp_path / "tui" / "__init__.py").write_text("raise SystemExit('the wrong tui')\n")
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text("[nonsense]\n")
    monkeypatch.chdir(tmp_path)
    night = start_night(home)
    until = time.monotonic() + 30
    while night.exit_code() is None and time.monotonic() < until:
        time.sleep(0.01)
    assert "unknown section [nonsense]" in night.reason()
