"""Before sleep: what tonight would train, of each memory; the owner strikes what must not be."""

import threading
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static

from assistant.clock import utc_now
from consolidation.estimate import estimate_words, expected
from consolidation.plain_words import as_sentence
from memory.episode import Episode
from memory.history import NightOutline
from memory.records import Dream
from tui.bedside import Told, by_memory, plan_words, trained_dreams
from tui.keys import bindings
from tui.messages import HomeUnreadable, NightEnded, PlaceChosen
from tui.plan_process import Planning, PlanUnread
from tui.widgets.dream_list import DreamList

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.workspace import Workspace

_READING = (
    "Reading what you told me…\n\nA new message takes a few seconds. Nothing is trained by it."
)
_NOTHING = (
    "Tonight would train nothing.\n\n"
    "Tell Reverie a few things about yourself; what it would learn of them is shown here."
)
_HELP = (
    "What you strike is never trained; another view may take its place. "
    "A muted memory stays remembered, and is never trained."
)


class PlanScreen(Screen[None]):
    """Tonight's dreams, grouped by memory."""

    TITLE = "Before sleep"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("plan")]

    class PlanRead(Message, bubble=False):
        """Tonight's plan was read, with what is struck, its memories and the nights before."""

        def __init__(
            self,
            told: Sequence[Told],
            struck: set[str],
            episodes: Mapping[int, Episode],
            nights: Sequence[NightOutline],
        ) -> None:
            super().__init__()
            self.told = told
            self.struck = struck
            self.episodes = episodes
            self.nights = nights

    class PlanNotRead(Message, bubble=False):
        """The plan could not be read."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    class StrikeFailed(Message, bubble=False):
        """A strike or a restoration could not be stored."""

        def __init__(self, key: str, was_struck: bool, reason: str) -> None:
            super().__init__()
            self.key = key
            self.was_struck = was_struck
            self.reason = reason

    def __init__(self, workspace: "Workspace", start_planning: "Callable[[], Planning]") -> None:
        super().__init__()
        self._workspace = workspace
        self._start_planning = start_planning
        self._planning: Planning | None = None
        self._told: Sequence[Told] = ()
        self._struck: set[str] = set()
        self._muted: set[int] = set()
        self._episodes: Mapping[int, Episode] = {}
        self._nights: Sequence[NightOutline] = ()
        self._writing = threading.Lock()

    def compose(self) -> ComposeResult:
        yield Static("☾ Before sleep", markup=False, classes="title")
        yield Static(_READING, markup=False, id="plan-words")
        yield DreamList(id="dreams")
        yield Static(_HELP, markup=False, id="plan-help")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.action_reload()

    def on_unmount(self) -> None:
        self._end_planning()

    def action_reload(self) -> None:
        """Plan anew; what was struck meanwhile makes room for other views."""
        self._end_planning()
        self._planning = self._start_planning()
        self._show_words(_READING)
        self.run_worker(
            partial(self._read, self._planning), thread=True, group="plan", exclusive=True
        )

    def action_sleep(self) -> None:
        self.post_message(PlaceChosen("sleep"))

    def on_plan_screen_plan_read(self, event: PlanRead) -> None:
        self._told, self._struck = event.told, event.struck
        self._episodes, self._nights = event.episodes, event.nights
        self._muted = {e.id for e in event.episodes.values() if e.state == "muted"}
        dreams = self.query_one(DreamList)
        if not event.told:
            self._show_words(_NOTHING)
            return
        dreams.display = self.query_one("#plan-help").display = True
        dreams.show(event.told, event.struck, self._muted)
        dreams.focus()
        self._show_counts()

    def on_plan_screen_plan_not_read(self, event: PlanNotRead) -> None:
        self._show_words(f"The plan could not be read. {as_sentence(event.reason)}")

    def on_dream_list_dream_picked(self, event: DreamList.DreamPicked) -> None:
        key = event.dream.key
        self._mark(key, is_struck=key not in self._struck)
        # A worker of the app: leaving the screen must not take a strike back.
        self.app.run_worker(partial(self._store, event.dream), thread=True, group="strikes")

    def action_mute(self) -> None:
        """Leave the memory of the dream under the cursor out of every night, or take it back."""
        dream = self.query_one(DreamList).dream
        if dream is None or not dream.episode_ids:
            return
        episode_id = dream.episode_ids[0]
        self._muted ^= {episode_id}
        self.query_one(DreamList).show(self._told, self._struck, self._muted)
        self._show_counts()
        self.app.run_worker(partial(self._store_muted, episode_id), thread=True, group="strikes")

    def on_plan_screen_strike_failed(self, event: StrikeFailed) -> None:
        self._mark(event.key, is_struck=event.was_struck)
        self.notify(event.reason, severity="error", markup=False)

    def on_night_ended(self, event: NightEnded) -> None:
        self.action_reload()

    def on_home_unreadable(self, event: HomeUnreadable) -> None:
        self.notify(event.reason, severity="error", markup=False)

    def _mark(self, key: str, *, is_struck: bool) -> None:
        (self._struck.add if is_struck else self._struck.discard)(key)
        self.query_one(DreamList).mark(key, is_struck=is_struck)
        self._show_counts()

    def _show_counts(self) -> None:
        dreams = trained_dreams(self._told, self._struck, self._muted)
        takes = estimate_words(expected(self._nights, dreams)) if dreams else "nothing to train"
        words = plan_words(self._told, self._struck, self._muted)
        self.query_one("#plan-words", Static).update(f"{words} · {takes}")

    def _show_words(self, words: str) -> None:
        self.query_one(DreamList).display = self.query_one("#plan-help").display = False
        self.query_one("#plan-words", Static).update(words)

    def _end_planning(self) -> None:
        if self._planning is not None:
            self._planning.end()

    def _read(self, planning: Planning) -> None:
        try:
            tonight = planning.read()
            if tonight is None:
                return
            struck = [one.dream for one in self._workspace.nights.struck()]
            ids = {i for dream in (*tonight.dreams, *struck) for i in dream.episode_ids[:1]}
            episodes = {e.id: e for e in self._workspace.store.by_ids(sorted(ids))}
            told = by_memory(tonight, struck, {i: e.user_text for i, e in episodes.items()})
            nights = self._workspace.history.nights()
            keys = {dream.key for dream in struck}
            self.post_message(self.PlanRead(told, keys, episodes, nights))
        except PlanUnread as error:
            self.post_message(self.PlanNotRead(str(error)))
        except Exception as error:
            self.post_message(self.PlanNotRead(str(error) or type(error).__name__))

    def _store_muted(self, episode_id: int) -> None:
        """Store the last word on a memory; one that is taken back is what it was before."""
        with self._writing:
            was = self._episodes.get(episode_id)
            try:
                store = self._workspace.store
                if episode_id in self._muted:
                    store.set_state([episode_id], "muted")
                elif was is not None:
                    store.set_state([episode_id], was.state if was.state != "muted" else "waiting")
                    store.set_pinned([episode_id], was.pinned)
            except Exception as error:
                self.post_message(HomeUnreadable(str(error) or type(error).__name__))

    def _store(self, dream: Dream) -> None:
        """Store the last word on a dream, however many were said at once."""
        with self._writing:
            is_struck = dream.key in self._struck
            try:
                if is_struck:
                    same = [d for one in self._told for d in one.dreams if d.key == dream.key]
                    self._workspace.nights.strike(same, utc_now())
                else:
                    self._workspace.nights.restore([dream.key])
            except Exception as error:
                failed = self.StrikeFailed(dream.key, not is_struck, str(error))
                self.post_message(failed)
