"""Tools in the chat: run by name, asking before they write, ringing."""

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui import chat_words
from tui.messages import ReminderRang, RunProposed, ToolDeclined, WriteProposed
from tui.screens.confirm import Confirm
from tui.tool_words import served_question
from tui.tool_work import list_tools, run_typed

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
        self._is_over = threading.Event()

    def list(self, _: str) -> None:
        """Show what the assistant can do."""
        if self._is_free():
            work = partial(list_tools, self._workspace, self._screen.post_message)
            self._start(work, may_take_long=bool(self._workspace.toolbox.server_names))

    def leave(self) -> None:
        """End the servers: who waits for one must not keep the app."""
        self._is_over.set()
        self._workspace.toolbox.close()

    def run(self, name: str, argument: str) -> None:
        """Run a tool that the owner called by name."""
        if self._is_free():
            post, is_over = self._screen.post_message, self._is_over.is_set
            work = partial(run_typed, self._workspace, post, name, argument, is_over)
            self._start(work, may_take_long="." in name)

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

    def ask_for_server(self, event: RunProposed) -> None:
        """Ask whether a server may be given what was typed."""
        permission = event.permission
        question, given = served_question(permission.intent)
        dialog = Confirm(question, given, yes="Do it", no="Leave it")
        self._screen.app.push_screen(dialog, lambda agrees: permission.answer(bool(agrees)))

    async def ring(self, event: ReminderRang) -> None:
        """Tell a reminder, aloud."""
        words = chat_words.reminder_rang(event.reminder, late=event.late)
        await self._talk.note(words, "night")
        self._screen.app.bell()
        self._screen.app.notify(words, title="Reminder", timeout=_REMINDER_S, markup=False)

    def _is_free(self) -> bool:
        if self._talk.answering:
            self._tell(chat_words.STILL_ANSWERING)
        return not self._talk.answering

    def _start(self, work: Callable[[], None], *, may_take_long: bool) -> None:
        if may_take_long:
            self._tell(chat_words.ASKING_SERVER)
        self._in_thread(work)
