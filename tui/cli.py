"""`reverie …`: the command line. Parses and prints; the work is done below.

The arguments of each command are in `tui.arguments`; imports stay inside the commands, so that
each starts with only what it needs.
"""

import argparse
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from assistant.home_folder import is_unused
from assistant.settings import Settings
from assistant.settings_file import SettingsInvalid, load_settings
from memory.text import clean_text
from tui.arguments.chat import add_say
from tui.arguments.home import add_backup, add_doctor
from tui.arguments.memory import add_memory
from tui.arguments.night import add_dreams, add_nights, add_sleep
from tui.arguments.parser import Parser
from tui.arguments.schedule import add_schedule
from tui.arguments.sessions import add_sessions
from tui.arguments.tools import add_tools
from tui.arguments.versions import add_models
from tui.command_list import typed_commands
from tui.outcome import DONE, FAILED, INTERRUPTED, Outcome

Command = Callable[[Settings, argparse.Namespace], Outcome]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    os.umask(0o077)
    parsed = build_parser().parse_args(arguments)
    try:
        settings = load_settings(getattr(parsed, "home", None))
    except SettingsInvalid as error:
        print(f"reverie: {error}", file=sys.stderr)
        return FAILED
    try:
        command = getattr(parsed, "command", None)
        if command is None:
            return _open_app(settings)
        outcome: Outcome = command(settings, parsed)
    except Exception as error:  # of any kind: no owner reads a traceback
        return _failed(settings, error)
    except KeyboardInterrupt:
        return INTERRUPTED
    return _print(outcome, as_json=getattr(parsed, "json", False))


def build_parser() -> argparse.ArgumentParser:
    """Every command and option, as `--help` shows them."""
    shared = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        help="the folder that holds all state (default: REVERIE_HOME, else your user data folder)",
    )
    shared.add_argument("--json", action="store_true", help="print one JSON document for programs")
    parser = Parser(
        prog="reverie",
        description="A personal assistant that learns while it sleeps. Without a command: the app.",
        epilog="In the app: "
        + " ".join(f"/{command.name}" for command in typed_commands())
        + ". F1 there tells what each does, and all keys. "
        "`reverie COMMAND --help` tells all of a command, with an example.",
        parents=[shared],
    )
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=Parser)
    for add in (
        add_say,
        add_sleep,
        add_memory,
        add_sessions,
        add_nights,
        add_dreams,
        add_models,
        add_tools,
        add_schedule,
        add_backup,
        add_doctor,
    ):
        add(commands, shared)
    return parser


def _open_app(settings: Settings) -> int:
    if is_unused(settings) and sys.stdin.isatty() and sys.stdout.isatty():
        from tui.first_run import FirstRunApp

        if not FirstRunApp(settings).run():
            return DONE
        settings = load_settings(settings.home)

    from assistant.clock import utc_now
    from assistant.workspace import Workspace
    from consolidation.forgetting import forget_overdue
    from tui.app import ReverieApp

    workspace = Workspace(settings)
    forget_overdue(settings, workspace.store, utc_now())
    try:
        ReverieApp(workspace).run()
    except SettingsInvalid as error:
        print(f"reverie: {error}", file=sys.stderr)
        return FAILED
    finally:
        workspace.close()
    return DONE


def _print(outcome: Outcome, *, as_json: bool) -> int:
    try:
        if as_json:
            print(clean_text(json.dumps(outcome.document, ensure_ascii=False, indent=2)))
        elif outcome.text:
            print(clean_text(outcome.text))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return outcome.code


def _failed(settings: Settings, error: Exception) -> int:
    """One line for the owner; the traceback goes to the log."""
    reason = " ".join(clean_text(str(error)).split()) or type(error).__name__
    if isinstance(error, MemoryError):
        reason = "there is not enough memory; close other programs and try again"
    if type(error).__module__ in ("builtins", "sqlite3"):
        # Not one of ours, so not written for the owner: name the log as well.
        reason = f"{reason} ({type(error).__name__}; details in {settings.home / 'reverie.log'})"
    with suppress(OSError), _log(settings).open("a", encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    print(f"reverie: {reason}", file=sys.stderr)
    return FAILED


def _log(settings: Settings) -> Path:
    return settings.home / "reverie.log"


if __name__ == "__main__":
    sys.exit(main())
