"""The commands that are tools: run by name, answered beside the conversation."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from tui import chat_words
from tui.tool_work import run_typed

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from tui.talk import Talk


class ToolCommands:
    """What they do with what followed their name."""

    def __init__(
        self,
        workspace: "Workspace",
        talk: "Talk",
        post: Callable[[Message], object],
        in_thread: Callable[[Callable[[], None]], object],
        tell: Callable[[str], object],
    ) -> None:
        self._workspace = workspace
        self._talk = talk
        self._post = post
        self._in_thread = in_thread
        self._tell = tell

    def run(self, name: str, argument: str) -> None:
        """Run a tool that the owner called by name."""
        if self._talk.answering:
            self._tell(chat_words.STILL_ANSWERING)
            return
        self._in_thread(partial(run_typed, self._workspace, self._post, name, argument))
