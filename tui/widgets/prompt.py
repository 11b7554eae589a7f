"""The input: several lines, a history, completion of commands. Sends nothing itself."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from tui.slash import matching


class Prompt(TextArea):
    """Where the owner types. Enter sends; Shift+Enter or Ctrl+J makes a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+enter,alt+enter,ctrl+j", "newline", "New line", show=False),
        Binding("tab", "complete", "Complete", show=False),
    ]

    class Sent(Message):
        """The owner pressed Enter on a text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:
        super().__init__(id=id, placeholder=placeholder, compact=True, highlight_cursor_line=False)
        self._sent: list[str] = []
        self._place = 0

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            if self.text.strip():
                self.post_message(self.Sent(self.text))

    def take(self) -> str:
        """Empty the input and keep its text in the history."""
        text = self.text
        if not self._sent or self._sent[-1] != text:
            self._sent.append(text)
        self._place = len(self._sent)
        self.load_text("")
        return text

    def action_newline(self) -> None:
        self.insert("\n")

    def action_complete(self) -> None:
        """Complete a command; with nothing to complete, Tab moves on as everywhere."""
        commands = matching(self.text)
        if not commands or self.text.startswith(commands[0].usage):
            self.screen.focus_next()
            return
        first = commands[0]
        self._show(f"/{first.name}" + (" " if first.argument else ""))

    def action_cursor_up(self, select: bool = False) -> None:
        if not select and self._is_browsing() and self.cursor_at_first_line and self._place > 0:
            self._place -= 1
            self._show(self._sent[self._place])
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        last = len(self._sent)
        if not select and self._is_browsing() and self.cursor_at_last_line and self._place < last:
            self._place += 1
            self._show(self._sent[self._place] if self._place < last else "")
        else:
            super().action_cursor_down(select)

    def _is_browsing(self) -> bool:
        """An empty input, or a text from the history that was not changed."""
        if not self.text:
            self._place = len(self._sent)
            return True
        return self._place < len(self._sent) and self.text == self._sent[self._place]

    def _show(self, text: str) -> None:
        self.load_text(text)
        self.move_cursor(self.document.end)
