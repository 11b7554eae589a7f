"""`reverie tools`, `notes` and `remind`: their arguments."""

import argparse
import json
from collections.abc import Mapping

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, actions_of, count
from tui.outcome import Outcome


def add_tools(commands: Commands, shared: Parser) -> None:
    """Tools by name, notes, reminders."""
    tools = commands.add_parser("tools", parents=[shared], help="what it can do besides talk")
    actions = actions_of(tools)
    tools.set_defaults(command=_tools, action="list")
    listed = actions.add_parser("list", parents=[shared], help="every tool and its arguments")
    listed.set_defaults(command=_tools, action="list")
    run = actions.add_parser("run", parents=[shared], help="run one")
    run.add_argument("name", metavar="NAME")
    run.add_argument("arguments", type=_arguments, metavar="JSON", help='such as {"place": "Rome"}')
    run.add_argument("--yes", action="store_true", help="let a server do what it would ask for")
    run.set_defaults(command=_tools, action="run")

    notes = commands.add_parser("notes", parents=[shared], help="what is written down")
    actions = actions_of(notes)
    notes.set_defaults(command=_notes, action="list", query="")
    listed = actions.add_parser("list", parents=[shared], help="all, or those about something")
    listed.add_argument("query", nargs="?", default="", metavar="WORDS")
    listed.set_defaults(command=_notes, action="list")
    added = actions.add_parser("add", parents=[shared], help="write something down")
    added.add_argument("text", metavar="TEXT")
    added.set_defaults(command=_notes, action="add")
    removed = actions.add_parser("remove", parents=[shared], help="take a note out")
    removed.add_argument("number", type=count, metavar="N")
    removed.set_defaults(command=_notes, action="remove")

    remind = commands.add_parser("remind", parents=[shared], help="what is still to ring")
    actions = actions_of(remind)
    remind.set_defaults(command=_remind, action="list")
    listed = actions.add_parser("list", parents=[shared], help="the reminders that wait")
    listed.set_defaults(command=_remind, action="list")
    added = actions.add_parser("add", parents=[shared], help="ring in the app at a moment")
    added.add_argument("text", metavar="TEXT", help='such as "in 20 minutes call mum"')
    added.set_defaults(command=_remind, action="add")
    cancelled = actions.add_parser("cancel", parents=[shared], help="let one not ring")
    cancelled.add_argument("number", type=count, metavar="N")
    cancelled.set_defaults(command=_remind, action="cancel")


def _tools(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import tools

    if parsed.action == "run":
        return tools.run(settings, parsed.name, parsed.arguments, agrees=parsed.yes)
    return tools.list_tools(settings)


def _notes(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import notebook

    match parsed.action:
        case "add":
            return notebook.add_note(settings, parsed.text)
        case "remove":
            return notebook.remove_note(settings, parsed.number)
    return notebook.list_notes(settings, parsed.query)


def _remind(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import notebook

    match parsed.action:
        case "add":
            return notebook.add_reminder(settings, parsed.text)
        case "cancel":
            return notebook.cancel_reminder(settings, parsed.number)
    return notebook.list_reminders(settings)


def _arguments(text: str) -> Mapping[str, object]:
    try:
        arguments = json.loads(text)
    except (ValueError, RecursionError):
        arguments = None
    if not isinstance(arguments, dict):
        example = '{"place": "Rome"}'
        raise argparse.ArgumentTypeError(f"{text!r} is no JSON object such as {example}")
    return arguments
