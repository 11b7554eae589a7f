"""`reverie …`: the command line. Parses and prints; the work is done below.

Imports stay inside the commands, so that each starts with only what it needs.
"""

import argparse
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from assistant.settings import Settings, SettingsInvalid, load_settings
from tui.tool_parsers import add_tool_commands

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

Command = Callable[[Settings, argparse.Namespace], "Outcome"]


class Outcome:
    """What a command has to say: one JSON document, or the same in lines for people."""

    def __init__(self, document: Any, text: str, *, code: int = DONE) -> None:
        self.document = document
        self.text = text
        self.code = code


class _Parser(argparse.ArgumentParser):
    """Wrong usage is one line and exit code 2."""

    def error(self, message: str) -> NoReturn:
        print(f"reverie: {message}; see `{self.prog} --help`", file=sys.stderr)
        raise SystemExit(WRONG_USAGE)


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
    except (RuntimeError, ValueError, OSError, LookupError) as error:
        return _failed(settings, error)
    except KeyboardInterrupt:
        return INTERRUPTED
    return _print(outcome, as_json=getattr(parsed, "json", False))


def build_parser() -> argparse.ArgumentParser:
    """Every command and option, as `--help` shows them."""
    shared = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--home", type=Path, metavar="DIR", help="the folder that holds all state")
    shared.add_argument("--json", action="store_true", help="print one JSON document")
    parser = _Parser(
        prog="reverie",
        description="A personal assistant that learns while it sleeps. Without a command: the app.",
        parents=[shared],
    )
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)

    say = commands.add_parser("say", parents=[shared], help="one turn: print the reply")
    say.add_argument("text", metavar="TEXT", help="the message; - reads it from standard input")
    say.add_argument(
        "--no-recall", action="store_true", help="weights only: no retrieval, no history"
    )
    say.add_argument("--private", action="store_true", help="store nothing")
    say.add_argument("--yes", action="store_true", help="let a note or a reminder be written")
    say.set_defaults(command=_say)

    sleep = commands.add_parser("sleep", parents=[shared], help="a night now")
    sleep.add_argument("--dry-run", action="store_true", help="show the plan, train nothing")
    sleep.add_argument("--deep", action="store_true", help="train afresh on everything kept")
    sleep.add_argument("--if-due", action="store_true", help="only if the nightly run is due")
    sleep.add_argument(
        "--max-minutes", type=_minutes, metavar="N", help="begin no further training after this"
    )
    sleep.set_defaults(command=_sleep)

    memory = commands.add_parser("memory", parents=[shared], help="review what is remembered")
    actions = memory.add_subparsers(metavar="ACTION", required=True, parser_class=_Parser)
    listed = actions.add_parser("list", parents=[shared], help="episodes, newest first")
    listed.add_argument("--limit", type=_count, default=50, metavar="N")
    listed.add_argument("--state", choices=("waiting", "learned", "muted"))
    listed.set_defaults(command=_memory, action="list")
    search = actions.add_parser("search", parents=[shared], help="episodes about something")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("--limit", type=_count, default=10, metavar="N")
    search.set_defaults(command=_memory, action="search")
    for name, what in (
        ("show", "one episode, whole"),
        ("mute", "keep it, never train it"),
        ("unmute", "let it be trained again"),
        ("pin", "train it whatever it is"),
        ("unpin", "let the night decide"),
        ("forget", "remove it from memory"),
    ):
        action = actions.add_parser(name, parents=[shared], help=what)
        action.add_argument("episode_id", type=_count, metavar="ID")
        action.set_defaults(command=_memory, action=name)

    nights = commands.add_parser("nights", parents=[shared], help="reports of nights")
    reports = nights.add_subparsers(metavar="ACTION", parser_class=_Parser)
    nights.set_defaults(command=_nights, action="list", limit=50)
    listed = reports.add_parser("list", parents=[shared], help="nights, newest first")
    listed.add_argument("--limit", type=_count, default=50, metavar="N")
    listed.set_defaults(command=_nights, action="list")
    shown = reports.add_parser("show", parents=[shared], help="one report, whole")
    shown.add_argument("night_id", type=_count, metavar="N")
    shown.set_defaults(command=_nights, action="show")

    dreams = commands.add_parser("dreams", parents=[shared], help="what tonight would train")
    choices = dreams.add_subparsers(metavar="ACTION", parser_class=_Parser)
    dreams.set_defaults(command=_dreams, action="list", all=False, struck=False)
    listed = choices.add_parser("list", parents=[shared], help="tonight's dreams, each with its id")
    which = listed.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="the struck ones as well")
    which.add_argument("--struck", action="store_true", help="the struck ones only")
    listed.set_defaults(command=_dreams, action="list")
    for name, what in (
        ("strike", "let no night train these"),
        ("restore", "let struck ones be trained again"),
    ):
        action = choices.add_parser(name, parents=[shared], help=what)
        action.add_argument("ids", nargs="+", metavar="ID", help="at least 4 digits of its id")
        action.set_defaults(command=_dreams, action=name)

    models = commands.add_parser("models", parents=[shared], help="versions of the weights")
    versions = models.add_subparsers(metavar="ACTION", parser_class=_Parser)
    models.set_defaults(command=_models, action="list")
    for name, what in (("list", "versions, oldest first"), ("rollback", "back to the one before")):
        action = versions.add_parser(name, parents=[shared], help=what)
        action.set_defaults(command=_models, action=name)
    use = versions.add_parser("use", parents=[shared], help="make a version the live one")
    use.add_argument("version", metavar="NAME")
    use.set_defaults(command=_models, action="use")
    verify = versions.add_parser("verify", parents=[shared], help="check every file's hash")
    verify.add_argument("version", nargs="?", metavar="NAME")
    verify.set_defaults(command=_models, action="verify")

    add_tool_commands(commands, shared, _Parser, _count)

    doctor = commands.add_parser("doctor", parents=[shared], help="check this machine")
    doctor.set_defaults(command=_doctor)
    return parser


def _say(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands.chat import say

    text = sys.stdin.read() if parsed.text == "-" else parsed.text
    return say(
        settings, text, recall=not parsed.no_recall, private=parsed.private, writes=parsed.yes
    )


def _sleep(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands.night import plan, sleep

    if parsed.dry_run:
        return plan(settings, deep=parsed.deep)
    return sleep(settings, deep=parsed.deep, if_due=parsed.if_due, max_minutes=parsed.max_minutes)


def _memory(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import memory

    match parsed.action:
        case "list":
            return memory.list_episodes(settings, parsed.limit, parsed.state)
        case "search":
            return memory.search(settings, parsed.query, parsed.limit)
        case "show":
            return memory.show(settings, parsed.episode_id)
        case "forget":
            return memory.forget(settings, parsed.episode_id)
        case "pin" | "unpin":
            return memory.set_pinned(settings, parsed.episode_id, pinned=parsed.action == "pin")
    return memory.set_muted(settings, parsed.episode_id, muted=parsed.action == "mute")


def _nights(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import night

    if parsed.action == "show":
        return night.show(settings, parsed.night_id)
    return night.list_nights(settings, parsed.limit)


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


def _models(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import versions

    match parsed.action:
        case "rollback":
            return versions.rollback(settings)
        case "use":
            return versions.use(settings, parsed.version)
        case "verify":
            return versions.verify(settings, parsed.version)
    return versions.list_versions(settings)


def _doctor(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands.doctor import examine

    return examine(settings)


def _open_app(settings: Settings) -> int:
    from assistant.workspace import Workspace
    from tui.app import ReverieApp

    try:
        workspace = Workspace(settings)
    except (RuntimeError, OSError) as error:
        return _failed(settings, error)
    try:
        ReverieApp(workspace).run()
    finally:
        workspace.close()
    return DONE


def _print(outcome: Outcome, *, as_json: bool) -> int:
    try:
        if as_json:
            print(json.dumps(outcome.document, ensure_ascii=False, indent=2))
        elif outcome.text:
            print(outcome.text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return outcome.code


def _failed(settings: Settings, error: Exception) -> int:
    """One line for the owner; the traceback goes to the log."""
    reason = " ".join(str(error).split()) or type(error).__name__
    if type(error).__module__ in ("builtins", "sqlite3"):
        # Not one of ours, so not written for the owner: name the log as well.
        reason = f"{reason} ({type(error).__name__}; details in {settings.home / 'reverie.log'})"
    with suppress(OSError), _log(settings).open("a", encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    print(f"reverie: {reason}", file=sys.stderr)
    return FAILED


def _log(settings: Settings) -> Path:
    return settings.home / "reverie.log"


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 2**63:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = -1
    if not 0 < minutes < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of minutes above 0")
    return minutes


if __name__ == "__main__":
    sys.exit(main())
