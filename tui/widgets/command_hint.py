"""The commands that a half-typed line may become."""

from textual.content import Content
from textual.widgets import Static

from tui.slash import matching

_SHOWN = 10


class CommandHint(Static):
    """A short list above the input; hidden while there is nothing to hint at."""

    def on_mount(self) -> None:
        self.display = False

    def show_for(self, text: str) -> None:
        """Hint at what this text may become."""
        commands = matching(text)
        self.display = bool(commands)
        shown = commands[:_SHOWN]
        width = max((len(c.usage) for c in shown), default=0)
        lines = [
            Content.assemble((command.usage.ljust(width + 2), "$primary"), (command.does, "$quiet"))
            for command in shown
        ]
        if len(commands) > _SHOWN:
            more = f"and {len(commands) - _SHOWN} more; type on"
            lines.append(Content.assemble((more, "$quiet")))
        self.update(Content("\n").join(lines))
