"""`--help` explains every option, and every example in it can be typed."""

import argparse
import shlex
from collections.abc import Iterator

import pytest

from tui.cli import build_parser


def parsers() -> Iterator[argparse.ArgumentParser]:
    """Of every command and every action."""
    waiting = [build_parser()]
    while waiting:
        one = waiting.pop()
        for action in one._actions:
            if isinstance(action, argparse._SubParsersAction):
                found = list(action.choices.values())
                waiting += found
                yield from found


EVERY = [pytest.param(one, id=one.prog) for one in parsers()]


@pytest.mark.parametrize("parser", EVERY)
def test_a_command_says_what_it_does_in_sentences(parser: argparse.ArgumentParser) -> None:
    assert parser.description
    assert parser.description[0].isupper()
    assert parser.description.endswith(".")


@pytest.mark.parametrize("parser", EVERY)
def test_every_argument_is_explained(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            assert action.help, action.dest


@pytest.mark.parametrize("parser", EVERY)
def test_the_example_of_a_command_is_of_that_command(parser: argparse.ArgumentParser) -> None:
    assert parser.epilog
    lines = parser.epilog.splitlines()
    assert lines[0] == "example:"
    for line in lines[1:]:
        assert line.split()[: len(parser.prog.split())] == parser.prog.split()
        build_parser().parse_args(shlex.split(line)[1:])


@pytest.mark.parametrize("parser", EVERY)
def test_help_has_the_width_of_a_terminal(
    parser: argparse.ArgumentParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, parser.format_help().splitlines())) <= 80
