"""The input: several lines, a history, completion of commands. Sends nothing itself."""

from collections.abc import Mapping, Sequence

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from tui.command import Command
from tui.command_list import typed_command
from tui.keys import prompt_actions
from tui.slash import matching


class Prompt(TextArea):
    """Where the owner types.

    Its keys are no bindings: one with priority would overtake the letters typed just before it,
    and one without comes after the text area has taken Enter for a line.
    """

    class Sent(Message):
        """The owner sent a text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Completing(Message):
        """The text may become these commands; Tab takes the one at `place`."""

        def __init__(self, commands: Sequence[Command], place: int) -> None:
            super().__init__()
            self.commands = commands
            self.place = place

    def __init__(
        self, placeholder: str, chosen_keys: Mapping[str, str], *, id: str | None = None
    ) -> None:
        super().__init__(id=id, placeholder=placeholder, compact=True, highlight_cursor_line=False)
        self._actions = prompt_actions(chosen_keys)
        self._sent: list[str] = []
        self._place = 0
        self._chosen = 0

    async def on_key(self, event: events.Key) -> None:
        keys = (event.key, *event.aliases)
        action = next((self._actions[key] for key in keys if key in self._actions), None)
        if action is not None:
            event.stop()
            event.prevent_default()
            await self.run_action(action)

    def on_text_area_changed(self) -> None:
        self._chosen = 0
        self.post_message(self.Completing(self._commands, 0))

    def take(self, text: str) -> None:
        """Take a sent text out of the input, into the history; what was typed since stays."""
        if not self._sent or self._sent[-1] != text:
            self._sent.append(text)
        self._place = len(self._sent)
        self.put(self.text.removeprefix(text))

    def put(self, text: str) -> None:
        """Show a text, to be changed and sent."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    @property
    def earlier(self) -> int:
        """How many texts of earlier messages there are."""
        return len(self._sent)

    def add_earlier(self, texts: Sequence[str]) -> None:
        """Texts of earlier days, oldest first, that come before the history of this one."""
        self._sent[:0] = texts
        self._place += len(texts)

    def action_send(self) -> None:
        if self._commands and typed_command(self.text[1:].split(" ")[0]) is None:
            self._complete()  # half a name: what it may become is shown, not run
        elif self.text.strip():
            self.post_message(self.Sent(self.text))

    def action_newline(self) -> None:
        self.insert("\n")

    def action_complete(self) -> None:
        """Complete a command; with nothing to complete, Tab moves on as everywhere."""
        if not self._commands or self.text.startswith(self._completion()):
            self.screen.focus_next()
        else:
            self._complete()

    def action_cursor_up(self, select: bool = False) -> None:
        if not select and self._is_choosing():
            self._choose(self._chosen - 1)
        elif not select and self._is_browsing() and self.cursor_at_first_line and self._place > 0:
            self._place -= 1
            self.put(self._sent[self._place])
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        last = len(self._sent)
        if not select and self._is_choosing():
            self._choose(self._chosen + 1)
        elif not select and self._is_browsing() and self.cursor_at_last_line and self._place < last:
            self._place += 1
            self.put(self._sent[self._place] if self._place < last else "")
        else:
            super().action_cursor_down(select)

    @property
    def _commands(self) -> tuple[Command, ...]:
        """What the text may become."""
        return matching(self.text)

    def _is_choosing(self) -> bool:
        """Whether a list of commands is open: not while the history is walked through."""
        return len(self._commands) > 1 and not (
            self._place < len(self._sent) and self.text == self._sent[self._place]
        )

    def _is_browsing(self) -> bool:
        """An empty input, or a text from the history that was not changed."""
        if not self.text:
            self._place = len(self._sent)
            return True
        return self._place < len(self._sent) and self.text == self._sent[self._place]

    def _choose(self, place: int) -> None:
        self._chosen = place % len(self._commands)
        self.post_message(self.Completing(self._commands, self._chosen))

    def _completion(self) -> str:
        commands = self._commands
        command = commands[min(self._chosen, len(commands) - 1)]
        return f"/{command.name}" + (" " if command.argument else "")

    def _complete(self) -> None:
        self.put(self._completion())
