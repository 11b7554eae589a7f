"""The table of episodes. Its text column takes what room there is."""

from collections.abc import Container, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.coordinate import Coordinate
from textual.message import Message
from textual.widgets import DataTable

from consolidation.plain_words import time_words
from memory.episode import Episode
from memory.text import clean_text
from tui.keys import UP_AND_DOWN

_WIDTHS = (("Id", 5), ("Time", 12), ("Novelty", 7), ("State", 11))
_RESTING = ("muted", "quarantined")
_PADDING = 2
_SCROLLBAR = 2
_LEAST_TEXT_WIDTH = 16


class EpisodeTable(DataTable[Content]):
    """Episodes, one a row."""

    BINDINGS: ClassVar[list[BindingType]] = [*UP_AND_DOWN]

    class EpisodeHighlighted(Message):
        """The cursor came to an episode."""

        def __init__(self, episode: Episode, *, last: bool) -> None:
            super().__init__()
            self.episode = episode
            self.last = last

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="row", zebra_stripes=False)
        self._episodes: list[Episode] = []
        self.marked: set[int] = set()
        """Ids of what the next action is to be done to, all at once."""
        self._laid_out_width = -1

    @property
    def episode(self) -> Episode | None:
        """The episode under the cursor."""
        if 0 <= self.cursor_row < len(self._episodes):
            return self._episodes[self.cursor_row]
        return None

    @property
    def chosen(self) -> list[Episode]:
        """What is marked, in the order shown; where nothing is, what is under the cursor."""
        marked = [episode for episode in self._episodes if episode.id in self.marked]
        return marked or ([self.episode] if self.episode is not None else [])

    @property
    def shown(self) -> int:
        """How many episodes the table holds."""
        return len(self._episodes)

    def show(self, episodes: Sequence[Episode], *, keep_cursor: bool = False) -> None:
        """Show these episodes instead of what was shown."""
        row = self.cursor_row if keep_cursor else 0
        self._episodes = list(episodes)
        self.marked &= {episode.id for episode in episodes}
        self._fill(row)

    def extend(self, episodes: Sequence[Episode]) -> None:
        """Show more episodes below."""
        self._episodes += episodes
        for episode in episodes:
            self.add_row(*self._cells(episode))

    def replace(self, episode: Episode) -> None:
        """Show an episode as it is now."""
        for row, shown in enumerate(self._episodes):
            if shown.id == episode.id:
                self._episodes[row] = episode
                for column, cell in enumerate(self._cells(episode)):
                    self.update_cell_at(Coordinate(row, column), cell)

    def drop(self, ids: Container[int]) -> None:
        """Take episodes off the table."""
        self.show([e for e in self._episodes if e.id not in ids], keep_cursor=True)

    def mark(self) -> None:
        """Mark the episode under the cursor, or no longer, and go on to the next."""
        if self.episode is not None:
            self.marked ^= {self.episode.id}
            self.replace(self.episode)
            self.action_cursor_down()

    def mark_all(self) -> None:
        """Mark all that is shown."""
        self.marked = {episode.id for episode in self._episodes}
        self._fill(self.cursor_row)

    def unmark(self) -> None:
        """Mark nothing."""
        self.marked.clear()
        self._fill(self.cursor_row)

    def on_resize(self, event: events.Resize) -> None:
        if self._text_width() != self._laid_out_width:
            self._fill(self.cursor_row)

    def _fill(self, row: int) -> None:
        self._laid_out_width = self._text_width()
        self.clear(columns=True)
        for title, width in _WIDTHS:
            self.add_column(title, width=width)
        self.add_column("Text", width=self._laid_out_width)
        for episode in self._episodes:
            self.add_row(*self._cells(episode))
        self.move_cursor(row=min(row, max(0, len(self._episodes) - 1)))

    def _text_width(self) -> int:
        fixed = sum(width + _PADDING for _, width in _WIDTHS)
        return max(_LEAST_TEXT_WIDTH, self.size.width - fixed - _PADDING - _SCROLLBAR)

    def _cells(self, episode: Episode) -> list[Content]:
        # Content, for a plain string in a cell would be read as markup.
        said = Content(" ".join(clean_text(episode.user_text).split()))
        text = Content.assemble(("pinned ", "$accent"), said) if episode.pinned else said
        return [
            Content.styled(f"●{episode.id:>4}", "$accent")
            if episode.id in self.marked
            else Content.styled(f"{episode.id:>5}", "dim"),
            Content.styled(time_words(episode.created_at), "dim"),
            Content(f"{episode.novelty.score:>7.2f}"),
            Content.styled(episode.state, "dim" if episode.state in _RESTING else ""),
            text.truncate(self._laid_out_width, ellipsis=True),
        ]

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        episode = self.episode
        if episode is not None:
            last = self.cursor_row == len(self._episodes) - 1
            self.post_message(self.EpisodeHighlighted(episode, last=last))
