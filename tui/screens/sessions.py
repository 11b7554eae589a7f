"""The conversations: found by a word, taken up again, named, forgotten."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from consolidation import forgetting
from consolidation.plain_words import time_words
from memory.sessions import SessionSummary
from memory.text import clean_text
from tui.keys import bindings
from tui.messages import HomeUnreadable, SessionChosen
from tui.reporting import reporting
from tui.screens.ask import Ask
from tui.screens.confirm import Confirm

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_SETTLE_S = 0.2
_FORGET_CONSEQUENCE = (
    "This removes what was said in it, its place in the search, and every dream and probe made "
    "from it; conversations forked from it lose it, too. For a day, or until the next "
    "night, u in the memory takes it back. What a night has taught the model, the weights keep "
    "until a deep sleep."
)


class SessionsScreen(Screen[None]):
    """A list of conversations under a search."""

    TITLE = "Conversations"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sessions")]

    class SessionsFound(Message, bubble=False):
        """A look into the store is done."""

        def __init__(self, query: str, found: Sequence[SessionSummary]) -> None:
            super().__init__()
            self.query = query
            self.found = found

    def __init__(self, workspace: "Workspace", query: str = "") -> None:
        super().__init__()
        self._workspace = workspace
        self._query = query
        self._found: Sequence[SessionSummary] = ()
        self._settling: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static("☾ Conversations", markup=False, classes="title")
        yield Input(self._query, placeholder="Search what was said", id="search", compact=True)
        yield OptionList(id="session-list", markup=False)
        yield Static("", markup=False, id="no-sessions")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._list.focus()
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search once the typing rests."""
        if event.value == self._query:
            return
        self._query = event.value
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(_SETTLE_S, self._look)

    def on_input_submitted(self) -> None:
        self._list.focus()

    def on_sessions_screen_sessions_found(self, event: SessionsFound) -> None:
        if event.query != self._query:
            return  # overtaken by what was typed since
        place = self._list.highlighted or 0
        self._found = event.found
        self._list.clear_options().add_options([Option(_line(one)) for one in event.found])
        self._list.highlighted = min(place, len(event.found) - 1) if event.found else None
        nothing = self.query_one("#no-sessions", Static)
        nothing.display = not event.found
        nothing.update(_nothing_words(self._query))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.post_message(SessionChosen(self._found[event.option_index].id))

    def on_home_unreadable(self, event: HomeUnreadable) -> None:
        self.notify(event.reason, severity="error", markup=False)

    def action_leave(self) -> None:
        """From the search back to the list, from the list back to the chat."""
        if self.query_one(Input).has_focus:
            self._list.focus()
        else:
            self.app.pop_screen()

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_rename(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return

        def answered(title: str | None) -> None:
            if title is not None:
                rename = partial(self._workspace.sessions.rename, chosen.id, title)
                self._in_thread(rename)

        self.app.push_screen(Ask("Its title; empty for its first message", chosen.title), answered)

    def action_forget(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return

        def answered(agrees: bool | None) -> None:
            if agrees:
                self._in_thread(partial(self._forget, chosen.id))

        question = f"Forget “{clean_text(chosen.title)}”, {_exchanges(chosen)}?"
        dialog = Confirm(question, _FORGET_CONSEQUENCE, yes="Forget", no="Keep")
        self.app.push_screen(dialog, answered)

    def _forget(self, session_id: str) -> None:
        ids = self._workspace.sessions.ids(session_id)
        forgetting.forget(self._workspace.settings, self._workspace.steering, ids)

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    @property
    def _chosen(self) -> SessionSummary | None:
        place = self._list.highlighted
        return self._found[place] if place is not None and place < len(self._found) else None

    def _look(self) -> None:
        self._in_thread(lambda: None)

    def _in_thread(self, work: Callable[[], object]) -> None:
        """Do it, then read the list anew."""
        then_read = partial(self._then_read, work)
        self.run_worker(reporting(self.post_message, then_read), thread=True)

    def _then_read(self, work: Callable[[], object]) -> None:
        work()
        query = self._query
        self.post_message(self.SessionsFound(query, self._workspace.sessions.listed(query)))


def _line(one: SessionSummary) -> Content:
    facts = f"{time_words(one.last_at)} · {_exchanges(one)}"
    if one.forked_from:
        facts += " · a fork"
    return Content.assemble((clean_text(one.title), "bold"), "\n", (facts, "$quiet"))


def _exchanges(one: SessionSummary) -> str:
    return "1 exchange" if one.exchanges == 1 else f"{one.exchanges} exchanges"


def _nothing_words(query: str) -> str:
    if query.strip():
        return f"No conversation has “{query.strip()}” in it."
    return "No conversation yet. What you say in the chat is kept here."
