"""Tonight's plan, read by a process of its own: it loads the grammar, which the app never does."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from memory.records import Dream
from tui.command_process import CommandFailed, CommandProcess
from tui.dream_words import dream_from


class PlanUnread(RuntimeError):
    """The plan could not be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Tonight:
    """What a night would train now."""

    reasons: Mapping[int, str]
    """Why each episode is taken."""
    dreams: tuple[Dream, ...]


class Planning(Protocol):
    """What is asked of a plan that is being read."""

    def read(self) -> Tonight | None: ...

    def end(self) -> None: ...


class PlanProcess:
    """`reverie sleep --dry-run` on a home folder; started by `read`, ended by whoever leaves."""

    def __init__(self, home: Path) -> None:
        self._process = CommandProcess(home, "sleep", "--dry-run", "--json")

    def read(self) -> Tonight | None:
        """The plan, after seconds; None when it was ended before. Raises `PlanUnread`."""
        try:
            out = self._process.read()
        except CommandFailed as error:
            raise PlanUnread(str(error)) from error
        return _tonight(out) if out is not None else None

    def end(self) -> None:
        """Stop reading, now or before it begins."""
        self._process.end()


def _tonight(out: bytes) -> Tonight:
    try:
        document = json.loads(out)
        reasons = {one["episode_id"]: one["reason"] for one in document["selected"]}
        return Tonight(reasons, tuple(map(dream_from, document["dreams"])))
    except (ValueError, LookupError, TypeError) as error:
        raise PlanUnread("`reverie sleep --dry-run --json` printed no plan") from error
