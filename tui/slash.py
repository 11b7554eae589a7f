"""Slash commands: what the owner typed, understood. Pure; runs nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One slash command."""

    name: str
    does: str
    argument: str = ""
    """What may follow the name, for the hint; empty where nothing may."""
    is_tool: bool = False

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


COMMANDS: tuple[Command, ...] = (
    Command("sleep", "learn now what is waiting"),
    Command("plan", "read what tonight would train; strike what must not be"),
    Command("memory", "look through what is remembered", "[search]"),
    Command("nights", "read what each night did"),
    Command("private", "on or off: nothing is stored"),
    Command("new", "start a new conversation"),
    Command("copy", "copy the last reply"),
    Command("rollback", "return to the model before the last night"),
    Command("help", "commands and keys"),
    Command("quit", "leave; a running night goes on"),
    Command("time", "the time and the date, here or in a city", "[city]", is_tool=True),
    Command("calc", "work out a sum", "12 * (7 + 3)", is_tool=True),
    Command("convert", "other units", "5 miles to km", is_tool=True),
    Command("note", "write something down", "text", is_tool=True),
    Command("notes", "what is written down", "[words]", is_tool=True),
    Command("remind", "ring at a moment", "in 1 hour call mum", is_tool=True),
    Command("reminders", "what is still to ring", is_tool=True),
    Command("remove", "take a note or a reminder out", "note 3", is_tool=True),
    Command("find", "what you said about something", "words", is_tool=True),
    Command("read", "show a file of the folders that are open to me", "file", is_tool=True),
    Command("files", "search the files that are open to me", "words", is_tool=True),
)
_NAMES = {command.name: command for command in COMMANDS}
TOOLS = frozenset(command.name for command in COMMANDS if command.is_tool)


def understood(text: str) -> Said | Asked | Unknown:
    """What a sent message asks for. The bare word "sleep" starts a night, as promised."""
    line = text.strip()
    if line.casefold() == "sleep":
        return Asked("sleep", "")
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
