"""The table of skipped nights, as a step of the schema."""

import sqlite_utils


def m012_skips(db: sqlite_utils.Database) -> None:
    """Why the night of a sleep date did not run when it was due; the latest reason of each."""
    db.execute(
        """CREATE TABLE skip (
            sleep_date TEXT PRIMARY KEY,
            reason TEXT NOT NULL,
            at TEXT NOT NULL
        ) WITHOUT ROWID"""
    )
