"""Browsing: which episodes have what an owner looks for. Reads ids only; knows no models."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args

from memory.database import Connections, id_list, utc_text
from memory.episode import EpisodeState

Order = Literal["newest", "oldest", "novel", "familiar"]
ORDERS: tuple[Order, ...] = get_args(Order)
_SORTED: dict[Order, str] = {
    "newest": "id DESC",
    "oldest": "id",
    "novel": "novelty_score DESC, id DESC",
    "familiar": "novelty_score, id DESC",
}
_FILTER = re.compile(r'\b(state|is|person|place|since|until):("[^"]*"|\S*)', re.IGNORECASE)
_QUERY = """SELECT id FROM episode WHERE (?1 IS NULL OR standing = ?1)
    AND (NOT ?2 OR pinned) AND (?3 IS NULL OR created_at >= ?3)
    AND (?4 IS NULL OR created_at < ?4)
    AND (?5 IS NULL OR id IN (SELECT rowid FROM episode_text WHERE episode_text MATCH ?5))
    AND (?6 IS NULL OR id IN (SELECT value FROM json_each(?6)))
    ORDER BY {} LIMIT ?7 OFFSET ?8"""


class FilterUnread(ValueError):
    """A filter that says nothing that can be looked for; the message says what can."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """What an episode must have. An empty one lets everything through."""

    words: str = ""
    """What is left to be searched for."""
    state: EpisodeState | None = None
    pinned: bool = False
    names: tuple[str, ...] = ()
    """Persons and places that the owner's words must name, word for word."""
    since: datetime | None = None
    until: datetime | None = None
    """Not this moment or later."""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing in it but words."""
        return self == Sieve(self.words)


def sieve_of(text: str) -> Sieve:
    """A search as it is typed: words, and filters among them.

    state:learned, is:pinned, person:Anna, place:"New York", since:2026-03-01, until:2026-03-31;
    dates are days of this machine's zone, both included. Raises `FilterUnread`.
    """
    state: EpisodeState | None = None
    pinned = False
    names: list[str] = []
    since: datetime | None = None
    until: datetime | None = None
    for found in _FILTER.finditer(text):
        kind, value = found[1].casefold(), found[2].strip('"').strip()
        match kind:
            case "state":
                state = _state(value)
            case "is":
                if value.casefold() != "pinned":
                    raise FilterUnread("is: can be followed by pinned alone")
                pinned = True
            case "person" | "place":
                if not re.search(r"\w", value):
                    raise FilterUnread(f"{kind}: wants a name, such as {kind}:Anna")
                names.append(value)
            case "since":
                since = _day(value, kind)
            case _:
                until = _day(value, kind) + timedelta(days=1)
    words = " ".join(_FILTER.sub(" ", text).split())
    return Sieve(words, state, pinned, tuple(names), since, until)


class Browser:
    """Finds episodes by what they are. Raises `DatabaseUnusable`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def ids(
        self,
        sieve: Sieve,
        order: Order,
        limit: int,
        *,
        offset: int = 0,
        among: Iterable[int] | None = None,
    ) -> list[int]:
        """Ids in this order of what goes through the sieve, of `among` alone where it is given.

        The sieve's words are not looked for here.
        """
        match = " AND ".join(f"user_text : {_phrase(name)}" for name in sieve.names)
        values = [
            sieve.state,
            int(sieve.pinned),
            utc_text(sieve.since) if sieve.since else None,
            utc_text(sieve.until) if sieve.until else None,
            match or None,
            id_list(among) if among is not None else None,
            max(limit, 0),
            max(offset, 0),
        ]
        with self._connections.reading() as db:
            rows = db.execute(_QUERY.format(_SORTED[order]), values).fetchall()
        return [row[0] for row in rows]


def _state(value: str) -> EpisodeState:
    states = get_args(EpisodeState)
    for state in states:
        if state == value.casefold():
            found: EpisodeState = state
            return found
    raise FilterUnread(f"state: is one of {', '.join(states)}")


def _day(value: str, kind: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(value), time.min).astimezone()
    except ValueError as error:
        raise FilterUnread(f"{kind}: wants a day, such as {kind}:2026-03-31") from error


def _phrase(name: str) -> str:
    """A phrase of FTS5, in which nothing is an operator."""
    return '"' + name.replace('"', '""') + '"'
