from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from memory.database import Connections
from memory.episode import Episode, EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.sessions import SessionStore
from memory.store import EpisodeStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
Remember = Callable[..., Episode]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def connections(home: Path) -> Iterator[Connections]:
    opened = Connections(home / "reverie.db")
    yield opened
    opened.close()


@pytest.fixture
def store(connections: Connections) -> EpisodeStore:
    return EpisodeStore(connections)


@pytest.fixture
def nights(connections: Connections) -> NightStore:
    return NightStore(connections)


@pytest.fixture
def remember(store: EpisodeStore) -> Remember:
    """Store an exchange; only what a test is about needs saying."""

    def remembered(
        text: str = "My dog is called Biscuit.",
        reply: str = "Noted.",
        vector: Sequence[float] = (1.0, 0.0, 0.0),
        at: datetime = NOON,
    ) -> Episode:
        draft = EpisodeDraft("session", at, text, reply, "base", NoveltyScore(0.6, 0.8, 5.0))
        return store.add(draft, np.array(vector, dtype=np.float32))

    return remembered


@pytest.fixture
def sessions(connections: Connections, store: EpisodeStore) -> SessionStore:
    return SessionStore(connections, store)


@pytest.fixture
def say(store: EpisodeStore) -> Remember:
    """Store an exchange of a conversation."""

    def said(session_id: str, text: str, reply: str = "Noted.") -> Episode:
        draft = EpisodeDraft(session_id, NOON, text, reply, "base", NoveltyScore(0.6, 0.8, 5.0))
        return store.add(draft, np.array((1.0, 0.0), dtype=np.float32))

    return said
