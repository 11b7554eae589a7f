"""The chat: where the owner talks with Reverie, also while a night runs."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer, TextArea

from consolidation.plain_words import night_name, night_summary
from tui import chat_words
from tui.messages import (
    HomeSeen,
    HomeUnreadable,
    ModelFailed,
    ModelWoke,
    NightAsked,
    NightEnded,
    NightFellDue,
    NightNotStarted,
    NightSeen,
    PieceArrived,
    PlaceChosen,
    ReminderRang,
    RolledBack,
    ToolAnswered,
    ToolDeclined,
    TurnEnded,
    TurnFailed,
    TurnStored,
    WriteProposed,
)
from tui.model_work import ModelWork
from tui.screens.confirm import Confirm
from tui.slash import TOOLS, Asked, Said, Unknown, understood
from tui.talk import Talk
from tui.tool_work import run_typed
from tui.widgets.command_hint import CommandHint
from tui.widgets.night_panel import NightPanel
from tui.widgets.prompt import Prompt
from tui.widgets.status_line import StatusLine
from tui.widgets.transcript import Transcript

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_NOTE_S = 4
_REMINDER_S = 60
_GOODBYE_S = 2.0


class ChatScreen(Screen[None]):
    """Transcript, night panel, input. Everything that happens in the app is told here."""

    TITLE = "Chat"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help"),
        Binding("f2", "go('memory')", "Memory"),
        Binding("f3", "go('nights')", "Nights"),
        Binding("f4", "sleep", "Sleep"),
        Binding("f5", "private", "Private"),
        Binding("f8", "go('plan')", "Plan"),
        Binding("escape", "stop", "Stop"),
        Binding("pageup", "scroll(-1)", show=False, priority=True),
        Binding("pagedown", "scroll(1)", show=False, priority=True),
    ]

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self._workspace = workspace
        self._model = ModelWork(workspace, self.post_message)
        self._transcript = Transcript(id="transcript")
        self._talk = Talk(self._model, self._transcript, self._in_thread)
        self._is_private = False
        self._is_awake = False
        self._night_runs = False

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
        yield self._transcript
        yield NightPanel(id="night-panel")
        yield CommandHint(markup=False, id="hint")
        yield Prompt(chat_words.PLACEHOLDER, id="prompt")
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        self.query_one(Prompt).focus()
        await self._talk.note(chat_words.WELCOME)
        # After the first paint: loading takes seconds, showing the app must not.
        self.call_after_refresh(self._in_thread, self._model.wake)

    # What the owner did.

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self.query_one(CommandHint).show_for(event.text_area.text)

    async def on_prompt_sent(self, event: Prompt.Sent) -> None:
        meant = understood(event.text)
        if isinstance(meant, Said) and self._talk.answering:
            self.notify(chat_words.STILL_ANSWERING, timeout=_NOTE_S)
            return
        self.query_one(Prompt).take()
        match meant:
            case Said(text):
                await self._talk.say(
                    text, chat_words.THINKING if self._is_awake else chat_words.WAKING
                )
            case Unknown(line):
                await self._talk.note(chat_words.unknown_command(line), "error")
            case Asked(name, argument):
                await self._run_command(name, argument)

    async def _run_command(self, name: str, argument: str) -> None:
        match name:
            case "sleep":
                await self.action_sleep()
            case "memory" | "nights" | "plan":
                self.action_go(name, argument)
            case "private":
                await self.action_private()
            case "new":
                await self._start_anew()
            case "copy":
                self._copy_reply()
            case "rollback":
                self._ask_rollback()
            case "help":
                await self.action_help()
            case "quit":
                await self.app.action_quit()
            case _ if name in TOOLS:
                await self._run_tool(name, argument)

    def action_go(self, place: str, query: str = "") -> None:
        self.post_message(PlaceChosen(place, query))

    def action_stop(self) -> None:
        self._talk.stop()

    def leave(self) -> bool:
        """Stop the reply and wait for it to be kept; False when the model does not come back."""
        self._talk.stop()
        return self._model.is_idle_within(_GOODBYE_S if self._is_awake else 0)

    async def action_help(self) -> None:
        await self._talk.note(chat_words.help_text(), "help")

    async def action_sleep(self) -> None:
        if self._night_runs:
            await self._talk.note(chat_words.NIGHT_RUNS)
            return
        self._set_night_runs(True)
        await self._talk.note(chat_words.NIGHT_ASKED, "night")
        self.post_message(NightAsked())

    async def action_private(self) -> None:
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

    async def _start_anew(self) -> None:
        if self._talk.answering:
            self.notify(chat_words.STILL_ANSWERING, timeout=_NOTE_S)
            return
        await self._talk.start_anew()

    def _copy_reply(self) -> None:
        text = self._talk.last_text
        if text:
            self.app.copy_to_clipboard(text)
        self.notify(chat_words.COPIED if text else chat_words.NOTHING_TO_COPY, timeout=_NOTE_S)

    def _ask_rollback(self) -> None:
        def answered(agrees: bool | None) -> None:
            if agrees:
                self._in_thread(self._model.roll_back)

        question, consequence = chat_words.ROLLBACK_QUESTION, chat_words.ROLLBACK_CONSEQUENCE
        dialog = Confirm(question, consequence, yes="Roll back", no="Keep")
        self.app.push_screen(dialog, answered)

    async def _run_tool(self, name: str, argument: str) -> None:
        if self._talk.answering:
            self.notify(chat_words.STILL_ANSWERING, timeout=_NOTE_S)
            return
        self._in_thread(partial(run_typed, self._workspace, self.post_message, name, argument))

    # What a tool did.

    async def on_tool_answered(self, event: ToolAnswered) -> None:
        await self._talk.show_tool(event)

    async def on_tool_declined(self, event: ToolDeclined) -> None:
        await self._talk.note(f"{event.line}: {event.reason}", "error")

    def on_write_proposed(self, event: WriteProposed) -> None:
        permission = event.permission
        if not self._talk.is_current(event.turn):
            permission.answer(False)
            return
        dialog = Confirm(
            f"{permission.intent}?", chat_words.WRITE_CONSEQUENCE, yes="Do it", no="Just answer"
        )
        self.app.push_screen(dialog, lambda agrees: permission.answer(bool(agrees)))

    async def on_reminder_rang(self, event: ReminderRang) -> None:
        words = chat_words.reminder_rang(event.reminder, late=event.late)
        await self._talk.note(words, "night")
        self.app.bell()
        self.app.notify(words, title="Reminder", timeout=_REMINDER_S, markup=False)

    # What the model did.

    def on_model_woke(self, event: ModelWoke) -> None:
        self._is_awake = True
        self._talk.wait_for(chat_words.THINKING)
        status = self.query_one(StatusLine)
        status.version, status.model_state = event.version, ""

    async def on_model_failed(self, event: ModelFailed) -> None:
        self.query_one(StatusLine).model_state = "not loaded" if not self._is_awake else ""
        await self._talk.note(chat_words.failure(event.error), "error")

    async def on_piece_arrived(self, event: PieceArrived) -> None:
        await self._talk.show_piece(event)

    async def on_turn_ended(self, event: TurnEnded) -> None:
        await self._talk.show_end(event)
        self.post_message(TurnStored())

    async def on_turn_failed(self, event: TurnFailed) -> None:
        await self._talk.show_failure(event)
        self.post_message(TurnStored())

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
        self._set_night_runs(True)
        self.query_one(NightPanel).show(event.report)

    async def on_night_ended(self, event: NightEnded) -> None:
        self._set_night_runs(False)
        name = night_name(event.report)
        await self._talk.note(f"☾ {name}. {night_summary(event.report)}", "night")
        self._in_thread(self._model.refresh)

    async def on_night_fell_due(self, event: NightFellDue) -> None:
        words = chat_words.night_fell_due(event.sleep_date, missed=event.missed)
        await self._talk.note(words, "night")

    async def on_night_not_started(self, event: NightNotStarted) -> None:
        self._set_night_runs(False)
        await self._talk.note(chat_words.night_not_started(event.reason), "error")

    def _set_night_runs(self, runs: bool) -> None:
        self._night_runs = runs
        self.query_one(StatusLine).night_runs = runs
        if not runs:
            self.query_one(NightPanel).hide()

    def _in_thread(self, work: Callable[[], None]) -> None:
        self.run_worker(work, thread=True, group="model")
