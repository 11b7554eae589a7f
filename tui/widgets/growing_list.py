"""A long list that is put on screen as it is scrolled to."""

from collections.abc import Sequence

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

BATCH = 25
_NEAR_THE_END_LINES = 12

Line = tuple[int, Content]
"""An indent in columns, kept where the text wraps, and the text."""
Entry = tuple[Line, ...]


def entry(head: Content, *lines: Line) -> Entry:
    """An entry: its first line, not indented, and what belongs to it."""
    return ((0, head), *lines)


class GrowingList(VerticalScroll, can_focus=True):
    """Shows the first entries at once, and more whenever the end comes near."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()
        self._shown = 0

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these entries from the top."""
        self._entries = entries
        self._shown = 0
        self.remove_children()
        self.scroll_home(animate=False)
        self._grow()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if new_value > old_value and self.max_scroll_y - new_value < _NEAR_THE_END_LINES:
            self._grow()

    def _grow(self) -> None:
        batch = self._entries[self._shown : self._shown + BATCH]
        self._shown += len(batch)
        self.mount_all(_block(entry) for entry in batch)


def _block(entry: Entry) -> Vertical:
    lines = [Static(text, markup=False) for _, text in entry]
    for (indent, _), line in zip(entry, lines, strict=True):
        line.styles.margin = (0, 0, 0, indent)
    return Vertical(*lines, classes="entry")
