"""`reverie schedule` and `reverie daemon`: their arguments."""

import argparse

from assistant.settings import Settings
from assistant.settings_file import is_time_of_day
from tui.arguments.parser import Commands, Parser, actions_of
from tui.outcome import Outcome


def add_schedule(commands: Commands, shared: Parser) -> None:
    """The nightly run by the operating system, and by a process of ours."""
    schedule = commands.add_parser("schedule", parents=[shared], help="the nightly run")
    timers = actions_of(schedule)
    schedule.set_defaults(command=_schedule, action="status")
    installed = timers.add_parser(
        "install", parents=[shared], help="let the operating system start it"
    )
    installed.add_argument("--at", type=_time_of_day, metavar="HH:MM", help="set its time as well")
    installed.set_defaults(command=_schedule, action="install")
    for name, what in (
        ("uninstall", "take it back from the operating system"),
        ("status", "when it comes, what was missed, what it waits for"),
    ):
        action = timers.add_parser(name, parents=[shared], help=what)
        action.set_defaults(command=_schedule, action=name)
    daemon = commands.add_parser(
        "daemon", parents=[shared], help="start due nights for as long as this runs"
    )
    daemon.set_defaults(command=_daemon)


def _schedule(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import schedule

    match parsed.action:
        case "install":
            return schedule.install(settings, parsed.at)
        case "uninstall":
            return schedule.uninstall(settings)
    return schedule.status(settings)


def _daemon(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands.daemon import run_daemon

    return run_daemon(settings)


def _time_of_day(text: str) -> str:
    if not is_time_of_day(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 03:00")
    return text
