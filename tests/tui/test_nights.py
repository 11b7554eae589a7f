"""Nights, as the owner sees them: asked for, running, over."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.widgets import ProgressBar, Sparkline, Static

from memory.records import Choice, Dream, Dropped, Verdict
from tui.messages import NightEnded
from tui.widgets.growing_list import BATCH, GrowingList
from tui.widgets.night_curves import NightCurves
from tui.widgets.night_panel import NightPanel
from tui.widgets.prompt import Prompt
from tui.widgets.transcript import Notice


async def send(pilot: Any, text: str) -> None:
    pilot.app.screen.query_one(Prompt).load_text(text)
    await pilot.press("enter")
    await pilot.pause()


def notices(app: Any) -> str:
    return "\n".join(str(notice.render()) for notice in app.screen.query(Notice))


def shown(widget: Any) -> str:
    return "\n".join(str(s.render()) for s in widget.query(Static) if s.display)


@pytest.mark.parametrize("words", ["sleep", "Sleep ", "/sleep now"])
async def test_typing_sleep_starts_a_night(
    make_app: Callable[[], Any], pilot_until: Any, words: str
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await send(pilot, words)
        await pilot_until(pilot, lambda: app.asked == [False])
        assert "Going to sleep" in notices(app)


async def test_a_running_night_is_shown_and_the_chat_goes_on(
    make_app: Callable[[], Any], workspace: Any, night: Any, pilot_until: Any
) -> None:
    async with make_app().run_test() as pilot:
        panel = pilot.app.screen.query_one(NightPanel)
        assert not panel.display
        night.begin()
        night.train([2.5, 1.0, 0.25], total=12)
        await pilot_until(pilot, lambda: "3 of 12" in shown(panel))
        assert panel.display
        assert "learning" in shown(panel)
        assert "about 2 min left" in shown(panel)
        assert panel.query_one(ProgressBar).percentage == 0.25
        assert panel.query_one(Sparkline).data == [2.5, 1.0, 0.25]
        await send(pilot, "hello")
        await pilot_until(pilot, lambda: workspace.store.counts()["waiting"] == 1)
        await send(pilot, "sleep")
        assert pilot.app.asked == []
        assert "running already" in notices(pilot.app)


async def test_a_promoted_night_ends_in_plain_words_and_its_model_is_loaded(
    make_app: Callable[[], Any], workspace: Any, night: Any, asked: Any, pilot_until: Any
) -> None:
    async with make_app().run_test() as pilot:
        night.begin()
        await pilot_until(pilot, lambda: pilot.app.screen.query_one(NightPanel).display)
        results = [
            asked("Dog?", "Biscuit", "no idea", "Biscuit", "new"),
            asked("Cat?", "Tom", "no idea", "no idea", "new"),
            asked("Home?", "Porto", "Porto", "Porto", "old"),
            asked("2+2?", "4", "4", "4", "general"),
        ]
        night.test(results, Verdict(True, ("It answered 1 of 2.",)))
        night.end("promoted")
        await pilot_until(pilot, lambda: "night-0001 is live" in notices(pilot.app))
        assert (
            "Learned 1 of 2. Kept the older fact. General knowledge unchanged. "
            "New model night-0001 is live." in notices(pilot.app)
        )
        assert not pilot.app.screen.query_one(NightPanel).display
        await pilot_until(pilot, lambda: "night-0001" in workspace.refreshed)


async def test_a_refused_night_gives_its_reasons(
    make_app: Callable[[], Any], night: Any, pilot_until: Any
) -> None:
    async with make_app().run_test() as pilot:
        night.begin()
        await pilot_until(pilot, lambda: pilot.app.screen.query_one(NightPanel).display)
        night.test([], Verdict(False, ("It lost 3 of 38 general questions.",)))
        night.end("refused")
        await pilot_until(pilot, lambda: "base stays live" in notices(pilot.app))
        assert "It lost 3 of 38 general questions." in notices(pilot.app)


async def test_a_night_too_short_to_be_seen_is_still_told(
    make_app: Callable[[], Any], night: Any, pilot_until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await pilot.pause(0.7)
        night.begin()
        night.end("empty")
        await pilot_until(pilot, lambda: "no memory was waiting" in notices(pilot.app))


async def test_a_night_that_was_killed_does_not_run_for_ever(
    make_app: Callable[[], Any], workspace: Any, night: Any, pilot_until: Any
) -> None:
    async with make_app().run_test() as pilot:
        night.begin()
        await pilot_until(pilot, lambda: pilot.app.screen.query_one(NightPanel).display)
        night.die()
        await pilot_until(pilot, lambda: "was interrupted" in notices(pilot.app))
        assert not pilot.app.screen.query_one(NightPanel).display
    assert workspace.nights.show(1).status == "interrupted"


async def test_a_night_that_ends_as_the_app_closes_is_told_to_nobody(
    make_app: Callable[[], Any], workspace: Any, night: Any
) -> None:
    app = make_app()
    async with app.run_test():
        night.begin()
        night.end("empty")
    assert app.screen_stack == []
    app._tell(NightEnded(workspace.nights.show(1)))


async def test_a_process_that_ends_without_a_record_is_explained(
    make_app: Callable[[], Any], pilot_until: Any
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await send(pilot, "sleep")
        await pilot_until(pilot, lambda: app.asked == [False])
        app.process.last_line, app.process.code = "reverie: the disk is full", 1
        await pilot_until(pilot, lambda: "did not start" in notices(app))
        assert "the disk is full" in notices(app)


async def test_a_night_from_before_the_start_is_not_told_again(
    make_app: Callable[[], Any], night: Any
) -> None:
    night.begin()
    night.end("promoted")
    async with make_app().run_test() as pilot:
        await pilot.pause(0.8)
        assert "night-0001 is live" not in notices(pilot.app)


async def test_the_screen_shows_verdict_reasons_probes_and_choices(
    make_app: Callable[[], Any],
    workspace: Any,
    night: Any,
    asked: Any,
    pilot_until: Any,
    remember: Any,
) -> None:
    taken = remember(workspace.store, "My dog is [bold]Biscuit[/bold] [/]")
    left = remember(workspace.store, "Hello there")
    night.begin()
    night.dream(
        [Choice(taken.id, "new to me (novelty 0.72), 24 dreams", 0.72)],
        [Choice(left.id, "holds no statement to learn")],
        [Dream(f"Question {i}?", "Biscuit.", "question", (taken.id,)) for i in range(3 * BATCH)],
    )
    invented = Dropped("Where?", "[b]Oslo[/b].", "says 'Oslo'", (taken.id,))
    workspace.nights.record_dropped(night.night_id, [invented])
    night.train([2.0, 1.0, 0.5])
    night.test(
        [
            asked("Dog?", "Biscuit", "no idea", "Rex", "new", taken.id),
            asked("2+2?", "4", "4", "4", "general"),
        ],
        Verdict(False, ("It answered 0 of 1 questions on the new facts.",)),
    )
    night.end("refused")
    async with make_app().run_test(size=(100, 40)) as pilot:
        await pilot.press("f3")
        await pilot_until(pilot, lambda: "Refused" in shown(pilot.app.screen))
        screen = pilot.app.screen
        assert "base stays live" in shown(screen)
        assert "It answered 0 of 1 questions on the new facts." in shown(screen)
        assert "0 of 1" in shown(screen)
        await pilot.press("2")
        await pilot_until(pilot, lambda: "Dog?" in shown(screen))
        for text in ("✗ → ✗  Dog?", "before  no idea", "after   Rex", "right   Biscuit", "✓ → ✓"):
            assert text in shown(screen)
        await pilot.press("3")
        await pilot_until(pilot, lambda: "holds no statement" in shown(screen))
        assert "My dog is [bold]Biscuit[/bold] [/]" in shown(screen)
        assert f"memory {taken.id} · worth 0.72 · new to me" in shown(screen)
        await pilot.press("4")
        dreams = screen.query_one("#dreams-list", GrowingList)
        await pilot_until(pilot, lambda: "Question 0?" in shown(dreams))
        assert "1 dream was left out: it said more than you told me." in shown(dreams)
        assert len(dreams.children) == BATCH
        await pilot.press("end")
        await pilot_until(pilot, lambda: len(dreams.children) > BATCH)
        await pilot.press("5")
        await pilot_until(pilot, lambda: "2.00 → 0.50 in 3 steps" in shown(screen))
        await pilot.press("6")
        await pilot_until(pilot, lambda: "No night has been promoted yet" in shown(screen))
        await pilot.press("escape")
        assert pilot.app.screen.query_one(Prompt)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_curves_tell_what_every_night_kept(
    make_app: Callable[[], Any],
    workspace: Any,
    night: Any,
    asked: Any,
    pilot_until: Any,
    remember: Any,
    size: tuple[int, int],
) -> None:
    dog = remember(workspace.store, "My dog is Biscuit")
    home = remember(workspace.store, "I live in Porto")
    night.begin()
    night.test([asked("Dog?", "Biscuit", "no", "Biscuit", "new", dog.id)], Verdict(True, ()))
    night.end("promoted")
    night.begin()
    results = [
        asked("Home?", "Porto", "no", "Porto", "new", home.id),
        asked("Dog?", "Biscuit", "Biscuit", "Rex", "old", dog.id),
    ]
    night.test(results, Verdict(True, ("It lost 1 of 1 older facts.",)))
    night.end("promoted")
    async with make_app().run_test(size=size) as pilot:
        await pilot.press("f3")
        await pilot_until(pilot, lambda: "“Dog?”" in shown(pilot.app.screen))
        await pilot.press("6")
        curves = pilot.app.screen.query_one(NightCurves)
        await pilot_until(pilot, lambda: "100% right on its first morning, 0% now" in shown(curves))
        assert "Right answers, in percent" in shown(curves)
        matrix = [
            line.split() for line in str(curves.query_one("#matrix", Static).render()).splitlines()
        ]
        assert matrix[-2:] == [["1", "100", "·"], ["2", "0", "100"]]
        assert curves.has_focus


async def test_no_night_yet_says_what_to_do(make_app: Callable[[], Any], pilot_until: Any) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, "/nights")
        await pilot_until(pilot, lambda: "No night yet" in shown(pilot.app.screen))
        assert "type sleep" in shown(pilot.app.screen)


async def test_a_failed_night_is_told_once(
    make_app: Callable[[], Any], night: Any, pilot_until: Any
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await send(pilot, "sleep")
        await pilot_until(pilot, lambda: app.asked == [False])
        night.begin()
        await pilot_until(pilot, lambda: app.screen.query_one(NightPanel).display)
        night.end("failed", "no memory left")
        await pilot_until(pilot, lambda: "No memory left." in notices(app))
        app.process.code = 1
        await pilot.pause(0.8)
        assert "did not start" not in notices(app)


async def test_sleep_twice_starts_one_night(make_app: Callable[[], Any], pilot_until: Any) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await send(pilot, "sleep")
        await send(pilot, "sleep")
        await pilot_until(pilot, lambda: app.asked == [False])
        assert "running already" in notices(app)
        app.process.code = 0
        await pilot_until(pilot, lambda: "left no record" in notices(app))
        await send(pilot, "sleep")
        await pilot_until(pilot, lambda: app.asked == [False, False])
