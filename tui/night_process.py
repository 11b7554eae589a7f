"""A night's process, started from the app and outliving it. What it does is read elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

_LOG_LIMIT_BYTES = 1_000_000
_REASON_LIMIT_BYTES = 4_000


class NightProcess:
    """A started night. Its progress and result stand in the night store, not here."""

    def __init__(self, process: "subprocess.Popen[bytes]", log_file: Path, log_start: int) -> None:
        self._process = process
        self._log_file = log_file
        self._log_start = log_start

    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll()

    def reason(self) -> str:
        """The last line that it wrote: why it failed, when it failed."""
        with self._log_file.open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(self._log_start, size - _REASON_LIMIT_BYTES))
            lines = log.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1].strip() if lines else f"it ended without a word; see {self._log_file}"


def start_night(home: Path, *, if_due: bool = False) -> NightProcess:
    """Start `reverie sleep` on a home folder; it goes on when this process or terminal ends.

    With `if_due` it runs only if tonight's night has not run yet. Its output goes to
    `night.log` in the home folder.
    """
    # -P: packages of the folder in which the app was started must not be imported.
    # No --json: the document quotes what was told, and a log is not the place to keep that.
    command = [sys.executable, "-P", "-m", "tui.cli", "--home", str(home), "sleep"]
    if if_due:
        command.append("--if-due")
    log_file = home / "night.log"
    flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND
    if log_file.exists() and log_file.stat().st_size > _LOG_LIMIT_BYTES:
        flags |= os.O_TRUNC
    log = os.open(log_file, flags, 0o600)
    try:
        log_start = os.fstat(log).st_size
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a closed terminal hangs up on its own session only
        )
    finally:
        os.close(log)
    return NightProcess(process, log_file, log_start)
