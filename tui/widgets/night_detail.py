"""One night's report, page by page. A page is filled when opened."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import TabbedContent, TabPane

from consolidation.retention import Retention
from memory.records import NightReport
from tui.widgets.growing_list import Entry, GrowingList
from tui.widgets.loss_curve import LossCurve
from tui.widgets.night_curves import NightCurves
from tui.widgets.night_text import choice_entries, dream_entries, probe_entries, verdict_text

PAGES = ("verdict", "probes", "memories", "dreams", "loss", "curves")
_LISTS = PAGES[:4]


class NightDetail(Vertical):
    """Five pages about one night, and one about all that led to it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._report: NightReport | None = None
        self._texts: Mapping[int, str] = {}
        self._retention: Retention | None = None
        self._filled: set[str] = set()

    def compose(self) -> ComposeResult:
        with TabbedContent(initial=PAGES[0]):
            for place, page in enumerate(_LISTS, start=1):
                with TabPane(f"{place} {page.capitalize()}", id=page):
                    yield GrowingList(id=f"{page}-list")
            with TabPane("5 Loss", id="loss"):
                yield LossCurve(id="loss-curve")
            with TabPane("6 Curves", id="curves"):
                yield NightCurves(id="night-curves")

    def show(self, report: NightReport, texts: Mapping[int, str], retention: Retention) -> None:
        """Show this night on the open page.

        `texts` are what its memories say, by episode id; `retention` is that of the nights to it.
        """
        self._report = report
        self._retention = retention
        self._texts = texts
        self._filled.clear()
        self._fill()

    def open(self, page: str) -> None:
        """Bring a page to the front and move the keys there."""
        tabs = self.query_one(TabbedContent)
        tabs.active = page
        if page in _LISTS:
            self.query_one(f"#{page}-list").focus()
        elif page == "curves":
            self.query_one(NightCurves).focus()

    def on_tabbed_content_tab_activated(self, event: TabbedContent.TabActivated) -> None:
        event.stop()
        self._fill()

    def _fill(self) -> None:
        page, report = self.query_one(TabbedContent).active, self._report
        if report is None or page in self._filled:
            return
        self._filled.add(page)
        if page == "loss":
            self.query_one(LossCurve).show(report.losses)
        elif page == "curves":
            if self._retention is not None:
                self.query_one(NightCurves).show(self._retention)
        else:
            self.query_one(f"#{page}-list", GrowingList).show(self._entries(page, report))

    def _entries(self, page: str, report: NightReport) -> list[Entry]:
        match page:
            case "probes":
                return probe_entries(report.probes)
            case "memories":
                return choice_entries(report, self._texts)
            case "dreams":
                return dream_entries(report)
            case _:
                return verdict_text(report)
