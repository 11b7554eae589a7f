"""The night in the chat: the commands that concern one, and what is told of it."""

from typing import TYPE_CHECKING

from textual.screen import Screen

from consolidation.plain_words import night_name, night_summary
from tui import chat_words
from tui.messages import NightAsked, NightEnded, NightFellDue, NightNotStarted, PlaceChosen
from tui.night_word import CANCEL, NO_NIGHT_RUNS, cancel, pause_or_resume
from tui.screens.confirm import Confirm
from tui.talk import Talk
from tui.widgets.night_panel import NightPanel
from tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from assistant.workspace import Workspace


class NightCommands:
    """What they do with the night that runs, or with the next one."""

    def __init__(self, screen: Screen[None], workspace: "Workspace", talk: Talk) -> None:
        self._screen = screen
        self._workspace = workspace
        self._talk = talk
        self._runs = False

    async def sleep(self, argument: str = "") -> None:
        """Open the plan; with "now", begin at once."""
        if self._runs:
            await self._talk.note(chat_words.NIGHT_RUNS)
        elif argument.casefold() == "now":
            self.set_runs(True)
            await self._talk.note(chat_words.NIGHT_ASKED, "night")
            self._screen.post_message(NightAsked())
        else:
            self._screen.post_message(PlaceChosen("plan"))

    async def pause(self, _: str) -> None:
        """Let the night wait, or go on."""
        await self._talk.note(pause_or_resume(self._workspace), "night")

    async def cancel(self, _: str) -> None:
        """End the night, if its owner means it."""

        async def answered(agrees: bool | None) -> None:
            if agrees:
                await self._talk.note(cancel(self._workspace), "night")

        if self._runs:
            dialog = Confirm(*CANCEL, yes="End it", no="Let it go on")
            await self._screen.app.push_screen(dialog, answered)
        else:
            await self._talk.note(NO_NIGHT_RUNS)

    async def tell_ended(self, event: NightEnded) -> None:
        """Say how a night went."""
        self.set_runs(False)
        name = night_name(event.report)
        await self._talk.note(f"☾ {name}. {night_summary(event.report)}", "night")

    async def tell_due(self, event: NightFellDue) -> None:
        """Say that a night begins by itself."""
        words = chat_words.night_fell_due(event.sleep_date, missed=event.missed)
        await self._talk.note(words, "night")

    async def tell_not_started(self, event: NightNotStarted) -> None:
        """Say why there is no night."""
        self.set_runs(False)
        await self._talk.note(chat_words.night_not_started(event.reason), "error")

    def set_runs(self, runs: bool) -> None:
        """Show whether a night is under way."""
        self._runs = runs
        self._screen.query_one(StatusLine).night_runs = runs
        if not runs:
            self._screen.query_one(NightPanel).hide()
