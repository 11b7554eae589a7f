"""`reverie schedule` and `reverie daemon`: their arguments."""

import argparse

from assistant.settings import Settings
from assistant.settings_file import is_time_of_day
from tui.arguments.parser import Commands, Parser, actions_of, add_command
from tui.outcome import Outcome


def add_schedule(commands: Commands, shared: Parser) -> None:
    """The nightly run by the operating system, and by a process of ours."""
    schedule = add_command(
        commands,
        shared,
        "schedule",
        "the nightly run",
        tells="Without an action: status. Its time is schedule.at in settings.toml.",
        example="schedule status",
    )
    timers = actions_of(schedule)
    schedule.set_defaults(command=_schedule, action="status")
    installed = add_command(
        timers,
        shared,
        "install",
        "let the operating system start it",
        tells="systemd or launchd then runs nights with the app closed, too. Installing again "
        "takes new settings over.",
        example="schedule install --at 02:30",
    )
    installed.add_argument(
        "--at", type=_time_of_day, metavar="HH:MM", help="write this time into settings.toml first"
    )
    installed.set_defaults(command=_schedule, action="install")
    for name, what in (
        ("uninstall", "take it back from the operating system"),
        ("status", "when it comes, what was missed, what it waits for"),
    ):
        action = add_command(timers, shared, name, what, example=f"schedule {name}")
        action.set_defaults(command=_schedule, action=name)
    daemon = add_command(
        commands,
        shared,
        "daemon",
        "start due nights for as long as this runs",
        tells="For machines without systemd or launchd. It looks once a minute, prints a line for "
        "each event, and ends with Ctrl+C; a night that runs goes on.",
        example="daemon",
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
