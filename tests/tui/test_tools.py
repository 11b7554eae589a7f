"""Tools as the owner meets them: asked before a write, shown, called by name, ringing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from textual.widgets import Collapsible

from memory.notebook import Reminder
from tests.tui.test_chat import send, shown
from tui.chat_words import reminder_rang
from tui.desktop import notification_command
from tui.permission import Permission
from tui.screens.confirm import Confirm
from tui.widgets.command_hint import CommandHint
from tui.widgets.transcript import Notice, Reply, ToolUsed, UserSaid

NOW = datetime(2025, 11, 24, 20, 0, tzinfo=UTC)


def notices(app: Any) -> list[str]:
    return [str(notice.render()) for notice in app.screen_stack[1].query(Notice)]


def is_asked(app: Any) -> bool:
    """Whether a question is on screen, composed and ready for a key."""
    return isinstance(app.screen, Confirm) and app.screen.focused is not None


@pytest.fixture
def until(pilot_until: Any) -> Any:
    return pilot_until


async def test_a_tool_that_answered_is_shown_and_opens(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, "What is 12*7?")
        await until(pilot, lambda: "by calc" in shown(pilot.app.screen))
        used = pilot.app.screen.query_one(ToolUsed)
        assert used.collapsed
        assert "calc · 12*7" in str(used.query_one("CollapsibleTitle").render())
        assert pilot.app.screen.query_one(Reply).text == "12 × 7 = 84."
        used.query_one("CollapsibleTitle").focus()
        await pilot.press("enter")
        assert not used.collapsed
        assert "expression: 12*7" in shown(used.query_one(Collapsible.Contents))
    (episode,) = workspace.store.newest(5)
    assert (episode.user_text, episode.assistant_text) == ("What is 12*7?", "12 × 7 = 84.")


async def test_nothing_is_written_before_the_owner_agrees(
    make_app: Callable[..., Any], workspace: Any, until: Any
) -> None:
    async with make_app(now=lambda: NOW).run_test() as pilot:
        await send(pilot, "Remind me to eat tomorrow at 9")
        await until(pilot, lambda: is_asked(pilot.app))
        question = str(pilot.app.screen.query_one("#confirm-question").render())
        assert question == "Remind you on Tuesday 25 November 2025 at 09:00: eat?"
        assert workspace.notebook.reminders() == []
        await pilot.press("y")
        await until(pilot, lambda: workspace.notebook.reminders() != [])
        await until(pilot, lambda: "by remind" in shown(pilot.app.screen))
    assert [one.text for one in workspace.notebook.reminders()] == ["eat"]


async def test_what_is_declined_is_answered_by_the_model(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, "Note that it rains")
        await until(pilot, lambda: is_asked(pilot.app))
        await pilot.press("enter")  # the safe answer has the focus
        await until(pilot, lambda: "no memory recalled" in shown(pilot.app.screen))
        assert pilot.app.screen.query_one(Reply).text == "I see."
        assert not pilot.app.screen.query(ToolUsed)
    assert workspace.notebook.notes() == []


async def test_a_question_that_is_open_does_not_keep_the_app(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, "Note that it rains")
        await until(pilot, lambda: is_asked(pilot.app))
        await pilot.press("ctrl+q")
    assert workspace.notebook.notes() == []


async def test_in_private_nothing_is_asked_and_nothing_written(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, "/private")
        await send(pilot, "Note that my PIN is 4711")
        await until(pilot, lambda: "In private nothing is stored" in shown(pilot.app.screen))
    assert workspace.notebook.notes() == []


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/calc 12 times 7", "12 × 7 = 84."),
        ("/convert 5 mi to km", "5 mi = 8.04672 km."),
        ("/time", "It is 20:00 on Monday 24 November 2025."),
        ("/note the key is in the shed", "Noted (1): the key is in the shed"),
        (
            "/remind in 20 minutes take the bread out",
            "I will remind you on Monday 24 November 2025 at 20:20: take the bread out",
        ),
        ("/notes", "There are no notes yet."),
        ("/find the dentist", "Nothing is remembered about the dentist."),
    ],
)
async def test_a_tool_is_called_by_name(
    make_app: Callable[[], Any], workspace: Any, until: Any, line: str, answer: str
) -> None:
    async with make_app().run_test() as pilot:
        await send(pilot, line)
        await until(pilot, lambda: len(pilot.app.screen.query(Reply)) == 1)
        reply = pilot.app.screen.query_one(Reply)
        await until(pilot, lambda: reply.text == answer)
        assert str(pilot.app.screen.query_one(UserSaid).render()) == line
        assert not isinstance(pilot.app.screen, Confirm)
    assert workspace.store.counts().get("waiting", 0) == 0
    assert workspace.assistant.heard == []


async def test_a_file_is_shown_by_name_and_its_markup_is_not_read(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    folder = workspace.settings.home / "open"
    folder.mkdir()
    (folder / "odd[b].txt").write_text("[bold]# not a title[/] [/", "utf-8")
    async with make_app().run_test() as pilot:
        await send(pilot, "/read odd[b].txt")
        await until(pilot, lambda: bool(pilot.app.screen.query(Reply)))
        reply = pilot.app.screen.query_one(Reply)
        await until(pilot, lambda: "[bold]# not a title[/] [/" in reply.text)
        await send(pilot, "Note that [/ is [bold]")
        await until(pilot, lambda: is_asked(pilot.app))
        await pilot.press("y")
        await until(pilot, lambda: "by note" in shown(pilot.app.screen))
        assert "[/ is [bold]" in str(pilot.app.screen.query_one("CollapsibleTitle").render())


async def test_a_line_that_a_tool_cannot_read_is_answered_with_an_example(
    make_app: Callable[[], Any], workspace: Any, until: Any
) -> None:
    (workspace.settings.home / "open").mkdir()
    async with make_app().run_test() as pilot:
        await send(pilot, "/convert my flat")
        await until(pilot, lambda: "for example: /convert 5 mi to km" in notices(pilot.app)[-1])
        await send(pilot, "/remind")
        await until(pilot, lambda: "/remind: what? For example" in notices(pilot.app)[-1])
        await send(pilot, "/read diary.txt")
        await until(pilot, lambda: "there is no file 'diary.txt'" in notices(pilot.app)[-1])


async def test_the_hint_for_all_commands_leaves_room_for_the_talk(
    make_app: Callable[[], Any],
) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        await pilot.pause()
        hint = pilot.app.screen.query_one(CommandHint)
        assert hint.size.height <= 8
        assert " more" in str(hint.render())


async def test_a_reminder_rings_when_its_moment_comes_on_whatever_screen(
    make_app: Callable[..., Any], workspace: Any, until: Any
) -> None:
    clock = [NOW]
    workspace.notebook.add_reminder("take the bread [/ out", NOW + timedelta(minutes=1), NOW)
    app = make_app(now=lambda: clock[0])
    async with app.run_test() as pilot:
        app._look_for_reminders()
        await pilot.press("f3")
        await pilot.pause()
        assert app.notified == []
        clock[0] = NOW + timedelta(minutes=1, seconds=2)
        app._look_for_reminders()
        await until(pilot, lambda: app.notified == ["take the bread [/ out"])
        await until(pilot, lambda: notices(app)[-1] == "⏰ take the bread [/ out")
        app._look_for_reminders()
        await pilot.pause(0.1)
    assert app.notified == ["take the bread [/ out"]
    assert workspace.notebook.reminders() == []


async def test_a_reminder_rings_by_itself(
    make_app: Callable[..., Any], workspace: Any, until: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app._RING_EVERY_S", 0.05)
    app = make_app(now=lambda: NOW)
    async with app.run_test() as pilot:
        await pilot.pause(0.1)
        workspace.notebook.add_reminder("bread", NOW, NOW)
        await until(pilot, lambda: app.notified == ["bread"])


async def test_a_reminder_that_was_missed_is_told_at_the_next_start(
    make_app: Callable[..., Any], workspace: Any, until: Any
) -> None:
    workspace.notebook.add_reminder("bread", NOW - timedelta(hours=9), NOW - timedelta(hours=10))
    app = make_app(now=lambda: NOW)
    async with app.run_test() as pilot:
        await until(pilot, lambda: any("bread" in one for one in notices(app)))
        assert "while I was away" in notices(app)[-1]


def test_a_reminder_says_when_it_was_due_only_if_it_is_late() -> None:
    reminder = Reminder(1, NOW, NOW, "bread")
    assert reminder_rang(reminder, late=False) == "⏰ bread"
    assert reminder_rang(reminder, late=True).startswith("⏰ bread (that was due ")


def test_a_turn_that_is_stopped_writes_nothing() -> None:
    assert not Permission("Write").wait(lambda: True)


def test_a_notification_is_text_for_a_program_and_never_code() -> None:
    text = '--help $(reboot) "; <b>rob</b>\nnow'
    linux = notification_command(text, "linux", lambda name: f"/usr/bin/{name}")
    assert linux is not None
    assert linux[:3] == ["/usr/bin/notify-send", "--app-name=Reverie", "--"]
    assert linux[-1] == "--help $(reboot) &quot;; &lt;b&gt;rob&lt;/b&gt; now"
    mac = notification_command(text, "darwin", lambda name: f"/usr/bin/{name}")
    assert mac is not None
    assert mac[-1] == '--help $(reboot) "; <b>rob</b> now'
    assert all(text not in word for word in mac[:-1])
    assert notification_command(text, "linux", lambda name: None) is None
