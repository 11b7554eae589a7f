"""A command of ours in a process of its own: it may load what the app never does."""

import subprocess
import sys
import threading
from pathlib import Path

_PREFIX = "reverie: "


class CommandFailed(RuntimeError):
    """The command ended without what was asked of it; the message says why."""


class CommandProcess:
    """`reverie …` on a home folder; started by `read`, ended by whoever leaves."""

    def __init__(self, home: Path, *words: str, told: str = "") -> None:
        """`told` goes to its standard input, where no other user of the machine sees it."""
        # -P: packages of the folder in which the app was started must not be imported.
        self._command = [sys.executable, "-P", "-m", "tui.cli", "--home", str(home), *words]
        self._told = told.encode("utf-8")
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False
        self._lock = threading.Lock()

    def read(self) -> bytes | None:
        """What it prints, after seconds; None when it was ended before. Raises `CommandFailed`."""
        try:
            with self._lock:
                if self._is_over:
                    return None
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
        except OSError as error:
            raise CommandFailed(str(error)) from error
        out, err = self._process.communicate(self._told)
        if self._is_over:
            return None
        if self._process.returncode != 0:
            raise CommandFailed(_last_line(err))
        return out

    def end(self) -> None:
        """Stop reading, now or before it begins."""
        with self._lock:
            self._is_over = True
            if self._process is not None and self._process.poll() is None:
                self._process.terminate()


def _last_line(err: bytes) -> str:
    lines = err.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip().removeprefix(_PREFIX) if lines else "its process ended without a word"
