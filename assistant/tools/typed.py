"""What follows a tool's name on a line that was typed, as the tool's arguments. Pure."""

from collections.abc import Mapping

from assistant.tools.asked import bare
from assistant.tools.base import MAX_ARGUMENT_CHARACTERS, ToolCall, ToolRefused
from assistant.tools.notebook_rules import reminder_of
from assistant.tools.number_rules import conversion_asked, sum_asked
from assistant.tools.rules import MAX_CHARACTERS

USAGE: Mapping[str, tuple[str, str]] = {
    "time": ("", "/time Tokyo"),
    "calc": ("expression", "/calc 12 * (7 + 3)"),
    "convert": ("", "/convert 5 mi to km"),
    "note": ("text", "/note the spare key is in the shed"),
    "notes": ("about", "/notes shed"),
    "remind": ("text", "/remind in 20 minutes take the bread out"),
    "reminders": ("", "/reminders"),
    "remove": ("", "/remove note 3"),
    "find": ("query", "/find the dentist"),
    "read": ("file", "/read todo.txt"),
    "files": ("words", "/files invoice"),
}
"""By tool: the argument that the whole line is, unless it is taken apart; and an example."""


def typed_call(name: str, line: str) -> ToolCall:
    """The call of a typed line. Raises `ToolRefused` with an example where it is none."""
    line = line.strip()
    limit = MAX_ARGUMENT_CHARACTERS if name == "note" else MAX_CHARACTERS
    if len(line) > limit:
        raise ToolRefused(f"that is {len(line)} characters, the limit is {limit}; shorten it")
    if not line:
        if name in ("time", "notes", "reminders"):
            return ToolCall(name, {})
        raise ToolRefused(f"what? For example: {USAGE[name][1]}")
    found: ToolCall | None = None
    match name:
        case "time":
            found = ToolCall(name, {"place": line.removeprefix("in ")})
        case "calc":
            found = sum_asked(f"calculate {bare(line)}") or ToolCall(name, {"expression": line})
        case "convert":
            found = conversion_asked(f"convert {bare(line)}")
        case "remind":
            found = reminder_of(line.removeprefix("me "))
        case "remove":
            kind, _, number = line.partition(" ")
            found = ToolCall(name, {"kind": kind, "number": number.strip()})
        case _ if USAGE[name][0]:
            found = ToolCall(name, {USAGE[name][0]: line})
    if found is None:
        raise ToolRefused(f"I don't understand {line!r}; for example: {USAGE[name][1]}")
    return found
