"""The nightly run as a launchd agent. Knows property lists, not nights."""

import os
import plistlib
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


class LaunchdAgent:
    """`Timer` by launchd. Holds nothing."""

    def install(self, order: Order) -> list[str]:
        files = agent_file(order)
        write_files(files)
        run_quietly(["launchctl", "bootout", _target(order)])  # an earlier one
        done = run_quietly(["launchctl", "bootstrap", _domain(), str(next(iter(files)))])
        if done.returncode:
            remove_files(files)
            raise TimerUnavailable(f"launchd does not take the agent ({said(done)})")
        return []

    def uninstall(self, order: Order) -> bool:
        run_quietly(["launchctl", "bootout", _target(order)])
        return remove_files(agent_file(order))

    def installed(self, order: Order) -> Installed | None:
        files = agent_file(order)
        there = tuple(file for file in files if file.exists())
        if not there:
            return None
        active = run_quietly(["launchctl", "print", _target(order)]).returncode == 0
        return Installed("launchd", there, are_current(files), active)


def agent_file(order: Order) -> dict[Path, bytes]:
    """The agent's property list, by its path."""
    file = Path.home() / "Library/LaunchAgents" / f"{_label(order)}.plist"
    agent = {
        "Label": _label(order),
        "ProgramArguments": list(order.command),
        "StartCalendarInterval": {"Hour": order.at.hour, "Minute": order.at.minute},
        # What is due is decided by Reverie; launchd only wakes it.
        "StartInterval": POLL_MINUTES * 60,
        "RunAtLoad": True,
        "ProcessType": "Background",
        "LowPriorityIO": True,
        "Nice": 10,
        "Umask": 0o077,
        "StandardOutPath": "/dev/null",
        "StandardErrorPath": "/dev/null",
    }
    return {file: plistlib.dumps(agent)}


def _label(order: Order) -> str:
    return f"local.{order.name}"


def _domain() -> str:
    return f"gui/{os.getuid()}"


def _target(order: Order) -> str:
    return f"{_domain()}/{_label(order)}"
