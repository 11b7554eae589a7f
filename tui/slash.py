"""Slash commands: what the owner typed, understood. Pure; runs nothing."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from tui.command import Command
from tui.command_list import typed_command, typed_commands


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
        return Unknown(line)
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


def _parted(line: str) -> tuple[str, str]:
    name, *rest = re.split(r"\s+", line[1:], maxsplit=1)
    return name, "".join(rest)
