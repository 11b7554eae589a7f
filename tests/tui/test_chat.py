"""Talking, as the owner sees it."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.events import Key
from textual.widgets import Markdown, Static

from models.base import ContextOverflow, EngineCrashed, WeightsMissing
from tui.widgets.command_hint import CommandHint
from tui.widgets.prompt import Prompt
from tui.widgets.status_line import StatusLine
from tui.widgets.transcript import Notice, Reply, UserSaid

KEYS = {" ": "space", "/": "slash", "?": "question_mark", "[": "left_square_bracket"}


async def send(pilot: Any, text: str) -> None:
    prompt = pilot.app.screen.query_one(Prompt)
    prompt.load_text(text)
    await pilot.press("enter")
    await pilot.pause()


def shown(widget: Any) -> str:
    """All text of the Statics in a widget, as painted."""
    return "\n".join(str(s.render()) for s in widget.query(Static) if s.display)


def notices(app: Any) -> list[str]:
    return [str(notice.render()) for notice in app.screen.query(Notice)]


@pytest.fixture
def until(pilot_until: Any) -> Any:
    return pilot_until


async def test_a_reply_streams_and_ends_with_its_footnote(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    workspace.assistant.script = ["Your dog is **Biscuit**."]
    workspace.assistant.hold.clear()
    async with make_app().run_test() as pilot:
        await send(pilot, "What is my dog called?")
        reply = pilot.app.screen.query_one(Reply)
        await until(pilot, lambda: reply.text == "Your")
        workspace.assistant.hold.set()
        await until(pilot, lambda: "novelty 0.72, new" in shown(reply))
        assert reply.text == "Your dog is **Biscuit**."
        assert reply.query_one(Markdown).source == "Your dog is **Biscuit**."
        assert "no memory recalled" in shown(reply)
        assert str(pilot.app.screen.query_one(UserSaid).render()) == "What is my dog called?"
    assert workspace.store.counts()["waiting"] == 1


async def test_escape_stops_and_keeps_the_partial_answer(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    workspace.assistant.script = ["Once upon a time there was more."]
    workspace.assistant.hold.clear()
    async with make_app().run_test() as pilot:
        await send(pilot, "Tell me a story")
        reply = pilot.app.screen.query_one(Reply)
        await until(pilot, lambda: reply.text == "Once")
        assert "escape" in pilot.app.screen.active_bindings
        await pilot.press("escape")
        await until(pilot, lambda: "stopped, and kept" in shown(reply))
        assert reply.text == "Once"
        assert "escape" not in pilot.app.screen.active_bindings
        assert workspace.store.newest(1)[0].assistant_text == "Once"


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (EngineCrashed("the process models.engine ended (exit -11)"), "Press Up"),
        (WeightsMissing("base.gguf not found; run `reverie doctor`"), "reverie doctor"),
        (ContextOverflow("the message has 9000 tokens, 4096 fit"), "/new"),
        (OSError("no room left on the disk"), "try again"),
    ],
)
async def test_a_failed_turn_is_explained_and_the_next_one_works(
    make_app: Callable[[], Any], workspace: Any, until: Any, error: Exception, advice: str
) -> None:
    workspace.assistant.script = [error, "Back again."]
    async with make_app().run_test() as pilot:
        await send(pilot, "Hello")
        await until(pilot, lambda: any(advice in notice for notice in notices(pilot.app)))
        await pilot.press("up")
        assert pilot.app.screen.query_one(Prompt).text == "Hello"
        await pilot.press("enter")
        await until(
            pilot, lambda: [r.text for r in pilot.app.screen.query(Reply)] == ["Back again."]
        )


async def test_a_model_that_cannot_be_loaded_does_not_end_the_app(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    workspace.wake_error = WeightsMissing("base.gguf not found")
    async with make_app().run_test() as pilot:
        await until(pilot, lambda: any("base.gguf not found" in n for n in notices(pilot.app)))
        assert pilot.app.screen.query_one(StatusLine).model_state == "not loaded"
        await send(pilot, "Hello")
        await until(pilot, lambda: pilot.app.screen.query_one(Reply).text == "I see.")


async def test_markup_in_foreign_text_is_shown_as_it_is(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    text = "[/] and [bold]bold[/bold] [@click=app.quit]x[/]"
    workspace.assistant.script = [f"You said {text}", EngineCrashed(f"died of {text}")]
    async with make_app().run_test() as pilot:
        await send(pilot, text)
        await until(pilot, lambda: "novelty" in shown(pilot.app.screen.query_one(Reply)))
        assert str(pilot.app.screen.query_one(UserSaid).render()) == text
        body = pilot.app.screen.query_one(Reply).query_one(Markdown)
        painted = " ".join(str(block.render()) for block in body.query("MarkdownParagraph"))
        assert text in painted
        await send(pilot, "again")
        await until(pilot, lambda: any(f"Died of {text}" in n for n in notices(pilot.app)))


async def test_control_characters_never_reach_the_screen(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    evil = "a\x1b[31mb\x1b]52;c;ZXZpbA==\x07c\x9b2Jd"
    workspace.assistant.script = [evil]
    async with make_app().run_test() as pilot:
        await send(pilot, evil)
        reply = pilot.app.screen.query_one(Reply)
        await until(pilot, lambda: "novelty" in shown(reply))
        seen = str(pilot.app.screen.query_one(UserSaid).render())
        for text in (seen, reply.query_one(Markdown).source, reply.text):
            assert not set(text) & {"\x1b", "\x07", "\x9b"}


async def test_an_unknown_command_gets_one_line_and_no_turn(
    make_app: Callable[[], Any], workspace: Any
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, "/frobnicate now")
        assert [n for n in notices(pilot.app) if "/frobnicate is not a command" in n]
        await send(pilot, " /etc/hosts is a file")
        assert len(pilot.app.screen.query(UserSaid)) == 1
    assert [text for text, _, _ in workspace.assistant.heard] == ["/etc/hosts is a file"]


async def test_private_talk_is_marked_stored_nowhere_and_has_its_own_history(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        screen = pilot.app.screen
        await send(pilot, "public")
        await until(pilot, lambda: workspace.store.counts()["waiting"] == 1)
        await pilot.pause()
        await send(pilot, "/private")
        assert screen.has_class("-private")
        assert "PRIVATE" in shown(screen.query_one(StatusLine))
        await send(pilot, "secret")
        await until(pilot, lambda: "not stored" in shown(list(screen.query(Reply))[-1]))
        assert list(screen.query(UserSaid))[-1].has_class("private")
        await send(pilot, "/private")
        assert not screen.has_class("-private")
        await send(pilot, "public again")
        await until(pilot, lambda: workspace.store.counts()["waiting"] == 2)
    (_, first, no), (_, second, yes), (_, third, _) = workspace.assistant.heard
    assert (no, yes) == (False, True)
    assert first == third != second


async def test_enter_sends_and_other_enters_make_lines(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await pilot.press("a", "ctrl+j", "b", "shift+enter", "c")
        assert pilot.app.screen.query_one(Prompt).text == "a\nb\nc"
        await pilot.press("enter")
        await until(pilot, lambda: len(workspace.assistant.heard) == 1)
    assert workspace.assistant.heard[0][0] == "a\nb\nc"


async def test_a_burst_of_keys_is_taken_in_the_order_typed(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        for key in ("h", "i", "enter", "b", "y", "e"):
            pilot.app.post_message(Key(key, key if len(key) == 1 else "\r"))
        await until(pilot, lambda: len(workspace.assistant.heard) == 1)
        await until(pilot, lambda: pilot.app.screen.query_one(Prompt).text == "bye")
    assert workspace.assistant.heard[0][0] == "hi"


async def test_up_and_down_walk_the_history_from_an_empty_input(
    make_app: Callable[[], Any],
) -> None:
    async with make_app().run_test() as pilot:
        prompt = pilot.app.screen.query_one(Prompt)
        await send(pilot, "/one")
        await send(pilot, "/two")
        await pilot.press("up")
        assert prompt.text == "/two"
        await pilot.press("up", "up")
        assert prompt.text == "/one"
        await pilot.press("down")
        assert prompt.text == "/two"
        await pilot.press("down")
        assert prompt.text == ""
        await pilot.press("x", "up")
        assert prompt.text == "x"


async def test_a_half_typed_command_is_hinted_at_and_completed(
    make_app: Callable[[], Any],
) -> None:
    async with make_app().run_test() as pilot:
        hint = pilot.app.screen.query_one(CommandHint)
        assert not hint.display
        await pilot.press("slash", "m")
        await pilot.pause()
        assert hint.display
        assert "/memory [search]" in str(hint.render())
        await pilot.press("tab")
        assert pilot.app.screen.query_one(Prompt).text == "/memory "


async def test_a_second_message_waits_in_the_input_while_a_reply_comes(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    workspace.assistant.hold.clear()
    async with make_app().run_test() as pilot:
        await send(pilot, "first")
        await send(pilot, "second")
        assert pilot.app.screen.query_one(Prompt).text == "second"
        workspace.assistant.hold.set()
        await until(pilot, lambda: "novelty" in shown(pilot.app.screen.query_one(Reply)))
        await pilot.press("enter")
        await until(pilot, lambda: len(workspace.assistant.heard) == 2)


async def test_a_live_version_that_gave_way_is_told_of_once(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    workspace.registry.told = "night-0002 gave way to base: its files are gone or not whole"
    async with make_app().run_test() as pilot:
        for number in (1, 2):
            await send(pilot, f"hello {number}")
            await until(pilot, lambda number=number: workspace.store.counts()["waiting"] == number)
        told = "night-0002 gave way to base: its files are gone or not whole. Quit and run"
        assert "\n".join(notices(pilot.app)).count(told) == 1


async def test_rollback_asks_first(make_app: Callable[[], Any], workspace: Any, until: Any) -> None:
    workspace.registry.names = ["base", "night-0001"]
    async with make_app().run_test() as pilot:
        await send(pilot, "/rollback")
        await pilot.press("n")
        assert workspace.registry.names == ["base", "night-0001"]
        await send(pilot, "/rollback")
        await pilot.press("y")
        await until(pilot, lambda: any("base is live again" in n for n in notices(pilot.app)))
        assert workspace.refreshed[-1] == "base"
        await send(pilot, "/rollback")
        await pilot.press("y")
        await until(pilot, lambda: any("nothing to roll back" in n for n in notices(pilot.app)))


async def test_leaving_during_a_reply_keeps_what_was_said(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    workspace.assistant.script = ["Half of it is here already."]
    workspace.assistant.hold.clear()
    async with make_app().run_test() as pilot:
        await send(pilot, "Tell me")
        await until(pilot, lambda: pilot.app.screen.query_one(Reply).text == "Half")
        await pilot.press("ctrl+q")
    assert workspace.store.newest(1)[0].assistant_text == "Half"
