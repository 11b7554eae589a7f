"""Help: every command and key, as the command list and the owner's settings have them."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from tui.command import PLACES
from tui.command_list import commands_of, typed_commands
from tui.keys import words_of


class HelpScreen(Screen[None]):
    """A page to scroll through."""

    TITLE = "Help"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "app.show('chat')", "Back")]

    def __init__(self, chosen_keys: Mapping[str, str]) -> None:
        super().__init__()
        self._chosen_keys = chosen_keys

    def compose(self) -> ComposeResult:
        yield Static("☾ Help", markup=False, classes="title")
        with VerticalScroll(id="help"):
            yield Static(self._page(), markup=False, id="help-text")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#help").focus()

    def _page(self) -> Content:
        parts = [_table("Commands", [(one.usage, one.does) for one in typed_commands()])]
        for heading in dict.fromkeys(PLACES.values()):
            places = [where for where, words in PLACES.items() if words == heading]
            rows = words_of(commands_of(*places), self._chosen_keys)
            parts.append(_table(f"Keys: {heading}", rows))
        return Content("\n\n").join(parts)


def _table(heading: str, rows: list[tuple[str, str]]) -> Content:
    width = max(len(left) for left, _ in rows) + 1
    lines = [Content.assemble((heading, "bold $primary"))]
    lines += [Content.assemble((f"{left:<{width}} ", "$accent"), right) for left, right in rows]
    return Content("\n").join(lines)
