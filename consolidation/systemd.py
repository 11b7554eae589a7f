"""The nightly run as a timer of systemd's user manager. Knows unit files, not nights."""

import os
from collections.abc import Sequence
from pathlib import Path

from consolidation.timer import (
    POLL_MINUTES,
    Installed,
    Order,
    TimerUnavailable,
    are_current,
    remove_files,
    run_quietly,
    said,
    write_files,
)

_HEAD = "# Written by `reverie schedule install`; `reverie schedule uninstall` removes it.\n"
_SYSTEMCTL = ("systemctl", "--user")
_IN_NO_PROGRAM = set("\"'\\$") | {chr(code) for code in (*range(32), 127)}


class SystemdTimer:
    """`Timer` by systemd. Holds nothing."""

    def install(self, order: Order) -> list[str]:
        answer = run_quietly([*_SYSTEMCTL, "show-environment"])
        if answer.returncode:
            raise TimerUnavailable(f"no systemd user session answers here ({said(answer)})")
        files = unit_files(order)
        write_files(files)
        timer = f"{order.name}.timer"
        # Restarted, not only started: a timer that runs already has the time of before.
        for arguments in (["daemon-reload"], ["enable", timer], ["restart", timer]):
            done = run_quietly([*_SYSTEMCTL, *arguments])
            if done.returncode:
                self.uninstall(order)
                what = " ".join(arguments)
                raise TimerUnavailable(f"`systemctl --user {what}` failed ({said(done)})")
        return _lingering()

    def uninstall(self, order: Order) -> bool:
        run_quietly([*_SYSTEMCTL, "disable", "--now", f"{order.name}.timer"])
        files = unit_files(order)
        removed = remove_files(files)
        # Where no manager answered, its link into timers.target is still there.
        remove_files({f.parent / "timers.target.wants" / f.name: b"" for f in files})
        run_quietly([*_SYSTEMCTL, "daemon-reload"])
        return removed

    def installed(self, order: Order) -> Installed | None:
        files = unit_files(order)
        there = tuple(file for file in files if file.exists())
        if not there:
            return None
        active = run_quietly([*_SYSTEMCTL, "is-active", f"{order.name}.timer"]).returncode == 0
        return Installed("systemd", there, are_current(files), active)


def unit_files(order: Order) -> dict[Path, bytes]:
    """The service and its timer, by their paths."""
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd/user"
    return {
        folder / f"{order.name}.service": _service(order).encode(),
        folder / f"{order.name}.timer": _timer(order).encode(),
    }


def _service(order: Order) -> str:
    # It asks every quarter of an hour: LogLevelMax keeps "Started", "Finished" out of the journal.
    return f"""{_HEAD}[Unit]
Description=Reverie's nightly run

[Service]
Type=oneshot
ExecStart={command_line(order.command)}
Nice=10
CPUSchedulingPolicy=batch
IOSchedulingClass=idle
UMask=0077
StandardOutput=null
SyslogLevel=notice
LogLevelMax=notice
"""


def _timer(order: Order) -> str:
    # What is due is decided by Reverie; systemd only wakes it, also for what it slept through.
    return f"""{_HEAD}[Unit]
Description=Reverie's nightly run

[Timer]
OnCalendar=*-*-* {order.at:%H:%M}:00
Persistent=true
OnActiveSec=5min
OnUnitInactiveSec={POLL_MINUTES}min

[Install]
WantedBy=timers.target
"""


def command_line(command: Sequence[str]) -> str:
    """Words as an ExecStart= that runs just them: systemd.service(5), "Command lines"."""
    program, *arguments = command
    if _IN_NO_PROGRAM.intersection(program):
        # systemd takes no such path; a shell does.
        program, arguments = "/bin/sh", ["-c", 'exec "$0" "$@"', program, *arguments]
    return " ".join([_quoted(program), *map(_quoted, arguments)])


def _quoted(word: str) -> str:
    return '"' + "".join(map(_escaped, word)) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8 (PEP 383)
        return f"\\x{code - 0xDC00:02x}"
    if code < 32 or code == 127:
        return f"\\x{code:02x}"
    return {'"': '\\"', "\\": "\\\\", "%": "%%", "$": "$$"}.get(character, character)


def _lingering() -> list[str]:
    """Let it run also while its owner is logged out, where that is allowed; what to tell."""
    user = str(os.getuid())
    asked = run_quietly(["loginctl", "show-user", user, "--property=Linger", "--value"])
    if asked.stdout.strip() == "yes":
        return []
    if run_quietly(["loginctl", "--no-ask-password", "enable-linger"]).returncode == 0:
        return [
            "It runs also while you are logged out: lingering was switched on for you "
            "(`loginctl disable-linger` ends that)."
        ]
    return [
        "It runs while you are logged in; "
        "`sudo loginctl enable-linger $USER` lets it run after you log out as well."
    ]
