"""The table of versions of the weights."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable

from consolidation.plain_words import time_words
from consolidation.timeline import Entry, share_words
from tui.keys import UP_AND_DOWN

_WIDTHS = (
    *(("Version", 12), ("From", 11), ("Made", 12)),
    *(("New", 7), ("Older", 7), ("General", 7), ("State", 8)),
)


class VersionTable(DataTable[Content]):
    """Versions, one a row, the newest first; the live one stands out."""

    BINDINGS: ClassVar[list[BindingType]] = [*UP_AND_DOWN]

    class VersionHighlighted(Message):
        """The cursor came to a version."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="row")
        self._entries: list[Entry] = []

    def on_mount(self) -> None:
        for title, width in _WIDTHS:
            self.add_column(title, width=width)

    @property
    def entry(self) -> Entry | None:
        """The version under the cursor."""
        if 0 <= self.cursor_row < len(self._entries):
            return self._entries[self.cursor_row]
        return None

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these, oldest first as they come; the cursor stays, and first is on the live one."""
        before = self.entry
        self._entries = list(reversed(entries))
        self.clear()
        for entry in self._entries:
            self.add_row(*_cells(entry))
        name = before.version.name if before else None
        places = [i for i, e in enumerate(self._entries) if e.version.name == name]
        live = [i for i, e in enumerate(self._entries) if e.live]
        self.move_cursor(row=next(iter([*places, *live]), 0))

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        if self.entry is not None:
            self.post_message(self.VersionHighlighted(self.entry))


def _cells(entry: Entry) -> list[Content]:
    version = entry.version
    style = "bold $success" if entry.live else ""
    shares = (entry.learned, entry.retained, entry.general)
    return [
        Content.styled(version.name, style),
        Content.styled(version.parent or "–", "dim"),
        Content.styled(time_words(version.created_at), "dim"),
        *(Content(f"{share_words(share):>7}") for share in shares),
        Content.styled(entry.state, style),
    ]
