"""What an owner changes is undone as it was, and what was forgotten leaves no byte."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from memory.asked import AskedStore
from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.records import Choice, Dream, Probe, ProbeResult, Replaced
from memory.steering import Steering
from memory.store import EpisodeStore
from tests.memory.conftest import NOON, Remember

EAST, NORTH = np.eye(3, dtype=np.float32)[:2]
NEW = NoveltyScore(0.3, 0.5, None)


@pytest.fixture
def steering(connections: Connections) -> Steering:
    return Steering(connections, lambda: NOON)


Change = Callable[[Steering, int], object]
CHANGES: dict[str, Change] = {
    "mute": lambda steering, one: steering.mute([one]),
    "pin": lambda steering, one: steering.pin([one]),
    "edit": lambda steering, one: steering.edit(one, "Other words.", NORTH, NEW),
    "forget": lambda steering, one: steering.forget([one]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_an_undone_change_leaves_everything_as_it_was(
    store: EpisodeStore, steering: Steering, remember: Remember, what: str
) -> None:
    told, other = remember("My dog is Biscuit."), remember("My cat is Rex.", vector=(0, 0, 1))
    CHANGES[what](steering, told.id)
    assert store.newest(5) != [other, told]
    undone = steering.undo()
    assert undone is not None
    assert (undone.what, undone.episode_ids) == (what, (told.id,))
    assert store.newest(5) == [other, told]
    assert [hit for hit, _ in store.search_text("dog", 5)] == [told.id]
    assert store.search_text("other", 5) == []
    assert store.nearest(EAST, 1) == [(told.id, pytest.approx(1))]
    assert steering.undo() is None


def test_changes_are_undone_last_first(
    store: EpisodeStore, steering: Steering, remember: Remember
) -> None:
    told = remember()
    for change in CHANGES.values():
        change(steering, told.id)
    assert [undone.what for undone in iter(steering.undo, None) if undone] == [*CHANGES][::-1]
    assert store.newest(5) == [told]


def test_a_change_that_changes_nothing_is_not_kept(steering: Steering, remember: Remember) -> None:
    told = remember()
    steering.mute([told.id])
    assert steering.mute([told.id]) == steering.unpin([told.id]) == []
    assert steering.pin([999]) == steering.forget([999]) == []
    assert not steering.edit(999, "x", EAST, NEW)
    undone = steering.undo()
    assert undone is not None and undone.what == "mute"


def test_what_was_changed_together_is_undone_together(
    store: EpisodeStore, steering: Steering, remember: Remember
) -> None:
    ids = [remember(text).id for text in ("a", "b", "c")]
    steering.forget(ids[:2])
    assert [one.id for one in store.newest(5)] == ids[2:]
    steering.undo()
    assert [one.id for one in store.newest(5)] == ids[::-1]


def test_unmuting_leaves_what_was_never_muted(
    store: EpisodeStore, steering: Steering, remember: Remember
) -> None:
    told = remember()
    store.set_state([told.id], "learned")
    assert steering.unmute([told.id]) == []
    assert [one.id for one in store.learned()] == [told.id]


def test_edited_words_are_found_and_old_ones_are_not(
    store: EpisodeStore, steering: Steering, remember: Remember
) -> None:
    told = remember("My dog is Biscuit.")
    store.load_embeddings()
    steering.edit(told.id, "My dog is \x1bRex.", NORTH, NEW)
    (edited,) = store.newest(5)
    assert (edited.user_text, edited.novelty, edited.id) == ("My dog is Rex.", NEW, told.id)
    assert store.search_text("Biscuit", 5) == []
    assert store.nearest(NORTH, 1) == [(told.id, pytest.approx(1))]
    assert [hit for hit, _ in store.search_text("rex", 5)] == [told.id]


def test_an_edit_is_seen_by_who_had_searched_before(
    store: EpisodeStore, steering: Steering, remember: Remember, home: Path
) -> None:
    told, _ = remember(), remember(vector=(0, 0, 1))
    with Connections(home / "reverie.db") as elsewhere:
        other = EpisodeStore(elsewhere)
        assert other.nearest(EAST, 1) == [(told.id, pytest.approx(1))]
        steering.edit(told.id, "x", NORTH, NEW)
        assert other.nearest(NORTH, 1) == [(told.id, pytest.approx(1))]
        steering.undo()
        assert other.nearest(EAST, 1) == [(told.id, pytest.approx(1))]


@pytest.mark.parametrize("what", ["edit", "forget"])
def test_what_nights_made_of_the_old_words_goes_and_a_learned_one_waits(
    store: EpisodeStore,
    nights: NightStore,
    connections: Connections,
    steering: Steering,
    remember: Remember,
    what: str,
) -> None:
    told, other = remember("I live in Oban."), remember("I live in Leith.")
    night = nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NOON
    )
    nights.record_choices(night, [Choice(told.id, "new")], [])
    nights.record_dreams(night, [Dream("Where?", "In Oban.", "question", (told.id,))])
    nights.record_replaced(night, [Replaced(other.id, "Leith", told.id, "Oban")])
    probe = Probe("Where?", ("Oban",), "new", (told.id,))
    nights.record_probes(night, [ProbeResult(probe, "", False, "Oban", True)])
    nights.finish(night, "promoted", NOON)
    nights.strike([Dream("What?", "Oban.", "question", (told.id,))], NOON)
    asked = AskedStore(connections)
    asked.keep(other.id, "key", [("a", "b")])
    store.set_state([told.id], "learned")
    CHANGES[what](steering, told.id)

    def traces() -> list[object]:
        report = nights.show(night)
        assert report is not None
        kept = [*report.selected, *report.dreams, *report.probes, *report.replaced]
        return [*kept, *nights.struck(), *nights.replaced(), *(asked.known(other.id, "key") or [])]

    assert traces() == []
    assert store.learned() == []
    steering.undo()
    assert traces() == []
    assert store.waiting() == [told, other]


def test_undo_ends_when_it_is_wiped(
    store: EpisodeStore, steering: Steering, remember: Remember
) -> None:
    one, two = remember("a"), remember("b")
    steering.forget([one.id])
    assert not store.wipe(NOON - timedelta(hours=24))
    assert store.wipe(NOON + timedelta(seconds=1))
    assert steering.undo() is None
    steering.pin([two.id])
    assert not store.wipe()
    assert steering.undo() is None


def in_files(home: Path, marker: str) -> bool:
    """Whether a text is in any file, in whatever case."""
    content = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    return marker.lower().encode() in content.lower()


@pytest.mark.parametrize("what", ["edit", "forget"])
def test_when_it_is_wiped_no_byte_of_the_old_words_is_left(
    store: EpisodeStore, steering: Steering, remember: Remember, home: Path, what: str
) -> None:
    told = remember("The code is zqzebrafish " + "word " * 2000)
    for number in range(40):
        remember(f"filler {number} " * 50)
    CHANGES[what](steering, told.id)
    assert in_files(home, "zqzebrafish"), "undo needs it"
    store.wipe()
    assert not in_files(home, "zqzebrafish")


def test_forgetting_at_once_takes_what_undo_kept_along(
    store: EpisodeStore, steering: Steering, remember: Remember, home: Path
) -> None:
    told, other = remember("zqzebrafish"), remember("zqotter")
    steering.edit(told.id, "zqzebrafish two", NORTH, NEW)
    steering.forget([told.id])
    steering.forget([other.id])
    assert store.forget(told.id, 999) == [told.id]
    assert not in_files(home, "zqzebrafish")
    steering.undo()
    assert [one.user_text for one in store.newest(5)] == ["zqotter"]
    assert steering.undo() is None


def test_an_undone_import_leaves_no_byte(
    store: EpisodeStore, steering: Steering, remember: Remember, home: Path
) -> None:
    kept = remember("kept")
    drafts = [
        EpisodeDraft("s", NOON, f"zqzebrafish {n}", "", "ChatGPT", NEW, "import", f"chatgpt:{n}")
        for n in range(5)
    ]
    vectors = np.tile(EAST, (5, 1))
    new, undo_id = store.add_new(drafts[:3], vectors[:3], None, NOON)
    assert (new, store.add_new(drafts[2:], vectors[2:], undo_id, NOON)) == (3, (2, undo_id))
    assert store.unknown(drafts) == []
    undone = steering.undo()
    assert undone is not None
    assert (undone.what, len(undone.episode_ids)) == ("import", 5)
    assert store.newest(9) == [kept]
    assert not in_files(home, "zqzebrafish")
