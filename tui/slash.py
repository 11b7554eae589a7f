"""Slash commands: what the owner typed, understood. Pure; runs nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One slash command."""

    name: str
    does: str
    argument: str = ""
    """What may follow the name, for the hint; empty where nothing may."""

    @property
    def usage(self) -> str:
        return f"/{self.name} {self.argument}".rstrip()


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


COMMANDS = (
    Command("sleep", "read the plan first; sleep alone starts at once", "[now]"),
    Command("pause", "let a running night wait, or go on"),
    Command("cancel", "end a running night; nothing is changed"),
    Command("plan", "the same as /sleep"),
    Command("memory", "look through what is remembered", "[search]"),
    Command("nights", "read what each night did"),
    Command("models", "see every version; roll back, use or verify one"),
    Command("ab", "two versions answer, blind; you say which is better", "message"),
    Command("why", "what the last reply rests on", "[episode]"),
    Command("private", "on or off: nothing is stored"),
    Command("new", "start a new conversation"),
    Command("copy", "copy the last reply"),
    Command("rollback", "return to the model before the last night"),
    Command("help", "commands and keys"),
    Command("quit", "leave; a running night goes on"),
)
_NAMES = {command.name: command for command in COMMANDS}


def understood(text: str) -> Said | Asked | Unknown:
    """What a sent message asks for. The bare word "sleep" starts a night, as promised."""
    line = text.strip()
    if line.casefold() == "sleep":
        return Asked("sleep", "now")
    # A leading space sends a text that begins with a slash, such as a path.
    if not text.startswith("/"):
        return Said(line)
    name, _, argument = line[1:].partition(" ")
    command = _NAMES.get(name.casefold())
    if command is None or (argument.strip() and not command.argument):
        return Unknown(line)
    return Asked(command.name, argument.strip())


def matching(text: str) -> tuple[Command, ...]:
    """The commands that a half-typed text may become."""
    if not text.startswith("/") or "\n" in text:
        return ()
    typed, space, _ = text[1:].partition(" ")
    if space:
        command = _NAMES.get(typed.casefold())
        return (command,) if command and command.argument else ()
    return tuple(c for c in COMMANDS if c.name.startswith(typed.casefold()))
