"""Blind votes: which of two versions answered better. Knows names of versions, no texts."""

from dataclasses import dataclass
from datetime import datetime

from memory.database import Connections, utc_text


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote; `preferred` is one of the two, or None where they were alike."""

    first: str
    second: str
    preferred: str | None


class VoteStore:
    """Every vote. Raises `DatabaseUnusable` in every method."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, vote: Vote, voted_at: datetime) -> None:
        """Store a vote. Raises `ValueError` where something else than the two is preferred."""
        if vote.preferred not in (None, vote.first, vote.second):
            raise ValueError(f"{vote.preferred} is neither {vote.first} nor {vote.second}")
        row = {
            "voted_at": utc_text(voted_at),
            "first": vote.first,
            "second": vote.second,
            "preferred": vote.preferred,
        }
        with self._connections.writing() as db:
            db["vote"].insert(row)

    def all(self) -> list[Vote]:
        """Every vote, oldest first."""
        with self._connections.reading() as db:
            rows = db.execute("SELECT first, second, preferred FROM vote ORDER BY id").fetchall()
        return [Vote(*row) for row in rows]
