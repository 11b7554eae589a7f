"""What the memory screen asks of the store. Blocking calls for threads; each posts its result."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from consolidation import forgetting
from consolidation.plain_words import as_sentence
from memory.browse import Order, Sieve
from memory.episode import Episode
from memory.past import past_of
from tui import memory_words
from tui.change_words import undone_words
from tui.command_process import CommandFailed
from tui.memory_search import by_meaning, by_words
from tui.messages import (
    ChangeUndone,
    EpisodeChanged,
    EpisodeRead,
    EpisodesForgotten,
    EpisodesFound,
)
from tui.reading_process import ReadingProcess

if TYPE_CHECKING:
    from assistant.workspace import Workspace


class MemoryWork:
    """Looks, and carries out what the owner changes."""

    def __init__(self, workspace: "Workspace", post: Callable[[Message], object]) -> None:
        self._workspace = workspace
        self._post = post

    def find(
        self, asked: str, sieve: Sieve, order: Order, offset: int, is_asked: Callable[[], bool]
    ) -> None:
        """What words find, at once; what meaning adds after it, if it is still asked for."""
        found = by_words(self._workspace, sieve, order, offset)
        self._found(asked, offset, found.episodes, has_more=found.has_more)
        if not sieve.words or not is_asked():
            return
        known = {episode.id for episode in found.episodes}
        more = by_meaning(self._workspace, sieve, order, known)
        if more:
            self._found(asked, len(known), more)

    def change(self, ids: list[int], change: Callable[[list[int]], object]) -> None:
        """Change episodes, and tell what each is now."""
        change(ids)
        for episode in self._workspace.store.by_ids(ids):
            self._post(EpisodeChanged(episode))

    def forget(self, ids: Sequence[int]) -> None:
        """Take episodes out of everything, but for one undo."""
        forgetting.forget(self._workspace.settings, self._workspace.steering, ids)
        self._post(EpisodesForgotten(ids))

    def undo(self) -> None:
        """Take the last change back, wherever it was made."""
        undone = forgetting.undo(self._workspace.settings, self._workspace.steering)
        words = memory_words.NOTHING_TO_UNDO
        if undone is not None:
            words = undone_words(undone, self._workspace.store.by_ids(undone.episode_ids))
        self._post(ChangeUndone(words))

    def read(self, process: ReadingProcess, episode_id: int) -> None:
        """How an episode is understood, as another process reads it."""
        try:
            reading = process.read()
        except CommandFailed as error:
            self._post(EpisodeRead(episode_id, as_sentence(str(error))))
            return
        if reading is not None:
            self._post(EpisodeRead(episode_id, reading))

    def read_past(self, episode_id: int) -> None:
        """What nights did with an episode."""
        self._post(EpisodeRead(episode_id, past_of(self._workspace.connections, episode_id)))

    def _found(
        self, asked: str, offset: int, episodes: Sequence[Episode], *, has_more: bool = False
    ) -> None:
        decisions = self._workspace.nights.last_decisions(e.id for e in episodes)
        self._post(EpisodesFound(asked, offset, episodes, decisions, has_more=has_more))
