"""The fixed texts of the chat, and the short lines made from what happened. Pure."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from consolidation.plain_words import as_sentence, novelty_words, recalled_words, time_words
from models.base import ContextOverflow, EngineCrashed, WeightsMissing
from tui.command import PLACES, Command

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
EDITING = (
    "Sent again, this stands instead of the earlier message and what followed it. Esc: leave it."
)
STILL_IN_WEIGHTS = (
    "A night had taught the model what you took back: the weights know it until a deep sleep."
)
FORKED = "A fork: what you say now belongs to a conversation of its own; the other one stays."
NOT_STORED = "That message is not stored, so nothing can begin with it."
NOT_IN_PRIVATE = "Not while this is private; /private ends it."
NOTHING_SAID = "Nothing was said yet."
OTHER_SIDE = "What was said in private, and what was not, cannot take each other's place."
NO_SUCH_SESSION = "That conversation is gone."
TITLE_MISSING = "Write the title behind it: /title Holiday plans"
NO_CODE = "There is no code in that message."
ROLLBACK_QUESTION = "Roll back to the model before?"
ROLLBACK_CONSEQUENCE = (
    "The version before the live one answers again, at once. The newer weights are kept; "
    "`reverie models use` brings them back."
)
ASKING_SERVER = "Asking the server; it may have to start first."
NOTHING_TO_COPY = "There is no reply to copy yet."


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


def gave_way(told: str) -> str:
    """For a live version that failed, and the one that answers in its place."""
    return f"{as_sentence(told)} Quit and run `reverie doctor` for what can be done."


def unknown_command(line: str, meant: Command | None = None) -> str:
    """For a line that begins like a command and is none; `meant` is what comes nearest to it."""
    name = line.split()[0]
    if meant is None:
        known = "/help lists them"
    elif not meant.is_typed:
        known = f"it has a key {PLACES[meant.where]}: /{meant.where}"
    elif name.casefold() == f"/{meant.name}":
        return f"{name} takes nothing after it. Begin with a space to say it as it is."
    else:
        known = f"/{meant.name} is"
    return f"{name} is not a command here; {known}. Begin with a space to say it as it is."


def unknown_theme(name: str, known: Iterable[str]) -> str:
    """For a theme that there is none of."""
    return f"There is no theme {name!r}. There are {', '.join(sorted(known))}."


def resumed(exchanges: int, shown: int) -> str:
    """When an earlier conversation is taken up again."""
    whole = "1 exchange" if exchanges == 1 else f"{exchanges} exchanges"
    if shown < exchanges:
        return f"An earlier conversation of {whole}; the last {shown} are shown."
    return f"An earlier conversation, {whole}."


def retry_question(after: int) -> tuple[str, str]:
    """Before a message is answered anew that is not the last one."""
    gone = "The exchange after it goes" if after == 1 else f"The {after} exchanges after it go"
    return (
        "Answer this message anew?",
        f"{gone}, too, and cannot be brought back. To keep them, fork from the message before it.",
    )


def titled(title: str) -> str:
    """After a title was given."""
    return f"This conversation is called “{title}”."


def exported(file: Path) -> str:
    """After a conversation was written into a file."""
    return f"Written to {file}, for your eyes only."


def not_exported(error: OSError) -> str:
    """When it could not be written."""
    if isinstance(error, FileExistsError):
        return f"{error.filename} is there already. Choose another name: /export md NAME"
    return f"It could not be written: {as_sentence(str(error))}"


def copied(*, is_reply: bool) -> str:
    """After a message was copied."""
    return "Copied the reply." if is_reply else "Copied your message."


def copied_code(number: int, blocks: int) -> str:
    """After a block of code was copied."""
    return "Copied the code." if blocks == 1 else f"Copied block {number} of {blocks}."


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


def night_skipped(sleep_date: date, reason: str) -> str:
    """When a night is due and has to wait."""
    why = as_sentence(f"The night of {sleep_date:%d %b} was skipped: {reason}")
    return f"{why} It begins as soon as that has changed."
