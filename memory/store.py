"""Episodes in the database: kept, found by word, listed, forgotten. Knows no models."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from memory.codes import as_code
from memory.database import Connections, id_list, utc_text
from memory.episode import Episode, EpisodeDraft, EpisodeState, NoveltyScore, Recalled
from memory.text import clean_text, content_words
from memory.vectors import Vectors

_QUERY_WORDS = 64
# A reply repeats and embroiders; what the owner wrote is the better evidence.
_REPLY_WEIGHT = 0.5


class EpisodeStore:
    """Every stored episode. Safe to use from several threads and beside other processes.

    Raises `DatabaseUnusable`, here and in every method.
    """

    def __init__(self, connections: Connections) -> None:
        connections.database()
        self._connections = connections
        self._vectors = Vectors(connections)

    def add(
        self,
        draft: EpisodeDraft,
        embedding: NDArray[np.float32],
        recalled: Sequence[Recalled] = (),
    ) -> Episode:
        """Store an exchange; it is on the disk, and can be found, when this returns.

        `recalled` is what was recalled for its reply. Texts are cleaned first. Raises
        `ValueError` on a naive datetime or an embedding that is not one finite vector.
        """
        code = as_code(embedding).tobytes()
        row = {
            "session_id": draft.session_id,
            "created_at": utc_text(draft.created_at),
            "user_text": clean_text(draft.user_text),
            "assistant_text": clean_text(draft.assistant_text),
            "model_version": draft.model_version,
            "novelty_score": draft.novelty.score,
            "embedding_novelty": draft.novelty.embedding_novelty,
            "surprisal_bits": draft.novelty.surprisal_bits,
            "state": "waiting",
            "pinned": 0,
        }
        with self._connections.writing() as db:
            episode_id = int(db["episode"].insert(row).last_rowid)
            db["embedding"].insert(
                {"episode_id": episode_id, "dimensions": embedding.shape[0], "code": code}
            )
            db.conn.executemany(
                "INSERT INTO recalled SELECT ?, ?, id, ? FROM episode WHERE id = ?",
                [(episode_id, i, one.score, one.episode.id) for i, one in enumerate(recalled)],
            )
        return _episode(row | {"id": episode_id})

    def get(self, episode_id: int) -> Episode | None:
        """One episode, or None."""
        found = self.by_ids([episode_id])
        return found[0] if found else None

    def by_ids(self, ids: Iterable[int]) -> list[Episode]:
        """The episodes with these ids, in the order given; ids of no episode are passed over."""
        wanted = list(ids)
        found = self._episodes(
            "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", [id_list(wanted)]
        )
        by_id = {episode.id: episode for episode in found}
        return [by_id[i] for i in wanted if i in by_id]

    def newest(
        self, limit: int, *, state: EpisodeState | None = None, offset: int = 0
    ) -> list[Episode]:
        """Up to `limit` episodes, the newest first, after the first `offset` of them."""
        return self._episodes(
            "WHERE ?1 IS NULL OR state = ?1 ORDER BY id DESC LIMIT ?2 OFFSET ?3",
            [state, max(limit, 0), max(offset, 0)],
        )

    def waiting(self) -> list[Episode]:
        """The episodes that no night has taught yet, oldest first."""
        return self._episodes("WHERE state = 'waiting' ORDER BY id", [])

    def before(self, episode: Episode, limit: int = 8) -> list[Episode]:
        """The nearest `limit` episodes before one in its session, oldest first."""
        earlier = self._episodes(
            "WHERE session_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
            [episode.session_id, episode.id, limit],
        )
        return earlier[::-1]

    def learned(self) -> list[Episode]:
        """The episodes that are in the weights, oldest first."""
        return self._episodes("WHERE state = 'learned' ORDER BY id", [])

    def search_text(self, query: str, limit: int) -> list[tuple[int, float]]:
        """Ids of episodes with a content word of the query, best first; a higher score is better.

        Words match by their stem (Porter) and are ranked by BM25. The query is plain text:
        nothing in it is an operator.
        """
        words = content_words(query)[:_QUERY_WORDS]
        if not words:
            return []
        match = " OR ".join(f'"{word}"' for word in words)
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT rowid, -bm25(episode_text, 1.0, ?) AS score FROM episode_text "
                "WHERE episode_text MATCH ? ORDER BY score DESC, rowid DESC LIMIT ?",
                [_REPLY_WEIGHT, match, max(limit, 0)],
            ).fetchall()
        return [(int(episode_id), float(score)) for episode_id, score in rows]

    def load_embeddings(self) -> int:
        """Bring every embedding into memory, so that no search waits for it; their number."""
        return self._vectors.load()

    def nearest(self, embedding: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        """Ids and cosines of up to `limit` episodes nearest in meaning, nearest first.

        Every call sees what any thread or process stored or forgot before it. After a change of
        embedder only those of the newest dimension are found. Raises `ValueError` on an embedding
        that is not one finite vector.
        """
        return self._vectors.nearest(embedding, limit)

    def nearest_to(self, episode_id: int, limit: int) -> list[int]:
        """Ids of up to `limit` other episodes nearest in meaning to this one, nearest first."""
        return [found for found, _ in self.neighbours(episode_id, limit)]

    def neighbours(self, episode_id: int, limit: int) -> list[tuple[int, float]]:
        """The same with their cosines."""
        return self._vectors.nearest_to(episode_id, limit)

    def recalled_for(self, episode_id: int) -> list[Recalled]:
        """What was recalled for the reply of an episode and is still remembered, best first."""
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT recalled_id, score FROM recalled WHERE episode_id = ? ORDER BY position",
                [episode_id],
            ).fetchall()
        scores = dict(rows)
        return [Recalled(found, scores[found.id]) for found in self.by_ids(scores)]

    def set_state(self, ids: Iterable[int], state: EpisodeState) -> None:
        """Give episodes a state; ids of no episode are passed over. A muted one is not pinned."""
        with self._connections.writing() as db:
            db.execute(
                "UPDATE episode SET state = ?1, pinned = pinned AND ?1 <> 'muted' "
                "WHERE id IN (SELECT value FROM json_each(?2))",
                [state, id_list(ids)],
            )

    def set_pinned(self, ids: Iterable[int], pinned: bool) -> None:
        """Insist on episodes, or no longer; a muted one that is pinned waits again."""
        with self._connections.writing() as db:
            db.execute(
                "UPDATE episode SET pinned = ?1, "
                "state = CASE WHEN ?1 AND state = 'muted' THEN 'waiting' ELSE state END "
                "WHERE id IN (SELECT value FROM json_each(?2))",
                [int(pinned), id_list(ids)],
            )

    def forget(self, episode_id: int) -> bool:
        """Remove an episode and all that was made from it; False when there is none.

        Its embedding, its words in the index, and every dream, probe and choice that cites it go
        in one transaction. The file is then written anew, so that the text is in none of the
        database's files afterwards; that takes seconds where the file has hundreds of megabytes.
        Weights that learned it still know it.
        """
        with self._connections.writing() as db:
            removed = db.execute(
                "DELETE FROM episode WHERE id IN (SELECT value FROM json_each(?))",
                [id_list([episode_id])],
            ).rowcount
            if removed:
                # FTS5 only marks words as deleted; merging its segments takes them out.
                db.execute("INSERT INTO episode_text(episode_text) VALUES ('optimize')")
        if removed:
            self._connections.rewrite()
        return bool(removed)

    def counts(self) -> dict[EpisodeState, int]:
        """How many episodes are in each state."""
        with self._connections.reading() as db:
            rows = db.execute("SELECT state, count(*) FROM episode GROUP BY state").fetchall()
        found: dict[EpisodeState, int] = dict(rows)
        return {state: found.get(state, 0) for state in get_args(EpisodeState)}

    def _episodes(self, clause: str, parameters: list[Any]) -> list[Episode]:
        with self._connections.reading() as db:
            return [
                _episode(row) for row in db.query(f"SELECT * FROM episode {clause}", parameters)
            ]


def _episode(row: dict[str, Any]) -> Episode:
    return Episode(
        id=row["id"],
        session_id=row["session_id"],
        created_at=datetime.fromisoformat(row["created_at"]).astimezone(UTC),
        user_text=row["user_text"],
        assistant_text=row["assistant_text"],
        model_version=row["model_version"],
        novelty=NoveltyScore(
            score=row["novelty_score"],
            embedding_novelty=row["embedding_novelty"],
            surprisal_bits=row["surprisal_bits"],
        ),
        state=row["state"],
        pinned=bool(row["pinned"]),
    )
