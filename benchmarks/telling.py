"""Telling: a message of a study, stored as if its owner had said it. All are equally new."""

from datetime import datetime

from memory.episode import Episode, EpisodeDraft, NoveltyScore
from memory.store import EpisodeStore
from models.base import Embedder

_NEW = NoveltyScore(1.0, 1.0, 5.0)


def tell(
    store: EpisodeStore,
    embedder: Embedder,
    session: str,
    at: datetime,
    text: str,
    reply: str = "I see.",
) -> Episode:
    """The stored episode; `at` is aware."""
    (vector,) = embedder.embed([text])
    return store.add(EpisodeDraft(session, at, text, reply, "base", _NEW), vector)
