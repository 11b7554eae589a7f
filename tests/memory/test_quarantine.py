"""What was not said in the chat is used for nothing until its owner approves it."""

from collections.abc import Callable

import numpy as np
import pytest

from memory.database import Connections
from memory.episode import Episode, EpisodeDraft, EpisodeState, NoveltyScore, Origin
from memory.recall import Recall
from memory.steering import Steering
from memory.store import EpisodeStore
from tests.memory.conftest import NOON

EAST = np.array([1, 0, 0], np.float32)
Bring = Callable[..., Episode]


@pytest.fixture
def steering(connections: Connections) -> Steering:
    return Steering(connections, lambda: NOON)


@pytest.fixture
def bring(store: EpisodeStore) -> Bring:
    """Store something that came by another way than the chat."""

    def brought(text: str = "My dog is called Biscuit.", origin: Origin = "import") -> Episode:
        novelty = NoveltyScore(0.5, 0.8, None)
        draft = EpisodeDraft("s", NOON, text, "Noted.", "ChatGPT", novelty, origin)
        return store.add(draft, EAST)

    return brought


@pytest.mark.parametrize("origin", ["import", "file", "tool"])
def test_what_did_not_come_by_the_chat_is_quarantined(
    store: EpisodeStore, bring: Bring, origin: Origin
) -> None:
    brought = bring(origin=origin)
    assert (brought.state, brought.origin) == ("quarantined", origin)
    assert store.newest(5) == store.newest(5, state="quarantined") == [brought]
    assert store.counts() == {"waiting": 0, "learned": 0, "muted": 0, "quarantined": 1}
    assert store.waiting() == store.learned() == []


def test_what_is_trusted_waits_at_once(store: EpisodeStore) -> None:
    novelty = NoveltyScore(0.5, 0.8, None)
    draft = EpisodeDraft("s", NOON, "x", "y", "ChatGPT", novelty, "import", trusted=True)
    assert store.add(draft, EAST).state == "waiting"


def test_a_surprisal_that_nobody_measured_stays_unknown(store: EpisodeStore, bring: Bring) -> None:
    brought = bring()
    assert store.get(brought.id) == brought
    assert brought.novelty.surprisal_bits is None


@pytest.mark.parametrize("state", ["waiting", "learned", "muted"])
def test_no_change_of_state_ends_a_quarantine(
    store: EpisodeStore, steering: Steering, bring: Bring, state: EpisodeState
) -> None:
    brought = bring()
    store.set_state([brought.id], state)
    for change in (steering.mute, steering.unmute, steering.pin, steering.unpin):
        assert change([brought.id]) == []
    for pinned in (True, False):
        store.set_pinned([brought.id], pinned)
    assert store.get(brought.id) == brought


def test_nothing_recalls_what_is_quarantined(store: EpisodeStore, bring: Bring) -> None:
    brought = bring()
    recall = Recall(store)
    assert recall.near(EAST) == []
    assert recall.find("Biscuit the dog", recall.near(EAST), 5) == []
    assert store.search_text("Biscuit", 5) == []
    assert [hit for hit, _ in store.search_text("Biscuit", 5, quarantined=True)] == [brought.id]
    assert [hit for hit, _ in store.nearest(EAST, 5, quarantined=True)] == [brought.id]


def test_who_looks_through_the_memory_finds_it(store: EpisodeStore, bring: Bring) -> None:
    brought = bring()
    found = Recall(store).find("Biscuit", (), 5, quarantined=True)
    assert [one.episode.id for one in found] == [brought.id]


def test_what_is_quarantined_is_no_context_of_what_was_said(
    store: EpisodeStore, bring: Bring
) -> None:
    bring("I live in Leith.")
    draft = EpisodeDraft("s", NOON, "It is lovely there.", "Yes.", "base", NoveltyScore(1, 1, 1))
    said = store.add(draft, EAST)
    assert store.before(said) == []
    assert store.nearest_to(said.id, 5) == []


def test_approval_ends_it_whatever_was_searched_before(
    store: EpisodeStore, steering: Steering, bring: Bring
) -> None:
    first, second = bring("My cat is Rex."), bring()
    assert store.nearest(EAST, 5) == []
    assert steering.approve([first.id, second.id, 999]) == [first.id, second.id]
    assert [hit for hit, _ in store.nearest(EAST, 5)] == [first.id, second.id]
    assert [one.state for one in store.waiting()] == ["waiting", "waiting"]
    assert [hit for hit, _ in store.search_text("cat", 5)] == [first.id]
    assert steering.approve([first.id]) == []


def test_an_approval_that_is_undone_quarantines_again(
    store: EpisodeStore, steering: Steering, bring: Bring
) -> None:
    brought = bring()
    steering.approve([brought.id])
    undone = steering.undo()
    assert undone is not None and undone.what == "approve"
    assert store.get(brought.id) == brought
    assert store.nearest(EAST, 5) == []


def test_an_edit_does_not_approve(store: EpisodeStore, steering: Steering, bring: Bring) -> None:
    brought = bring()
    steering.edit(brought.id, "My dog is called Rex.", EAST, NoveltyScore(0.5, 0.8, None))
    (edited,) = store.newest(1)
    assert (edited.state, edited.user_text) == ("quarantined", "My dog is called Rex.")


def test_what_was_forgotten_in_quarantine_comes_back_into_it(
    store: EpisodeStore, steering: Steering, bring: Bring
) -> None:
    brought = bring()
    steering.forget([brought.id])
    steering.undo()
    assert store.get(brought.id) == brought
