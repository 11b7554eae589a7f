"""`reverie tools`, `notes` and `remind`: their arguments."""

import argparse
import json
from collections.abc import Mapping

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, actions_of, add_command, count
from tui.outcome import Outcome


def add_tools(commands: Commands, shared: Parser) -> None:
    """Tools by name, notes, reminders."""
    tools = add_command(
        commands,
        shared,
        "tools",
        "what it can do besides talk",
        tells="Without an action: list.",
        example="tools list",
    )
    actions = actions_of(tools)
    tools.set_defaults(command=_tools, action="list")
    listed = add_command(
        actions, shared, "list", "every tool and its arguments", example="tools list"
    )
    listed.set_defaults(command=_tools, action="list")
    run = add_command(
        actions, shared, "run", "run one tool", example="""tools run time '{"place": "Rome"}'"""
    )
    run.add_argument("name", metavar="NAME", help="as `reverie tools list` names it")
    run.add_argument(
        "arguments",
        type=_arguments,
        metavar="JSON",
        help='its arguments, such as {"place": "Rome"}; {} for none',
    )
    run.add_argument("--yes", action="store_true", help="let a server do what it would ask for")
    run.set_defaults(command=_tools, action="run")

    notes = add_command(
        commands,
        shared,
        "notes",
        "what is written down",
        tells="Notes are found again, and never trained. Without an action: list.",
        example="notes list garage",
    )
    actions = actions_of(notes)
    notes.set_defaults(command=_notes, action="list", query="")
    listed = add_command(
        actions, shared, "list", "all, or those about something", example="notes list garage"
    )
    listed.add_argument(
        "query", nargs="?", default="", metavar="WORDS", help="words that all stand in a note"
    )
    listed.set_defaults(command=_notes, action="list")
    added = add_command(
        actions,
        shared,
        "add",
        "write something down",
        example='notes add "Garage code is with Tom"',
    )
    added.add_argument("text", metavar="TEXT", help="what to write down")
    added.set_defaults(command=_notes, action="add")
    removed = add_command(actions, shared, "remove", "take a note out", example="notes remove 3")
    removed.add_argument("number", type=count, metavar="N", help="its number in the list")
    removed.set_defaults(command=_notes, action="remove")

    remind = add_command(
        commands,
        shared,
        "remind",
        "what is still to ring",
        tells="Reminders ring in the app while it is open; missed ones are told when it opens "
        "again. Without an action: list.",
        example='remind add "in 20 minutes call mum"',
    )
    actions = actions_of(remind)
    remind.set_defaults(command=_remind, action="list")
    listed = add_command(actions, shared, "list", "the reminders that wait", example="remind list")
    listed.set_defaults(command=_remind, action="list")
    added = add_command(
        actions,
        shared,
        "add",
        "ring in the app at a moment",
        example='remind add "tomorrow at 9 water the plants"',
    )
    added.add_argument(
        "text", metavar="TEXT", help='when and what, such as "in 20 minutes call mum"'
    )
    added.set_defaults(command=_remind, action="add")
    cancelled = add_command(
        actions, shared, "cancel", "let one not ring", example="remind cancel 2"
    )
    cancelled.add_argument("number", type=count, metavar="N", help="its number in the list")
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
