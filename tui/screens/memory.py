"""The memory: look through what is remembered, pin it, mute it, forget it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Input, Static

from consolidation.plain_words import insisted_words
from memory.episode import Episode, EpisodeState
from memory.records import Decision
from tui.messages import HomeUnreadable, NightEnded
from tui.screens.confirm import Confirm
from tui.widgets.episode_detail import EpisodeDetail
from tui.widgets.episode_table import EpisodeTable

if TYPE_CHECKING:
    from assistant.workspace import Workspace

PAGE = 200
_SETTLE_S = 0.2
_SCANNED = 2000
_FORGET_CONSEQUENCE = (
    "This removes the exchange, its place in the search, and every dream and probe made from it. "
    "It cannot be undone.\n\n"
)
_STILL_IN_WEIGHTS = (
    "A night taught it to the model: the weights keep it until a deep sleep trains them anew."
)
_NOT_IN_WEIGHTS = "No promoted night has taught it to the model."


class MemoryScreen(Screen[None]):
    """Episodes in a table, the one under the cursor beside or below it."""

    TITLE = "Memory"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back"),
        Binding("slash", "search", "Search", key_display="/"),
        Binding("p", "pin", "Pin/unpin"),
        Binding("m", "mute", "Mute/unmute"),
        Binding("f", "forget", "Forget"),
        Binding("f3", "app.show('nights')", "Nights"),
    ]

    class EpisodesFound(Message, bubble=False):
        """A look into the store, for a query and from a place on, is done."""

        def __init__(
            self,
            query: str,
            offset: int,
            episodes: Sequence[Episode],
            decisions: Mapping[int, Decision],
        ) -> None:
            super().__init__()
            self.query = query
            self.offset = offset
            self.episodes = episodes
            self.decisions = decisions

    class EpisodeChanged(Message, bubble=False):
        """An episode has a new state."""

        def __init__(self, episode: Episode) -> None:
            super().__init__()
            self.episode = episode

    class EpisodeForgotten(Message, bubble=False):
        """An episode is gone."""

        def __init__(self, episode_id: int) -> None:
            super().__init__()
            self.episode_id = episode_id

    def __init__(self, workspace: "Workspace", query: str = "") -> None:
        super().__init__()
        self._workspace = workspace
        self._query = query
        self._settling: Timer | None = None
        self._has_more = False
        self._decisions: dict[int, Decision] = {}

    def compose(self) -> ComposeResult:
        yield Static("☾ Memory", markup=False, classes="title")
        yield Input(self._query, placeholder="Search what was said", id="search", compact=True)
        with Container(classes="split"):
            yield EpisodeTable(id="episodes")
            yield EpisodeDetail(id="episode")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(EpisodeTable).focus()
        self._look()

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

    def on_memory_screen_episodes_found(self, event: EpisodesFound) -> None:
        table = self.query_one(EpisodeTable)
        if event.query != self._query or (event.offset and event.offset != table.shown):
            return  # overtaken by what was typed since
        self._decisions |= event.decisions
        self._has_more = not event.query.strip() and len(event.episodes) == PAGE
        if event.offset:
            table.extend(event.episodes)
            return
        table.show(event.episodes)
        if not event.episodes:
            self.query_one(EpisodeDetail).show_words(self._nothing_words())

    def on_episode_table_episode_highlighted(self, event: EpisodeTable.EpisodeHighlighted) -> None:
        self._show_whole(event.episode)
        if event.last and self._has_more:
            self._has_more = False
            self._look(self.query_one(EpisodeTable).shown)

    def on_memory_screen_episode_changed(self, event: EpisodeChanged) -> None:
        self.query_one(EpisodeTable).replace(event.episode)
        self._show_whole(event.episode)

    def on_memory_screen_episode_forgotten(self, event: EpisodeForgotten) -> None:
        self.query_one(EpisodeTable).drop(event.episode_id)
        self.notify(f"Episode {event.episode_id} is forgotten.")
        if not self.query_one(EpisodeTable).shown:
            self.query_one(EpisodeDetail).show_words(self._nothing_words())

    def on_night_ended(self, event: NightEnded) -> None:
        self._look()

    def on_home_unreadable(self, event: HomeUnreadable) -> None:
        self.notify(event.reason, severity="error", markup=False)

    def action_leave(self) -> None:
        """From the search back to the table, from the table back to the chat."""
        if self.query_one(Input).has_focus:
            self.query_one(EpisodeTable).focus()
        else:
            self.app.pop_screen()

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_mute(self) -> None:
        episode = self.query_one(EpisodeTable).episode
        if episode is None:
            return
        if episode.state == "learned":
            self.notify("No later night repeats it. The weights keep it until a deep sleep.")
        state: EpisodeState = "waiting" if episode.state == "muted" else "muted"
        change = partial(self._workspace.store.set_state, [episode.id], state)
        self._in_thread(partial(self._change, episode.id, change))

    def action_pin(self) -> None:
        """Insist on an episode, or leave it to the night again."""
        episode = self.query_one(EpisodeTable).episode
        if episode is None:
            return
        if not episode.pinned:
            from consolidation.confidential import in_words, secrets_in  # a quarter of a second

            found = secrets_in(episode.user_text)
            if found:
                self.notify(insisted_words(in_words(found)), severity="warning", timeout=10)
        change = partial(self._workspace.store.set_pinned, [episode.id], not episode.pinned)
        self._in_thread(partial(self._change, episode.id, change))

    def action_forget(self) -> None:
        episode = self.query_one(EpisodeTable).episode
        if episode is None:
            return
        weights = _STILL_IN_WEIGHTS if episode.state == "learned" else _NOT_IN_WEIGHTS

        def answered(agrees: bool | None) -> None:
            if agrees:
                self._in_thread(partial(self._forget, episode.id))

        question = f"Forget episode {episode.id}?"
        dialog = Confirm(question, _FORGET_CONSEQUENCE + weights, yes="Forget", no="Keep")
        self.app.push_screen(dialog, answered)

    def _look(self, offset: int = 0) -> None:
        self._in_thread(partial(self._find, self._query, offset))

    def _in_thread(self, work: partial[None]) -> None:
        self.run_worker(partial(self._reporting, work), thread=True)

    def _reporting(self, work: partial[None]) -> None:
        try:
            work()
        except Exception as error:
            self.post_message(HomeUnreadable(str(error)))

    def _find(self, query: str, offset: int) -> None:
        store = self._workspace.store
        if not query.strip():
            self._found(query, offset, store.newest(PAGE, offset=offset))
            return
        found = store.by_ids([episode_id for episode_id, _ in store.search_text(query, PAGE)])
        # The index knows whole words; a word that is still being typed is looked for as it is.
        known, typed = {e.id for e in found}, query.strip().casefold()
        found += [
            e
            for e in store.newest(_SCANNED)
            if e.id not in known and typed in f"{e.user_text}\n{e.assistant_text}".casefold()
        ]
        self._found(query, 0, found[:PAGE])

    def _found(self, query: str, offset: int, episodes: Sequence[Episode]) -> None:
        decisions = self._workspace.nights.last_decisions(e.id for e in episodes)
        self.post_message(self.EpisodesFound(query, offset, episodes, decisions))

    def _change(self, episode_id: int, change: Callable[[], None]) -> None:
        change()
        episode = self._workspace.store.get(episode_id)
        if episode is not None:
            self.post_message(self.EpisodeChanged(episode))

    def _forget(self, episode_id: int) -> None:
        self._workspace.store.forget(episode_id)
        self.post_message(self.EpisodeForgotten(episode_id))

    def _show_whole(self, episode: Episode) -> None:
        self.query_one(EpisodeDetail).show(episode, self._decisions.get(episode.id))

    def _nothing_words(self) -> str:
        if self._query.strip():
            return f"Nothing remembered matches “{self._query.strip()}”."
        return "Nothing is remembered yet. What you say in the chat is kept here."
