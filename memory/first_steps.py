"""The schema of the first nine steps: episodes, nights, and what nights make of episodes."""

import numpy as np
import sqlite_utils

from memory.codes import as_code


def m001_episodes(db: sqlite_utils.Database) -> None:
    """Episodes, their embeddings and their full-text index.

    AUTOINCREMENT, so that a forgotten episode's id is never given to another.
    """
    run(
        db,
        """CREATE TABLE episode (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            session_id TEXT NOT NULL,
            created_at TEXT NOT NULL,
            user_text TEXT NOT NULL,
            assistant_text TEXT NOT NULL,
            model_version TEXT NOT NULL,
            novelty_score REAL NOT NULL,
            embedding_novelty REAL NOT NULL,
            surprisal_bits REAL NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting'
                CHECK (state IN ('waiting', 'learned', 'muted'))
        )""",
        "CREATE INDEX episode_by_state ON episode(state)",
        """CREATE TABLE embedding (
            episode_id INTEGER PRIMARY KEY REFERENCES episode(id) ON DELETE CASCADE,
            dimensions INTEGER NOT NULL,
            vector BLOB NOT NULL
        )""",
        # Lets the vectors be counted without reading them.
        "CREATE INDEX embedding_by_dimensions ON embedding(dimensions, episode_id)",
        """CREATE VIRTUAL TABLE episode_text USING fts5(
            user_text, assistant_text, content='episode', content_rowid='id',
            tokenize='porter unicode61 remove_diacritics 2'
        )""",
        """CREATE TRIGGER episode_added AFTER INSERT ON episode BEGIN
            INSERT INTO episode_text(rowid, user_text, assistant_text)
            VALUES (new.id, new.user_text, new.assistant_text);
        END""",
        """CREATE TRIGGER episode_removed AFTER DELETE ON episode BEGIN
            INSERT INTO episode_text(episode_text, rowid, user_text, assistant_text)
            VALUES ('delete', old.id, old.user_text, old.assistant_text);
        END""",
        """CREATE TRIGGER episode_edited AFTER UPDATE OF user_text, assistant_text ON episode BEGIN
            INSERT INTO episode_text(episode_text, rowid, user_text, assistant_text)
            VALUES ('delete', old.id, old.user_text, old.assistant_text);
            INSERT INTO episode_text(rowid, user_text, assistant_text)
            VALUES (new.id, new.user_text, new.assistant_text);
        END""",
    )


def m002_nights(db: sqlite_utils.Database) -> None:
    """Nights and what they leave behind. Nothing made from an episode outlives it."""
    run(
        db,
        """CREATE TABLE night (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('asked', 'scheduled')),
            sleep_date TEXT,
            deep INTEGER NOT NULL,
            status TEXT NOT NULL CHECK (status IN
                ('running', 'promoted', 'refused', 'empty', 'failed', 'interrupted')),
            started_at TEXT NOT NULL,
            finished_at TEXT,
            champion_before TEXT NOT NULL,
            candidate TEXT,
            verdict TEXT,
            progress TEXT,
            error TEXT
        )""",
        """CREATE UNIQUE INDEX night_once_a_date ON night(sleep_date)
            WHERE sleep_date IS NOT NULL AND status NOT IN ('failed', 'interrupted')""",
        """CREATE TABLE choice (
            id INTEGER PRIMARY KEY,
            night_id INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,
            episode_id INTEGER NOT NULL REFERENCES episode(id) ON DELETE CASCADE,
            selected INTEGER NOT NULL,
            reason TEXT NOT NULL
        )""",
        """CREATE TABLE dream (
            id INTEGER PRIMARY KEY,
            night_id INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,
            prompt TEXT NOT NULL,
            answer TEXT NOT NULL,
            kind TEXT NOT NULL
        )""",
        """CREATE TABLE dream_source (
            dream_id INTEGER NOT NULL REFERENCES dream(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            episode_id INTEGER NOT NULL REFERENCES episode(id) ON DELETE CASCADE,
            PRIMARY KEY (dream_id, position)
        ) WITHOUT ROWID""",
        """CREATE TABLE probe (
            id INTEGER PRIMARY KEY,
            night_id INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,
            question TEXT NOT NULL,
            expected TEXT NOT NULL,
            probe_group TEXT NOT NULL CHECK (probe_group IN ('new', 'old', 'general')),
            before_answer TEXT NOT NULL,
            before_right INTEGER NOT NULL,
            after_answer TEXT NOT NULL,
            after_right INTEGER NOT NULL
        )""",
        """CREATE TABLE probe_source (
            probe_id INTEGER NOT NULL REFERENCES probe(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            episode_id INTEGER NOT NULL REFERENCES episode(id) ON DELETE CASCADE,
            PRIMARY KEY (probe_id, position)
        ) WITHOUT ROWID""",
        """CREATE TABLE loss (
            id INTEGER PRIMARY KEY,
            night_id INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,
            step INTEGER NOT NULL,
            loss REAL NOT NULL
        )""",
        """CREATE TABLE stage (
            id INTEGER PRIMARY KEY,
            night_id INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            duration_s REAL NOT NULL
        )""",
        "CREATE INDEX choice_by_night ON choice(night_id)",
        "CREATE INDEX choice_by_episode ON choice(episode_id)",
        "CREATE INDEX dream_by_night ON dream(night_id)",
        "CREATE INDEX dream_source_by_episode ON dream_source(episode_id)",
        "CREATE INDEX probe_by_night ON probe(night_id)",
        "CREATE INDEX probe_source_by_episode ON probe_source(episode_id)",
        "CREATE INDEX loss_by_night ON loss(night_id)",
        "CREATE INDEX stage_by_night ON stage(night_id)",
        """CREATE TRIGGER episode_forgotten BEFORE DELETE ON episode BEGIN
            DELETE FROM dream WHERE id IN
                (SELECT dream_id FROM dream_source WHERE episode_id = old.id);
            DELETE FROM probe WHERE id IN
                (SELECT probe_id FROM probe_source WHERE episode_id = old.id);
        END""",
    )


def m003_replaced(db: sqlite_utils.Database) -> None:
    """Facts that a later one took the place of. When either episode is forgotten, so is that."""
    run(
        db,
        """CREATE TABLE replaced (
            id INTEGER PRIMARY KEY,
            night_id INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,
            episode_id INTEGER NOT NULL REFERENCES episode(id) ON DELETE CASCADE,
            fact TEXT NOT NULL,
            by_episode_id INTEGER NOT NULL REFERENCES episode(id) ON DELETE CASCADE,
            by_fact TEXT NOT NULL
        )""",
        "CREATE INDEX replaced_by_night ON replaced(night_id)",
        "CREATE INDEX replaced_by_episode ON replaced(episode_id)",
        "CREATE INDEX replaced_by_replacing ON replaced(by_episode_id)",
    )


def m004_worth(db: sqlite_utils.Database) -> None:
    """What a choice rests on: its score, the parts of its novelty, and what was found (JSON)."""
    run(
        db,
        "ALTER TABLE choice ADD COLUMN score REAL",
        "ALTER TABLE choice ADD COLUMN novelty REAL",
        "ALTER TABLE choice ADD COLUMN surprisal_bits REAL",
        "ALTER TABLE choice ADD COLUMN signals TEXT",
    )


def m005_pinned(db: sqlite_utils.Database) -> None:
    """Episodes that the owner insists on, whatever their state."""
    run(
        db,
        "ALTER TABLE episode ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1))",
    )


def m006_struck(db: sqlite_utils.Database) -> None:
    """Dreams that no night trains, and how many a night left out. None outlives its episodes."""
    run(
        db,
        """CREATE TABLE struck (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL,
            prompt TEXT NOT NULL,
            answer TEXT NOT NULL,
            kind TEXT NOT NULL,
            struck_at TEXT NOT NULL
        )""",
        """CREATE TABLE struck_source (
            struck_id INTEGER NOT NULL REFERENCES struck(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            episode_id INTEGER NOT NULL REFERENCES episode(id) ON DELETE CASCADE,
            PRIMARY KEY (struck_id, position)
        ) WITHOUT ROWID""",
        "CREATE INDEX struck_by_key ON struck(key)",
        "CREATE INDEX struck_source_by_episode ON struck_source(episode_id)",
        """CREATE TRIGGER struck_forgotten BEFORE DELETE ON episode BEGIN
            DELETE FROM struck WHERE id IN
                (SELECT struck_id FROM struck_source WHERE episode_id = old.id);
        END""",
        "ALTER TABLE night ADD COLUMN struck INTEGER NOT NULL DEFAULT 0",
    )


def m007_dropped(db: sqlite_utils.Database) -> None:
    """Dreams that were not trained, and what a night says of its teacher.

    A dropped dream goes with any of its episodes, as a trained one does.
    """
    run(
        db,
        "ALTER TABLE night ADD COLUMN teacher TEXT NOT NULL DEFAULT ''",
        """CREATE TABLE dropped (
            id INTEGER PRIMARY KEY,
            night_id INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,
            prompt TEXT NOT NULL,
            answer TEXT NOT NULL,
            reason TEXT NOT NULL
        )""",
        """CREATE TABLE dropped_source (
            dropped_id INTEGER NOT NULL REFERENCES dropped(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            episode_id INTEGER NOT NULL REFERENCES episode(id) ON DELETE CASCADE,
            PRIMARY KEY (dropped_id, position)
        ) WITHOUT ROWID""",
        "CREATE INDEX dropped_by_night ON dropped(night_id)",
        "CREATE INDEX dropped_source_by_episode ON dropped_source(episode_id)",
        """CREATE TRIGGER episode_of_dropped_forgotten BEFORE DELETE ON episode BEGIN
            DELETE FROM dropped WHERE id IN
                (SELECT dropped_id FROM dropped_source WHERE episode_id = old.id);
        END""",
    )


def m008_asked(db: sqlite_utils.Database) -> None:
    """What the asker wrote about an episode, so that a plan read again is there at once.

    It may draw on earlier episodes, so all of it goes when anything is forgotten.
    """
    run(
        db,
        """CREATE TABLE asked (
            episode_id INTEGER PRIMARY KEY REFERENCES episode(id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            questions TEXT NOT NULL
        )""",
        """CREATE TRIGGER asked_forgotten BEFORE DELETE ON episode BEGIN
            DELETE FROM asked;
        END""",
    )


def m009_codes(db: sqlite_utils.Database) -> None:
    """Embeddings as codes, a quarter of the bytes; and how many were removed, ever."""
    db.conn.create_function("code_of", 1, _code_of, deterministic=True)
    run(
        db,
        "ALTER TABLE embedding RENAME COLUMN vector TO code",
        "UPDATE embedding SET code = code_of(code)",
        "CREATE TABLE removals (number INTEGER NOT NULL)",
        "INSERT INTO removals VALUES (0)",
        """CREATE TRIGGER embedding_removed AFTER DELETE ON embedding BEGIN
            UPDATE removals SET number = number + 1;
        END""",
    )


def _code_of(vector: bytes) -> bytes:
    return as_code(np.frombuffer(vector, "<f4")).tobytes()


def run(db: sqlite_utils.Database, *statements: str) -> None:
    """Each of these in turn."""
    for statement in statements:
        db.execute(statement)
