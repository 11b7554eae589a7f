"""Notes and reminders: what the owner wants written down, and what is to ring."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from assistant.tools.base import Arguments, ToolRefused, ToolResult, texts
from assistant.tools.moments import is_repeated, moment_of, moment_words
from memory.notebook import Note, Notebook, NothingThere, Reminder

_SHOWN = 20


class NoteTool:
    """Writes a note."""

    name = "note"
    does = "write something into the notes"
    schema = texts("text", text="what to write down")
    writes = True

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime]) -> None:
        self._notebook = notebook
        self._clock = clock

    def intent(self, arguments: Arguments) -> str:
        return f"Write into your notes: {arguments['text']}"

    def run(self, arguments: Arguments) -> ToolResult:
        note = self._notebook.add_note(arguments["text"], self._clock())
        return ToolResult(f"Noted ({note.id}): {note.text}")


class NotesTool:
    """Shows notes."""

    name = "notes"
    does = "show the notes, all or those about something"
    schema = texts(about="words that the notes hold; without any, all are shown")
    writes = False

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    def intent(self, arguments: Arguments) -> str:
        about = arguments.get("about")
        return f"notes about {about}" if about else "notes"

    def run(self, arguments: Arguments) -> ToolResult:
        about = arguments.get("about", "")
        found = self._notebook.notes_about(about) if about else self._notebook.notes()
        if not found:
            return ToolResult(f"No note is about {about}." if about else "There are no notes yet.")
        return ToolResult(_listed("Your notes", [f"{one.id}. {one.text}" for one in found[::-1]]))


class RemindTool:
    """Sets a reminder."""

    name = "remind"
    does = "ring at a moment and say something"
    schema = texts("text", text="what to say then", when="such as tomorrow at 9")
    writes = True

    def __init__(
        self, notebook: Notebook, clock: Callable[[], datetime], zone: tzinfo | None = None
    ) -> None:
        """Without a zone, days and hours are those of the operating system's clock."""
        self._notebook = notebook
        self._clock = clock
        self._zone = zone

    def intent(self, arguments: Arguments) -> str:
        due = moment_words(self._due(arguments), self._zone)
        return f"Remind you on {due}: {arguments['text']}"

    def run(self, arguments: Arguments) -> ToolResult:
        due = self._due(arguments)
        self._notebook.add_reminder(arguments["text"], due, self._clock())
        words = moment_words(due, self._zone)
        return ToolResult(f"I will remind you on {words}: {arguments['text']}")

    def _due(self, arguments: Arguments) -> datetime:
        if is_repeated(arguments["text"]):
            raise ToolRefused("I can ring once, not again and again; name one moment")
        if "when" not in arguments:
            raise ToolRefused(
                f"when? Say for example: remind me tomorrow at 9 to {arguments['text']}"
            )
        return moment_of(arguments["when"], self._clock(), self._zone)


class RemindersTool:
    """Shows what is still to ring."""

    name = "reminders"
    does = "show the reminders that are still to ring"
    schema = texts()
    writes = False

    def __init__(self, notebook: Notebook, zone: tzinfo | None = None) -> None:
        self._notebook = notebook
        self._zone = zone

    def intent(self, arguments: Arguments) -> str:
        return "reminders"

    def run(self, arguments: Arguments) -> ToolResult:
        waiting = self._notebook.reminders()
        if not waiting:
            return ToolResult("No reminder is waiting.")
        lines = [f"{one.id}. {moment_words(one.due_at, self._zone)}: {one.text}" for one in waiting]
        return ToolResult(_listed("Your reminders", lines))


class RemoveTool:
    """Takes a note or a reminder out again."""

    name = "remove"
    does = "remove a note, or cancel a reminder"
    schema = texts("kind", "number", kind="note or reminder", number="its number")
    writes = True

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    def intent(self, arguments: Arguments) -> str:
        kind, number = self._which(arguments)
        lines: Sequence[Note | Reminder] = (
            self._notebook.notes() if kind == "note" else self._notebook.reminders()
        )
        text = next((one.text for one in lines if one.id == number), None)
        if text is None:
            raise ToolRefused(f"there is no {kind} {number}; /{kind}s shows what there is")
        return f"{'Remove note' if kind == 'note' else 'Cancel reminder'} {number}: {text}"

    def run(self, arguments: Arguments) -> ToolResult:
        kind, number = self._which(arguments)
        try:
            if kind == "note":
                self._notebook.remove_note(number)
            else:
                self._notebook.cancel_reminder(number)
        except NothingThere as error:
            raise ToolRefused(str(error)) from None
        return ToolResult(f"{kind.capitalize()} {number} is removed.")

    def _which(self, arguments: Arguments) -> tuple[str, int]:
        kind, number = arguments["kind"].lower(), arguments["number"]
        if kind not in ("note", "reminder"):
            raise ToolRefused(f"{kind!r} must be note or reminder")
        if not number.isascii() or not number.isdigit() or len(number) > 9:
            raise ToolRefused(f"{number!r} must be the number of a {kind}")
        return kind, int(number)


def _listed(heading: str, lines: list[str]) -> str:
    more = len(lines) - _SHOWN
    rest = [f"and {more} more"] if more > 0 else []
    # An empty line between, so that Markdown does not run them together.
    return "\n\n".join([f"{heading}:", *(" ".join(one.split()) for one in lines[:_SHOWN]), *rest])
