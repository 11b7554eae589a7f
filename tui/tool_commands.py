"""Tools in the chat: run by name, asking before they write, ringing."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui import chat_words
from tui.messages import ReminderRang, ToolDeclined, WriteProposed
from tui.screens.confirm import Confirm
from tui.tool_work import run_typed

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from tui.talk import Talk

_REMINDER_S = 60


class ToolCommands:
    """What they do on the screen."""

    def __init__(
        self,
        screen: Screen[None],
        workspace: "Workspace",
        talk: "Talk",
        in_thread: Callable[[Callable[[], None]], object],
        tell: Callable[[str], object],
    ) -> None:
        self._screen = screen
        self._workspace = workspace
        self._talk = talk
        self._in_thread = in_thread
        self._tell = tell

    def run(self, name: str, argument: str) -> None:
        """Run a tool that the owner called by name."""
        if self._talk.answering:
            self._tell(chat_words.STILL_ANSWERING)
            return
        self._in_thread(
            partial(run_typed, self._workspace, self._screen.post_message, name, argument)
        )

    async def tell_declined(self, event: ToolDeclined) -> None:
        """Say why a tool did nothing."""
        await self._talk.note(f"{event.line}: {event.reason}", "error")

    def ask(self, event: WriteProposed) -> None:
        """Ask whether a tool may write; not for a turn that is over."""
        permission = event.permission
        if not self._talk.is_current(event.turn):
            permission.answer(False)
            return
        dialog = Confirm(
            f"{permission.intent}?", chat_words.WRITE_CONSEQUENCE, yes="Do it", no="Just answer"
        )
        self._screen.app.push_screen(dialog, lambda agrees: permission.answer(bool(agrees)))

    async def ring(self, event: ReminderRang) -> None:
        """Tell a reminder, aloud."""
        words = chat_words.reminder_rang(event.reminder, late=event.late)
        await self._talk.note(words, "night")
        self._screen.app.bell()
        self._screen.app.notify(words, title="Reminder", timeout=_REMINDER_S, markup=False)
