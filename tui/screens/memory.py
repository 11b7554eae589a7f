"""The memory: look through what is remembered, one by one or many at once, and steer it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Input, Static

from consolidation.plain_words import as_sentence, insisted_words
from memory.browse import ORDERS, FilterUnread, Order, Sieve, sieve_of
from memory.episode import Episode
from memory.past import Past
from memory.records import Decision
from tui import memory_words
from tui.keys import bindings, key_of
from tui.memory_work import MemoryWork
from tui.messages import (
    ChangeUndone,
    EpisodeChanged,
    EpisodeRead,
    EpisodesForgotten,
    EpisodesFound,
    HomeUnreadable,
    NightEnded,
)
from tui.reading_process import ReadingProcess
from tui.reporting import reporting
from tui.screens.confirm import Confirm
from tui.screens.why import WhyScreen
from tui.widgets.episode_detail import EpisodeDetail
from tui.widgets.episode_table import EpisodeTable

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_SETTLE_S = 0.2


class MemoryScreen(Screen[None]):
    """Episodes in a table, the one under the cursor beside or below it."""

    TITLE = "Memory"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("memory")]

    def __init__(self, workspace: "Workspace", query: str = "") -> None:
        super().__init__()
        self._workspace = workspace
        self._work = MemoryWork(workspace, self.post_message)
        self._query = query
        self._sieve = Sieve()
        self._order: Order = "newest"
        self._settling: Timer | None = None
        self._resting: Timer | None = None
        self._has_more = False
        self._decisions: dict[int, Decision] = {}
        self._process: ReadingProcess | None = None

    def compose(self) -> ComposeResult:
        yield Static(self._title(), markup=False, classes="title", id="memory-title")
        yield Input(self._query, placeholder=memory_words.PLACEHOLDER, id="search", compact=True)
        with Container(classes="split"):
            yield EpisodeTable(id="episodes")
            yield EpisodeDetail(id="episode")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(EpisodeTable).focus()
        self._look()

    def on_unmount(self) -> None:
        if self._process is not None:
            self._process.end()

    def look_for(self, query: str) -> None:
        """Search for something else."""
        self.query_one(Input).value = query

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search once the typing rests."""
        if event.value == self._query:
            return
        self._query = event.value
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(_SETTLE_S, self._look)

    def on_input_submitted(self) -> None:
        self.query_one(EpisodeTable).focus()

    def on_episodes_found(self, event: EpisodesFound) -> None:
        table = self.query_one(EpisodeTable)
        if event.query != self._asked or (event.offset and event.offset != table.shown):
            return  # overtaken by what was typed since
        self._decisions |= event.decisions
        self._has_more = event.has_more
        if event.offset:
            table.extend(event.episodes)
            return
        table.show(event.episodes)
        if not event.episodes:
            self.query_one(EpisodeDetail).show_words(self._nothing_words())

    def on_episode_table_episode_highlighted(self, event: EpisodeTable.EpisodeHighlighted) -> None:
        self._show_whole(event.episode)
        self.refresh_bindings()
        if event.last and self._has_more:
            self._has_more = False
            self._look(self.query_one(EpisodeTable).shown)

    def on_episode_changed(self, event: EpisodeChanged) -> None:
        table = self.query_one(EpisodeTable)
        table.replace(event.episode)
        self.refresh_bindings()
        if table.episode is not None and table.episode.id == event.episode.id:
            self._show_whole(event.episode)

    def on_episodes_forgotten(self, event: EpisodesForgotten) -> None:
        self.query_one(EpisodeTable).drop(event.ids)
        self.notify(memory_words.forgotten_words(event.ids))
        if not self.query_one(EpisodeTable).shown:
            self.query_one(EpisodeDetail).show_words(self._nothing_words())

    def on_change_undone(self, event: ChangeUndone) -> None:
        self.notify(event.words)
        self._look()

    def on_episode_read(self, event: EpisodeRead) -> None:
        episode, detail = self.query_one(EpisodeTable).episode, self.query_one(EpisodeDetail)
        if episode is None or episode.id != event.episode_id:
            return
        if isinstance(event.found, Past):
            detail.show_past(event.found)
        else:
            detail.show_reading(event.found)

    def on_night_ended(self, event: NightEnded) -> None:
        self._look()

    def on_home_unreadable(self, event: HomeUnreadable) -> None:
        self.notify(event.reason, severity="error", markup=False)

    def action_leave(self) -> None:
        """From the search back to the table, from marks to none, from the table to the chat."""
        table = self.query_one(EpisodeTable)
        if self.query_one(Input).has_focus:
            table.focus()
        elif table.marked:
            table.unmark()
        else:
            self.app.pop_screen()

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_order(self) -> None:
        """The next order; what words find comes best first in the first one."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self.query_one("#memory-title", Static).update(self._title())
        self._look()

    def _title(self) -> str:
        chosen = self._workspace.settings.keys
        order, why = key_of("memory.order", chosen), key_of("memory.why", chosen)
        return f"☾ Memory · {self._order} first ({order}) · why a reply ({why})"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Approve is offered for what is in quarantine."""
        if action != "approve" or not self.is_mounted:
            return True
        return any(e.state == "quarantined" for e in self.query_one(EpisodeTable).chosen)

    def action_mark(self) -> None:
        self.query_one(EpisodeTable).mark()

    def action_mark_all(self) -> None:
        self.query_one(EpisodeTable).mark_all()

    def action_mute(self) -> None:
        """Keep what is chosen from training, or let all of it be trained again."""
        chosen = self._free()
        muted = bool(chosen) and all(episode.state == "muted" for episode in chosen)
        if any(episode.state == "learned" for episode in chosen):
            self.notify(memory_words.KEPT_BY_WEIGHTS)
        steering = self._workspace.steering
        self._change(chosen, steering.unmute if muted else steering.mute)

    def action_pin(self) -> None:
        """Insist on what is chosen, or leave it to the night again."""
        chosen = self._free()
        pinned = bool(chosen) and all(episode.pinned for episode in chosen)
        if not pinned:
            self._warn_of_secrets(chosen)
        steering = self._workspace.steering
        self._change(chosen, steering.unpin if pinned else steering.pin)

    def _warn_of_secrets(self, chosen: Sequence[Episode]) -> None:
        from consolidation.english.confidential import in_words, secrets_in  # a quarter of a second

        for episode in chosen:
            found = secrets_in(episode.user_text)
            if found:
                self.notify(insisted_words(in_words(found)), severity="warning", timeout=10)
                return

    def action_approve(self) -> None:
        """Let what is chosen out of quarantine."""
        held = [e for e in self.query_one(EpisodeTable).chosen if e.state == "quarantined"]
        self._change(held, self._workspace.steering.approve)

    def action_undo(self) -> None:
        """Take the last change back, wherever it was made."""
        self._in_thread(self._work.undo)

    def action_why(self) -> None:
        """What the reply of an episode rests on."""
        episode = self.query_one(EpisodeTable).episode
        if episode is not None:
            self.app.push_screen(WhyScreen(self._workspace, str(episode.id)))

    def action_read(self) -> None:
        """How the episode under the cursor is understood."""
        episode = self.query_one(EpisodeTable).episode
        if episode is None or self._holds([episode]):
            return
        if self._process is not None:
            self._process.end()
        self._process = ReadingProcess(self._workspace.settings.home, episode.id)
        self.query_one(EpisodeDetail).show_reading(memory_words.READING)
        self._in_thread(partial(self._work.read, self._process, episode.id))

    def action_forget(self) -> None:
        chosen = self.query_one(EpisodeTable).chosen
        if not chosen:
            return
        ids = [episode.id for episode in chosen]

        def answered(agrees: bool | None) -> None:
            if agrees:
                self._in_thread(partial(self._work.forget, ids))

        question, consequence = memory_words.forget_question(chosen)
        dialog = Confirm(question, consequence, yes="Forget", no="Keep")
        self.app.push_screen(dialog, answered)

    def _free(self) -> Sequence[Episode]:
        """What is chosen and out of quarantine."""
        chosen = self.query_one(EpisodeTable).chosen
        self._holds(chosen)
        return [episode for episode in chosen if episode.state != "quarantined"]

    def _holds(self, episodes: Sequence[Episode]) -> bool:
        held = any(episode.state == "quarantined" for episode in episodes)
        if held:
            self.notify(memory_words.QUARANTINED, markup=False)
        return held

    @property
    def _asked(self) -> str:
        """What the table is to show: the search and the order."""
        return f"{self._order}\n{self._query}"

    def _look(self, offset: int = 0) -> None:
        try:
            self._sieve = sieve_of(self._query)
        except FilterUnread as error:
            self.query_one(EpisodeDetail).show_words(as_sentence(str(error)))
            return
        asked = self._asked
        find = partial(self._work.find, asked, self._sieve, self._order, offset)
        self._in_thread(partial(find, lambda: asked == self._asked))

    def _in_thread(self, work: Callable[[], None]) -> None:
        self.run_worker(reporting(self.post_message, work), thread=True)

    def _change(self, chosen: Sequence[Episode], change: Callable[[list[int]], object]) -> None:
        if chosen:
            ids = [episode.id for episode in chosen]
            self._in_thread(partial(self._work.change, ids, change))

    def _show_whole(self, episode: Episode) -> None:
        self.query_one(EpisodeDetail).show(episode, self._decisions.get(episode.id))
        if self._resting is not None:
            self._resting.stop()
        past = partial(self._work.read_past, episode.id)
        self._resting = self.set_timer(_SETTLE_S, partial(self._in_thread, past))

    def _nothing_words(self) -> str:
        if self._query.strip():
            return f"Nothing remembered matches “{self._query.strip()}”."
        return "Nothing is remembered yet. What you say in the chat is kept here."
