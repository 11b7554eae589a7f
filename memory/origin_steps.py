"""The schema of what is brought in, undone, and of conversations."""

import sqlite_utils

from memory.first_steps import run


def m010_origin(db: sqlite_utils.Database) -> None:
    """Where an episode comes from, and what its owner may undo.

    An episode's standing is its state once it is approved, so no change of state can end a
    quarantine. A surprisal below 0 was never measured. Undo rows hold what was forgotten or
    reworded until they are wiped; they are no episode's children, for they outlive it.
    """
    run(
        db,
        """ALTER TABLE episode ADD COLUMN origin TEXT NOT NULL DEFAULT 'chat'
            CHECK (origin IN ('chat', 'import', 'file', 'tool'))""",
        "ALTER TABLE episode ADD COLUMN source TEXT",
        """ALTER TABLE episode ADD COLUMN approved INTEGER NOT NULL DEFAULT 1
            CHECK (approved IN (0, 1))""",
        """ALTER TABLE episode ADD COLUMN standing TEXT
            AS (CASE WHEN approved THEN state ELSE 'quarantined' END)""",
        "CREATE UNIQUE INDEX episode_by_source ON episode(source) WHERE source IS NOT NULL",
        "CREATE INDEX episode_in_quarantine ON episode(id) WHERE approved = 0",
        "CREATE INDEX episode_by_session ON episode(session_id, id)",
        "DROP INDEX episode_by_state",
        "CREATE INDEX episode_by_standing ON episode(standing)",
        "ALTER TABLE removals ADD COLUMN returned INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE undo (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            what TEXT NOT NULL
        )""",
        """CREATE TABLE undo_episode (
            undo_id INTEGER NOT NULL REFERENCES undo(id) ON DELETE CASCADE,
            episode_id INTEGER NOT NULL,
            before TEXT NOT NULL,
            PRIMARY KEY (undo_id, episode_id)
        )""",
        "CREATE INDEX undo_by_episode ON undo_episode(episode_id)",
    )


def m013_sessions(db: sqlite_utils.Database) -> None:
    """What a conversation was given: a title, a beginning in another one, a voice.

    None outlives its last episode; where another conversation begins with it, only its place does.
    """
    run(
        db,
        """CREATE TABLE session (
            id TEXT PRIMARY KEY,
            title TEXT NOT NULL DEFAULT '',
            parent_id TEXT,
            fork_episode_id INTEGER,
            system_prompt TEXT,
            temperature REAL
        ) WITHOUT ROWID""",
        "CREATE INDEX session_by_parent ON session(parent_id) WHERE parent_id IS NOT NULL",
        """CREATE TRIGGER session_forgotten AFTER DELETE ON episode
            WHEN NOT EXISTS (SELECT 1 FROM episode WHERE session_id = old.session_id) BEGIN
            UPDATE session SET title = '', system_prompt = NULL WHERE id = old.session_id;
            DELETE FROM session WHERE id = old.session_id AND NOT EXISTS
                (SELECT 1 FROM session AS fork WHERE fork.parent_id = old.session_id);
        END""",
    )
