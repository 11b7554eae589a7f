"""Embeddings in memory: loaded once, then kept in step with the database."""

import threading

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

from memory.database import Connections

Ids = NDArray[np.int64]
Matrix = NDArray[np.float32]
_LITTLE_ENDIAN = np.dtype("<f4")


def as_blob(embedding: NDArray[np.float32]) -> bytes:
    """A vector as stored: float32, little-endian.

    Raises `ValueError` on what is not one vector of finite numbers.
    """
    if embedding.ndim != 1 or len(embedding) == 0 or not np.isfinite(embedding).all():
        raise ValueError(f"embedding must be one vector of finite numbers, not {embedding!r}")
    return embedding.astype(_LITTLE_ENDIAN).tobytes()


class Vectors:
    """Every stored embedding of the dimension now in use, which is the newest one's.

    An embedding never changes and an id is never given twice, so the highest id and the count
    tell whether anything was added or forgotten, by this process or by another.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._lock = threading.Lock()
        self._ids: Ids = np.empty(0, np.int64)
        self._rows: Matrix = np.empty((0, 0), np.float32)
        self._count = 0

    def current(self) -> tuple[Ids, Matrix]:
        """Ids (n,), ascending, and matrix (n, d), both read-only; (0,) and (0, 0) when empty."""
        with self._lock, self._connections.reading() as db:
            self._refresh(db)
            ids, matrix = self._ids[: self._count], self._rows[: self._count]
        ids.flags.writeable = False
        matrix.flags.writeable = False
        return ids, matrix

    def _refresh(self, db: sqlite_utils.Database) -> None:
        newest = db.execute(
            "SELECT dimensions FROM embedding ORDER BY episode_id DESC LIMIT 1"
        ).fetchone()
        dimensions = newest[0] if newest else 0
        if dimensions != self._rows.shape[1]:
            self._ids, self._count = np.empty(0, np.int64), 0
            self._rows = np.empty((0, dimensions), np.float32)
        count, highest = db.execute(
            "SELECT count(*), coalesce(max(episode_id), 0) FROM embedding WHERE dimensions = ?",
            [dimensions],
        ).fetchone()
        known = int(self._ids[self._count - 1]) if self._count else 0
        if highest > known:
            self._append(db, dimensions, known)
        if count != self._count:
            self._drop_forgotten(db, dimensions)

    def _append(self, db: sqlite_utils.Database, dimensions: int, after: int) -> None:
        """Load what is new. Arrays handed out before share this memory, but not these rows."""
        found = db.execute(
            "SELECT episode_id, vector FROM embedding WHERE dimensions = ? AND episode_id > ? "
            "ORDER BY episode_id",
            [dimensions, after],
        ).fetchall()
        end = self._count + len(found)
        if end > len(self._ids):
            self._grow_to(max(end, 2 * self._count))
        for position, (episode_id, vector) in enumerate(found, start=self._count):
            self._ids[position] = episode_id
            self._rows[position] = np.frombuffer(vector, _LITTLE_ENDIAN)
        self._count = end

    def _grow_to(self, capacity: int) -> None:
        ids = np.empty(capacity, np.int64)
        rows = np.empty((capacity, self._rows.shape[1]), np.float32)
        ids[: self._count] = self._ids[: self._count]
        rows[: self._count] = self._rows[: self._count]
        self._ids, self._rows = ids, rows

    def _drop_forgotten(self, db: sqlite_utils.Database, dimensions: int) -> None:
        kept = db.execute("SELECT episode_id FROM embedding WHERE dimensions = ?", [dimensions])
        remaining = np.array([row[0] for row in kept], dtype=np.int64)
        stays = np.isin(self._ids[: self._count], remaining)
        self._ids = self._ids[: self._count][stays]
        self._rows = self._rows[: self._count][stays]
        self._count = len(self._ids)
