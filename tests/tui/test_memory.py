"""Looking through the memory, muting, approving, forgetting, and undoing it."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from textual.widgets import Input, Static

from memory.episode import EpisodeDraft, NoveltyScore
from memory.records import Choice, Dream, Verdict
from tui.memory_search import PAGE
from tui.screens.confirm import Confirm
from tui.screens.memory import MemoryScreen
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
        assert pilot.app.screen.check_action("approve", ())
        await pilot.press("escape", "a")
        await pilot_until(pilot, lambda: "waiting to be learned" in shown(pilot.app.screen))
        assert not pilot.app.screen.check_action("approve", ())
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


async def test_what_is_near_in_meaning_comes_after_what_has_the_words(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    remember(workspace.store, "My dog Biscuit barks")
    remember(workspace.store, "Pets are [b]allowed[/b] here")
    workspace.embedder.known["dog"] = (1.0, 0.0)
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, 2)
        await pilot.press("slash", *"dog")
        found = ["My dog Biscuit barks", "Pets are [b]allowed[/b] here"]
        await pilot_until(pilot, lambda: rows(pilot.app) == found)
        await pilot.press(*"gy")
        await pilot_until(pilot, lambda: rows(pilot.app) == [])


async def test_filters_stand_among_the_words(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    anna = remember(workspace.store, "Anna lives in Oban")
    remember(workspace.store, "Anna likes figs")
    workspace.store.set_state([anna.id], "learned")
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, 2)
        screen = pilot.app.screen
        for query, found in (
            ("person:anna place:oban", ["Anna lives in Oban"]),
            ("state:waiting", ["Anna likes figs"]),
            ("figs person:Anna", ["Anna likes figs"]),
            ("since:2030-01-01", []),
        ):
            screen.look_for(query)
            await pilot_until(pilot, lambda found=found: rows(pilot.app) == found, query)
        screen.look_for("state:asleep")
        await pilot_until(pilot, lambda: "State: is one of waiting" in shown(screen))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_order_is_changed_by_a_key(
    make_app: Callable[[], Any],
    workspace: Any,
    remember: Any,
    pilot_until: Any,
    size: tuple[int, int],
) -> None:
    remember(workspace.store, "known", novelty=NoveltyScore(0.1, 0.1, 1.0))
    remember(workspace.store, "new", novelty=NoveltyScore(0.9, 0.9, 9.0))
    remember(workspace.store, "half", novelty=NoveltyScore(0.5, 0.5, 5.0))
    async with make_app().run_test(size=size) as pilot:
        await opened(pilot, pilot_until, 3)
        for order, found in (
            ("oldest", ["known", "new", "half"]),
            ("novel", ["new", "half", "known"]),
            ("familiar", ["known", "half", "new"]),
            ("newest", ["half", "new", "known"]),
        ):
            await pilot.press("o")
            await pilot_until(pilot, lambda found=found: rows(pilot.app) == found, order)
            assert f"{order} first" in shown(pilot.app.screen)


async def test_marked_episodes_are_changed_and_forgotten_together(
    make_app: Callable[[], Any], workspace: Any, remember: Any, pilot_until: Any
) -> None:
    kept, *others = [remember(workspace.store, f"fact {i}") for i in range(4)]
    async with make_app().run_test() as pilot:
        await opened(pilot, pilot_until, 4)
        await pilot.press("space", "space", "p")
        pinned = {e.id for e in others[1:]}
        await pilot_until(
            pilot, lambda: {e.id for e in workspace.store.newest(9) if e.pinned} == pinned
        )
        await pilot.press("space", "m")
        await pilot_until(pilot, lambda: workspace.store.counts()["muted"] == 3)
        await pilot.press("f")
        await pilot_until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        assert "Forget these 3 episodes?" in shown(pilot.app.screen)
        await pilot.press("y")
        await pilot_until(pilot, lambda: rows(pilot.app) == ["fact 0"])
        assert [e.id for e in workspace.store.newest(9)] == [kept.id]
        await pilot.press("ctrl+a", "escape")
        assert isinstance(pilot.app.screen, MemoryScreen)
        assert not pilot.app.screen.query_one(EpisodeTable).marked


async def test_an_episode_shows_what_nights_made_of_it_and_what_the_weights_know(
    make_app: Callable[[], Any],
    workspace: Any,
    night: Any,
    asked: Any,
    remember: Any,
    pilot_until: Any,
) -> None:
    dog = remember(workspace.store, "My dog is Rex")
    dream = Dream("Who is [b]my dog[/b]?", "Rex.", "question", (dog.id,))
    for after in ("Rex", "Max"):
        night.begin()
        night.dream([Choice(dog.id, "new")], [], [dream])
        night.test([asked("My dog?", "Rex", "no", after, "new", dog.id)], Verdict(True, ()))
        night.end("promoted")
    async with make_app().run_test(size=(120, 40)) as pilot:
        await opened(pilot, pilot_until, 1)
        screen = pilot.app.screen
        await pilot_until(pilot, lambda: "Trained on night 1, repeated on 2." in shown(screen))
        assert "When last asked, 0 of 1 questions were right." in shown(screen)
        assert "✗ My dog? Max  night 2" in shown(screen)
        assert shown(screen).count("Who is [b]my dog[/b]? → Rex.") == 1


async def test_how_an_episode_is_understood_is_read_by_another_process(
    make_app: Callable[[], Any],
    workspace: Any,
    remember: Any,
    pilot_until: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remember(workspace.store, "My dog is Rex")
    document = {
        "utterances": [{"kind": "fact", "text": "My dog is Rex", "reason": "states [it]"}],
        "facts": ["Your dog is Rex."],
        "replaced": [{"fact": "Your dog is Max.", "by_fact": "Your dog is Rex."}],
    }
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\necho '{json.dumps(document)}'\n")
    program.chmod(0o755)
    async with make_app().run_test(size=(120, 40)) as pilot:
        await opened(pilot, pilot_until, 1)
        monkeypatch.setattr(sys, "executable", str(program))
        await pilot.press("d")
        screen = pilot.app.screen
        await pilot_until(pilot, lambda: "Your dog is Rex." in shown(screen))
        assert "My dog is Rex  fact: states [it]" in shown(screen)
        assert "no longer: Your dog is Max. Now: Your dog is Rex." in shown(screen)
        program.write_text("#!/bin/sh\necho 'reverie: no room' >&2\nexit 1\n")
        await pilot.press("d")
        await pilot_until(pilot, lambda: "No room." in shown(screen))
