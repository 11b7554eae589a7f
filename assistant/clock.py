"""The clock. By itself, so that who only needs the time loads nothing else."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The clock that everything stored is stamped with."""
    return datetime.now(UTC)
