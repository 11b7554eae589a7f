"""Embeddings in memory: loaded once, then kept in step with the database, and searched.

They are codes: a quarter of the bytes have to be read, and still every one is looked at.
"""

import threading

import numkong
import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from memory.codes import Codes, as_code
from memory.database import Connections

Ids = NDArray[np.int64]
_READ_AT_ONCE = 8192


class Vectors:
    """Every stored embedding of the dimension now in use, which is the newest one's.

    The highest id and the number of removals tell whether anything was added or forgotten, by
    this process or by another. Where an episode was reworded, or came back, all is loaded anew.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._lock = threading.Lock()
        self._ids: Ids = np.empty(0, np.int64)
        self._codes: Codes = np.empty((0, 0), np.int8)
        self._norms: NDArray[np.float32] = np.empty(0, np.float32)
        self._count = 0
        self._removals = 0
        self._returned = 0
        self._hidden: Ids = np.empty(0, np.int64)

    def load(self) -> int:
        """Bring in what is stored, so that no search waits for it; how many there are."""
        return len(self._current()[0])

    def nearest(
        self, embedding: NDArray[np.float32], limit: int, *, quarantined: bool = False
    ) -> list[tuple[int, float]]:
        """Ids and cosines of the episodes nearest to a vector (d,), nearest first, older first.

        None where the embeddings in use are of another dimension; a zero vector is unrelated to
        everything: its cosines are 0.
        """
        ids, codes, norms, hidden = self._current()
        return _nearest(
            as_code(embedding), ids, codes, norms, hidden[:0] if quarantined else hidden, limit
        )

    def nearest_to(self, episode_id: int, limit: int) -> list[tuple[int, float]]:
        """The same of other episodes than this one; none where it has no embedding in use."""
        ids, codes, norms, hidden = self._current()
        place = int(np.searchsorted(ids, episode_id))
        if place == len(ids) or ids[place] != episode_id:
            return []
        found = _nearest(codes[place], ids, codes, norms, hidden, limit + 1)
        return [one for one in found if one[0] != episode_id][:limit]

    def _current(self) -> tuple[Ids, Codes, NDArray[np.float32], Ids]:
        """Ids (n,), ascending, codes (n, d) and their norms (n,); ids in quarantine, ascending.

        Nothing changes them later.
        """
        with self._lock, self._connections.reading() as db:
            self._refresh(db)
            end = self._count
            return self._ids[:end], self._codes[:end], self._norms[:end], self._hidden

    def _refresh(self, db: sqlite_utils.Database) -> None:
        newest = db.execute(
            "SELECT dimensions FROM embedding ORDER BY episode_id DESC LIMIT 1"
        ).fetchone()
        dimensions = newest[0] if newest else 0
        removals, returned = db.execute("SELECT number, returned FROM removals").fetchone()
        if dimensions != self._codes.shape[1] or returned != self._returned:
            self._start_anew(dimensions)
        elif removals != self._removals:
            self._drop_forgotten(db, dimensions)
        self._removals, self._returned = removals, returned
        self._append(db, dimensions)
        quarantined = db.execute("SELECT id FROM episode WHERE approved = 0 ORDER BY id")
        self._hidden = np.array([row[0] for row in quarantined], np.int64)

    def _start_anew(self, dimensions: int) -> None:
        self._ids, self._norms = np.empty(0, np.int64), np.empty(0, np.float32)
        self._codes, self._count = np.empty((0, dimensions), np.int8), 0

    def _append(self, db: sqlite_utils.Database, dimensions: int) -> None:
        """Load what is new. Arrays handed out before share this memory, but not these rows."""
        known = int(self._ids[self._count - 1]) if self._count else 0
        found = db.execute(
            "SELECT episode_id, code FROM embedding WHERE dimensions = ? AND episode_id > ? "
            "ORDER BY episode_id",
            [dimensions, known],
        )
        while rows := found.fetchmany(_READ_AT_ONCE):
            start, end = self._count, self._count + len(rows)
            if end > len(self._ids):
                self._grow_to(max(end, 2 * start))
            self._ids[start:end] = [row[0] for row in rows]
            codes = np.frombuffer(b"".join(row[1] for row in rows), np.int8)
            self._codes[start:end] = codes.reshape(len(rows), dimensions)
            self._norms[start:end] = np.linalg.norm(
                self._codes[start:end].astype(np.float32), axis=1
            )
            self._count = end

    def _grow_to(self, capacity: int) -> None:
        ids = np.empty(capacity, np.int64)
        codes = np.empty((capacity, self._codes.shape[1]), np.int8)
        norms = np.empty(capacity, np.float32)
        for wider, kept in ((ids, self._ids), (codes, self._codes), (norms, self._norms)):
            wider[: self._count] = kept[: self._count]
        self._ids, self._codes, self._norms = ids, codes, norms

    def _drop_forgotten(self, db: sqlite_utils.Database, dimensions: int) -> None:
        kept = db.execute("SELECT episode_id FROM embedding WHERE dimensions = ?", [dimensions])
        remaining = np.array([row[0] for row in kept], dtype=np.int64)
        stays = np.isin(self._ids[: self._count], remaining)
        self._ids = self._ids[: self._count][stays]
        self._codes = self._codes[: self._count][stays]
        self._norms = self._norms[: self._count][stays]
        self._count = len(self._ids)


def _nearest(
    code: Codes,
    ids: Ids,
    codes: Codes,
    norms: NDArray[np.float32],
    hidden: Ids,
    limit: int,
) -> list[tuple[int, float]]:
    places = np.minimum(np.searchsorted(ids, hidden), max(len(ids) - 1, 0))
    passed_over = places[ids[places] == hidden] if len(ids) else places
    count = min(limit, len(ids) - len(passed_over))
    if count < 1 or codes.shape[1] != len(code):
        return []
    products = np.asarray(numkong.cdist(code[None], codes, "dot"))[0]
    own = np.linalg.norm(code.astype(np.float32))
    cosines = products / np.maximum(norms * own, 1)
    cosines[passed_over] = -np.inf
    best = np.argpartition(-cosines, count - 1)[:count]
    best = best[np.lexsort((best, -cosines[best]))]
    return [(int(ids[i]), float(cosines[i])) for i in best]
