"""`reverie say`: its arguments."""

import argparse
import sys

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, add_command
from tui.outcome import Outcome


def add_say(commands: Commands, shared: Parser) -> None:
    """One turn."""
    say = add_command(
        commands,
        shared,
        "say",
        "one turn: print the reply",
        tells="What is told and answered is remembered, as in the app.",
        example='say --no-recall "What did we name our dog?"',
    )
    say.add_argument("text", metavar="TEXT", help="the message; - reads it from standard input")
    say.add_argument(
        "--no-recall", action="store_true", help="weights only: no retrieval, no history, no tools"
    )
    say.add_argument("--private", action="store_true", help="store nothing")
    say.add_argument(
        "--yes", action="store_true", help="let a note or a reminder be written; else none is"
    )
    say.set_defaults(command=_say)


def _say(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands.chat import say

    text = sys.stdin.read() if parsed.text == "-" else parsed.text
    return say(
        settings, text, recall=not parsed.no_recall, private=parsed.private, writes=parsed.yes
    )
