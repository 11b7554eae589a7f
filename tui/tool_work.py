"""Tools in threads: called by name, asking before they write, ringing. Posts what happened."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from textual.message import Message

from assistant.tools.base import ToolCall, ToolRefused, ToolResult, ToolRun
from assistant.tools.quoting import fenced
from memory.database import DatabaseUnusable
from tui.messages import ReminderRang, RunProposed, ToolAnswered, ToolDeclined
from tui.permission import Permission
from tui.tool_words import tools_page

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from memory.notebook import Notebook

_LATE = timedelta(minutes=1)


def run_typed(
    workspace: "Workspace",
    post: Callable[[Message], object],
    name: str,
    argument: str,
    is_over: Callable[[], bool],
) -> None:
    """Run a tool that the owner called by name on a line of the input."""
    line = f"/{name} {argument}".rstrip()

    def allowed(intent: str) -> bool:
        permission = Permission(intent)
        post(RunProposed(permission))
        return permission.wait(is_over)

    try:
        post(ToolAnswered(line, workspace.toolbox.run_typed(name, argument, allow=allowed)))
    except ToolRefused as refusal:
        post(ToolDeclined(line, str(refusal)))
    except Exception as error:  # a full disk, a locked database: told, and the app goes on
        post(ToolDeclined(line, str(error) or type(error).__name__))


def list_tools(workspace: "Workspace", post: Callable[[Message], object]) -> None:
    """Show what the assistant can do besides talk; starts the servers of tools."""
    toolbox = workspace.toolbox
    page = fenced(tools_page(toolbox.tools, toolbox.served()))
    post(ToolAnswered("/tools", ToolRun(ToolCall("tools", {}), "list tools", ToolResult(page))))


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
