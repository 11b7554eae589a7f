"""The app: screens, themes, and the threads that watch the night. Shows; computes nothing."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.theme import Theme

from consolidation.conditions import hindrance
from consolidation.due import Nightly
from consolidation.schedule import NightScheduler, local_now, scheduled_time, sleep_moment
from memory.skips import Skip, SkipStore
from tui.command import Command
from tui.command_list import typed_command
from tui.desktop import notify_desktop
from tui.keys import bindings, keymap
from tui.look import remember_theme, remembered_theme
from tui.messages import (
    NightAsked,
    NightEnded,
    NightFellDue,
    NightNotStarted,
    NightSkipped,
    PlaceChosen,
    SessionChosen,
    TurnStored,
)
from tui.night_process import start_night
from tui.night_watch import NightWatch, StartedNight
from tui.palette import CommandProvider
from tui.plan_process import Planning, PlanProcess
from tui.screens.blind import BlindScreen
from tui.screens.chat import ChatScreen
from tui.screens.help import HelpScreen
from tui.screens.log import LogScreen
from tui.screens.memory import MemoryScreen
from tui.screens.models import ModelsScreen
from tui.screens.nights import NightsScreen
from tui.screens.plan import PlanScreen
from tui.screens.sessions import SessionsScreen
from tui.screens.why import WhyScreen
from tui.themes import DARK, ThemedApp
from tui.tool_work import Bell

if TYPE_CHECKING:
    from assistant.workspace import Workspace

StartNight = Callable[[bool], StartedNight]
"""Starts a night's process; True for one that runs only if it is due."""
_RING_EVERY_S = 3.0
_MISSED_AFTER = timedelta(minutes=10)


class ReverieApp(ThemedApp[None]):
    """Reverie in the terminal, over an open workspace.

    The caller closes the workspace, also when the app has closed it to get free of a model.
    Raises `SettingsInvalid` on a key that cannot be used.
    """

    TITLE = "Reverie"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar = {CommandProvider}
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app", shown=False)]

    def __init__(
        self,
        workspace: "Workspace",
        *,
        start_night: StartNight | None = None,
        start_planning: Callable[[], Planning] | None = None,
        now: Callable[[], datetime] = local_now,
        notify_desktop: Callable[[str], None] = notify_desktop,
    ) -> None:
        super().__init__()
        self.set_keymap(keymap(workspace.settings.keys, workspace.settings.file))
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (104, "-wide")]
        self._workspace = workspace
        self._chat = ChatScreen(workspace)
        self._start_night = start_night or partial(_start_in_home, workspace)
        self._start_planning = start_planning or partial(PlanProcess, workspace.settings.home)
        self._now = now
        self._watch = NightWatch(workspace, now)
        self._bell = Bell(
            workspace.notebook, now=now, post=self._chat.post_message, notify=notify_desktop
        )
        self._is_over = threading.Event()
        self._told_skip: tuple[date, str] | None = None
        schedule = workspace.settings.schedule
        self._scheduler = NightScheduler(
            at=scheduled_time(schedule.at),
            enabled=schedule.enabled,
            start_night=self._start_due,
            waiting_since=Nightly(schedule, workspace.store, workspace.nights, now).since,
            done=workspace.nights.done_sleep_dates,
            busy=lambda: workspace.nights.running() is not None,
            hindrance=lambda: hindrance(workspace.settings),
            skipped=self._skip,
            now=now,
        )

    def on_mount(self) -> None:
        self.register_themes()
        remembered = remembered_theme(self._workspace.settings.home)
        self.theme = remembered if remembered in self.available_themes else DARK.name
        self._kept_theme = self.theme
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        self.push_screen(self._chat)
        self.run_worker(self._watch_nights, thread=True, group="watch")
        self.call_after_refresh(self._scheduler.start)
        self.call_after_refresh(self._look_for_reminders)
        self.set_interval(_RING_EVERY_S, self._look_for_reminders)

    def on_turn_stored(self, event: TurnStored) -> None:
        self._watch.refresh()

    def _look_for_reminders(self) -> None:
        self.run_worker(self._bell.look, thread=True, group="bell")

    def action_command(self, name: str) -> None:
        command = typed_command(name)
        if command is not None:
            self.ask_for(command)

    def ask_for(self, command: Command) -> None:
        """Run a command in the chat, or put it into the input where something must follow it."""
        self._go_to_chat()
        if not command.is_typed:
            self.call_later(self.run_action, command.action)
        elif command.needs_argument:
            self._chat.suggest(f"/{command.name} ")
        else:
            self._chat.call_later(self._chat.run, command.name)

    def action_show(self, place: str) -> None:
        self.post_message(PlaceChosen(place))

    def on_place_chosen(self, event: PlaceChosen) -> None:
        self._go_to_chat()
        if event.place == "memory":
            self.push_screen(MemoryScreen(self._workspace, event.query))
        elif event.place == "nights":
            self.push_screen(NightsScreen(self._workspace))
        elif event.place == "plan":
            self.push_screen(PlanScreen(self._workspace, self._start_planning))
        elif event.place == "sessions":
            self.push_screen(SessionsScreen(self._workspace, event.query))
        elif event.place == "log":
            self.push_screen(LogScreen(self._workspace, event.query))
        elif event.place == "help":
            self.push_screen(HelpScreen(self._workspace.settings.keys))
        elif event.place == "models":
            self.push_screen(ModelsScreen(self._workspace))
        elif event.place == "ab":
            self.push_screen(BlindScreen(self._workspace, event.query))
        elif event.place == "why":
            self.push_screen(WhyScreen(self._workspace, event.query))
        elif event.place == "sleep":
            self._chat.call_later(self._chat.run, "sleep", "now")

    def on_session_chosen(self, event: SessionChosen) -> None:
        self._go_to_chat()
        self._chat.call_later(self._chat.resume, event.session_id)

    def on_night_asked(self, event: NightAsked) -> None:
        self.run_worker(self._start, thread=True, group="start")

    async def action_quit(self) -> None:
        """Leave: a reply under way is stopped and kept, a night goes on."""
        self._chat.action_stop()
        self.exit()

    async def on_unmount(self) -> None:
        self._is_over.set()
        self._watch.refresh()
        self._scheduler.stop()
        # Python waits for its threads: a model that still loads or thinks would hold the terminal.
        if not await asyncio.to_thread(self._chat.leave):
            self._workspace.close()

    def _go_to_chat(self) -> None:
        while self.screen is not self._chat:
            self.pop_screen()

    def _keep_theme(self, theme: Theme) -> None:
        if theme.name == self._kept_theme:
            return  # told of the first theme as well, which nobody chose
        self._kept_theme = theme.name
        try:
            remember_theme(self._workspace.settings.home, theme.name)
        except OSError as error:
            self.notify(f"The theme cannot be kept: {error}", severity="error", markup=False)

    def _start(self, if_due: bool = False) -> None:
        try:
            self._watch.started(self._start_night(if_due), may_decline=if_due)
        except OSError as error:
            self._tell(NightNotStarted(str(error)))

    def _start_due(self, sleep_date: date) -> None:
        at = scheduled_time(self._workspace.settings.schedule.at)
        now = self._now()
        late = now.astimezone(UTC) - sleep_moment(sleep_date, at, now.tzinfo)
        self._tell(NightFellDue(sleep_date, missed=late > _MISSED_AFTER))
        self._start(if_due=True)

    def _skip(self, sleep_date: date, reason: str) -> None:
        """A due night has to wait; told once, and whenever it waits for something else."""
        skip = Skip(sleep_date.isoformat(), reason, self._now())
        SkipStore(self._workspace.connections).record(skip)
        cause = reason.partition("(")[0]
        if (sleep_date, cause) != self._told_skip:
            self._told_skip = sleep_date, cause
            self._tell(NightSkipped(sleep_date, reason))

    def _watch_nights(self) -> None:
        """Runs in a thread for as long as the app does."""
        while not self._is_over.is_set():
            for message in self._watch.look_safely():
                self._tell(message)
            self._watch.wait()

    def _tell(self, message: Message) -> None:
        """Post what happened to the chat, and the end of a night to the open screen as well."""
        self._chat.post_message(message)
        screens = self.screen_stack  # none, once the app is closing
        if isinstance(message, NightEnded) and screens and screens[-1] is not self._chat:
            screens[-1].post_message(NightEnded(message.report))


def _start_in_home(workspace: "Workspace", if_due: bool) -> StartedNight:
    return start_night(workspace.settings.home, if_due=if_due)
