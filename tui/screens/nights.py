"""The nights: what each one learned, tested and decided."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Static

from consolidation.retention import Retention, retention_of
from memory.history import NightOutline
from memory.records import NightReport
from memory.skips import SkipStore
from tui.keys import app_bindings, bindings
from tui.messages import HomeUnreadable, NightEnded
from tui.reporting import reporting
from tui.schedule_words import open_skip_words
from tui.widgets.night_detail import PAGES, NightDetail
from tui.widgets.night_table import NightTable

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_MOST_NIGHTS = 60
_SETTLE_S = 0.1
_NO_NIGHTS = (
    "No night yet.\n\n"
    "Tell Reverie a few things about yourself, then type sleep in the chat.\n"
    "What a night learned, tested and decided is shown here afterwards."
)


class NightsScreen(Screen[None]):
    """A list of nights, and everything about the one under the cursor."""

    TITLE = "Nights"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("nights"),
        Binding("tab", "app.focus_next", "List/report", key_display="tab"),
        *(
            # One entry in the footer stands for all of them.
            Binding(
                str(place),
                f"page('{page}')",
                "Page",
                show=place == 1,
                key_display=f"1-{len(PAGES)}",
            )
            for place, page in enumerate(PAGES, start=1)
        ),
        *app_bindings("memory", "models"),
    ]

    class NightsRead(Message, bubble=False):
        """The list of nights was read, and whether the last one was skipped, in words."""

        def __init__(self, reports: list[NightReport], skipped: str) -> None:
            super().__init__()
            self.reports = reports
            self.skipped = skipped

    class NightRead(Message, bubble=False):
        """One night was read whole, with what its memories say and what all nights came to."""

        def __init__(
            self, report: NightReport, texts: Mapping[int, str], retention: Retention
        ) -> None:
            super().__init__()
            self.report = report
            self.texts = texts
            self.retention = retention

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self._workspace = workspace
        self._outlines: Sequence[NightOutline] = ()
        self._wanted: int | None = None
        self._settling: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static("☾ Nights", markup=False, classes="title")
        yield Static("", markup=False, id="night-skipped")
        yield Static(_NO_NIGHTS, markup=False, id="no-nights")
        with Container(id="nights-body", classes="split"):
            yield NightTable(id="night-table")
            yield NightDetail(id="night-detail")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#no-nights").display = False
        self.query_one("#night-skipped").display = False
        self.action_reload()

    def action_reload(self) -> None:
        self._outlines = ()
        read = reporting(self.post_message, self._read_list)
        self.run_worker(read, thread=True, group="nights", exclusive=True)

    def action_page(self, page: str) -> None:
        self.query_one(NightDetail).open(page)

    def on_nights_screen_nights_read(self, event: NightsRead) -> None:
        has_nights = bool(event.reports)
        skipped = self.query_one("#night-skipped", Static)
        skipped.update(event.skipped)
        skipped.display = bool(event.skipped)
        self.query_one("#no-nights").display = not has_nights
        self.query_one("#nights-body").display = has_nights
        table = self.query_one(NightTable)
        table.show(event.reports)
        if has_nights and self.focused is None:
            table.focus()

    def on_night_table_night_highlighted(self, event: NightTable.NightHighlighted) -> None:
        """Read the night once the cursor rests: holding an arrow key passes many."""
        self._wanted = event.night_id
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(_SETTLE_S, partial(self._want, event.night_id))

    def on_nights_screen_night_read(self, event: NightRead) -> None:
        if event.report.id == self._wanted:
            self.query_one(NightDetail).show(event.report, event.texts, event.retention)

    def on_night_ended(self, event: NightEnded) -> None:
        self.action_reload()

    def on_home_unreadable(self, event: HomeUnreadable) -> None:
        self.notify(event.reason, severity="error", markup=False)

    def _want(self, night_id: int) -> None:
        read = reporting(self.post_message, partial(self._read_night, night_id))
        self.run_worker(read, thread=True, group="night", exclusive=True)

    def _read_list(self) -> None:
        nights = self._workspace.nights
        reports, done = nights.newest(_MOST_NIGHTS), nights.done_sleep_dates()
        skips = SkipStore(self._workspace.connections).newest(1)
        began = reports[0].started_at if reports else None
        self.post_message(self.NightsRead(reports, open_skip_words(skips, done, began)))

    def _read_night(self, night_id: int) -> None:
        report = self._workspace.nights.show(night_id)
        if report is not None:
            ids = [choice.episode_id for choice in (*report.selected, *report.skipped)]
            texts = {e.id: e.user_text for e in self._workspace.store.by_ids(ids)}
            self.post_message(self.NightRead(report, texts, self._retention_upto(night_id)))

    def _retention_upto(self, night_id: int) -> Retention:
        """Every answer of every night is read for it: once, not at each step through the list."""
        if not self._outlines:
            self._outlines = self._workspace.history.nights()
        return retention_of([one for one in self._outlines if one.id <= night_id])
