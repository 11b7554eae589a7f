"""What the asker wrote is kept with its episode, and no longer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from memory.asked import AskedStore
from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.store import EpisodeStore

ASKED = [("Your sister is a vet.", "What does my sister do?")]


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[Connections]:
    with Connections(tmp_path / "reverie.db") as opened:
        yield opened


def remember(connections: Connections) -> int:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    draft = EpisodeDraft("s", at, "My sister is a vet.", "Oh.", "base", NoveltyScore(0.7, 0.8, 5.0))
    return EpisodeStore(connections).add(draft, np.array([1.0, 0.0], dtype=np.float32)).id


def test_it_is_known_under_its_key_alone(connections: Connections) -> None:
    store, episode_id = AskedStore(connections), remember(connections)
    assert store.known(episode_id, "a") is None
    store.keep(episode_id, "a", ASKED)
    assert store.known(episode_id, "a") == ASKED
    assert store.known(episode_id, "b") is None
    store.keep(episode_id, "b", [])
    assert store.known(episode_id, "a") is None
    assert store.known(episode_id, "b") == []


def test_forgetting_any_episode_forgets_all_of_it(connections: Connections) -> None:
    store = AskedStore(connections)
    first, second = remember(connections), remember(connections)
    store.keep(first, "a", ASKED)
    store.keep(second, "a", ASKED)
    EpisodeStore(connections).forget(second)
    assert store.known(first, "a") is None
    assert store.known(second, "a") is None


def test_of_a_forgotten_episode_nothing_is_kept(connections: Connections) -> None:
    store, episode_id = AskedStore(connections), remember(connections)
    EpisodeStore(connections).forget(episode_id)
    store.keep(episode_id, "a", ASKED)
    assert store.known(episode_id, "a") is None
