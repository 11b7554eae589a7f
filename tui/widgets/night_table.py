"""The table of nights."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable

from consolidation.plain_words import STATUS_WORDS, learned_fraction, time_words
from memory.records import NightReport
from tui.keys import UP_AND_DOWN

_WIDTHS = (("Night", 5), ("Time", 12), ("Result", 12), ("Learned", 7))


class NightTable(DataTable[Content]):
    """Nights, one a row, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [*UP_AND_DOWN]

    class NightHighlighted(Message):
        """The cursor came to a night."""

        def __init__(self, night_id: int) -> None:
            super().__init__()
            self.night_id = night_id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="row")
        self._night_ids: list[int] = []

    def on_mount(self) -> None:
        for title, width in _WIDTHS:
            self.add_column(title, width=width)

    def show(self, reports: Sequence[NightReport]) -> None:
        """Show these nights; the cursor stays on the night that it was on."""
        before = self._night_ids[self.cursor_row] if self._night_ids else None
        self.clear()
        self._night_ids = [report.id for report in reports]
        for report in reports:
            self.add_row(
                Content(f"{report.id:>5}"),
                Content.styled(time_words(report.started_at), "dim"),
                Content(STATUS_WORDS[report.status]),
                Content(f"{learned_fraction(report):>7}"),
            )
        if before in self._night_ids:
            self.move_cursor(row=self._night_ids.index(before))

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        if 0 <= event.cursor_row < len(self._night_ids):
            self.post_message(self.NightHighlighted(self._night_ids[event.cursor_row]))
