"""The models: every version, which one is live; one key back, one key to any other."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static

from consolidation.timeline import Entry, entry_words, timeline
from memory.votes import VoteStore
from tui.keys import app_bindings, bindings
from tui.messages import HomeUnreadable, NightEnded
from tui.reporting import reporting
from tui.screens.confirm import Confirm
from tui.widgets.version_table import VersionTable

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_READING = "Reading the versions…"
_ROLLBACK = "The version before the live one answers from your next message on. All are kept."
_USE = "It answers from your next message on. What it was never taught waits to be learned again."
_VERIFYING = "Comparing every file with the hash that was recorded…"


class ModelsScreen(Screen[None]):
    """The versions in a table, and one sentence or two on the one under the cursor."""

    TITLE = "Models"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("models"), *app_bindings("nights")]

    class VersionsRead(Message, bubble=False):
        """The versions were read, oldest first."""

        def __init__(self, entries: Sequence[Entry]) -> None:
            super().__init__()
            self.entries = entries

    class Done(Message, bubble=False):
        """Something that was asked for is done."""

        def __init__(self, words: str, *, well: bool = True) -> None:
            super().__init__()
            self.words = words
            self.well = well

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self._workspace = workspace

    def compose(self) -> ComposeResult:
        yield Static("☾ Models", markup=False, classes="title")
        yield VersionTable(id="versions")
        yield Static(_READING, markup=False, id="version-words")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(VersionTable).focus()
        self._in_thread(self._read)

    def on_models_screen_versions_read(self, event: VersionsRead) -> None:
        self.query_one(VersionTable).show(event.entries)

    def on_models_screen_done(self, event: Done) -> None:
        self.notify(event.words, severity="information" if event.well else "error", markup=False)

    def on_version_table_version_highlighted(self, event: VersionTable.VersionHighlighted) -> None:
        self.query_one("#version-words", Static).update(entry_words(event.entry))

    def on_night_ended(self, event: NightEnded) -> None:
        self._in_thread(self._read)

    def on_home_unreadable(self, event: HomeUnreadable) -> None:
        self.notify(event.reason, severity="error", markup=False)

    def action_rollback(self) -> None:
        self._ask("Roll back to the model before?", _ROLLBACK, "Roll back", self._roll_back)

    def action_use(self) -> None:
        entry = self.query_one(VersionTable).entry
        if entry is None or entry.live:
            self.notify("This version is live already." if entry else "There is no version yet.")
            return
        name = entry.version.name
        self._ask(f"Use {name}?", _USE, "Use", partial(self._use, name))

    def action_verify(self) -> None:
        self.notify(_VERIFYING)
        self._in_thread(self._verify)

    def _ask(self, question: str, consequence: str, yes: str, work: Callable[[], None]) -> None:
        def answered(agrees: bool | None) -> None:
            if agrees:
                self._in_thread(work)

        self.app.push_screen(Confirm(question, consequence, yes=yes, no="Keep"), answered)

    def _in_thread(self, work: Callable[[], None]) -> None:
        self.run_worker(reporting(self.post_message, work), thread=True)

    def _read(self) -> None:
        registry = self._workspace.registry
        champion, on_trial = registry.champion().name, registry.on_trial()
        nights = self._workspace.history.nights()
        votes = VoteStore(self._workspace.connections).all()
        entries = timeline(registry.versions(), champion, nights, votes, on_trial=on_trial)
        self.post_message(self.VersionsRead(entries))

    def _roll_back(self) -> None:
        from consolidation.lineage import roll_back

        home = self._workspace
        version = roll_back(home.registry, home.nights, home.store)
        self.post_message(self.Done(f"{version.name} is live again."))
        self._read()

    def _use(self, name: str) -> None:
        from consolidation.lineage import use

        home = self._workspace
        version = use(home.registry, home.nights, home.store, name)
        self.post_message(self.Done(f"{version.name} is live."))
        self._read()

    def _verify(self) -> None:
        results = self._workspace.registry.verify()
        broken = [f"{one.name}: {one.reason}" for one in results if not one.ok]
        said = "; ".join(broken) or f"All {len(results)} versions are as they were made."
        self.post_message(self.Done(said, well=not broken))
