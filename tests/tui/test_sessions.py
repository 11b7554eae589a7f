"""Earlier conversations, and messages that are taken back or gone on from."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList

from models.base import EngineCrashed
from tui.code_blocks import code_blocks
from tui.screens.sessions import SessionsScreen
from tui.widgets.prompt import Prompt
from tui.widgets.transcript import Notice, Reply, UserSaid

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])


async def send(pilot: Any, text: str) -> None:
    pilot.app.screen.query_one(Prompt).load_text(text)
    await pilot.press("enter")
    await pilot.pause()


def said(pilot: Any) -> list[str]:
    """The messages on screen, both sides, in order."""
    shown = pilot.app.screen.query("UserSaid, Reply")
    return [one.text for one in shown if one.display]


def stored(workspace: Any) -> list[tuple[str, str]]:
    found = workspace.store.newest(50)
    return [(one.user_text, one.assistant_text) for one in reversed(found)]


def notices(pilot: Any) -> str:
    return "\n".join(str(notice.render()) for notice in pilot.app.screen.query(Notice))


def listed(pilot: Any) -> list[str]:
    options = pilot.app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(i).prompt) for i in range(options.option_count)]


@pytest.fixture
def until(pilot_until: Any) -> Any:
    return pilot_until


async def exchange(pilot: Any, until: Any, workspace: Any, text: str, answer: str) -> None:
    """Say something and have it answered."""
    workspace.assistant.script = [answer]
    number = len(workspace.assistant.prompted)
    await send(pilot, text)
    await until(pilot, lambda: len(workspace.assistant.prompted) == number + 1)
    await until(pilot, lambda: pilot.app.screen._talk.answering is False)


@SIZES
async def test_an_earlier_conversation_is_found_and_gone_on_with(
    make_app: Callable[[], Any],
    workspace: Any,
    remember: Any,
    until: Any,
    size: tuple[int, int],
) -> None:
    remember(workspace.store, "My boat is called Marigold.", "A fine name.", session_id="a")
    remember(workspace.store, "It leaks.", "Oh no.", session_id="a")
    remember(workspace.store, "[b]What is a cat?[/b]", "An animal.", session_id="b")
    async with make_app().run_test(size=size) as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionsScreen))
        await until(pilot, lambda: len(listed(pilot)) == 2)
        assert "[b]What is a cat?[/b]" in listed(pilot)[0]
        assert "My boat is called Marigold." in listed(pilot)[1]
        assert "2 exchanges" in listed(pilot)[1]
        await pilot.press("slash", *"leak")
        await until(pilot, lambda: len(listed(pilot)) == 1)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, SessionsScreen))
        await until(pilot, lambda: len(said(pilot)) == 4)
        assert said(pilot) == [
            "My boat is called Marigold.",
            "A fine name.",
            "It leaks.",
            "Oh no.",
        ]
        await exchange(pilot, until, workspace, "Still.", "Bail it out.")
    assert workspace.assistant.prompted[-1] == [
        "My boat is called Marigold.",
        "A fine name.",
        "It leaks.",
        "Oh no.",
    ]
    assert workspace.store.newest(1)[0].session_id == "a"


async def test_a_conversation_gets_a_title_in_the_list_and_by_command(
    make_app: Callable[[], Any], workspace: Any, remember: Any, until: Any
) -> None:
    remember(workspace.store, "Hello there", session_id="a")
    async with make_app().run_test() as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionsScreen))
        await until(pilot, lambda: len(listed(pilot)) == 1)
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("ctrl+u", *"Boats", "enter")
        await until(pilot, lambda: workspace.sessions.listed()[0].title == "Boats")
        await until(pilot, lambda: "Boats" in listed(pilot)[0])
        await pilot.press("escape")
        await exchange(pilot, until, workspace, "New talk", "Yes.")
        await send(pilot, "/title Trains")
        await until(pilot, lambda: workspace.sessions.listed()[0].title == "Trains")


async def test_a_forgotten_conversation_is_gone_and_asked_about_first(
    make_app: Callable[[], Any], workspace: Any, remember: Any, until: Any
) -> None:
    remember(workspace.store, "A secret", session_id="a")
    remember(workspace.store, "Another", session_id="b")
    async with make_app().run_test() as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionsScreen))
        await until(pilot, lambda: len(listed(pilot)) == 2)
        await pilot.press("down", "f", "n")
        assert len(workspace.store.newest(9)) == 2
        await pilot.press("f", "y")
        await until(pilot, lambda: len(listed(pilot)) == 1)
    assert stored(workspace) == [("Another", "Noted.")]


async def test_a_reply_given_anew_stands_instead_of_the_old_one(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await exchange(pilot, until, workspace, "One", "First.")
        await exchange(pilot, until, workspace, "Two", "Second.")
        workspace.assistant.script = ["Better."]
        await send(pilot, "/retry")
        await until(pilot, lambda: said(pilot) == ["One", "First.", "Two", "Better."])
        await until(pilot, lambda: not pilot.app.screen._talk.answering)
        assert stored(workspace) == [("One", "First."), ("Two", "Better.")]
        assert workspace.assistant.prompted[-1] == ["One", "First."]
        assert workspace.assistant.variations == [0, 0, 3]


async def test_answering_an_earlier_message_anew_asks_before_others_go(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await exchange(pilot, until, workspace, "One", "One!")
        await exchange(pilot, until, workspace, "Two", "Two!")
        workspace.store.set_state([one.id for one in workspace.store.newest(9)], "learned")
        await pilot.press("ctrl+up", "up", "up", "r", "n")
        assert said(pilot) == ["One", "One!", "Two", "Two!"]
        await pilot.press("ctrl+up", "up", "up", "r", "y")
        await until(pilot, lambda: said(pilot) == ["One", "I see."])
        await until(pilot, lambda: "until a deep sleep" in notices(pilot))
    assert stored(workspace) == [("One", "I see.")]


async def test_an_edited_message_takes_the_place_of_itself_and_what_followed(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        for text in ("One", "Two", "Three"):
            await exchange(pilot, until, workspace, text, f"{text}!")
        await pilot.press("ctrl+up", "up", "up", "up", "e")
        await pilot.pause()
        prompt = pilot.app.screen.query_one(Prompt)
        assert prompt.text == "Two"
        assert pilot.app.screen.query_one("#editing").display
        workspace.assistant.script = ["Two again!"]
        await pilot.press(*" B", "enter")
        await until(pilot, lambda: said(pilot) == ["One", "One!", "Two B", "Two again!"])
        assert not pilot.app.screen.query_one("#editing").display
    assert stored(workspace) == [("One", "One!"), ("Two B", "Two again!")]


async def test_escape_leaves_an_edited_message_as_it_was(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await exchange(pilot, until, workspace, "One", "One!")
        await send(pilot, "/edit")
        await pilot.press("x", "escape")
        assert pilot.app.screen.query_one(Prompt).text == ""
        await exchange(pilot, until, workspace, "Two", "Two!")
    assert [text for text, _ in stored(workspace)] == ["One", "Two"]


async def test_a_retry_that_fails_takes_nothing_back(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await exchange(pilot, until, workspace, "One", "First.")
        workspace.assistant.script = [EngineCrashed("the process ended")]
        await send(pilot, "/retry")
        await until(pilot, lambda: "The process ended" in notices(pilot))
        assert said(pilot) == ["One", "First."]
        await exchange(pilot, until, workspace, "Two", "Second.")
    assert workspace.assistant.prompted[-1] == ["One", "First."]
    assert stored(workspace) == [("One", "First."), ("Two", "Second.")]


async def test_a_fork_goes_on_from_a_message_and_leaves_the_other_whole(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await exchange(pilot, until, workspace, "One", "One!")
        await exchange(pilot, until, workspace, "Two", "Two!")
        await pilot.press("ctrl+up", "up", "up", "f")
        await until(pilot, lambda: said(pilot) == ["One", "One!"])
        await exchange(pilot, until, workspace, "Other", "Other!")
    assert workspace.assistant.prompted[-1] == ["One", "One!"]
    fork, first = workspace.sessions.listed()
    assert fork.forked_from == first.id
    assert [one.user_text for one in workspace.sessions.history(first.id)] == ["One", "Two"]
    assert [one.user_text for one in workspace.sessions.history(fork.id)] == ["One", "Other"]
    assert len(stored(workspace)) == 3


async def test_editing_what_a_fork_began_with_takes_nothing_from_the_other(
    make_app: Callable[[], Any], workspace: Any, remember: Any, until: Any
) -> None:
    remember(workspace.store, "One", "One!", session_id="a")
    two = remember(workspace.store, "Two", "Two!", session_id="a")
    workspace.sessions.fork("a", "b", two.id)
    remember(workspace.store, "Three", "Three!", session_id="b")
    async with make_app().run_test() as pilot:
        await pilot.app.screen.resume("b")
        await pilot.press("ctrl+up", "up", "up", "up", "r")
        await until(pilot, lambda: said(pilot) == ["One", "One!", "Two", "I see."])
        await until(pilot, lambda: not pilot.app.screen._talk.answering)
    assert [one.user_text for one in workspace.sessions.history("a")] == ["One", "Two"]
    assert [one.user_text for one in workspace.sessions.history("b")] == ["One", "Two", "Three"]
    newest = workspace.sessions.listed()[0]
    assert [one.user_text for one in workspace.sessions.history(newest.id)] == ["One", "Two"]


async def test_private_messages_are_answered_anew_and_stay_private(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await exchange(pilot, until, workspace, "Public", "Public!")
        await send(pilot, "/private")
        await exchange(pilot, until, workspace, "Secret", "Secret!")
        await send(pilot, "/retry")
        await until(pilot, lambda: said(pilot)[-1] == "I see.")
        await until(pilot, lambda: not pilot.app.screen._talk.answering)
        assert workspace.assistant.prompted[-1] == []
        await pilot.press("ctrl+up", "up", "up", "e")
        assert pilot.app.screen.query_one(Prompt).text == ""
        await send(pilot, "/title Secret plans")
    assert stored(workspace) == [("Public", "Public!")]
    assert workspace.sessions.listed()[0].title == "Public"


async def test_a_message_is_copied_whole_and_its_code_block_by_block(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    answer = "Do:\n\n```python\nprint(1)\n```\n\nor\n\n~~~\nprint(2)\n~~~"
    async with make_app().run_test(size=(80, 24)) as pilot:
        await exchange(pilot, until, workspace, "How?", answer)
        await send(pilot, "/copy")
        assert pilot.app.clipboard == answer
        await pilot.press("ctrl+up")
        assert pilot.app.screen.query_one(Reply).has_class("chosen")
        await pilot.press("Y")
        assert pilot.app.clipboard == "print(1)"
        await pilot.press("Y")
        assert pilot.app.clipboard == "print(2)"
        await pilot.press("up", "y")
        assert pilot.app.clipboard == "How?"
        assert pilot.app.screen.query_one(UserSaid).has_class("chosen")
        await pilot.press("escape")
        assert pilot.app.screen.query_one(Prompt).has_focus
        assert not pilot.app.screen.query(".chosen")


async def test_the_conversation_is_exported_readable_and_for_its_owner_alone(
    make_app: Callable[[], Any], workspace: Any, until: Any, tmp_path: Path
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, "/export")
        await until(pilot, lambda: "Nothing was said yet" in notices(pilot))
        await exchange(pilot, until, workspace, "My boat leaks.\nWhy?", "Old **planks**.")
        await send(pilot, "/export")
        await until(pilot, lambda: "Written to" in notices(pilot))
        (file,) = (workspace.settings.home / "exports").iterdir()
        text = file.read_text(encoding="utf-8")
        assert text.startswith("# My boat leaks. Why?\n\n**You** · ")
        assert "\n> My boat leaks.\n> Why?\n" in text
        assert "\nOld **planks**.\n" in text
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.name.startswith("my-boat-leaks-why-")
        await send(pilot, f"/export {tmp_path / 'talk.json'}")
        await until(pilot, lambda: (tmp_path / "talk.json").exists())
        document = json.loads((tmp_path / "talk.json").read_text())
        assert document["exchanges"][0]["user_text"] == "My boat leaks.\nWhy?"
        await send(pilot, f"/export {tmp_path / 'talk.json'}")
        await until(pilot, lambda: "is there already" in notices(pilot))


async def test_the_history_of_the_input_reaches_back_into_earlier_days(
    make_app: Callable[[], Any], workspace: Any, remember: Any, until: Any
) -> None:
    for text in ("First", "Second", "Second"):
        remember(workspace.store, text)
    async with make_app().run_test() as pilot:
        prompt = pilot.app.screen.query_one(Prompt)
        await until(pilot, lambda: prompt.earlier == 2)
        await send(pilot, "/nonsense")
        await pilot.press("up", "up")
        assert prompt.text == "Second"
        await pilot.press("up", "up")
        assert prompt.text == "First"


def test_code_is_found_between_fences_of_either_kind() -> None:
    text = (
        "a\n```py\nx = 1\n\ny = 2\n```\n~~~~\n~~~\nin\n~~~~\n````\n```\ninner\n```\n````\n```\nopen"
    )
    assert code_blocks(text) == ["x = 1\n\ny = 2", "~~~\nin", "```\ninner\n```", "open"]
    assert code_blocks("no code ``` here") == []
