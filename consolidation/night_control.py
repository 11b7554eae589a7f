"""The owner's word to a night under way: wait, or stop. A file that the night looks at.

A signal could hold a process between a lock and its release, or not reach a night that a timer
started; a night that reads the word itself waits and stops where nothing is half done.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from models.durable import replacing

PAUSED = "paused"
"""The note of the progress of a night that waits."""
_PAUSE, _STOP = "pause", "stop"
_LOOK_EVERY_S = 0.5

Heed = Callable[[Callable[[], None]], float]
"""Waits while the night is to wait, having told so once; the seconds that it waited."""


class NightStopped(RuntimeError):
    """The night's owner stopped it."""


class NightControl:
    """One home's word to its night. Whoever holds the night's lock clears it first."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def is_paused(self) -> bool:
        """Whether the night is to wait."""
        return self._word() == _PAUSE

    def pause(self) -> None:
        """Let the night wait at its next step."""
        self._say(_PAUSE)

    def stop(self) -> None:
        """Let the night end at its next step, and change nothing."""
        self._say(_STOP)

    def clear(self) -> None:
        """Let the night go on."""
        self._file.unlink(missing_ok=True)

    def heed(self, on_pause: Callable[[], None]) -> float:
        """Do as the word says; seconds waited. Raises `NightStopped`."""
        began: float | None = None
        while (word := self._word()) == _PAUSE:
            if began is None:
                began = time.monotonic()
                on_pause()
            time.sleep(_LOOK_EVERY_S)
        if word == _STOP:
            raise NightStopped(
                "you stopped the night; nothing was changed, and what it took in waits for the next"
            )
        return time.monotonic() - began if began is not None else 0.0

    def _word(self) -> str:
        with suppress(OSError):
            return self._file.read_text(encoding="utf-8").strip()
        return ""

    def _say(self, word: str) -> None:
        with replacing(self._file) as part:
            part.write_text(word, encoding="utf-8")


def unheeded(on_pause: Callable[[], None]) -> float:
    """For a night that no word reaches."""
    return 0.0
