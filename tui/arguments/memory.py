"""`reverie memory`: its arguments."""

import argparse

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, actions_of, count
from tui.outcome import Outcome


def add_memory(commands: Commands, shared: Parser) -> None:
    """Review and steer what is remembered."""
    memory = commands.add_parser("memory", parents=[shared], help="review what is remembered")
    actions = actions_of(memory, required=True)
    listed = actions.add_parser("list", parents=[shared], help="episodes, newest first")
    listed.add_argument("--limit", type=count, default=50, metavar="N")
    listed.add_argument("--state", choices=("waiting", "learned", "muted"))
    listed.set_defaults(command=_memory, action="list")
    search = actions.add_parser("search", parents=[shared], help="episodes about something")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("--limit", type=count, default=10, metavar="N")
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
        action.add_argument("episode_id", type=count, metavar="ID")
        action.set_defaults(command=_memory, action=name)


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
