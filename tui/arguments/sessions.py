"""`reverie sessions`: its arguments."""

import argparse
from pathlib import Path

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, actions_of, add_command, count
from tui.outcome import Outcome


def add_sessions(commands: Commands, shared: Parser) -> None:
    """Earlier conversations."""
    sessions = add_command(
        commands,
        shared,
        "sessions",
        "earlier conversations",
        tells="Without an action: list.",
        example="sessions list dentist",
    )
    actions = actions_of(sessions)
    sessions.set_defaults(command=_run, action="list", query="", limit=50)
    listed = add_command(
        actions, shared, "list", "conversations, newest first", example="sessions list dentist"
    )
    listed.add_argument(
        "query", nargs="?", default="", metavar="QUERY", help="words of a message or a title there"
    )
    listed.add_argument(
        "--limit", type=count, default=50, metavar="N", help="at most so many (default: 50)"
    )
    listed.set_defaults(command=_run, action="list")
    for name, what, example in (
        ("show", "one conversation, whole", "show 3f2a"),
        ("rename", "give it a title", 'rename 3f2a "The dentist"'),
        ("export", "write it into a new file", "export 3f2a dentist.md"),
        ("forget", "remove it from memory, with all that was made from it", "forget 3f2a"),
    ):
        action = add_command(actions, shared, name, what, example=f"sessions {example}")
        action.add_argument("id", metavar="ID", help="the first letters of its id")
        action.set_defaults(command=_run, action=name)
        if name == "rename":
            action.add_argument("title", metavar="TITLE", help="empty for its first message")
        if name == "export":
            action.add_argument("out", type=Path, metavar="FILE", help="ending in .md or .json")


def _run(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import sessions

    match parsed.action:
        case "show":
            return sessions.show(settings, parsed.id)
        case "rename":
            return sessions.rename(settings, parsed.id, parsed.title)
        case "export":
            return sessions.export(settings, parsed.id, parsed.out)
        case "forget":
            return sessions.forget(settings, parsed.id)
    return sessions.list_sessions(settings, parsed.query, parsed.limit)
