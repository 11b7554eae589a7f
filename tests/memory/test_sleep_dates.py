"""Which sleep dates are over, what was skipped, and since when something waits."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.records import NightStatus
from memory.skips import Skip, SkipStore
from memory.sleep_dates import MOST_TRIES
from memory.store import EpisodeStore

THREE = datetime(2026, 3, 2, 3, tzinfo=UTC)
TODAY = "2026-03-02"


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[Connections]:
    with Connections(tmp_path / "reverie.db") as opened:
        yield opened


def night(connections: Connections, status: NightStatus, at: datetime = THREE) -> None:
    nights = NightStore(connections)
    night_id = nights.begin(
        kind="scheduled",
        sleep_date=at.date().isoformat(),
        deep=False,
        champion_before="base",
        started_at=at,
    )
    if status != "running":
        nights.finish(night_id, status, at + timedelta(hours=1))


@pytest.mark.parametrize("status", ["running", "promoted", "refused", "empty"])
def test_a_night_that_runs_or_ended_well_makes_its_date_done(
    connections: Connections, status: NightStatus
) -> None:
    night(connections, status)
    assert NightStore(connections).done_sleep_dates() == {TODAY}


@pytest.mark.parametrize("status", ["failed", "interrupted"])
def test_a_date_is_tried_again_after_a_failure_but_not_for_ever(
    connections: Connections, status: NightStatus
) -> None:
    nights = NightStore(connections)
    for _ in range(MOST_TRIES):
        assert nights.done_sleep_dates() == set()
        night(connections, status)
    assert nights.done_sleep_dates() == {TODAY}


def test_a_date_that_succeeds_after_a_failure_is_done(connections: Connections) -> None:
    night(connections, "failed")
    night(connections, "promoted")
    assert NightStore(connections).done_sleep_dates() == {TODAY}


def test_the_last_scheduled_night_is_the_latest_that_did_not_fail_up_to_now(
    connections: Connections,
) -> None:
    nights, day = NightStore(connections), timedelta(days=1)
    assert nights.last_scheduled_start(THREE) is None
    night(connections, "promoted", THREE - day)
    night(connections, "failed", THREE)
    night(connections, "refused", THREE + day)  # of a clock that ran ahead
    assert nights.last_scheduled_start(THREE + timedelta(hours=2)) == THREE - day


def test_an_asked_night_is_no_scheduled_one(connections: Connections) -> None:
    nights = NightStore(connections)
    nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=THREE
    )
    assert nights.last_scheduled_start(THREE) is None
    assert nights.done_sleep_dates() == set()


def test_a_skip_keeps_its_latest_reason_and_since_when(connections: Connections) -> None:
    skips, later = SkipStore(connections), THREE + timedelta(minutes=15)
    skips.record(Skip(TODAY, "on battery (34 %)", THREE))
    skips.record(Skip(TODAY, "on battery (34 %)", later))
    assert skips.newest(5) == [Skip(TODAY, "on battery (34 %)", THREE)]
    skips.record(Skip(TODAY, "it needs room\x1b[2J", later))
    assert skips.newest(5) == [Skip(TODAY, "it needs room[2J", later)]


def test_skips_come_latest_first(connections: Connections) -> None:
    skips = SkipStore(connections)
    for day in (1, 3, 2):
        skips.record(Skip(f"2026-03-0{day}", "busy", THREE))
    assert [skip.sleep_date for skip in skips.newest(2)] == ["2026-03-03", "2026-03-02"]


def test_what_waits_waits_since_its_oldest_came_in(connections: Connections) -> None:
    store = EpisodeStore(connections)
    assert store.waiting_since() is None
    for hours in (2, 1, 3):
        moment = THREE + timedelta(hours=hours)
        draft = EpisodeDraft("s", moment, "told", "Noted.", "base", NoveltyScore(1, 1, 1))
        store.add(draft, np.array([1.0], dtype=np.float32))
    assert store.waiting_since() == THREE + timedelta(hours=1)
    store.set_state([2], "muted")
    assert store.waiting_since() == THREE + timedelta(hours=2)
