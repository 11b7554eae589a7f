"""How one episode is understood, read by a process of its own: it loads the grammar."""

import json
from dataclasses import dataclass
from pathlib import Path

from tui.command_process import CommandFailed, CommandProcess


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of an episode."""

    utterances: tuple[tuple[str, str, str], ...]
    """Each sentence: what it is, its words, the reason."""
    facts: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...]
    """Facts that no longer hold, each with what took its place."""


class ReadingProcess:
    """`reverie memory show` on one episode; started by `read`, ended by whoever leaves."""

    def __init__(self, home: Path, episode_id: int) -> None:
        self._process = CommandProcess(home, "memory", "show", str(episode_id), "--json")

    def read(self) -> Reading | None:
        """After seconds; None when it was ended before. Raises `CommandFailed`."""
        out = self._process.read()
        if out is None:
            return None
        try:
            document = json.loads(out)
            return Reading(
                tuple((u["kind"], u["text"], u["reason"]) for u in document["utterances"]),
                tuple(document["facts"]),
                tuple((r["fact"], r["by_fact"]) for r in document["replaced"]),
            )
        except (ValueError, LookupError, TypeError) as error:
            raise CommandFailed("`reverie memory show --json` printed no reading") from error

    def end(self) -> None:
        """Stop reading, now or before it begins."""
        self._process.end()
