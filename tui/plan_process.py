"""Tonight's plan, read by a process of its own: it loads the grammar, which the app never does."""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from memory.records import Dream
from tui.dream_words import dream_from

_PREFIX = "reverie: "


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
        # -P: packages of the folder in which the app was started must not be imported.
        program = [sys.executable, "-P", "-m", "tui.cli", "--home", str(home)]
        self._command = [*program, "sleep", "--dry-run", "--json"]
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False
        self._lock = threading.Lock()

    def read(self) -> Tonight | None:
        """The plan, after seconds; None when it was ended before. Raises `PlanUnread`."""
        try:
            with self._lock:
                if self._is_over:
                    return None
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
        except OSError as error:
            raise PlanUnread(str(error)) from error
        out, err = self._process.communicate()
        if self._is_over:
            return None
        if self._process.returncode != 0:
            raise PlanUnread(_last_line(err))
        return _tonight(out)

    def end(self) -> None:
        """Stop reading, now or before it begins."""
        with self._lock:
            self._is_over = True
            if self._process is not None and self._process.poll() is None:
                self._process.terminate()


def _tonight(out: bytes) -> Tonight:
    try:
        document = json.loads(out)
        reasons = {one["episode_id"]: one["reason"] for one in document["selected"]}
        return Tonight(reasons, tuple(map(dream_from, document["dreams"])))
    except (ValueError, LookupError, TypeError) as error:
        raise PlanUnread("`reverie sleep --dry-run --json` printed no plan") from error


def _last_line(err: bytes) -> str:
    lines = err.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip().removeprefix(_PREFIX) if lines else "its process ended without a word"
