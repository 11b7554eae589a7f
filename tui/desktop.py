"""A notification of the desktop, by the system's own program where it has one. Uses no shell."""

import html
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

_TIMEOUT_S = 5
_MAX_CHARACTERS = 300
_APPLESCRIPT = (
    "on run argv",
    'display notification (item 1 of argv) with title "Reverie"',
    "end run",
)


def notification_command(
    text: str, platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> list[str] | None:
    """The program and its arguments; None where this system has none."""
    text = " ".join(text.split())[:_MAX_CHARACTERS]
    if platform == "darwin":
        program = which("osascript")
        script = [word for line in _APPLESCRIPT for word in ("-e", line)]
        return [program, *script, text] if program else None
    program = which("notify-send")
    # The body of a notification may hold markup; what the owner wrote is none.
    return [program, "--app-name=Reverie", "--", "Reverie", html.escape(text)] if program else None


def notify_desktop(text: str) -> None:
    """Show a line on the desktop, if that can be done; the app shows it in any case."""
    command: Sequence[str] | None = notification_command(text)
    if command is None:
        return
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return
