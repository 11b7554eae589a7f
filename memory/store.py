"""Episodes in the database: kept, found by word, listed. Knows no models.

What an owner changes about them, `steering` does.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from memory.brought_in import Named, insert_new, is_known
from memory.codes import as_code
from memory.database import Connections, DatabaseUnusable, id_list
from memory.episode import Episode, EpisodeDraft, EpisodeState, Recalled
from memory.episode_rows import delete, drop_words, episode_of, insert, row_of
from memory.query_words import rarest
from memory.text import content_words
from memory.undo import erase, is_any_before, wipe_undo
from memory.vectors import Vectors

_QUERY_WORDS = 64
# A reply repeats and embroiders; what the owner wrote is the better evidence.
_REPLY_WEIGHT = 0.5


Told = TypeVar("Told", bound=Named)


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
        *,
        instead_of: Iterable[int] = (),
    ) -> Episode:
        """Store an exchange; it is on the disk, and can be found, when this returns.

        `recalled` is what was recalled for its reply. Those that it stands `instead_of` go in the
        same transaction, with all that was made from them: what was taken back is neither recalled
        nor trained. Texts are cleaned first. Raises
        `ValueError` on a naive datetime or an embedding that is not one finite vector.
        """
        row, code = row_of(draft), as_code(embedding)
        with self._connections.writing() as db:
            episode_id = insert(db, row, code)
            (stored,) = db.query("SELECT * FROM episode WHERE id = ?", [episode_id])
            delete(db, instead_of)
            db.conn.executemany(
                "INSERT INTO recalled SELECT ?, ?, id, ? FROM episode WHERE id = ?",
                [(episode_id, i, one.score, one.episode.id) for i, one in enumerate(recalled)],
            )
        return episode_of(stored)

    def unknown(self, told: Sequence[Told]) -> list[Told]:
        """Those that are not stored yet.

        They are known by their source; what was said here and has none, by its session, its time
        and its words.
        """
        with self._connections.reading() as db:
            return [one for one in told if not is_known(db, one)]

    def add_new(
        self,
        drafts: Sequence[EpisodeDraft],
        embeddings: NDArray[np.float32],
        undo_id: int | None,
        at: datetime,
    ) -> tuple[int, int | None]:
        """Store in one step what is brought in; what is stored already is passed over.

        Gives how many were new, and the id of the undo row to go on with, so that an import of
        many steps is undone as one.
        """
        codes = [as_code(embedding) for embedding in embeddings]
        with self._connections.writing() as db:
            return insert_new(db, zip(drafts, codes, strict=True), undo_id, at)

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
            "WHERE ?1 IS NULL OR standing = ?1 ORDER BY id DESC LIMIT ?2 OFFSET ?3",
            [state, max(limit, 0), max(offset, 0)],
        )

    def waiting(self) -> list[Episode]:
        """The episodes that no night has taught yet, oldest first."""
        return self._episodes("WHERE standing = 'waiting' ORDER BY id", [])

    def quarantined(self) -> list[Episode]:
        """The episodes that nothing uses until their owner approves them, oldest first."""
        return self._episodes("WHERE standing = 'quarantined' ORDER BY id", [])

    def waiting_since(self) -> datetime | None:
        """When the oldest waiting episode came in; None when none waits."""
        with self._connections.reading() as db:
            query = "SELECT min(created_at) FROM episode WHERE state = 'waiting'"
            moment = db.execute(query).fetchone()[0]
        return datetime.fromisoformat(moment) if moment else None

    def before(self, episode: Episode, limit: int = 8) -> list[Episode]:
        """The nearest `limit` episodes before one in its session, oldest first.

        None of them is in quarantine.
        """
        earlier = self._episodes(
            "WHERE session_id = ? AND id < ? AND approved ORDER BY id DESC LIMIT ?",
            [episode.session_id, episode.id, limit],
        )
        return earlier[::-1]

    def of_session(self, session_id: str, upto: int = 2**62) -> list[Episode]:
        """The episodes of a conversation, oldest first, up to an id."""
        return self._episodes("WHERE session_id = ? AND id <= ? ORDER BY id", [session_id, upto])

    def learned(self) -> list[Episode]:
        """The episodes that are in the weights, oldest first."""
        return self._episodes("WHERE standing = 'learned' ORDER BY id", [])

    def search_text(
        self, query: str, limit: int, *, quarantined: bool = False
    ) -> list[tuple[int, float]]:
        """Ids of episodes with a content word of the query, best first; a higher score is better.

        Words match by their stem (Porter) and are ranked by BM25. The query is plain text:
        nothing in it is an operator. In a large memory its commonest words are passed over.
        Episodes in quarantine are found where they are asked for.
        """
        words = content_words(query)[:_QUERY_WORDS]
        with self._connections.reading() as db:
            match = " OR ".join(rarest(db, [f'"{word}"' for word in words]))
            if not match:
                return []
            rows = db.execute(
                "SELECT rowid, -bm25(episode_text, 1.0, ?) AS score FROM episode_text "
                "WHERE episode_text MATCH ? AND "
                "(? OR rowid NOT IN (SELECT id FROM episode WHERE approved = 0)) "
                "ORDER BY score DESC, rowid DESC LIMIT ?",
                [_REPLY_WEIGHT, match, quarantined, max(limit, 0)],
            ).fetchall()
        return [(int(episode_id), float(score)) for episode_id, score in rows]

    def load_embeddings(self) -> int:
        """Bring every embedding into memory, so that no search waits for it; their number."""
        return self._vectors.load()

    def nearest(
        self, embedding: NDArray[np.float32], limit: int, *, quarantined: bool = False
    ) -> list[tuple[int, float]]:
        """Ids and cosines of up to `limit` episodes nearest in meaning, nearest first.

        Those in quarantine count where they are asked for.

        Every call sees what any thread or process stored or forgot before it. After a change of
        embedder only those of the newest dimension are found. Raises `ValueError` on an embedding
        that is not one finite vector.
        """
        return self._vectors.nearest(embedding, limit, quarantined=quarantined)

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
        """Give episodes a state; a muted one is not pinned.

        Ids of no episode, and those in quarantine, are passed over: only an owner's approval ends
        that (`steering`).
        """
        with self._connections.writing() as db:
            db.execute(
                "UPDATE episode SET state = ?1, pinned = pinned AND ?1 <> 'muted' "
                "WHERE approved AND id IN (SELECT value FROM json_each(?2))",
                [state, id_list(ids)],
            )

    def set_pinned(self, ids: Iterable[int], pinned: bool) -> None:
        """Insist on episodes, or no longer; a muted one that is pinned waits again.

        Those in quarantine are passed over.
        """
        with self._connections.writing() as db:
            db.execute(
                "UPDATE episode SET pinned = ?1, "
                "state = CASE WHEN ?1 AND state = 'muted' THEN 'waiting' ELSE state END "
                "WHERE approved AND id IN (SELECT value FROM json_each(?2))",
                [int(pinned), id_list(ids)],
            )

    def forget(self, *ids: int) -> list[int]:
        """Remove episodes and all that was made from them, for good; the ids of those there were.

        Their embeddings, their words in the index, every dream, probe and choice that cites them,
        and what undo kept of them go in one transaction. The file is then written anew, so that
        the text is in none of the database's files afterwards; that takes seconds where the file
        has hundreds of megabytes. Where that fails, what follows says so, and `finish_forgetting`
        does it later. Weights that learned them still know them.
        """
        with self._connections.writing() as db:
            found = erase(db, ids)
        if found:
            self._rewrite()
        return found

    def wipe(self, before: datetime | None = None) -> bool:
        """Let no change be undone that was made before a moment, or none at all.

        What was forgotten or reworded is then in none of the database's files. Gives whether
        there was such a text.
        """
        with self._connections.reading() as db:
            if not is_any_before(db, before):
                return False
        with self._connections.writing() as db:
            had_text = wipe_undo(db, before)
            if had_text:
                drop_words(db)
        if had_text:
            self._rewrite()
        return had_text

    def finish_forgetting(self) -> None:
        """Write the file anew if that could not be done when an episode was forgotten."""
        if self._connections.is_rewrite_owed():
            self._connections.rewrite()

    def _rewrite(self) -> None:
        try:
            self._connections.rewrite()
        except DatabaseUnusable as error:
            raise DatabaseUnusable(
                "it is forgotten, but its words may stand in the file until the next night, or "
                f"until you forget another: {error}"
            ) from error

    def counts(self) -> dict[EpisodeState, int]:
        """How many episodes are in each state."""
        with self._connections.reading() as db:
            rows = db.execute("SELECT standing, count(*) FROM episode GROUP BY standing").fetchall()
        found: dict[EpisodeState, int] = dict(rows)
        return {state: found.get(state, 0) for state in get_args(EpisodeState)}

    def telling(self) -> int:
        """How many waiting episodes are more than one question, which holds nothing to learn."""
        with self._connections.reading() as db:
            found = db.execute(
                """SELECT count(*) FROM episode WHERE standing = 'waiting' AND NOT (
                    rtrim(user_text) LIKE '%?' AND trim(user_text) NOT GLOB '*[.!?…] *'
                    AND instr(trim(user_text), char(10)) = 0
                )"""
            )
            return int(found.fetchone()[0])

    def _episodes(self, clause: str, parameters: list[Any]) -> list[Episode]:
        with self._connections.reading() as db:
            return [
                episode_of(row) for row in db.query(f"SELECT * FROM episode {clause}", parameters)
            ]
