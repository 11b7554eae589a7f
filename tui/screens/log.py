"""The logs: what the program and its processes wrote, as they write it."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer, Log, Static

from tui.keys import bindings
from tui.reading_logs import NAMES, read_tail

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_LOOK_S = 0.5
_WORDS = {
    "reverie": "what went wrong",
    "engine": "the chat model",
    "embedder": "the model of meaning",
    "night": "nights that the app started",
}


class LogScreen(Screen[None]):
    """The end of one log, which grows as it does."""

    TITLE = "Log"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("log"),
        *(
            Binding(str(place), f"open('{name}')", name.capitalize())
            for place, name in enumerate(NAMES, start=1)
        ),
    ]

    def __init__(self, workspace: "Workspace", name: str = "") -> None:
        super().__init__()
        self._home = workspace.settings.home
        self._shown = name if name in NAMES else NAMES[0]
        self._end: int | None = None

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, classes="title", id="log-title")
        yield Log(id="log-lines", auto_scroll=True)
        yield Static("", markup=False, id="log-nothing")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(Log).focus()
        self.action_open(self._shown)
        self.set_interval(_LOOK_S, self._look)

    def action_open(self, name: str) -> None:
        self._shown, self._end = name, None
        self.query_one("#log-title", Static).update(f"☾ {name}.log · {_WORDS[name]}")
        self._look()

    def _look(self) -> None:
        """Files of the own disk, 64 kB at most: read at once."""
        lines = self.query_one(Log)
        tail = read_tail(self._home / f"{self._shown}.log", self._end)
        self._end = tail.end
        if tail.is_new:
            lines.clear()
        if tail.text:
            lines.write(tail.text)
        nothing = self.query_one("#log-nothing", Static)
        nothing.display = not lines.line_count or not tail.end
        lines.display = not nothing.display
        nothing.update(f"Nothing was written into {self._home / self._shown}.log yet.")
