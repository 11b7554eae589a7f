"""Asked: what the asker wrote about an episode, kept until the episode or what it says changes."""

import json
from collections.abc import Sequence

from memory.database import Connections
from memory.rows import as_json, existing

Asked = Sequence[tuple[str, str]]
"""Statements with a question each."""


class AskedStore:
    """Questions by episode. Raises `DatabaseUnusable` in every method."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def known(self, episode_id: int, key: str) -> list[tuple[str, str]] | None:
        """What was kept of an episode under this key; None where nothing was."""
        query = "SELECT questions FROM asked WHERE episode_id = ? AND key = ?"
        with self._connections.reading() as db:
            row = db.execute(query, [episode_id, key]).fetchone()
        return None if row is None else [(s, question) for s, question in json.loads(row[0])]

    def keep(self, episode_id: int, key: str, asked: Asked) -> None:
        """Keep it in place of what was kept before; not of an episode that was forgotten."""
        with self._connections.writing() as db:
            if existing(db, [episode_id]):
                db.execute(
                    "INSERT OR REPLACE INTO asked(episode_id, key, questions) VALUES (?, ?, ?)",
                    [episode_id, key, as_json(list(asked))],
                )
