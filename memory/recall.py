"""Recall: which episodes bear on a text. Full-text and vector search, fused."""

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from memory.episode import Episode, Recalled
from memory.store import EpisodeStore

MIN_COSINE = 0.25
_FUSION_K = 60
_POOL = 50
_SAME_COSINE = 0.1
_SAME_TEXT_SCORE = 0.75
_SENTENCE_END = re.compile(r"[.!?…]+\s+\S|\n+\s*\S")


Near = tuple[int, float]
"""An episode's id, and the cosine of what was said in it to what is looked for."""


class Recall:
    """Finds episodes."""

    def __init__(self, store: EpisodeStore) -> None:
        self._store = store

    def near(self, embedding: NDArray[np.float32]) -> list[Near]:
        """The episodes nearest in meaning and their cosines, nearest first."""
        return self._store.nearest(embedding, _POOL)

    def find(
        self, text: str, near: Sequence[Near], limit: int, *, quarantined: bool = False
    ) -> list[Recalled]:
        """Up to `limit` episodes, best first; with none `near` by their words alone.

        Those in quarantine are found only by who looks through the memory, by their words.

        An episode qualifies by a content word or by a cosine of at least `MIN_COSINE`. The two
        rankings are fused by reciprocal rank, the sum of 1 / (60 + rank) (Cormack, Clarke and
        Büttcher, SIGIR 2009). Near ties within a ranking share a rank, and of equally relevant
        episodes the newer comes first, so that a correction comes before what it corrects. A
        bare question holds no answer: it comes behind every episode that states something.
        """
        if limit < 1:
            return []
        pool = max(_POOL, limit)
        hits = self._store.search_text(text, pool, quarantined=quarantined)
        by_words = _ranks(hits, _same_text_score)
        by_meaning = _ranks([one for one in near if one[1] >= MIN_COSINE], _same_cosine)
        # More than the best fused score can be above the worst, so that it orders strictly.
        discount = 2 * (_FUSION_K + pool + 1) / (_FUSION_K + 1)
        found: list[Recalled] = []
        for episode in self._store.by_ids(by_words.keys() | by_meaning.keys()):
            ranks = [r[episode.id] for r in (by_words, by_meaning) if episode.id in r]
            score = sum(1.0 / (_FUSION_K + rank) for rank in ranks)
            found.append(Recalled(episode, score / discount if only_asks(episode) else score))
        found.sort(key=lambda r: (r.score, r.episode.told_at), reverse=True)
        return found[:limit]


def only_asks(episode: Episode) -> bool:
    """Whether the user's text is one question and nothing else."""
    text = episode.user_text.strip()
    return text.endswith("?") and not _SENTENCE_END.search(text)


def _same_cosine(best: float, score: float) -> bool:
    return best - score <= _SAME_COSINE


def _same_text_score(best: float, score: float) -> bool:
    return score >= _SAME_TEXT_SCORE * best


def _ranks(
    hits: Sequence[tuple[int, float]], same: Callable[[float, float], bool]
) -> dict[int, int]:
    """Ranks from 1 of hits that come best first; those like the best of their group share one."""
    ranks: dict[int, int] = {}
    rank, best = 0, 0.0
    for position, (episode_id, score) in enumerate(hits, start=1):
        if rank == 0 or not same(best, score):
            rank, best = position, score
        ranks[episode_id] = rank
    return ranks
