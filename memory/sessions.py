"""Conversations: how episodes hang together, what they are called, how they are spoken in.

Knows no models. A conversation is there with its first episode; a row of its own it has only
where its owner gave it something: a title, a beginning taken from another one, a voice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from memory.database import Connections
from memory.episode import Episode
from memory.store import EpisodeStore
from memory.text import clean_text, lower_words

_TITLE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Voice:
    """How one conversation is answered; None leaves it to the settings."""

    system_prompt: str | None = None
    temperature: float | None = None


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One conversation in a list."""

    id: str
    title: str
    """The owner's, else the beginning of the first message."""
    exchanges: int
    """Its own, without those that it was forked from."""
    last_at: datetime
    forked_from: str | None = None
    """The id of the conversation that it begins with."""


class SessionStore:
    """Every conversation. Raises `DatabaseUnusable`."""

    def __init__(self, connections: Connections, episodes: EpisodeStore) -> None:
        self._connections = connections
        self._episodes = episodes

    def listed(self, query: str = "", limit: int = 200) -> list[SessionSummary]:
        """The conversations, newest first; those with all words of `query` in one message, or
        `query` in the title. The last word may be half typed."""
        wanted = clean_text(query).strip().casefold()
        if not wanted:
            return self._summaries("1", [], limit)
        match = " AND ".join(f'"{word}"*' for word in lower_words(wanted))
        return self._summaries(
            "(?1 <> '' AND grouped.id IN (SELECT session_id FROM episode WHERE id IN "
            "(SELECT rowid FROM episode_text WHERE ?1 <> '' AND episode_text MATCH ?1))) "
            "OR instr(lower(coalesce(session.title, '')), ?2)",
            [match or '""', wanted],
            limit,
        )

    def get(self, session_id: str) -> SessionSummary | None:
        """One conversation, or None where nothing was said in it."""
        found = self._summaries("grouped.id = ?", [session_id], 1)
        return found[0] if found else None

    def starting_with(self, letters: str) -> list[SessionSummary]:
        """The conversations whose ids begin so: people type a few letters of one."""
        return self._summaries("substr(grouped.id, 1, length(?1)) = ?1", [letters], 10)

    def history(self, session_id: str) -> list[Episode]:
        """What was said, oldest first, with what it was forked from."""
        parts: list[list[Episode]] = []
        upto, seen = 2**62, set()
        wanted: str | None = session_id
        while wanted is not None and wanted not in seen:
            seen.add(wanted)
            parts.append(self._episodes.of_session(wanted, upto))
            wanted, upto = self._origin(wanted)
        return [episode for part in reversed(parts) for episode in part]

    def rename(self, session_id: str, title: str) -> None:
        """Give a title; an empty one leaves it to the first message again."""
        self._set(session_id, "title", " ".join(clean_text(title).split())[:_TITLE_CHARACTERS])

    def fork(self, session_id: str, new_id: str, upto_episode: int) -> None:
        """Let a new conversation begin with another one, up to an episode. Nothing is copied:
        no exchange is stored, or learned, twice."""
        with self._connections.writing() as db:
            db.execute(
                "INSERT INTO session(id, title, parent_id, fork_episode_id, system_prompt, "
                "temperature) SELECT ?1, '', ?2, ?3, old.system_prompt, old.temperature "
                "FROM (SELECT 1) LEFT JOIN session AS old ON old.id = ?2",
                [new_id, session_id, upto_episode],
            )

    def voice(self, session_id: str) -> Voice:
        """How it is answered."""
        with self._connections.reading() as db:
            row = db.execute(
                "SELECT system_prompt, temperature FROM session WHERE id = ?", [session_id]
            ).fetchone()
        return Voice(*row) if row else Voice()

    def set_voice(self, session_id: str, voice: Voice) -> None:
        """Change how it is answered."""
        prompt = voice.system_prompt
        self._set(session_id, "system_prompt", None if prompt is None else clean_text(prompt))
        self._set(session_id, "temperature", voice.temperature)

    def ids(self, session_id: str) -> list[int]:
        """Its own episodes; what was forked from it would lose them, and keep its own."""
        return [episode.id for episode in self._episodes.of_session(session_id)]

    def _summaries(
        self, where: str, parameters: Sequence[object], limit: int
    ) -> list[SessionSummary]:
        # Counted in the index alone; whole rows are read of two episodes each.
        with self._connections.reading() as db:
            rows = db.query(
                f"""WITH grouped AS (
                    SELECT session_id AS id, count(*) AS exchanges, min(id) AS first_id,
                        max(id) AS last_id FROM episode GROUP BY session_id)
                SELECT grouped.id, exchanges, first.user_text AS first_text,
                    last.created_at AS last_at, session.title, session.parent_id
                FROM grouped JOIN episode AS first ON first.id = first_id
                    JOIN episode AS last ON last.id = last_id
                    LEFT JOIN session ON session.id = grouped.id
                WHERE {where} ORDER BY last_id DESC LIMIT {max(limit, 0)}""",
                parameters,
            )
            return [_summary(row) for row in rows]

    def _origin(self, session_id: str) -> tuple[str | None, int]:
        with self._connections.reading() as db:
            row = db.execute(
                "SELECT parent_id, fork_episode_id FROM session WHERE id = ?", [session_id]
            ).fetchone()
        return (row[0], row[1] or 0) if row else (None, 0)

    def _set(self, session_id: str, column: str, value: object) -> None:
        with self._connections.writing() as db:
            db.execute(
                f"INSERT INTO session(id, {column}) VALUES (?1, ?2) "
                f"ON CONFLICT(id) DO UPDATE SET {column} = excluded.{column}",
                [session_id, value],
            )


def title_of(text: str) -> str:
    """A title from a first message: its beginning, cut between words."""
    line = " ".join(text.split())
    if len(line) <= _TITLE_CHARACTERS:
        return line or "(nothing)"
    cut = line[:_TITLE_CHARACTERS].rpartition(" ")[0] or line[:_TITLE_CHARACTERS]
    return f"{cut}…"


def _summary(row: dict[str, Any]) -> SessionSummary:
    return SessionSummary(
        id=row["id"],
        title=row["title"] or title_of(row["first_text"]),
        exchanges=row["exchanges"],
        last_at=datetime.fromisoformat(row["last_at"]).astimezone(UTC),
        forked_from=row["parent_id"],
    )
