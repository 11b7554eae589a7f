"""Before sleep: tonight's dreams are read, struck and restored before any is trained."""

import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from memory.records import Dream
from tui.bedside import by_memory, plan_words
from tui.plan_process import PlanProcess, PlanUnread, Tonight
from tui.screens.plan import PlanScreen
from tui.widgets.dream_list import DreamList
from tui.widgets.prompt import Prompt

NOW = datetime(2025, 11, 24, 20, 0, tzinfo=UTC)


class ScriptedPlanning:
    """A plan that is read when it is let go."""

    def __init__(self, plan: Tonight | Exception) -> None:
        self.plan = plan
        self.ended = threading.Event()
        self.go = threading.Event()
        self.go.set()

    def read(self) -> Tonight | None:
        while not self.go.is_set() and not self.ended.is_set():
            time.sleep(0.01)
        if self.ended.is_set():
            return None
        if isinstance(self.plan, Exception):
            raise self.plan
        return self.plan

    def end(self) -> None:
        self.ended.set()


def shown(widget: Any) -> str:
    return "\n".join(str(s.render()) for s in widget.query(Static) if s.display)


def lines(app: Any) -> str:
    """What the list shows, as it is painted."""
    dreams = app.screen.query_one(DreamList)
    return "\n".join(dreams.render_line(y).text.rstrip() for y in range(dreams.size.height))


def keys_struck(workspace: Any) -> set[str]:
    return {one.dream.key for one in workspace.nights.struck()}


@pytest.fixture
def tonight(workspace: Any, remember: Any) -> Tonight:
    """Two memories; the first has two dreams, one of them a dialogue."""
    a = remember(workspace.store, "My dog is [bold]Biscuit[/bold] [/]").id
    b = remember(workspace.store, "I live in Porto").id
    dreams = (
        Dream("Who is my [b]dog[/b]?", "Your dog is [bold]Biscuit[/bold] [/].", "question", (a,)),
        Dream(("Hi", "Hello", "My dog?"), "Biscuit.", "dialogue", (a,)),
        Dream("Where do I live?", "You live in Porto.", "question", (b,)),
    )
    return Tonight({a: "novelty 0.72, 2 dreams"}, dreams)


async def opened(pilot: Any, until: Any) -> None:
    await pilot.press("f8")
    await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
    await until(pilot, lambda: pilot.app.screen.query_one(DreamList).option_count > 0)
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_plan_shows_each_memory_with_its_dreams_in_light_and_dark(
    make_app: Callable[..., Any], tonight: Tonight, pilot_until: Any, size: tuple[int, int]
) -> None:
    app = make_app(start_planning=lambda: ScriptedPlanning(tonight))
    async with app.run_test(size=size) as pilot:
        await opened(pilot, pilot_until)
        for _ in range(2):
            assert "2 memories · 3 dreams" in shown(app.screen)
            for widget in app.screen.children:
                assert widget.region.right <= size[0] and widget.region.bottom <= size[1]
            assert "My dog is [bold]Biscuit[/bold] [/]" in lines(app).replace("\n", " ")
            await pilot.press("f6")
            await pilot.pause()
        if size == (80, 24):
            for text in ("novelty 0.72, 2 dreams", "Hi / Hello / My dog?", "→ You live in Porto."):
                assert text in lines(app)
            assert "Who is my [b]dog[/b]?" in lines(app)


@pytest.mark.parametrize("key", ["x", "space", "enter"])
async def test_a_dream_is_struck_and_restored_by_a_key(
    make_app: Callable[..., Any], workspace: Any, tonight: Tonight, pilot_until: Any, key: str
) -> None:
    app = make_app(start_planning=lambda: ScriptedPlanning(tonight))
    async with app.run_test() as pilot:
        await opened(pilot, pilot_until)
        await pilot.press("down", key)
        await pilot_until(pilot, lambda: keys_struck(workspace) == {tonight.dreams[1].key})
        await pilot_until(pilot, lambda: "✗ Hi / Hello / My dog?" in lines(app))
        assert "2 memories · 2 dreams · 1 struck" in shown(app.screen)
        await pilot.press(key)
        await pilot_until(pilot, lambda: keys_struck(workspace) == set())
        await pilot_until(pilot, lambda: "✗" not in lines(app))


async def test_the_cursor_passes_over_what_is_no_dream(
    make_app: Callable[..., Any], workspace: Any, tonight: Tonight, pilot_until: Any
) -> None:
    app = make_app(start_planning=lambda: ScriptedPlanning(tonight))
    async with app.run_test() as pilot:
        await opened(pilot, pilot_until)
        await pilot.press("j", "j", "x", "k", "x")
        struck = {dream.key for dream in tonight.dreams[1:]}
        await pilot_until(pilot, lambda: keys_struck(workspace) == struck)


async def test_many_strokes_at_once_end_as_the_last_one_said(
    make_app: Callable[..., Any], workspace: Any, tonight: Tonight, pilot_until: Any
) -> None:
    app = make_app(start_planning=lambda: ScriptedPlanning(tonight))
    async with app.run_test() as pilot:
        await opened(pilot, pilot_until)
        await pilot.press(*["x"] * 9, "escape")
        wanted = {tonight.dreams[0].key}
        await pilot_until(pilot, lambda: keys_struck(workspace) == wanted)


async def test_what_was_struck_before_is_shown_to_be_restored(
    make_app: Callable[..., Any], workspace: Any, tonight: Tonight, pilot_until: Any
) -> None:
    workspace.nights.strike([tonight.dreams[2]], NOW)
    left = Tonight(tonight.reasons, tonight.dreams[:2])
    app = make_app(start_planning=lambda: ScriptedPlanning(left))
    async with app.run_test() as pilot:
        await opened(pilot, pilot_until)
        assert "1 memory · 2 dreams · 1 struck" in shown(app.screen)
        assert "✗ Where do I live?" in lines(app)
        assert "left out: its dreams are struck" in lines(app)
        await pilot.press("end", "x")
        await pilot_until(pilot, lambda: keys_struck(workspace) == set())


async def test_a_strike_that_cannot_be_stored_is_told_and_not_shown(
    make_app: Callable[..., Any],
    workspace: Any,
    tonight: Tonight,
    pilot_until: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("the disk is [full]")

    app = make_app(start_planning=lambda: ScriptedPlanning(tonight))
    async with app.run_test() as pilot:
        await opened(pilot, pilot_until)
        monkeypatch.setattr(workspace.nights, "strike", fails)
        await pilot.press("x")
        await pilot_until(pilot, lambda: bool(app._notifications))
        assert [note.message for note in app._notifications] == ["the disk is [full]"]
        await pilot_until(pilot, lambda: "✗" not in lines(app))


async def test_s_starts_the_night_and_returns_to_the_chat(
    make_app: Callable[..., Any], tonight: Tonight, pilot_until: Any
) -> None:
    app = make_app(start_planning=lambda: ScriptedPlanning(tonight))
    async with app.run_test() as pilot:
        await opened(pilot, pilot_until)
        await pilot.press("s")
        await pilot_until(pilot, lambda: app.asked == [False])
        assert "Going to sleep" in shown(app.screen)
        assert app.screen.query_one(Prompt)


async def test_slash_sleep_opens_the_plan_and_the_bare_word_does_not(
    make_app: Callable[..., Any], tonight: Tonight, pilot_until: Any
) -> None:
    app = make_app(start_planning=lambda: ScriptedPlanning(tonight))
    async with app.run_test() as pilot:
        app.screen.query_one(Prompt).load_text("/sleep")
        await pilot.press("enter")
        await pilot_until(pilot, lambda: isinstance(app.screen, PlanScreen))
        await pilot_until(pilot, lambda: "2 memories · 3 dreams" in shown(app.screen))
        assert "about 2 min by a first guess" in shown(app.screen)
        assert app.asked == []


async def test_a_memory_is_muted_with_all_its_dreams_and_taken_back_as_it_was(
    make_app: Callable[..., Any], workspace: Any, tonight: Tonight, pilot_until: Any
) -> None:
    (first,) = tonight.reasons
    workspace.store.set_pinned([first], True)
    app = make_app(start_planning=lambda: ScriptedPlanning(tonight))
    async with app.run_test() as pilot:
        await opened(pilot, pilot_until)
        await pilot.press("m")
        await pilot_until(pilot, lambda: workspace.store.get(first).state == "muted")
        await pilot_until(pilot, lambda: "muted: kept, never trained" in lines(app))
        assert lines(app).count("✗") == 2
        assert "1 memory · 1 dream" in shown(app.screen)
        await pilot.press("m")
        await pilot_until(pilot, lambda: workspace.store.get(first).pinned)
        assert workspace.store.get(first).state == "waiting"
        assert "✗" not in lines(app)


async def test_the_minutes_go_by_the_nights_before(
    make_app: Callable[..., Any], workspace: Any, night: Any, tonight: Tonight, pilot_until: Any
) -> None:
    night.begin()
    night.dream([], [], tonight.dreams[:1])
    night.end("promoted")  # 84 s for one dream
    app = make_app(start_planning=lambda: ScriptedPlanning(tonight))
    async with app.run_test() as pilot:
        await opened(pilot, pilot_until)
        assert "3 dreams · about 4 min, as the last night went" in shown(app.screen)
        await pilot.press("x", "j", "x")
        assert "about 84 s, as the last night went" in shown(app.screen)


async def test_leaving_ends_a_plan_that_is_still_being_read(
    make_app: Callable[..., Any], tonight: Tonight, pilot_until: Any
) -> None:
    plannings = [ScriptedPlanning(tonight) for _ in range(2)]
    for planning in plannings:
        planning.go.clear()
    left = iter(plannings)
    app = make_app(start_planning=lambda: next(left))
    async with app.run_test() as pilot:
        pilot.app.screen.query_one(Prompt).load_text("/plan")
        await pilot.press("enter")
        await pilot_until(pilot, lambda: isinstance(app.screen, PlanScreen))
        assert "Reading what you told me…" in shown(app.screen)
        await pilot.press("escape")
        await pilot_until(pilot, plannings[0].ended.is_set)
        assert app.screen.query_one(Prompt)
        await pilot.press("f8")
        await pilot_until(pilot, lambda: isinstance(app.screen, PlanScreen))
    assert plannings[1].ended.is_set()


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (PlanUnread("base.gguf not found; run `reverie doctor`"), "run `reverie doctor`"),
        (Tonight({}, ()), "Tonight would train nothing."),
    ],
)
async def test_a_plan_without_dreams_says_why(
    make_app: Callable[..., Any], pilot_until: Any, plan: Any, words: str
) -> None:
    app = make_app(start_planning=lambda: ScriptedPlanning(plan))
    async with app.run_test() as pilot:
        await pilot.press("f8")
        await pilot_until(pilot, lambda: words in shown(app.screen))
        await pilot.press("x", "escape")
        assert app.screen.query_one(Prompt)


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> PlanProcess:
    """A process in which the script stands in for Python itself."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    return PlanProcess(folder / "home")


def test_the_plan_is_read_from_a_dry_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = (
        '{"selected": [{"episode_id": 3, "reason": "new"}], "dreams": [{"id": "x", '
        '"prompt": ["Hi", "Yo", "Who?"], "answer": "So.", "kind": "cue", "episode_ids": [3]}]}'
    )
    script = f"echo \"$@\" >'{tmp_path}/said'\necho '{document}'\necho warned >&2"
    found = stand_in(tmp_path, monkeypatch, script).read()
    assert found == Tonight({3: "new"}, (Dream(("Hi", "Yo", "Who?"), "So.", "cue", (3,)),))
    said = (tmp_path / "said").read_text()
    assert said == f"-P -m tui.cli --home {tmp_path}/home sleep --dry-run --json\n"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo first >&2; echo 'reverie: no room' >&2; exit 1", "no room"),
        ("exit 3", "its process ended without a word"),
        ("echo '[]'", "printed no plan"),
        ("echo nonsense", "printed no plan"),
    ],
)
def test_a_dry_run_that_fails_gives_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    with pytest.raises(PlanUnread, match=reason):
        stand_in(tmp_path, monkeypatch, script).read()


def test_a_plan_that_is_given_up_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planning = stand_in(tmp_path, monkeypatch, "exec sleep 60")
    began = time.monotonic()
    threading.Timer(0.3, planning.end).start()
    assert planning.read() is None
    assert planning.read() is None
    assert time.monotonic() - began < 30


def test_a_repeated_memory_says_that_it_was_learned_before() -> None:
    dreams = (Dream("q", "a", "cue", (4, 2)), Dream("r", "b", "cue", (4,)))
    (told,) = by_memory(Tonight({}, dreams), [dreams[0]], {4: "said"})
    assert (told.said, told.why, told.dreams) == ("said", "learned before, repeated", dreams)
    assert plan_words([told], {dreams[0].key}) == "1 memory · 1 dream · 1 struck"
