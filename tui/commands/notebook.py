"""`reverie notes` and `reverie remind`: what is written down, and what is to ring. No model."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from assistant.settings import Settings
from assistant.tools.base import ToolRefused
from assistant.tools.moments import moment_words
from assistant.tools.typed import typed_call
from memory.database import Connections
from memory.notebook import Note, Notebook, Reminder
from tui.commands.tools import opened_toolbox
from tui.outcome import Outcome


def list_notes(settings: Settings, query: str) -> Outcome:
    """All notes, or those about something, oldest first."""
    with _notebook(settings) as notebook:
        notes = notebook.notes_about(query) if query else notebook.notes()
    empty = f"No note is about {query!r}." if query else "There are no notes yet."
    lines = [
        f"{note.id:>5}  {note.created_at.astimezone():%Y-%m-%d}  {_line(note.text)}"
        for note in notes
    ]
    return Outcome([_note(note) for note in notes], "\n".join(lines) or empty)


def add_note(settings: Settings, text: str) -> Outcome:
    """Write something down. Raises `ToolRefused` where there is nothing."""
    with opened_toolbox(settings) as toolbox, _notebook(settings) as notebook:
        said = toolbox.run("note", {"text": text}).result.answer
        return Outcome(_note(notebook.notes()[-1]), said)


def remove_note(settings: Settings, number: int) -> Outcome:
    """Take a note out. Raises `NothingThere`."""
    with _notebook(settings) as notebook:
        notebook.remove_note(number)
    return Outcome({"removed": number}, f"Note {number} is removed.")


def list_reminders(settings: Settings) -> Outcome:
    """The reminders that wait, the next one first."""
    with _notebook(settings) as notebook:
        waiting = notebook.reminders()
    lines = [f"{one.id:>5}  {moment_words(one.due_at)}: {_line(one.text)}" for one in waiting]
    text = "\n".join(lines) or "No reminder is waiting."
    return Outcome([_reminder(one) for one in waiting], text)


def add_reminder(settings: Settings, text: str) -> Outcome:
    """Let something ring in the app. Raises `ToolRefused` where no moment is named."""
    call = typed_call("remind", text)
    with opened_toolbox(settings) as toolbox, _notebook(settings) as notebook:
        said = toolbox.run(call.name, call.arguments).result.answer
        added = max(notebook.reminders(), key=lambda one: one.id, default=None)
    if added is None:
        raise ToolRefused("the reminder has rung already")
    return Outcome(_reminder(added), f"{said}\nIt rings in the app, while that is open.")


def cancel_reminder(settings: Settings, number: int) -> Outcome:
    """Let a reminder not ring. Raises `NothingThere`."""
    with _notebook(settings) as notebook:
        notebook.cancel_reminder(number)
    return Outcome({"cancelled": number}, f"Reminder {number} is cancelled.")


def _note(note: Note) -> dict[str, Any]:
    return {"id": note.id, "created_at": note.created_at.isoformat(), "text": note.text}


def _reminder(one: Reminder) -> dict[str, Any]:
    return {
        "id": one.id,
        "created_at": one.created_at.isoformat(),
        "due_at": one.due_at.isoformat(),
        "text": one.text,
    }


def _line(text: str) -> str:
    return " ".join(text.split())


@contextmanager
def _notebook(settings: Settings) -> Iterator[Notebook]:
    with Connections(settings.database_file) as connections:
        yield Notebook(connections)
