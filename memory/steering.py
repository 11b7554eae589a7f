"""Steering: what an owner changes about what is remembered, each change with its undo.

A night's own marks are set by `store`; nothing of them is undone here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from memory.codes import as_code
from memory.database import Connections, id_list
from memory.episode import NoveltyScore
from memory.episode_rows import (
    AMONG,
    delete,
    drop_words,
    insert,
    novelty_columns,
    rows_with_codes,
)
from memory.text import clean_text
from memory.undo import (
    WITH_TEXT,
    What,
    drop_undo,
    keep,
    last_kept,
    open_undo,
)


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was taken back."""

    what: What
    episode_ids: tuple[int, ...]


class Steering:
    """The owner's changes. Raises `DatabaseUnusable` in every method.

    Each takes any number of episodes, passes over those that it does not apply to, and gives the
    ids of those it changed; what it changed together is undone together.
    """

    def __init__(self, connections: Connections, clock: Callable[[], datetime]) -> None:
        self._connections = connections
        self._clock = clock

    def mute(self, ids: Iterable[int]) -> list[int]:
        """Keep episodes from training, and from being pinned."""
        return self._set(
            "mute", ids, "state = 'muted', pinned = 0", "approved AND state <> 'muted'"
        )

    def unmute(self, ids: Iterable[int]) -> list[int]:
        """Let muted episodes wait again."""
        return self._set("unmute", ids, "state = 'waiting'", "approved AND state = 'muted'")

    def pin(self, ids: Iterable[int]) -> list[int]:
        """Insist on episodes; a muted one waits again, one in quarantine cannot be pinned."""
        waits = "state = CASE state WHEN 'muted' THEN 'waiting' ELSE state END"
        return self._set("pin", ids, f"pinned = 1, {waits}", "approved AND NOT pinned")

    def unpin(self, ids: Iterable[int]) -> list[int]:
        """Leave episodes to the night."""
        return self._set("unpin", ids, "pinned = 0", "pinned")

    def approve(self, ids: Iterable[int]) -> list[int]:
        """End the quarantine of episodes: they are as if their owner had said them."""
        return self._set("approve", ids, "approved = 1", "NOT approved")

    def edit(
        self, episode_id: int, text: str, embedding: NDArray[np.float32], novelty: NoveltyScore
    ) -> bool:
        """Put other words in place of what the owner said; False when there is no such episode.

        Everything made of the old words goes, as if they were forgotten, so that one that was
        learned waits again.
        """
        with self._connections.writing() as db:
            rows = rows_with_codes(db, [episode_id])
            for row in rows:
                keep(db, open_undo(db, "edit", self._clock()), episode_id, row)
                changed = row | {"user_text": clean_text(text), **novelty_columns(novelty)}
                _put_back(db, changed | {"code": as_code(embedding).tobytes()})
        return bool(rows)

    def forget(self, ids: Iterable[int]) -> list[int]:
        """Take episodes out of everything, but for one row that undo needs, until it is wiped."""
        with self._connections.writing() as db:
            rows = rows_with_codes(db, ids)
            if rows:
                undo_id = open_undo(db, "forget", self._clock())
                for row in rows:
                    keep(db, undo_id, row["id"], row)
                delete(db, [row["id"] for row in rows])
        return [row["id"] for row in rows]

    def undo(self) -> Undone | None:
        """Take the last change back; None where there is none.

        An episode that comes back by this waits, even where it was learned before: what a night
        made of it went with it.
        """
        with self._connections.writing() as db:
            kept = last_kept(db)
            if kept is None:
                return None
            if kept.what == "import":
                delete(db, kept.before)
            elif kept.what in WITH_TEXT:
                for before in kept.before.values():
                    _put_back(db, before)
            else:
                for episode_id, before in kept.before.items():
                    db["episode"].update(episode_id, before)
            drop_undo(db, kept.id)
            leaves_words = kept.what in ("import", "edit")
            if leaves_words:
                drop_words(db)
        if leaves_words:
            self._connections.rewrite()
        return Undone(kept.what, tuple(kept.before))

    def _set(self, what: What, ids: Iterable[int], columns: str, applies: str) -> list[int]:
        with self._connections.writing() as db:
            query = (
                f"SELECT id, state, pinned, approved FROM episode WHERE id {AMONG} AND {applies}"
            )
            found = {row.pop("id"): row for row in map(dict, db.query(query, [id_list(ids)]))}
            if found:
                undo_id = open_undo(db, what, self._clock())
                for episode_id, before in found.items():
                    keep(db, undo_id, episode_id, before)
                db.execute(f"UPDATE episode SET {columns} WHERE id {AMONG}", [id_list(found)])
        return list(found)


def _put_back(db: sqlite_utils.Database, row: dict[str, Any]) -> None:
    """Store a row under its id; what a night made of an episode of this id goes."""
    columns = {name: value for name, value in row.items() if name != "code"}
    if columns["state"] == "learned":
        columns["state"] = "waiting"
    delete(db, [row["id"]])
    insert(db, columns, row["code"])
    # For those who have the embeddings in memory, and look for new ids only.
    db.execute("UPDATE removals SET returned = returned + 1")
