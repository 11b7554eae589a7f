"""The commands that change how a conversation is answered: its voice, and which model speaks."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from memory.text import clean_text
from tui import chat_words, model_words
from tui.look import theme_named
from tui.model_work import ModelWork
from tui.screens.confirm import Confirm
from tui.talk import Talk

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_USUAL = "default"
_HOTTEST = 2.0


class SettingCommands:
    """For the conversation under way, the model and the look; the settings file stays as it is."""

    def __init__(
        self,
        screen: Screen[None],
        workspace: "Workspace",
        talk: Talk,
        model: ModelWork,
        in_thread: Callable[[Callable[[], None]], object],
    ) -> None:
        self._screen = screen
        self._workspace = workspace
        self._talk = talk
        self._model = model
        self._in_thread = in_thread

    async def temperature(self, argument: str) -> None:
        voice, usual = self._talk.session.voice, self._workspace.settings.chat.temperature
        if argument == _USUAL:
            voice = replace(voice, temperature=None)
        elif argument:
            degrees = _number(argument)
            if degrees is None:
                await self._talk.note(model_words.wrong_temperature(argument), "error")
                return
            voice = replace(voice, temperature=degrees)
        if argument:
            self._talk.set_voice(voice)
        await self._talk.note(model_words.temperature(voice.temperature, usual))

    async def system(self, argument: str) -> None:
        voice, usual = self._talk.session.voice, self._workspace.settings.chat.system_prompt
        if argument:
            prompt = None if argument == _USUAL else clean_text(argument)
            voice = replace(voice, system_prompt=prompt)
            self._talk.set_voice(voice)
        await self._talk.note(model_words.system_prompt(voice.system_prompt, usual))

    def model(self, name: str) -> None:
        """List the versions, or make one the live one; the night's gate is not asked."""
        self._in_thread(partial(self._model.use, name) if name else self._model.list_versions)

    def rollback(self, _: str) -> None:
        """Return to the version before, if the owner agrees."""

        def answered(agrees: bool | None) -> None:
            if agrees:
                self._in_thread(self._model.roll_back)

        question, consequence = chat_words.ROLLBACK_QUESTION, chat_words.ROLLBACK_CONSEQUENCE
        dialog = Confirm(question, consequence, yes="Roll back", no="Keep")
        self._screen.app.push_screen(dialog, answered)

    async def theme(self, name: str) -> None:
        """Choose the colours by name, or from a list."""
        app = self._screen.app
        if not name:
            app.search_themes()
            return
        known = theme_named(name, app.available_themes)
        if known is None:
            await self._talk.note(chat_words.unknown_theme(name, app.available_themes), "error")
        else:
            app.theme = known


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= _HOTTEST else None
