"""Undo rows: what an owner's change left as it was. Called within transactions.

They hold text only of what was forgotten or reworded, until they are wiped.
"""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlite_utils

from memory.database import id_list, utc_text
from memory.episode_rows import AMONG, delete, drop_words

What = Literal["mute", "unmute", "pin", "unpin", "approve", "edit", "forget", "import"]
WITH_TEXT: tuple[What, ...] = ("edit", "forget")
_TEXTS = json.dumps(WITH_TEXT)


@dataclass(frozen=True, slots=True)
class Kept:
    """One change, with the columns of each episode before it."""

    id: int
    what: What
    before: dict[int, dict[str, Any]]


def open_undo(db: sqlite_utils.Database, what: What, at: datetime) -> int:
    """A new change, of no episode yet; its id."""
    cursor = db.execute("INSERT INTO undo(at, what) VALUES (?, ?)", [utc_text(at), what])
    return int(cursor.lastrowid)


def keep(db: sqlite_utils.Database, undo_id: int, episode_id: int, before: dict[str, Any]) -> None:
    """What an episode was before a change."""
    if "code" in before:
        before = before | {"code": base64.b64encode(before["code"]).decode()}
    db.execute(
        "INSERT INTO undo_episode(undo_id, episode_id, before) VALUES (?, ?, ?)",
        [undo_id, episode_id, json.dumps(before, ensure_ascii=False)],
    )


def last_kept(db: sqlite_utils.Database) -> Kept | None:
    """The newest change of an episode."""
    row = db.execute(
        "SELECT id, what FROM undo WHERE id = (SELECT max(undo_id) FROM undo_episode)"
    ).fetchone()
    if row is None:
        return None
    query = "SELECT episode_id, before FROM undo_episode WHERE undo_id = ? ORDER BY episode_id"
    found = {episode_id: json.loads(before) for episode_id, before in db.execute(query, [row[0]])}
    for before in found.values():
        if "code" in before:
            before["code"] = base64.b64decode(before["code"])
    return Kept(row[0], row[1], found)


def drop_undo(db: sqlite_utils.Database, undo_id: int) -> None:
    """This change cannot be undone any more."""
    db.execute("DELETE FROM undo WHERE id = ?", [undo_id])


def erase(db: sqlite_utils.Database, ids: Iterable[int]) -> list[int]:
    """Take episodes out for good, those too that were forgotten and not wiped yet; their ids."""
    wanted = [id_list(ids)]
    query = f"""SELECT id FROM episode WHERE id {AMONG} UNION
        SELECT episode_id FROM undo_episode JOIN undo ON undo.id = undo_id
        WHERE what = 'forget' AND episode_id {AMONG}"""
    found = [row[0] for row in db.execute(query, wanted * 2)]
    if found:
        delete(db, found)
        db.execute(f"DELETE FROM undo_episode WHERE episode_id {AMONG}", [id_list(found)])
        drop_words(db)
    return found


def wipe_undo(db: sqlite_utils.Database, before: datetime | None) -> bool:
    """Drop the changes made before a moment, or all; whether a text was among them."""
    moment = utc_text(before) if before else None
    older = "(?1 IS NULL OR at < ?1)"
    (texts,) = db.execute(
        f"SELECT count(*) FROM undo WHERE {older} AND what IN (SELECT value FROM json_each(?2))",
        [moment, _TEXTS],
    ).fetchone()
    db.execute(f"DELETE FROM undo WHERE {older}", [moment])
    return bool(texts)


def is_any_before(db: sqlite_utils.Database, before: datetime | None) -> bool:
    """Whether there is a change to wipe."""
    moment = utc_text(before) if before else None
    query = "SELECT EXISTS (SELECT 1 FROM undo WHERE ?1 IS NULL OR at < ?1)"
    return bool(db.execute(query, [moment]).fetchone()[0])
