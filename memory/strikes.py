"""Strikes: the rows of dreams that no night trains. Called within the transactions of `nights`."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

import sqlite_utils

from memory.database import utc_text
from memory.records import Dream, Struck
from memory.reports import dream_of
from memory.rows import add_row, existing, with_sources


def add_strikes(db: sqlite_utils.Database, dreams: Iterable[Dream], struck_at: datetime) -> None:
    """Store these dreams; those struck before, and those of forgotten episodes, are passed over.

    One dream may come from several episodes by itself, and is kept for each: it stays struck when
    one of them is forgotten.
    """
    known = {(one.dream.key, one.dream.episode_ids) for one in strikes(db)}
    for dream in (dream.cleaned() for dream in dreams):
        named = (dream.key, dream.episode_ids)
        if named not in known and existing(db, dream.episode_ids).issuperset(dream.episode_ids):
            known.add(named)
            row = {
                "key": dream.key,
                "prompt": json.dumps(dream.prompt, ensure_ascii=False),
                "answer": dream.answer,
                "kind": dream.kind,
                "struck_at": utc_text(struck_at),
            }
            add_row(db, "struck", row, dream.episode_ids)


def remove_strikes(db: sqlite_utils.Database, keys: Iterable[str]) -> None:
    """Drop the rows of these dreams."""
    wanted = json.dumps(list(keys))
    db.execute("DELETE FROM struck WHERE key IN (SELECT value FROM json_each(?))", [wanted])


def strikes(db: sqlite_utils.Database) -> list[Struck]:
    """Every row, oldest first."""
    return [
        Struck(dream_of(row), datetime.fromisoformat(row["struck_at"]).astimezone(UTC))
        for row in db.query(f"{with_sources('struck')} ORDER BY id")
    ]
