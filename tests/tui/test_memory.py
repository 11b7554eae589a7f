"""Looking through the memory, muting, approving, forgetting, and undoing it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
from textual.widgets import Input, Static

from memory.episode import EpisodeDraft, NoveltyScore
from memory.records import Choice
from tui.screens.confirm import Confirm
from tui.screens.memory import PAGE, MemoryScreen
from tui.widgets.episode_table import EpisodeTable
from tui.widgets.prompt import Prompt

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def shown(widget: Any) -> str:
    return "\n".join(str(s.render()) for s in widget.query(Static) if s.display)


def rows(app: Any) -> list[str]:
    table = app.screen.query_one(EpisodeTable)
    return [str(table.get_row_at(row)[-1]) for row in range(table.row_count)]


async def opened(pilot: Any, until: Any, count: int) -> None:
    await pilot.press("f2")
    await until(pilot, lambda: isinstance(pilot.app.screen, MemoryScreen))
    await until(pilot, lambda: pilot.app.screen.query_one(EpisodeTable).row_count == count)


async def test_the_newest_come_first_and_the_cursor_shows_one_whole(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    remember(workspace.store, "I live in Porto", "A fine place.")
    remember(workspace.store, "[/] is [bold]no[/bold] markup", "So it is.")
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, 2)
        assert rows(pilot.app) == ["[/] is [bold]no[/bold] markup", "I live in Porto"]
        await pilot_until(pilot, lambda: "So it is." in shown(pilot.app.screen))
        await pilot.press("down")
        await pilot_until(pilot, lambda: "A fine place." in shown(pilot.app.screen))
        assert "novelty 0.72" in shown(pilot.app.screen)
        assert "waiting to be learned" in shown(pilot.app.screen)


async def test_the_search_follows_the_typing(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    remember(workspace.store, "My dog Biscuit barks")
    remember(workspace.store, "The rent is due on the third")
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, 2)
        await pilot.press("slash", *"bisc")
        await pilot_until(pilot, lambda: rows(pilot.app) == ["My dog Biscuit barks"])
        await pilot.press(*"xyz")
        await pilot_until(pilot, lambda: "Nothing remembered matches" in shown(pilot.app.screen))
        await pilot.press("escape")
        assert pilot.app.screen.query_one(EpisodeTable).has_focus
        await pilot.press("escape")
        assert pilot.app.screen.query_one(Prompt)


async def test_the_memory_command_takes_a_search_with_it(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    remember(workspace.store, "My dog Biscuit barks")
    remember(workspace.store, "The rent is due")
    async with make_app().run_test() as pilot:
        pilot.app.screen.query_one(Prompt).load_text("/memory rent') or")
        await pilot.press("enter")
        await pilot_until(pilot, lambda: isinstance(pilot.app.screen, MemoryScreen))
        await pilot_until(pilot, lambda: rows(pilot.app) == ["The rent is due"])
        assert pilot.app.screen.query_one(Input).value == "rent') or"


async def test_forgetting_asks_and_says_what_stays(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    kept = remember(workspace.store, "keep me")
    gone = remember(workspace.store, "forget me")
    workspace.store.set_state([gone.id], "learned")
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, 2)
        await pilot.press("f")
        await pilot_until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        assert "until a deep sleep" in shown(pilot.app.screen)
        await pilot.press("enter")  # the safe answer has the focus
        await pilot_until(pilot, lambda: isinstance(pilot.app.screen, MemoryScreen))
        assert workspace.store.get(gone.id) is not None
        await pilot.press("f", "y")
        await pilot_until(pilot, lambda: rows(pilot.app) == ["keep me"])
    assert workspace.store.get(gone.id) is None
    assert workspace.store.get(kept.id) is not None


async def test_muting_goes_both_ways(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    episode = remember(workspace.store, "a passing thought")
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, 1)
        await pilot.press("m")
        await pilot_until(pilot, lambda: "never learned" in shown(pilot.app.screen))
        assert workspace.store.get(episode.id).state == "muted"
        await pilot.press("m")
        await pilot_until(pilot, lambda: "waiting to be learned" in shown(pilot.app.screen))
        assert workspace.store.get(episode.id).state == "waiting"


async def test_pinning_goes_both_ways_and_unmutes(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    episode = remember(workspace.store, "[b]blue[/b]")
    workspace.store.set_state([episode.id], "muted")
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, 1)
        await pilot.press("p")
        await pilot_until(pilot, lambda: "pinned: every night takes it" in shown(pilot.app.screen))
        assert "waiting to be learned" in shown(pilot.app.screen)
        assert rows(pilot.app) == ["pinned [b]blue[/b]"]
        await pilot.press("p")
        await pilot_until(pilot, lambda: rows(pilot.app) == ["[b]blue[/b]"])
        assert not workspace.store.get(episode.id).pinned


async def test_muting_unpins(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    episode = remember(workspace.store, "a passing thought")
    workspace.store.set_pinned([episode.id], True)
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, 1)
        await pilot.press("m")
        await pilot_until(pilot, lambda: rows(pilot.app) == ["a passing thought"])
        assert workspace.store.get(episode.id).state == "muted"


async def test_what_the_last_night_chose_is_shown_with_the_episode(
    make_app: Callable[[], Any], workspace: Any, night: Any, remember: Any, pilot_until: Any
) -> None:
    left = remember(workspace.store, "Where do I live?")
    night.begin()
    night.dream([], [Choice(left.id, "asks [something]: nothing to learn", 0.0)], [])
    night.end("empty")
    remember(workspace.store, "a passing thought")
    async with make_app().run_test(size=(120, 30)) as pilot:
        await opened(pilot, pilot_until, 2)
        await pilot_until(
            pilot, lambda: "No night has looked at it yet." in shown(pilot.app.screen)
        )
        await pilot.press("down")
        said = "Night 1 left it out (worth 0.00): asks [something]: nothing to learn."
        await pilot_until(pilot, lambda: said in shown(pilot.app.screen))


async def test_more_rows_come_at_the_end(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    for number in range(PAGE + 5):
        remember(workspace.store, f"fact {number}")
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, PAGE)
        await pilot.press("ctrl+end")
        table = pilot.app.screen.query_one(EpisodeTable)
        await pilot_until(pilot, lambda: table.row_count == PAGE + 5)


async def test_an_empty_memory_says_so(make_app: Callable[[], Any], pilot_until: Any) -> None:
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, 0)
        await pilot_until(pilot, lambda: "Nothing is remembered yet" in shown(pilot.app.screen))
        await pilot.press("f", "m", "p")
        assert isinstance(pilot.app.screen, MemoryScreen)


async def test_what_is_quarantined_is_found_and_used_only_once_it_is_approved(
    make_app: Callable[[], Any], workspace: Any, pilot_until: Any
) -> None:
    novelty = NoveltyScore(0.6, 0.8, None)
    draft = EpisodeDraft("s", NOON, "[b]zebra[/b]", "Yes.", "ChatGPT", novelty, "import")
    held = workspace.store.add(draft, np.ones(2, np.float32))
    async with make_app().run_test(size=(120, 30)) as pilot:
        await opened(pilot, pilot_until, 1)
        words = "used for nothing until you approve it"
        await pilot_until(pilot, lambda: words in shown(pilot.app.screen))
        assert "surprisal not measured" in shown(pilot.app.screen)
        await pilot.press("p", "m", "slash", *"zebr")
        await pilot_until(pilot, lambda: rows(pilot.app) == ["[b]zebra[/b]"])
        assert workspace.store.get(held.id) == held
        await pilot.press("escape", "a")
        await pilot_until(pilot, lambda: "waiting to be learned" in shown(pilot.app.screen))
        assert workspace.store.get(held.id).state == "waiting"
        await pilot.press("u")
        await pilot_until(pilot, lambda: words in shown(pilot.app.screen))
        assert workspace.store.get(held.id) == held


async def test_undo_brings_a_forgotten_episode_back(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    told = remember(workspace.store, "do not forget me")
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, 1)
        await pilot.press("f")
        await pilot_until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        assert "Undo (u) brings it back" in shown(pilot.app.screen)
        await pilot.press("y")
        await pilot_until(pilot, lambda: rows(pilot.app) == [])
        await pilot.press("u")
        await pilot_until(pilot, lambda: rows(pilot.app) == ["do not forget me"])
        await pilot.press("u")
        await pilot.pause()
    assert workspace.store.get(told.id) == told
