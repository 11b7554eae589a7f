"""The commands that a half-typed line may become."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from tui.command import Command

_MOST_LINES = 6


class CommandHint(Static):
    """A short list above the input; hidden while there is nothing to hint at."""

    def on_mount(self) -> None:
        self.display = False

    def show(self, commands: Sequence[Command], place: int) -> None:
        """Show the commands around the one at `place`, which is marked."""
        self.display = bool(commands)
        first = max(0, min(place - _MOST_LINES + 2, len(commands) - _MOST_LINES))
        width = max((len(c.usage) for c in commands), default=0)
        lines = [
            Content.assemble(
                ("› " if number == place and len(commands) > 1 else "  ", "$accent"),
                (command.usage.ljust(width + 2), "$primary"),
                (command.does, "$foreground" if number == place else "$quiet"),
            )
            for number, command in enumerate(commands)
            if first <= number < first + _MOST_LINES
        ]
        more = len(commands) - first - _MOST_LINES
        if more > 0:
            lines.append(Content.assemble((f"  … {more} more", "$quiet")))
        self.update(Content("\n").join(lines))
