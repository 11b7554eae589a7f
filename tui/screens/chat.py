"""The chat: where the owner talks with Reverie, also while a night runs."""

from collections.abc import Awaitable, Callable
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Footer, Static

from tui import chat_words, model_words
from tui.command_list import TOOL_COMMANDS
from tui.keys import chat_bindings
from tui.messages import (
    HomeSeen,
    HomeUnreadable,
    ModelFailed,
    ModelGaveWay,
    ModelWoke,
    NightEnded,
    NightFellDue,
    NightNotStarted,
    NightSeen,
    NightSkipped,
    PieceArrived,
    PlaceChosen,
    ReminderRang,
    RolledBack,
    RunProposed,
    ToolAnswered,
    ToolDeclined,
    TurnEnded,
    TurnFailed,
    TurnStored,
    VersionChosen,
    VersionsSeen,
    WriteProposed,
)
from tui.model_work import ModelWork
from tui.night_commands import NightCommands
from tui.reporting import reporting
from tui.setting_commands import SettingCommands
from tui.slash import Asked, Said, Unknown, understood
from tui.talk import Talk
from tui.talk_commands import TalkCommands
from tui.tool_commands import ToolCommands
from tui.widgets.command_hint import CommandHint
from tui.widgets.night_panel import NightPanel
from tui.widgets.prompt import Prompt
from tui.widgets.status_line import StatusLine
from tui.widgets.transcript import Transcript

if TYPE_CHECKING:
    from assistant.workspace import Workspace

Deed = Callable[[str], Awaitable[None] | None]
"""What a command does with what followed its name."""
_NOTE_S = 4
_EARLIER = 200
_GOODBYE_S = 2.0


class ChatScreen(Screen[None]):
    """Transcript, night panel, input. Everything that happens in the app is told here."""

    TITLE = "Chat"
    BINDINGS: ClassVar[list[BindingType]] = [*chat_bindings()]

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self._workspace = workspace
        self._model = ModelWork(workspace, self.post_message)
        self._transcript = Transcript(id="transcript")
        self._talk = Talk(workspace, self._model, self._transcript, self._in_thread)
        self._on_talk = TalkCommands(
            self, workspace, self._talk, self._transcript, self._waiting_words
        )
        self._on_settings = SettingCommands(
            self, workspace, self._talk, self._model, self._in_thread
        )
        self._on_nights = NightCommands(self, workspace, self._talk)
        self._on_tools = ToolCommands(self, workspace, self._talk, self._in_thread, self._tell)
        self._is_private = False
        self._is_awake = False
        self.does: dict[str, Deed] = {
            "sleep": self._on_nights.sleep,
            "pause": self._on_nights.pause,
            "cancel": self._on_nights.cancel,
            "memory": partial(self._go, "memory"),
            "nights": partial(self._go, "nights"),
            "models": partial(self._go, "models"),
            "ab": partial(self._go, "ab"),
            "why": self._on_talk.why,
            "plan": partial(self._go, "plan"),
            "help": partial(self._go, "help"),
            "private": self._private,
            "sessions": partial(self._go, "sessions"),
            "new": self._on_talk.new,
            "title": self._on_talk.title,
            "export": self._on_talk.export,
            "fork": self._on_talk.fork,
            "edit": self._on_talk.edit,
            "retry": self._on_talk.retry,
            "copy": self._on_talk.copy,
            "code": self._on_talk.code,
            "rollback": self._on_settings.rollback,
            "model": self._on_settings.model,
            "temperature": self._on_settings.temperature,
            "system": self._on_settings.system,
            "log": partial(self._go, "log"),
            "theme": self._on_settings.theme,
            "tools": self._on_tools.list,
            "quit": self._quit,
            **{one.name: partial(self._on_tools.run, one.name) for one in TOOL_COMMANDS},
        }

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield self._transcript
        yield NightPanel(id="night-panel")
        yield Static(chat_words.EDITING, markup=False, id="editing")
        yield CommandHint(markup=False, id="hint")
        yield Prompt(chat_words.PLACEHOLDER, self._workspace.settings.keys, id="prompt")
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        self.query_one(Prompt).focus()
        await self._talk.note(chat_words.WELCOME)
        self.run_worker(reporting(self.post_message, self._read_earlier), thread=True)
        # After the first paint: loading takes seconds, showing the app must not.
        self.call_after_refresh(self._in_thread, self._model.wake)

    # What the owner did.

    def on_prompt_completing(self, event: Prompt.Completing) -> None:
        self.query_one(CommandHint).show(event.commands, event.place)

    async def on_prompt_sent(self, event: Prompt.Sent) -> None:
        meant = understood(event.text, self._workspace.toolbox.server_names)
        if isinstance(meant, Said) and self._talk.answering:
            self.notify(chat_words.STILL_ANSWERING, timeout=_NOTE_S)
            return
        self.query_one(Prompt).take(event.text)
        self._transcript.anchor()  # what is answered, or told, comes in sight
        match meant:
            case Said(text):
                await self._on_talk.say(text)
            case Unknown(line, near):
                await self._talk.note(chat_words.unknown_command(line, near), "error")
            case Asked(name, argument):
                await self.run(name, argument)

    async def run(self, name: str, argument: str = "") -> None:
        """Do what the command of this name says."""
        deed = self.does.get(name) or partial(self._on_tools.run, name)  # a tool of a server
        done = deed(argument)
        if isawaitable(done):
            await done

    def suggest(self, text: str) -> None:
        """Put a text into the input, to go on with it."""
        prompt = self.query_one(Prompt)
        prompt.put(text)
        prompt.focus()

    async def action_command(self, name: str) -> None:
        await self.run(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Stop is offered while there is something to stop."""
        return action != "stop" or self._talk.answering or self._on_talk.is_editing

    def action_stop(self) -> None:
        if self._talk.answering:
            self._talk.stop()
        elif self._on_talk.is_editing:
            self._on_talk.stop_editing()
            self.query_one(Prompt).load_text("")

    def action_choose_message(self) -> None:
        self._transcript.focus()

    def action_leave_messages(self) -> None:
        self.query_one(Prompt).focus()
        self.action_stop()

    async def resume(self, session_id: str) -> None:
        """Take up a stored conversation."""
        await self._on_talk.resume(session_id)

    def leave(self) -> bool:
        """Stop the reply and wait for it to be kept; False when the model does not come back."""
        self._talk.stop()
        self._on_tools.leave()
        return self._model.is_idle_within(_GOODBYE_S if self._is_awake else 0)

    def _tell(self, words: str) -> None:
        self.notify(words, timeout=_NOTE_S)

    def _go(self, place: str, query: str) -> None:
        self.post_message(PlaceChosen(place, query))

    async def _quit(self, _: str) -> None:
        await self.app.action_quit()

    async def _private(self, _: str) -> None:
        if self._talk.answering:
            self.notify(chat_words.STILL_ANSWERING, timeout=_NOTE_S)
            return
        self._is_private = not self._is_private
        self.set_class(self._is_private, "-private")
        self.query_one(StatusLine).private = self._is_private
        prompt = self.query_one(Prompt)
        prompt.placeholder = (
            chat_words.PRIVATE_PLACEHOLDER if self._is_private else chat_words.PLACEHOLDER
        )
        await self._talk.set_private(self._is_private)

    def action_scroll(self, direction: int) -> None:
        if direction < 0:
            self._transcript.scroll_page_up()
        else:
            self._transcript.scroll_page_down()

    # What a tool did.

    async def on_tool_answered(self, event: ToolAnswered) -> None:
        await self._talk.show_tool(event)

    async def on_tool_declined(self, event: ToolDeclined) -> None:
        await self._on_tools.tell_declined(event)

    def on_write_proposed(self, event: WriteProposed) -> None:
        self._on_tools.ask(event)

    def on_run_proposed(self, event: RunProposed) -> None:
        self._on_tools.ask_for_server(event)

    async def on_reminder_rang(self, event: ReminderRang) -> None:
        await self._on_tools.ring(event)

    # What the model did.

    def on_model_woke(self, event: ModelWoke) -> None:
        self._is_awake = True
        self._talk.wait_for(chat_words.THINKING)
        status = self.query_one(StatusLine)
        status.version, status.model_state = event.version, ""

    async def on_model_gave_way(self, event: ModelGaveWay) -> None:
        await self._talk.note(chat_words.gave_way(event.told), "error")

    async def on_model_failed(self, event: ModelFailed) -> None:
        self.query_one(StatusLine).model_state = "not loaded" if not self._is_awake else ""
        await self._talk.note(chat_words.failure(event.error), "error")

    async def on_piece_arrived(self, event: PieceArrived) -> None:
        await self._talk.show_piece(event)

    async def on_turn_ended(self, event: TurnEnded) -> None:
        await self._talk.show_end(event)
        self.query_one(StatusLine).usage = event.result.usage
        self.refresh_bindings()
        self.post_message(TurnStored())

    async def on_turn_failed(self, event: TurnFailed) -> None:
        await self._talk.show_failure(event)
        self.refresh_bindings()
        self.post_message(TurnStored())

    async def on_versions_seen(self, event: VersionsSeen) -> None:
        settings = self._workspace.settings
        await self._talk.note(model_words.versions(event.versions, event.live, settings))

    async def on_version_chosen(self, event: VersionChosen) -> None:
        await self._talk.note(model_words.chosen(event.version), "night")

    async def on_rolled_back(self, event: RolledBack) -> None:
        await self._talk.note(chat_words.rolled_back(event.version), "night")

    # What a night did.

    def on_home_seen(self, event: HomeSeen) -> None:
        status = self.query_one(StatusLine)
        status.waiting, status.next_sleep = event.waiting, event.next_sleep
        status.version = event.version

    def on_home_unreadable(self, event: HomeUnreadable) -> None:
        self.notify(event.reason, severity="error", markup=False)

    def on_night_seen(self, event: NightSeen) -> None:
        self._on_nights.set_runs(True)
        self.query_one(NightPanel).show(event.report)

    async def on_night_ended(self, event: NightEnded) -> None:
        await self._on_nights.tell_ended(event)
        self._in_thread(self._model.refresh)

    async def on_night_fell_due(self, event: NightFellDue) -> None:
        await self._on_nights.tell_due(event)

    async def on_night_skipped(self, event: NightSkipped) -> None:
        await self._talk.note(chat_words.night_skipped(event.sleep_date, event.reason), "night")

    async def on_night_not_started(self, event: NightNotStarted) -> None:
        await self._on_nights.tell_not_started(event)

    def _read_earlier(self) -> None:
        """What was said on earlier days, for the input's history."""
        episodes = self._workspace.store.newest(_EARLIER)
        texts = dict.fromkeys(episode.user_text for episode in episodes)
        self.app.call_from_thread(self.query_one(Prompt).add_earlier, [*texts][::-1])

    def _waiting_words(self) -> str:
        return chat_words.THINKING if self._is_awake else chat_words.WAKING

    def _in_thread(self, work: Callable[[], None]) -> None:
        self.run_worker(work, thread=True, group="model")
