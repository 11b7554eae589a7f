"""Strikes: the rows of dreams that no night trains. Called within the transactions of `nights`."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import sqlite_utils

from memory.database import id_list, utc_text
from memory.records import Dream, Struck
from memory.reports import dream_of

_STRUCK = """SELECT *, (SELECT json_group_array(episode_id) FROM
    (SELECT episode_id FROM struck_source WHERE struck_id = struck.id ORDER BY position)
    ) AS episode_ids FROM struck ORDER BY id"""


def add_strikes(db: sqlite_utils.Database, dreams: Iterable[Dream], struck_at: datetime) -> None:
    """Store these dreams; those struck before, and those of forgotten episodes, are passed over.

    One dream may come from several episodes by itself, and is kept for each: it stays struck when
    one of them is forgotten.
    """
    known = {(one.dream.key, one.dream.episode_ids) for one in strikes(db)}
    for dream in (dream.cleaned() for dream in dreams):
        named = (dream.key, dream.episode_ids)
        if named not in known and _exist(db, dream.episode_ids):
            known.add(named)
            row = {
                "key": dream.key,
                "prompt": json.dumps(dream.prompt, ensure_ascii=False),
                "answer": dream.answer,
                "kind": dream.kind,
                "struck_at": utc_text(struck_at),
            }
            struck_id = db["struck"].insert(row).last_rowid
            db.conn.executemany(
                "INSERT INTO struck_source(struck_id, position, episode_id) VALUES (?, ?, ?)",
                [(struck_id, place, i) for place, i in enumerate(dream.episode_ids)],
            )


def remove_strikes(db: sqlite_utils.Database, keys: Iterable[str]) -> None:
    """Drop the rows of these dreams."""
    wanted = json.dumps(list(keys))
    db.execute("DELETE FROM struck WHERE key IN (SELECT value FROM json_each(?))", [wanted])


def strikes(db: sqlite_utils.Database) -> list[Struck]:
    """Every row, oldest first."""
    return [
        Struck(dream_of(row), datetime.fromisoformat(row["struck_at"]).astimezone(UTC))
        for row in db.query(_STRUCK)
    ]


def _exist(db: sqlite_utils.Database, ids: Sequence[int]) -> bool:
    query = "SELECT count(*) FROM episode WHERE id IN (SELECT value FROM json_each(?))"
    return bool(db.execute(query, [id_list(ids)]).fetchone()[0] == len(set(ids)))
