"""Whether a home's night is due, from what its stores and its lock say."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from assistant.settings import ScheduleSettings
from consolidation.due import Nightly, night_runs
from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.store import EpisodeStore

NINE = datetime(2026, 6, 10, 9, tzinfo=UTC)
TODAY, DAY = date(2026, 6, 10), timedelta(days=1)


class Home:
    """Stores and a clock."""

    def __init__(self, connections: Connections) -> None:
        self.store, self.nights = EpisodeStore(connections), NightStore(connections)
        self.now = NINE

    def nightly(self, at: str = "03:00", *, enabled: bool = True) -> Nightly:
        schedule = ScheduleSettings(enabled=enabled, at=at)
        return Nightly(schedule, self.store, self.nights, lambda: self.now)

    def hear(self, moment: datetime) -> None:
        draft = EpisodeDraft("s", moment, "told", "Noted.", "base", NoveltyScore(1, 1, 1))
        self.store.add(draft, np.array([1.0], dtype=np.float32))

    def begin_night(self, day: date, started_at: datetime) -> int:
        return self.nights.begin(
            kind="scheduled",
            sleep_date=day.isoformat(),
            deep=False,
            champion_before="base",
            started_at=started_at,
        )


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with Connections(tmp_path / "reverie.db") as connections:
        yield Home(connections)


def test_nothing_is_due_where_nothing_waits(home: Home) -> None:
    assert home.nightly().due() is None
    assert home.nightly().missed() == []


def test_what_waited_through_a_moment_makes_its_night_due(home: Home) -> None:
    home.hear(NINE - 2 * DAY)
    assert home.nightly().due() == TODAY
    assert home.nightly().missed() == [TODAY - DAY, TODAY]
    assert home.nightly(enabled=False).due() is None
    assert home.nightly(enabled=False).missed() == []
    assert home.nightly(enabled=False).next() is None


def test_a_new_setting_makes_no_moment_before_the_last_night_missed(home: Home) -> None:
    home.hear(NINE - 5 * DAY)
    home.begin_night(TODAY, NINE.replace(hour=3))
    assert home.nightly("03:00").due() is None
    # Yesterday had no night, and 22:00 of yesterday was before tonight's.
    assert home.nightly("22:00").due() is None
    home.now = NINE.replace(hour=22) + DAY
    assert home.nightly("22:00").due() == TODAY + DAY


def test_a_message_from_a_clock_that_ran_ahead_is_learned_all_the_same(home: Home) -> None:
    home.hear(NINE + 400 * DAY)
    assert home.nightly().due() == TODAY


def test_a_message_of_an_hour_that_comes_again_waits_for_the_next_moment(home: Home) -> None:
    home.hear(NINE + timedelta(minutes=50))
    assert home.nightly().due() is None


def test_a_night_under_a_clock_that_ran_ahead_covers_nothing(home: Home) -> None:
    home.hear(NINE - DAY)
    home.begin_night(TODAY + 400 * DAY, NINE + 400 * DAY)
    assert home.nightly().due() == TODAY


def test_a_night_runs_while_its_lock_is_held(home: Home, tmp_path: Path) -> None:
    lock = tmp_path / "night.lock"
    assert not night_runs(lock, home.nights, NINE)
    home.begin_night(TODAY, NINE)
    with FileLock(lock):
        assert night_runs(lock, home.nights, NINE)
    assert not night_runs(lock, home.nights, NINE)
    assert [night.status for night in home.nights.newest(2)] == ["interrupted"]
    assert home.nights.done_sleep_dates() == set()
