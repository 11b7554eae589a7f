"""The commands that concern a night: the plan first or at once, wait, end."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui import chat_words
from tui.messages import PlaceChosen
from tui.night_word import CANCEL, NO_NIGHT_RUNS, cancel, pause_or_resume
from tui.screens.confirm import Confirm
from tui.talk import Talk

if TYPE_CHECKING:
    from assistant.workspace import Workspace


class NightCommands:
    """What they do with the night that runs, or with the next one."""

    def __init__(
        self,
        screen: Screen[None],
        workspace: "Workspace",
        talk: Talk,
        begin: Callable[[], Awaitable[None]],
        runs: Callable[[], bool],
    ) -> None:
        """`begin` starts a night; `runs` says whether one is under way."""
        self._screen = screen
        self._workspace = workspace
        self._talk = talk
        self._begin = begin
        self._runs = runs

    async def sleep(self, argument: str = "") -> None:
        """Open the plan; with "now", begin at once."""
        if self._runs():
            await self._talk.note(chat_words.NIGHT_RUNS)
        elif argument.casefold() == "now":
            await self._begin()
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

        if self._runs():
            dialog = Confirm(*CANCEL, yes="End it", no="Let it go on")
            await self._screen.app.push_screen(dialog, answered)
        else:
            await self._talk.note(NO_NIGHT_RUNS)
