"""The notebook: what the owner asked to have written down, and what is to ring when.

Notes and reminders are the owner's own lines, no episodes: no night reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from memory.database import Connections, utc_text
from memory.text import clean_text, content_words

_KEPT = timedelta(days=1)


class NothingThere(LookupError):
    """No note or reminder has that number."""


@dataclass(frozen=True, slots=True)
class Note:
    """A line that the owner had written down. `created_at` is aware and in UTC."""

    id: int
    created_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to say at a moment. The moments are aware and in UTC."""

    id: int
    created_at: datetime
    due_at: datetime
    text: str


class Notebook:
    """Notes and reminders of one database. Raises `DatabaseUnusable` in every method."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add_note(self, text: str, at: datetime) -> Note:
        """Keep a line."""
        text = clean_text(text).strip()
        with self._connections.writing() as db:
            insert = "INSERT INTO note(created_at, text) VALUES (?, ?)"
            row_id = db.execute(insert, [utc_text(at), text]).lastrowid or 0
        return Note(row_id, at.astimezone(UTC), text)

    def notes(self) -> list[Note]:
        """All of them, oldest first."""
        with self._connections.reading() as db:
            rows = list(db.query("SELECT * FROM note ORDER BY id"))
        return [Note(row["id"], _moment(row["created_at"]), row["text"]) for row in rows]

    def notes_about(self, query: str) -> list[Note]:
        """Those that hold every word of the query that says something, oldest first."""
        wanted = set(content_words(query))
        return [note for note in self.notes() if wanted <= set(content_words(note.text))]

    def remove_note(self, note_id: int) -> None:
        """Drop a note. Raises `NothingThere`."""
        self._remove("note", note_id, "there is no note {}; see `reverie notes list`")

    def add_reminder(self, text: str, due_at: datetime, at: datetime) -> Reminder:
        """Keep something to say at a moment."""
        text = clean_text(text).strip()
        with self._connections.writing() as db:
            insert = "INSERT INTO reminder(created_at, due_at, text) VALUES (?, ?, ?)"
            row_id = db.execute(insert, [utc_text(at), utc_text(due_at), text]).lastrowid or 0
        return Reminder(row_id, at.astimezone(UTC), due_at.astimezone(UTC), text)

    def reminders(self) -> list[Reminder]:
        """Those that have not rung, the next one first."""
        query = "SELECT * FROM reminder WHERE rang_at IS NULL ORDER BY due_at, id"
        with self._connections.reading() as db:
            return [_reminder(row) for row in db.query(query)]

    def cancel_reminder(self, reminder_id: int) -> None:
        """Drop a reminder that has not rung. Raises `NothingThere`."""
        absent = "no reminder {} is waiting; see `reverie remind list`"
        self._remove("reminder", reminder_id, absent, " AND rang_at IS NULL")

    def take_due(self, now: datetime) -> list[Reminder]:
        """Those whose moment has come, earliest first; each is given to one caller, once.

        What rang more than a day before goes.
        """
        due = "rang_at IS NULL AND due_at <= ?"
        moment = utc_text(now)
        with self._connections.reading() as db:
            # The write lock is not taken where nothing is due: this is asked every few seconds.
            if db.execute(f"SELECT 1 FROM reminder WHERE {due}", [moment]).fetchone() is None:
                return []
        with self._connections.writing() as db:
            query = f"SELECT * FROM reminder WHERE {due} ORDER BY due_at, id"
            taken = [_reminder(row) for row in db.query(query, [moment])]
            db.execute(f"UPDATE reminder SET rang_at = ? WHERE {due}", [moment, moment])
            db.execute("DELETE FROM reminder WHERE rang_at < ?", [utc_text(now - _KEPT)])
        return taken

    def _remove(self, table: str, row_id: int, absent: str, condition: str = "") -> None:
        with self._connections.writing() as db:
            done = db.execute(f"DELETE FROM {table} WHERE id = ?{condition}", [row_id])
            if not done.rowcount:
                raise NothingThere(absent.format(row_id))
        self._connections.rewrite()  # so that the text is in none of the database's files


def _reminder(row: Mapping[str, Any]) -> Reminder:
    return Reminder(row["id"], _moment(row["created_at"]), _moment(row["due_at"]), row["text"])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
