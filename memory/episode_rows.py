"""Episodes as rows: written and read the same way by everything that keeps them.

Called within the transactions of `store` and `steering`.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlite_utils

from memory.codes import Codes
from memory.database import id_list, utc_text
from memory.episode import Episode, EpisodeDraft, NoveltyScore
from memory.text import clean_text

UNMEASURED = -1.0
"""How a surprisal is stored that was not measured."""
AMONG = "IN (SELECT value FROM json_each(?))"
"""A column among ids, given as `id_list` has them."""

Row = Mapping[str, Any]


def row_of(draft: EpisodeDraft) -> dict[str, Any]:
    """A draft as it is stored, its texts cleaned. Raises `ValueError` on a naive datetime."""
    return {
        "session_id": clean_text(draft.session_id),
        "created_at": utc_text(draft.created_at),
        "user_text": clean_text(draft.user_text),
        "assistant_text": clean_text(draft.assistant_text),
        "model_version": clean_text(draft.model_version),
        **novelty_columns(draft.novelty),
        "state": "muted" if draft.muted else "waiting",
        "pinned": int(draft.pinned and not draft.muted),
        "origin": draft.origin,
        "source": draft.source,
        "approved": int(draft.trusted or draft.origin == "chat"),
    }


def novelty_columns(novelty: NoveltyScore) -> dict[str, float]:
    """A novelty as it is stored."""
    bits = novelty.surprisal_bits
    return {
        "novelty_score": novelty.score,
        "embedding_novelty": novelty.embedding_novelty,
        "surprisal_bits": UNMEASURED if bits is None else bits,
    }


def insert(db: sqlite_utils.Database, row: Row, code: Codes | bytes) -> int:
    """Store a row, by its id if it has one, with its embedding; the id."""
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    episode_id = db.execute(
        f"INSERT INTO episode({names}) VALUES ({marks})", list(row.values())
    ).lastrowid
    kept = bytes(code) if isinstance(code, bytes) else code.tobytes()
    db.execute(
        "INSERT INTO embedding(episode_id, dimensions, code) VALUES (?, ?, ?)",
        [episode_id, len(kept), kept],
    )
    return int(episode_id)


def delete(db: sqlite_utils.Database, ids: Iterable[int]) -> int:
    """Take episodes out, with everything that was made from them; how many there were."""
    return int(db.execute(f"DELETE FROM episode WHERE id {AMONG}", [id_list(ids)]).rowcount)


def drop_words(db: sqlite_utils.Database) -> None:
    """Take the words of what was deleted out of the index, which only marks them as deleted.

    They stand in the file's free pages still: it notes that a rewrite must follow, however this
    process ends (`Connections.rewrite`).
    """
    db.execute("INSERT INTO episode_text(episode_text) VALUES ('optimize')")
    db.execute("PRAGMA user_version = 1")


def rows_with_codes(db: sqlite_utils.Database, ids: Iterable[int]) -> list[dict[str, Any]]:
    """The rows of these episodes as `insert` takes them, but for `code`, which it takes apart."""
    query = f"""SELECT episode.*, code FROM episode JOIN embedding ON episode_id = id
        WHERE id {AMONG} ORDER BY id"""
    rows = [dict(row) for row in db.query(query, [id_list(ids)])]
    for row in rows:
        del row["standing"]
    return rows


def episode_of(row: Row) -> Episode:
    """The episode in a row."""
    bits = row["surprisal_bits"]
    return Episode(
        id=row["id"],
        session_id=row["session_id"],
        created_at=datetime.fromisoformat(row["created_at"]).astimezone(UTC),
        user_text=row["user_text"],
        assistant_text=row["assistant_text"],
        model_version=row["model_version"],
        novelty=NoveltyScore(
            score=row["novelty_score"],
            embedding_novelty=row["embedding_novelty"],
            surprisal_bits=None if bits < 0 else bits,
        ),
        state=row["standing"],
        pinned=bool(row["pinned"]),
        origin=row["origin"],
        source=row["source"],
    )
