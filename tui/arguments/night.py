"""`reverie sleep`, `nights` and `dreams`: their arguments."""

import argparse
from pathlib import Path

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, actions_of, add_command, count, minutes
from tui.outcome import Outcome


def add_sleep(commands: Commands, shared: Parser) -> None:
    """A night now."""
    sleep = add_command(
        commands,
        shared,
        "sleep",
        "a night now",
        tells="It chooses what is new, dreams, trains, tests, and makes the new model live only if "
        "it learned the new and kept the old. Ctrl+C ends it, and changes nothing.",
        example="sleep --dry-run",
    )
    sleep.add_argument("--dry-run", action="store_true", help="show the plan, train nothing")
    sleep.add_argument(
        "--deep",
        action="store_true",
        help="train afresh from the base on everything kept: what was forgotten leaves the weights",
    )
    sleep.add_argument(
        "--if-due",
        action="store_true",
        help="only if the nightly run is due and nothing hinders it; timers call this",
    )
    sleep.add_argument(
        "--max-minutes", type=minutes, metavar="N", help="begin no further training after this"
    )
    sleep.set_defaults(command=_sleep)


def _sleep(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands.night import plan, sleep

    if parsed.dry_run:
        return plan(settings, deep=parsed.deep)
    return sleep(settings, deep=parsed.deep, if_due=parsed.if_due, max_minutes=parsed.max_minutes)


def add_nights(commands: Commands, shared: Parser) -> None:
    """Reports of nights."""
    nights = add_command(
        commands,
        shared,
        "nights",
        "reports of nights",
        tells="Without an action: list.",
        example="nights show 1",
    )
    reports = actions_of(nights)
    nights.set_defaults(command=_nights, action="list", limit=50)
    listed = add_command(
        reports, shared, "list", "nights, newest first", example="nights list --limit 7"
    )
    listed.add_argument(
        "--limit", type=count, default=50, metavar="N", help="at most so many (default: 50)"
    )
    listed.set_defaults(command=_nights, action="list")
    shown = add_command(reports, shared, "show", "one report, whole", example="nights show 1")
    shown.add_argument("night_id", type=count, metavar="N", help="as `reverie nights` numbers it")
    shown.set_defaults(command=_nights, action="show")
    for name, what in (
        ("pause", "let the night that runs wait"),
        ("resume", "let it go on"),
        ("stop", "end it, and change nothing"),
    ):
        action = add_command(reports, shared, name, what, example=f"nights {name}")
        action.set_defaults(command=_nights, action=name)
    written = add_command(
        reports,
        shared,
        "report",
        "a night with plots, as a file",
        example="nights report 3 --out night.html",
    )
    written.add_argument(
        "night_id", type=count, nargs="?", metavar="N", help="which night (default: the last)"
    )
    written.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="an .html or .md file to write (default: reverie-night-N.html, here)",
    )
    written.set_defaults(command=_nights, action="report")


def _nights(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import night, report

    if parsed.action == "show":
        return night.show(settings, parsed.night_id)
    if parsed.action == "report":
        return report.write_report(settings, parsed.night_id, parsed.out)
    if parsed.action in ("pause", "resume", "stop"):
        from tui.commands.night_word import say

        return say(settings, parsed.action)
    return night.list_nights(settings, parsed.limit)


def add_dreams(commands: Commands, shared: Parser) -> None:
    """What tonight would train."""
    dreams = add_command(
        commands,
        shared,
        "dreams",
        "what tonight would train",
        tells="Practice questions with their answers. Without an action: list.",
        example="dreams list",
    )
    choices = actions_of(dreams)
    dreams.set_defaults(command=_dreams, action="list", all=False, struck=False)
    listed = add_command(
        choices,
        shared,
        "list",
        "tonight's dreams, each with its id",
        example="dreams list --struck",
    )
    which = listed.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="the struck ones as well")
    which.add_argument("--struck", action="store_true", help="the struck ones only")
    listed.set_defaults(command=_dreams, action="list")
    for name, what in (
        ("strike", "let no night train these"),
        ("restore", "let struck ones be trained again"),
    ):
        action = add_command(choices, shared, name, what, example=f"dreams {name} 1a2b 3c4d")
        action.add_argument("ids", nargs="+", metavar="ID", help="at least 4 digits of its id")
        action.set_defaults(command=_dreams, action=name)


def _dreams(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import dreams

    match parsed.action:
        case "strike":
            return dreams.strike(settings, parsed.ids)
        case "restore":
            return dreams.restore(settings, parsed.ids)
    return dreams.list_dreams(
        settings, tonight=not parsed.struck, struck=parsed.struck or parsed.all
    )
