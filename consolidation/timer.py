"""Timer: what the operating system is asked to run, and when. Knows no systemd and no launchd."""

import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from platformdirs import user_data_path

from models.durable import replacing

POLL_MINUTES = 15
"""So often the timer asks whether a night is due, besides at its moment: after a start or resume of
the machine, a clock change, a new setting, or a night that had to wait."""
_COMMAND_TIMEOUT_S = 30


class TimerUnavailable(RuntimeError):
    """The operating system has nothing here that would run a night; the message has the fix."""


@dataclass(frozen=True, slots=True)
class Order:
    """A home's nightly run: the command to run, the time for it, and a name of its own."""

    name: str
    """Such as "reverie", or "reverie-3f2a91c4" for a home that is not the default one."""
    command: tuple[str, ...]
    at: time


@dataclass(frozen=True, slots=True)
class Installed:
    """What was found of an order in the operating system."""

    by: str
    """ "systemd" or "launchd"."""
    files: tuple[Path, ...]
    is_current: bool
    """The files are those that would be written now."""
    is_active: bool


class Timer(Protocol):
    """One way to have the operating system run an order."""

    def install(self, order: Order) -> list[str]:
        """Write and enable it, in place of an earlier one; what else to tell its owner.

        Raises `TimerUnavailable`.
        """
        ...

    def uninstall(self, order: Order) -> bool:
        """Stop and remove it; whether there was anything to remove."""
        ...

    def installed(self, order: Order) -> Installed | None:
        """What there is of it."""
        ...


def order_for(home: Path, at: time) -> Order:
    """The nightly run of a home folder, by the program that runs now."""
    program = Path(sys.executable).parent / "reverie"
    # -P: packages of the folder in which it is started must not be imported.
    start = (str(program),) if program.is_file() else (sys.executable, "-P", "-m", "tui.cli")
    command = (*start, "--home", str(home), "sleep", "--if-due")
    name = "reverie"
    if home != user_data_path("reverie", appauthor=False):
        name += f"-{sha256(str(home).encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"
    return Order(name, command, at)


def crontab_line(order: Order) -> str:
    """The order for `crontab -e`, where nothing better is."""
    command = shlex.join(order.command).replace("%", r"\%")
    return f"*/{POLL_MINUTES} * * * * {command} >/dev/null"


def run_quietly(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a program of the operating system; one that is missing or hangs counts as failed."""
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_COMMAND_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))


def said(done: subprocess.CompletedProcess[str]) -> str:
    """The last line that a program wrote, for the owner."""
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1].strip() if lines else f"exit code {done.returncode}"


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write each, whole or not at all, the owner's alone."""
    for file, content in files.items():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(file) as part:
            part.write_bytes(content)


def remove_files(files: Mapping[Path, bytes]) -> bool:
    """Remove those that are there; whether any was."""
    found = [file for file in files if file.exists() or file.is_symlink()]
    for file in found:
        file.unlink(missing_ok=True)
    return bool(found)


def are_current(files: Mapping[Path, bytes]) -> bool:
    """Whether each holds just this."""
    return all(file.is_file() and file.read_bytes() == content for file, content in files.items())
