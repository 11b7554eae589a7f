"""Schema steps about replies: what each recalled. Numbered with those of `migrations`."""

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
