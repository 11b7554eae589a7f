"""The parser that every command shares, and the kinds of values. Knows no command."""

import argparse
import sys
import textwrap
from typing import NoReturn, TypeAlias

from tui.outcome import WRONG_USAGE

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
"""Where a parser's commands, or a command's actions, are added."""


class Parser(argparse.ArgumentParser):
    """Wrong usage is one line and exit code 2."""

    def error(self, message: str) -> NoReturn:
        print(f"reverie: {message}; see `{self.prog} --help`", file=sys.stderr)
        raise SystemExit(WRONG_USAGE)


def add_command(
    commands: Commands, shared: Parser, name: str, what: str, *, tells: str = "", example: str
) -> Parser:
    """A command or an action: `what` is its line in the list and, as a sentence, opens its own
    help; `tells` goes on from there, and `example` is what stands behind `reverie`."""
    said = f"{what[0].upper()}{what[1:]}. {tells}".rstrip()
    return commands.add_parser(
        name,
        parents=[shared],
        help=what,
        description=textwrap.fill(said, _WIDTH),
        epilog=f"example:\n  reverie {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


_WIDTH = 78


def actions_of(parser: Parser, *, required: bool = False) -> Commands:
    """Where the actions of a command are added."""
    return parser.add_subparsers(metavar="ACTION", required=required, parser_class=Parser)


def count(text: str) -> int:
    """A whole number above 0."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 2**63:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def minutes(text: str) -> float:
    """A number of minutes above 0."""
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of minutes above 0")
    return number
