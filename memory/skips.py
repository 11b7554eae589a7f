"""Skips: sleep dates whose night was due and did not run, each with its latest reason."""

from dataclasses import dataclass
from datetime import datetime

from memory.database import Connections, utc_text
from memory.text import clean_text


@dataclass(frozen=True, slots=True)
class Skip:
    """Why a due night did not run; it stays due until the next sleep date."""

    sleep_date: str
    """ISO date."""
    reason: str
    """Such as "on battery (34 %)"."""
    at: datetime
    """Since when this reason holds."""


class SkipStore:
    """One skip a sleep date. Raises `DatabaseUnusable` in every method."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def record(self, skip: Skip) -> None:
        """Keep a skip in place of its date's earlier one; the same reason again changes nothing."""
        row = [skip.sleep_date, clean_text(skip.reason), utc_text(skip.at)]
        with self._connections.writing() as db:
            db.execute(
                """INSERT INTO skip(sleep_date, reason, at) VALUES (?, ?, ?)
                ON CONFLICT(sleep_date) DO UPDATE SET reason = excluded.reason, at = excluded.at
                WHERE reason <> excluded.reason""",
                row,
            )

    def newest(self, limit: int) -> list[Skip]:
        """Up to `limit` skips, the latest sleep date first."""
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT sleep_date, reason, at FROM skip ORDER BY sleep_date DESC LIMIT ?",
                [max(limit, 0)],
            ).fetchall()
        return [Skip(day, reason, datetime.fromisoformat(at)) for day, reason, at in rows]
