"""The command palette: finds what the command list holds, and has the app run it."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.command import Command
from tui.command_list import COMMANDS


class Runs(Protocol):
    """An app that runs commands by name."""

    def ask_for(self, command: Command) -> None:
        """Run it, or put it into the input where something must follow it."""


class CommandProvider(Provider):
    """Every command that can be run from anywhere."""

    async def discover(self) -> Hits:
        for command in _offered():
            yield DiscoveryHit(_title(command), self._run(command), help=command.does)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in _offered():
            title = _title(command)
            score = matcher.match(title)
            further = 0.9 * matcher.match(f"{command.does} {command.words}")
            if score or further:
                shown = matcher.highlight(title)
                yield Hit(max(score, further), shown, self._run(command), help=command.does)

    def _run(self, command: Command) -> Callable[[], None]:
        return partial(cast(Runs, self.app).ask_for, command)


def _offered() -> list[Command]:
    return [one for one in COMMANDS if one.is_typed or one.name == "light"]


def _title(command: Command) -> str:
    return command.name.capitalize()
