"""Tools in threads: called by name, asking before they write, ringing. Posts what happened."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from textual.message import Message

from assistant.tools.base import ToolRefused
from assistant.tools.typed import typed_call
from memory.database import DatabaseUnusable
from tui.messages import ReminderRang, ToolAnswered, ToolDeclined

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from memory.notebook import Notebook

_LOOK_S = 0.05
_LATE = timedelta(minutes=1)


class Permission:
    """What a tool would write, and the owner's answer, which the turn waits for."""

    def __init__(self, intent: str) -> None:
        self.intent = intent
        self._agreed = False
        self._answered = threading.Event()

    def answer(self, agrees: bool) -> None:
        """What the owner said."""
        self._agreed = agrees
        self._answered.set()

    def wait(self, stopped: Callable[[], bool]) -> bool:
        """Whether it may be written; not if the turn is stopped meanwhile."""
        while not self._answered.wait(_LOOK_S):
            if stopped():
                return False
        return self._agreed


def run_typed(
    workspace: "Workspace", post: Callable[[Message], object], name: str, argument: str
) -> None:
    """Run a tool that the owner called by name on a line of the input."""
    line = f"/{name} {argument}".rstrip()
    try:
        call = typed_call(name, argument)
        post(ToolAnswered(line, workspace.toolbox.run(call.name, call.arguments)))
    except ToolRefused as refusal:
        post(ToolDeclined(line, str(refusal)))
    except Exception as error:  # a full disk, a locked database: told, and the app goes on
        post(ToolDeclined(line, str(error) or type(error).__name__))


class Bell:
    """Rings each reminder once, when its moment has come or the app comes back after it."""

    def __init__(
        self,
        notebook: "Notebook",
        *,
        now: Callable[[], datetime],
        post: Callable[[Message], object],
        notify: Callable[[str], None],
    ) -> None:
        self._notebook = notebook
        self._now = now
        self._post = post
        self._notify = notify
        self._looking = threading.Lock()

    def look(self) -> None:
        """Ring what is due. Blocking, briefly; does nothing while another look goes on."""
        if not self._looking.acquire(blocking=False):
            return
        try:
            now = self._now().astimezone(UTC)
            due = self._notebook.take_due(now)
            for reminder in due:
                self._post(ReminderRang(reminder, late=now - reminder.due_at > _LATE))
            for reminder in due:
                self._notify(reminder.text)
        except DatabaseUnusable:
            return  # the watch over the home folder tells of it, and the next look is soon
        finally:
            self._looking.release()
