"""What is brought in from elsewhere: known again, and stored once. Called within transactions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

import sqlite_utils

from memory.codes import Codes
from memory.database import utc_text
from memory.episode import EpisodeDraft
from memory.episode_rows import insert, row_of
from memory.undo import keep, open_undo


class Named(Protocol):
    """Something said, and where: by a name of its own, and by its session, time and words."""

    @property
    def source(self) -> str | None: ...

    @property
    def session_id(self) -> str: ...

    @property
    def created_at(self) -> datetime: ...

    @property
    def user_text(self) -> str: ...


def is_known(db: sqlite_utils.Database, told: Named) -> bool:
    """Whether it is stored: by its source; what was said here by session, time and words."""
    query = """SELECT EXISTS (SELECT 1 FROM episode WHERE source = ?1) OR EXISTS
        (SELECT 1 FROM episode WHERE session_id = ?2 AND created_at = ?3 AND user_text = ?4
         AND source IS NULL)"""
    place = [told.source, told.session_id, utc_text(told.created_at), told.user_text]
    return bool(db.execute(query, place).fetchone()[0])


def insert_new(
    db: sqlite_utils.Database,
    drafts: Iterable[tuple[EpisodeDraft, Codes]],
    undo_id: int | None,
    at: datetime,
) -> tuple[int, int | None]:
    """Store what is not known; how many, and the id of the undo row that has them."""
    new = 0
    for draft, code in drafts:
        if not is_known(db, draft):
            undo_id = open_undo(db, "import", at) if undo_id is None else undo_id
            keep(db, undo_id, insert(db, row_of(draft), code), {})
            new += 1
    return new, undo_id
