"""Schema steps about replies: what each recalled, which of two was better.

Numbered with those of `migrations`.
"""

import sqlite_utils


def m014_recalled(db: sqlite_utils.Database) -> None:
    """What was recalled for a reply, the best first. It goes with either of its episodes."""
    db.execute(
        """CREATE TABLE recalled (
            episode_id INTEGER NOT NULL REFERENCES episode(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            recalled_id INTEGER NOT NULL REFERENCES episode(id) ON DELETE CASCADE,
            score REAL NOT NULL,
            PRIMARY KEY (episode_id, position)
        ) WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX recalled_by_recalled ON recalled(recalled_id)")


def m015_votes(db: sqlite_utils.Database) -> None:
    """Blind votes between two versions of the weights; no text, so there is nothing to forget."""
    db.execute(
        """CREATE TABLE vote (
            id INTEGER PRIMARY KEY,
            voted_at TEXT NOT NULL,
            first TEXT NOT NULL,
            second TEXT NOT NULL,
            preferred TEXT CHECK (preferred IS NULL OR preferred IN (first, second))
        )"""
    )
