"""`reverie memory`: its arguments."""

import argparse
from datetime import date
from pathlib import Path

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, actions_of, count
from tui.outcome import Outcome

_STATES = ("waiting", "learned", "muted", "quarantined")
_ORIGINS = ("import", "file", "tool")


def add_memory(commands: Commands, shared: Parser) -> None:
    """Review and steer what is remembered."""
    memory = commands.add_parser("memory", parents=[shared], help="review what is remembered")
    actions = actions_of(memory, required=True)
    _add_review(actions, shared)
    _add_changes(actions, shared)
    _add_transfer(actions, shared)


def _add_review(actions: Commands, shared: Parser) -> None:
    listed = actions.add_parser("list", parents=[shared], help="episodes, newest first")
    listed.add_argument("--limit", type=count, default=50, metavar="N")
    listed.add_argument("--state", choices=_STATES)
    listed.add_argument(
        "--sort", choices=("newest", "oldest", "novel", "familiar"), default="newest"
    )
    listed.set_defaults(command=_review, action="list")
    search = actions.add_parser("search", parents=[shared], help="episodes about something")
    search.add_argument("query", metavar="QUERY", help="words; state: person: place: since: until:")
    search.add_argument("--meaning", action="store_true", help="what is near in meaning as well")
    search.add_argument("--limit", type=count, default=10, metavar="N")
    search.set_defaults(command=_review, action="search")
    show = actions.add_parser("show", parents=[shared], help="one episode, whole")
    show.add_argument("episode_id", type=count, metavar="ID")
    show.set_defaults(command=_review, action="show")
    why = actions.add_parser("why", parents=[shared], help="what a reply rests on")
    why.add_argument("episode_id", type=count, nargs="?", metavar="ID", help="default: the last")
    why.set_defaults(command=_review, action="why")


def _add_changes(actions: Commands, shared: Parser) -> None:
    for name, what in (
        ("mute", "keep it, never train it"),
        ("unmute", "let it be trained again"),
        ("pin", "train it whatever it is"),
        ("unpin", "let the night decide"),
    ):
        action = actions.add_parser(name, parents=[shared], help=what)
        action.add_argument("episode_id", type=count, metavar="ID")
        action.set_defaults(command=_change, action=name)
    approve = actions.add_parser("approve", parents=[shared], help="let it out of quarantine")
    which = approve.add_mutually_exclusive_group(required=True)
    which.add_argument("ids", nargs="*", type=count, default=[], metavar="ID")
    which.add_argument("--all", action="store_true", help="everything that is quarantined")
    approve.add_argument("--origin", choices=_ORIGINS, help="only what came this way")
    approve.set_defaults(command=_change, action="approve")
    edit = actions.add_parser("edit", parents=[shared], help="change what you said")
    edit.add_argument("episode_id", type=count, metavar="ID")
    edit.add_argument("--text", metavar="NEW", help="the new words; without: opens $EDITOR")
    edit.set_defaults(command=_change, action="edit")
    forget = actions.add_parser("forget", parents=[shared], help="remove it from memory")
    forget.add_argument("ids", nargs="+", type=count, metavar="ID")
    forget.add_argument("--now", action="store_true", help="for good at once, without undo")
    forget.set_defaults(command=_change, action="forget")
    undo = actions.add_parser("undo", parents=[shared], help="take the last change back")
    undo.set_defaults(command=_change, action="undo")


def _add_transfer(actions: Commands, shared: Parser) -> None:
    bring_in = actions.add_parser(
        "import", parents=[shared], help="bring in exports of ChatGPT, Claude, Open WebUI; texts"
    )
    bring_in.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    bring_in.add_argument(
        "--trust", action="store_true", help="approve all of it at once, as your own word"
    )
    bring_in.set_defaults(command=_transfer, action="import")
    export = actions.add_parser("export", parents=[shared], help="all of it, to read or to keep")
    export.add_argument("--format", choices=("json", "markdown"), default="json")
    export.add_argument("--out", type=Path, metavar="FILE")
    export.add_argument("--state", choices=_STATES)
    export.add_argument("--since", type=_day, metavar="YYYY-MM-DD")
    export.set_defaults(command=_transfer, action="export")


def _review(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import memory

    match parsed.action:
        case "list":
            return memory.list_episodes(settings, parsed.limit, parsed.state, parsed.sort)
        case "search":
            return memory.search(settings, parsed.query, parsed.limit, meaning=parsed.meaning)
        case "why":
            from tui.commands.why import explain

            return explain(settings, parsed.episode_id)
    return memory.show(settings, parsed.episode_id)


def _change(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import steering

    match parsed.action:
        case "approve":
            return steering.approve(
                settings, parsed.ids, everything=parsed.all, origin=parsed.origin
            )
        case "edit":
            return steering.edit(settings, parsed.episode_id, parsed.text)
        case "forget":
            return steering.forget(settings, parsed.ids, now=parsed.now)
        case "undo":
            return steering.undo(settings)
        case "pin" | "unpin":
            return steering.set_pinned(settings, parsed.episode_id, pinned=parsed.action == "pin")
    return steering.set_muted(settings, parsed.episode_id, muted=parsed.action == "mute")


def _transfer(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import transfer

    if parsed.action == "import":
        return transfer.bring_in(settings, parsed.paths, trust=parsed.trust)
    return transfer.export(
        settings, layout=parsed.format, out=parsed.out, state=parsed.state, since=parsed.since
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-03-01") from None
