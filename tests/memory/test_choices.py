"""What a choice rests on is kept with it, and read back whole."""

import pytest

from memory.database import Connections
from memory.migrations import STEPS
from memory.nights import NightStore
from memory.records import Choice, Decision, Signals
from memory.store import EpisodeStore

from .conftest import NOON, Remember

FOUND = Signals("fact", 2, 24, wished=True, corrects=(4, 9), changing=True, pinned=True)


def choose(nights: NightStore, selected: list[Choice], skipped: list[Choice]) -> int:
    night = nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NOON
    )
    nights.record_choices(night, selected, skipped)
    return night


def test_a_choice_keeps_its_score_and_what_was_found(
    nights: NightStore, remember: Remember
) -> None:
    taken = Choice(remember().id, "corrects what you said", 0.94, 0.31, 5.25, FOUND)
    left = Choice(remember("Why?").id, "asks something", 0.0, 0.9, 7.5, Signals("question"))
    report = nights.show(choose(nights, [taken], [left]))
    assert report is not None
    assert (report.selected, report.skipped) == ((taken,), (left,))


def test_the_last_decision_on_each_episode_is_found(nights: NightStore, remember: Remember) -> None:
    one, two, unseen = remember("a").id, remember("b").id, remember("c").id
    first = choose(nights, [Choice(one, "new")], [Choice(two, "full", 0.4)])
    second = choose(nights, [Choice(two, "new", 0.5)], [])
    assert nights.last_decisions([one, two, unseen, 2**40]) == {
        one: Decision(first, NOON, True, Choice(one, "new")),
        two: Decision(second, NOON, True, Choice(two, "new", 0.5)),
    }


def test_a_forgotten_episode_has_no_decision(
    store: EpisodeStore, nights: NightStore, remember: Remember
) -> None:
    gone = remember().id
    choose(nights, [Choice(gone, "new")], [])
    store.forget(gone)
    assert nights.last_decisions([gone]) == {}


@pytest.mark.parametrize("released", [3, 4])
def test_a_memory_from_before_scores_and_pins_opens_with_all_that_it_had(
    connections: Connections,
    nights: NightStore,
    store: EpisodeStore,
    remember: Remember,
    released: int,
) -> None:
    db = connections.database()
    told = remember()
    night = choose(nights, [Choice(told.id, "novelty 0.60, 2 dreams")], [])
    for column in ("score", "novelty", "surprisal_bits", "signals") if released < 4 else ():
        db.execute(f"ALTER TABLE choice DROP COLUMN {column}")
    db.execute("ALTER TABLE episode DROP COLUMN pinned")
    for step in STEPS[released:5]:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [step.__name__])
    connections.close()
    report = nights.show(night)
    assert report is not None
    assert report.selected == (Choice(told.id, "novelty 0.60, 2 dreams"),)
    assert store.get(told.id) == told
