"""Slash commands: what the owner typed, understood. Pure; runs nothing."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from tui.command import Command
from tui.command_list import COMMANDS, typed_command, typed_commands

_CLOSE = 0.7
"""From this likeness on a word is a command mistyped."""


@dataclass(frozen=True, slots=True)
class Said:
    """Text for the assistant."""

    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with what followed it."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that begins like a command and is none."""

    line: str
    meant: Command | None = None
    """What may have been meant by it: the same with nothing after it, or one called alike."""


def understood(text: str, servers: Collection[str] = ()) -> Said | Asked | Unknown:
    """What a sent message asks for. The bare word "sleep" starts a night, as promised.

    Behind the name of one of the `servers` and a dot stands a tool of its, whatever it is called.
    """
    line = text.strip()
    if line.casefold() == "sleep":
        return Asked("sleep", "now")
    # A leading space sends a text that begins with a slash, such as a path.
    if not text.startswith("/"):
        return Said(line)
    name, argument = _parted(line)
    server, dot, tool = name.partition(".")
    if dot and tool and server in servers:
        return Asked(name, argument)
    command = typed_command(name)
    if command is None or (argument and not command.argument):
        return Unknown(line, command or _alike(name.casefold()))
    return Asked(command.name, argument)


def matching(text: str) -> tuple[Command, ...]:
    """The commands that a half-typed text may become."""
    if not text.startswith("/") or "\n" in text:
        return ()
    typed, space, _ = text[1:].partition(" ")
    if space:
        command = typed_command(typed)
        return (command,) if command and command.argument else ()
    return tuple(c for c in typed_commands() if c.name.startswith(typed.casefold()))


def _alike(word: str) -> Command | None:
    """What goes by this word, too, has it on a key, or is spelt nearly so; nothing where a dot
    makes it a tool of some server."""
    if "." in word:
        return None
    typed = typed_commands()
    close = get_close_matches(word, [one.name for one in typed], n=1, cutoff=_CLOSE)
    found = (
        *(one for one in typed if word in one.words.split()),
        *(one for one in COMMANDS if one.name == word and typed_command(one.where)),
        *(one for one in typed if one.name in close),
    )
    return next(iter(found), None)


def _parted(line: str) -> tuple[str, str]:
    name, *rest = re.split(r"\s+", line[1:], maxsplit=1)
    return name, "".join(rest)
