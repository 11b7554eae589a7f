"""`reverie memory`: its arguments."""

import argparse
from datetime import date
from pathlib import Path

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, actions_of, add_command, count
from tui.outcome import Outcome

_STATES = ("waiting", "learned", "muted", "quarantined")
_ORIGINS = ("import", "file", "tool")
_OF_STATE = "only what waits for a night, was learned, is muted, or is quarantined"
_ID = "as `reverie memory list` numbers it"


def add_memory(commands: Commands, shared: Parser) -> None:
    """Review and steer what is remembered."""
    memory = add_command(
        commands,
        shared,
        "memory",
        "review what is remembered",
        tells="An episode is one message of yours with its answer.",
        example="memory search bicycle",
    )
    actions = actions_of(memory, required=True)
    _add_review(actions, shared)
    _add_changes(actions, shared)
    _add_transfer(actions, shared)


def _add_review(actions: Commands, shared: Parser) -> None:
    listed = add_command(
        actions,
        shared,
        "list",
        "episodes, newest first",
        example="memory list --state waiting --sort novel",
    )
    listed.add_argument(
        "--limit", type=count, default=50, metavar="N", help="at most so many (default: 50)"
    )
    listed.add_argument("--state", choices=_STATES, help=_OF_STATE)
    listed.add_argument(
        "--sort",
        choices=("newest", "oldest", "novel", "familiar"),
        default="newest",
        help="what comes first (default: newest)",
    )
    listed.set_defaults(command=_review, action="list")
    search = add_command(
        actions,
        shared,
        "search",
        "episodes about something",
        tells="Filters may stand among the words: state:waiting person:Ada place:Rome "
        "since:2026-03-01 until:2026-03-31.",
        example='memory search "bicycle since:2026-03-01" --meaning',
    )
    search.add_argument("query", metavar="QUERY", help="words; state: person: place: since: until:")
    search.add_argument("--meaning", action="store_true", help="what is near in meaning as well")
    search.add_argument(
        "--limit", type=count, default=10, metavar="N", help="at most so many (default: 10)"
    )
    search.set_defaults(command=_review, action="search")
    show = add_command(actions, shared, "show", "one episode, whole", example="memory show 12")
    show.add_argument("episode_id", type=count, metavar="ID", help=_ID)
    show.set_defaults(command=_review, action="show")
    why = add_command(
        actions,
        shared,
        "why",
        "what a reply rests on",
        tells="What it recalled, and which nights trained what is near it.",
        example="memory why 12",
    )
    why.add_argument(
        "episode_id", type=count, nargs="?", metavar="ID", help="whose reply (default: the last)"
    )
    why.set_defaults(command=_review, action="why")


def _add_changes(actions: Commands, shared: Parser) -> None:
    for name, what in (
        ("mute", "keep it, never train it"),
        ("unmute", "let it be trained again"),
        ("pin", "train it whatever it is"),
        ("unpin", "let the night decide"),
    ):
        action = add_command(actions, shared, name, what, example=f"memory {name} 12")
        action.add_argument("episode_id", type=count, metavar="ID", help=_ID)
        action.set_defaults(command=_change, action=name)
    approve = add_command(
        actions,
        shared,
        "approve",
        "let it out of quarantine",
        tells="What was brought in is recalled and trained from then on as your own word.",
        example="memory approve --all --origin import",
    )
    which = approve.add_mutually_exclusive_group(required=True)
    which.add_argument("ids", nargs="*", type=count, default=[], metavar="ID", help=_ID)
    which.add_argument("--all", action="store_true", help="everything that is quarantined")
    approve.add_argument("--origin", choices=_ORIGINS, help="only what came this way")
    approve.set_defaults(command=_change, action="approve")
    edit = add_command(
        actions,
        shared,
        "edit",
        "change what you said",
        tells="What nights made of the old words goes, and the new ones wait for the next night.",
        example='memory edit 12 --text "My bicycle is green."',
    )
    edit.add_argument("episode_id", type=count, metavar="ID", help=_ID)
    edit.add_argument("--text", metavar="NEW", help="the new words; without: opens $EDITOR")
    edit.set_defaults(command=_change, action="edit")
    forget = add_command(
        actions,
        shared,
        "forget",
        "remove it from memory",
        tells="All that was made from it goes, too. It can be undone for a day, or until the next "
        "night. What weights learned of it stays in them until `reverie sleep --deep`.",
        example="memory forget 12 13",
    )
    forget.add_argument("ids", nargs="+", type=count, metavar="ID", help=_ID)
    forget.add_argument("--now", action="store_true", help="for good at once, without undo")
    forget.set_defaults(command=_change, action="forget")
    undo = add_command(
        actions,
        shared,
        "undo",
        "take the last change back",
        tells="A mute, pin, approval, edit, import or forgetting; again for the one before.",
        example="memory undo",
    )
    undo.set_defaults(command=_change, action="undo")


def _add_transfer(actions: Commands, shared: Parser) -> None:
    bring_in = add_command(
        actions,
        shared,
        "import",
        "bring in exports of ChatGPT, Claude, Open WebUI; texts",
        tells="It is quarantined: found by a search, and used for nothing until you approve it. "
        "What is known already comes in once.",
        example="memory import ~/Downloads/chatgpt.zip",
    )
    bring_in.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a file, a zip or a folder"
    )
    bring_in.add_argument(
        "--trust", action="store_true", help="approve all of it at once, as your own word"
    )
    bring_in.set_defaults(command=_transfer, action="import")
    export = add_command(
        actions,
        shared,
        "export",
        "all of it, to read or to keep",
        tells="JSON comes back whole by `reverie memory import`; Markdown is for reading.",
        example="memory export --format markdown --out memory.md",
    )
    export.add_argument(
        "--format",
        choices=("json", "markdown"),
        default="json",
        help="how it is written (default: json)",
    )
    export.add_argument(
        "--out", type=Path, metavar="FILE", help="where to (default: standard output)"
    )
    export.add_argument("--state", choices=_STATES, help=_OF_STATE)
    export.add_argument(
        "--since", type=_day, metavar="YYYY-MM-DD", help="only what was said on this day or later"
    )
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
