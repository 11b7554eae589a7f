"""Sleep dates as the nights on record leave them: which are over, and when the last night began."""

from datetime import datetime

import sqlite_utils

from memory.database import utc_text

MOST_TRIES = 3
"""A sleep date whose nights failed or were cut off so often is given up."""


def done_sleep_dates(db: sqlite_utils.Database) -> set[str]:
    """The dates that need no further night: it runs or ended well, or it was tried enough."""
    rows = db.execute(
        """SELECT sleep_date FROM night WHERE sleep_date IS NOT NULL GROUP BY sleep_date
        HAVING max(status NOT IN ('failed', 'interrupted')) OR count(*) >= ?""",
        [MOST_TRIES],
    ).fetchall()
    return {row[0] for row in rows}


def last_scheduled_start(db: sqlite_utils.Database, now: datetime) -> datetime | None:
    """When the latest scheduled night that ended well, or runs, began.

    One from after `now` began under a clock that was set back since, and tells nothing.
    """
    row = db.execute(
        """SELECT max(started_at) FROM night WHERE sleep_date IS NOT NULL
        AND status NOT IN ('failed', 'interrupted') AND started_at <= ?""",
        [utc_text(now)],
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None
