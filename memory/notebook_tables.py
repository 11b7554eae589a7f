"""The tables of the notebook: a numbered step of the schema, never edited once it was released."""

import sqlite_utils


def m011_notes_reminders(db: sqlite_utils.Database) -> None:
    """What the owner had written down, and what is to ring."""
    for statement in (
        """CREATE TABLE note (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            created_at TEXT NOT NULL,
            text TEXT NOT NULL
        )""",
        """CREATE TABLE reminder (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            created_at TEXT NOT NULL,
            due_at TEXT NOT NULL,
            text TEXT NOT NULL,
            rang_at TEXT
        )""",
        "CREATE INDEX reminder_to_ring ON reminder(due_at) WHERE rang_at IS NULL",
    ):
        db.execute(statement)
