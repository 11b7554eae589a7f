"""`reverie sessions`: its arguments."""

import argparse
from pathlib import Path

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, actions_of, count
from tui.outcome import Outcome


def add_sessions(commands: Commands, shared: Parser) -> None:
    """Earlier conversations."""
    sessions = commands.add_parser("sessions", parents=[shared], help="earlier conversations")
    actions = actions_of(sessions)
    sessions.set_defaults(command=_run, action="list", query="", limit=50)
    listed = actions.add_parser("list", parents=[shared], help="conversations, newest first")
    listed.add_argument("query", nargs="?", default="", metavar="QUERY", help="what was said there")
    listed.add_argument("--limit", type=count, default=50, metavar="N")
    listed.set_defaults(command=_run, action="list")
    for name, what in (
        ("show", "one conversation, whole"),
        ("rename", "give it a title"),
        ("export", "write it into a new file"),
        ("forget", "remove it from memory"),
    ):
        action = actions.add_parser(name, parents=[shared], help=what)
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
