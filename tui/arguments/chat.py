"""`reverie say`: its arguments."""

import argparse
import sys

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser
from tui.outcome import Outcome


def add_say(commands: Commands, shared: Parser) -> None:
    """One turn."""
    say = commands.add_parser("say", parents=[shared], help="one turn: print the reply")
    say.add_argument("text", metavar="TEXT", help="the message; - reads it from standard input")
    say.add_argument(
        "--no-recall", action="store_true", help="weights only: no retrieval, no history"
    )
    say.add_argument("--private", action="store_true", help="store nothing")
    say.add_argument("--yes", action="store_true", help="let a note or a reminder be written")
    say.set_defaults(command=_say)


def _say(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands.chat import say

    text = sys.stdin.read() if parsed.text == "-" else parsed.text
    return say(
        settings, text, recall=not parsed.no_recall, private=parsed.private, writes=parsed.yes
    )
