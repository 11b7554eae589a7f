"""The fixed texts of the chat, and the short lines made from what happened. Pure."""

from datetime import date
from typing import TYPE_CHECKING

from consolidation.plain_words import as_sentence, novelty_words, recalled_words, time_words
from models.base import ContextOverflow, EngineCrashed, WeightsMissing
from tui.slash import COMMANDS, Command

if TYPE_CHECKING:
    from assistant.turn import TurnResult
    from memory.notebook import Reminder

WELCOME = (
    "Good to see you. What you tell me is remembered; what is new is learned while I sleep.\n"
    "Type sleep to let me learn now, or /help for everything else."
)
PLACEHOLDER = "Say something · /help for commands · type sleep to let me learn"
PRIVATE_PLACEHOLDER = "Private: nothing you say here is stored or learned"
PRIVATE_ON = (
    "Private from here on: nothing is stored or learned, and this part starts with no history. "
    "/private ends it."
)
PRIVATE_OFF = "No longer private: what you say is remembered again. The private part is gone."
NEW_CONVERSATION = "A new conversation. Earlier ones stay in the memory."
NIGHT_ASKED = "Going to sleep to learn. You can keep talking meanwhile."
NIGHT_RUNS = "A night is running already; its progress is shown below."
STILL_ANSWERING = "I am still answering. Esc stops me; your text stays here."
WAKING = "waking the model…"
THINKING = "thinking…"
STOPPED = "stopped, and kept as it is"
COPIED = "Copied the last reply."
ROLLBACK_QUESTION = "Roll back to the model before?"
ROLLBACK_CONSEQUENCE = (
    "The version before the live one answers again, at once. The newer weights are kept; "
    "`reverie models use` brings them back."
)
NOTHING_TO_COPY = "There is no reply to copy yet."

_KEYS = (
    ("Enter", "send; Shift+Enter or Ctrl+J for a new line"),
    ("Up, Down", "earlier messages, in an empty input"),
    ("Tab", "complete a command, or move on"),
    ("Esc", "stop the reply and keep what was said"),
    ("PgUp, PgDn", "scroll the conversation"),
    ("F6, Ctrl+P", "light or dark; all themes"),
)


_BESIDE = (("new", "copy"), ("help", "quit"))
"""Commands that share a line of the help."""
_TOOLS_A_LINE = 6


def help_text() -> str:
    """Commands and keys, in columns; short enough for a screen of 24 lines."""
    named = {command.name: command for command in COMMANDS if not command.is_tool}
    for first, second in _BESIDE:
        one, other = named[first], named.pop(second)
        named[first] = Command(f"{first}, /{second}", f"{one.does}; {other.does}")
    rows = [(command.usage, command.does) for command in named.values()]
    tools = [f"/{command.name}" for command in COMMANDS if command.is_tool]
    for place in range(0, len(tools), _TOOLS_A_LINE):
        rows.append(("" if place else "tools", " ".join(tools[place : place + _TOOLS_A_LINE])))
    width = max(len(left) for left, _ in (*rows, *_KEYS)) + 2
    commands, keys = (
        [f"{left:<{width}}{right}" for left, right in table] for table in (rows, _KEYS)
    )
    return "\n".join([*commands, "", *keys])


TOOL_FOOTNOTE = "by command; no part of the conversation"
WRITE_CONSEQUENCE = "If you meant it otherwise, say no: then I just answer."


def reminder_rang(reminder: "Reminder", *, late: bool) -> str:
    """When a reminder rings, or rang while the app was closed."""
    if late:
        return f"⏰ {reminder.text} (that was due {time_words(reminder.due_at)}, while I was away)"
    return f"⏰ {reminder.text}"


def footnote(result: "TurnResult") -> str:
    """The dim line under a reply."""
    parts = [STOPPED] if result.stopped else []
    if result.novelty is not None:
        parts.append(f"novelty {result.novelty.score:.2f}, {novelty_words(result.novelty.score)}")
    elif result.episode_id is None:
        parts.append("private, not stored")
    if result.tools:
        return " · ".join([*parts, f"by {', '.join(run.call.name for run in result.tools)}"])
    parts.append(recalled_words(len(result.recalled)))
    return " · ".join(parts)


def failure(error: Exception) -> str:
    """What went wrong with a turn or a model, and what to do about it."""
    sentence = as_sentence(str(error) or type(error).__name__)
    if isinstance(error, EngineCrashed):
        return f"{sentence} Press Up and Enter to send your message again."
    if isinstance(error, ContextOverflow):
        return f"{sentence} Send a shorter message, or start anew with /new."
    if isinstance(error, WeightsMissing):
        return f"{sentence} /rollback returns to the model before; `reverie doctor` checks all."
    if isinstance(error, ValueError):
        return sentence
    return f"{sentence} Press Up to try again; if it stays, run `reverie doctor`."


def unknown_command(line: str) -> str:
    """For a line that begins like a command and is none."""
    name = line.split()[0]
    return f"{name} is not a command here. /help lists them; begin with a space to say it as it is."


def rolled_back(version: str) -> str:
    """After a rollback."""
    return f"Rolled back: {version} is live again. The newer weights are kept in the versions."


def night_not_started(reason: str) -> str:
    """When a night's process ended before it began."""
    return f"The night did not start: {reason}"


def night_fell_due(sleep_date: date, *, missed: bool) -> str:
    """When the schedule starts a night."""
    if missed:
        return f"The night of {sleep_date:%d %b} was missed; I make up for it now."
    return f"It is time to sleep: the night of {sleep_date:%d %b} begins. You can keep talking."
