"""Nights are due once per sleep date, whatever the clocks do."""

import threading
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from consolidation.schedule import (
    NightScheduler,
    due_sleep_date,
    local_now,
    missed_sleep_dates,
    next_sleep,
    scheduled_time,
    sleep_moment,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its clock jumps by half an hour
APIA = ZoneInfo("Pacific/Apia")  # had no 30 December 2011
THREE = time(3, 0)


def at(zone: ZoneInfo, *parts: int, fold: int = 0) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, fold=fold, tzinfo=zone)


def every_minute(start: datetime, hours: int) -> list[datetime]:
    zone = start.tzinfo
    first = start.astimezone(UTC)
    return [(first + timedelta(minutes=m)).astimezone(zone) for m in range(hours * 60)]


def test_a_night_is_due_from_its_moment_on() -> None:
    assert due_sleep_date(at(BERLIN, 2025, 6, 10, 2, 59), THREE, {"2025-06-09"}, None) is None
    assert due_sleep_date(at(BERLIN, 2025, 6, 10, 3, 0), THREE, {"2025-06-09"}, None) == date(
        2025, 6, 10
    )
    assert due_sleep_date(at(BERLIN, 2025, 6, 10, 9, 0), THREE, {"2025-06-10"}, None) is None


def test_a_week_away_is_caught_up_with_one_night() -> None:
    done = {"2025-06-01"}
    now = at(BERLIN, 2025, 6, 8, 20, 0)
    due = due_sleep_date(now, THREE, done, None)
    assert due == date(2025, 6, 8)
    assert due_sleep_date(now, THREE, done | {due.isoformat()}, None) is None


def test_before_todays_moment_yesterdays_missed_night_is_due() -> None:
    now = at(BERLIN, 2025, 6, 8, 1, 0)
    assert due_sleep_date(now, THREE, {"2025-06-06"}, None) == date(2025, 6, 7)


def test_a_moment_before_anything_waited_is_not_missed() -> None:
    now = at(BERLIN, 2025, 6, 8, 20, 5)
    assert due_sleep_date(now, THREE, (), at(BERLIN, 2025, 6, 8, 20, 0)) is None
    assert due_sleep_date(now, THREE, (), at(BERLIN, 2025, 6, 8, 2, 0)) == date(2025, 6, 8)
    assert due_sleep_date(now, THREE, (), date(2025, 6, 9)) is None
    assert due_sleep_date(now, THREE, (), date(2025, 6, 8)) == date(2025, 6, 8)


@pytest.mark.parametrize(
    ("zone", "day", "when"),
    [
        (BERLIN, date(2025, 3, 30), time(2, 30)),  # skipped
        (NEW_YORK, date(2025, 3, 9), time(2, 30)),
        (LORD_HOWE, date(2025, 10, 5), time(2, 10)),
        (BERLIN, date(2025, 10, 26), time(2, 30)),  # shown twice
        (NEW_YORK, date(2025, 11, 2), time(1, 30)),
        (LORD_HOWE, date(2025, 4, 6), time(1, 45)),
        (BERLIN, date(2025, 6, 10), time(23, 59)),
        (BERLIN, date(2025, 6, 10), time(0, 0)),
    ],
)
def test_each_date_runs_exactly_once_through_clock_changes(
    zone: ZoneInfo, day: date, when: time
) -> None:
    done = {(day - timedelta(days=2)).isoformat()}
    ran: list[date] = []
    start = datetime.combine(day - timedelta(days=1), time(0, 0), tzinfo=zone)
    for now in every_minute(start, hours=24 * 4):
        due = due_sleep_date(now, when, done, None)
        if due is not None:
            ran.append(due)
            done.add(due.isoformat())
            late = now.astimezone(UTC) - sleep_moment(due, when, zone)
            assert timedelta(0) <= late < timedelta(minutes=1)
    expected = [day + timedelta(days=offset) for offset in (-1, 0, 1)]
    assert [d for d in ran if d in expected] == expected
    assert len(ran) == len(set(ran))


def test_a_skipped_time_falls_after_the_jump() -> None:
    moment = sleep_moment(date(2025, 3, 30), time(2, 30), BERLIN)
    assert moment.astimezone(BERLIN).strftime("%H:%M") == "03:30"
    coming = next_sleep(at(BERLIN, 2025, 3, 30, 1, 0), time(2, 30), ())
    assert coming.strftime("%d %H:%M") == "30 03:30"
    assert coming - at(BERLIN, 2025, 3, 30, 1, 0).astimezone(UTC) == timedelta(hours=1, minutes=30)


def test_in_the_repeated_hour_the_second_showing_is_due_already() -> None:
    half_past = time(2, 30)
    done = {"2025-10-25"}
    first = at(BERLIN, 2025, 10, 26, 2, 15)
    second = at(BERLIN, 2025, 10, 26, 2, 15, fold=1)
    assert due_sleep_date(first, half_past, done, None) is None
    assert due_sleep_date(second, half_past, done, None) == date(2025, 10, 26)


def test_a_day_that_never_was_hides_no_night() -> None:
    before_dawn = datetime(2011, 12, 30, 10, 30, tzinfo=UTC).astimezone(APIA)
    assert before_dawn.date() == date(2011, 12, 31)
    assert due_sleep_date(before_dawn, THREE, (), None) == date(2011, 12, 29)


def test_next_sleep_leaves_out_what_is_done() -> None:
    now = at(BERLIN, 2025, 6, 10, 1, 0)
    assert next_sleep(now, THREE, ()) == at(BERLIN, 2025, 6, 10, 3, 0)
    assert next_sleep(now, THREE, {"2025-06-10"}) == at(BERLIN, 2025, 6, 11, 3, 0)
    assert next_sleep(at(BERLIN, 2025, 6, 10, 3, 0), THREE, ()) == at(BERLIN, 2025, 6, 11, 3, 0)


def test_every_missed_date_is_told_oldest_first() -> None:
    now, since = at(BERLIN, 2025, 6, 8, 20, 0), at(BERLIN, 2025, 6, 4, 12, 0)
    days = [date(2025, 6, day) for day in (5, 6, 7, 8)]
    assert missed_sleep_dates(now, THREE, (), since) == days
    assert missed_sleep_dates(now, THREE, {"2025-06-06"}, since) == [days[0], *days[2:]]
    assert missed_sleep_dates(at(BERLIN, 2025, 6, 5, 2, 0), THREE, (), since) == []


def test_local_now_is_now() -> None:
    assert abs(local_now().astimezone(UTC) - datetime.now(UTC)) < timedelta(seconds=5)
    assert local_now().utcoffset() == datetime.now().astimezone().utcoffset()


def test_the_setting_reads_as_a_time() -> None:
    assert scheduled_time("03:00") == scheduled_time("3:00") == THREE


class Home:
    """What the scheduler asks about, in memory."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.since: datetime | None = now - timedelta(days=3)
        self.done: set[str] = set()
        self.running = False
        self.started: list[date] = []
        self.hindrance: str | None = None
        self.skipped: list[tuple[date, str]] = []
        self.woken = threading.Event()

    def start_night(self, sleep_date: date) -> None:
        self.started.append(sleep_date)
        self.woken.set()

    def done_dates(self) -> Collection[str]:
        return self.done

    def scheduler(self, *, enabled: bool = True) -> NightScheduler:
        return NightScheduler(
            at=THREE,
            enabled=enabled,
            start_night=self.start_night,
            waiting_since=lambda: self.since,
            done=self.done_dates,
            busy=lambda: self.running,
            hindrance=lambda: self.hindrance,
            skipped=lambda day, reason: self.skipped.append((day, reason)),
            now=lambda: self.now,
        )


@pytest.fixture
def home() -> Home:
    return Home(at(BERLIN, 2025, 6, 10, 9, 0))


def test_a_missed_night_is_caught_up_right_after_start(home: Home) -> None:
    scheduler = home.scheduler()
    scheduler.start()
    try:
        assert home.woken.wait(5)
    finally:
        scheduler.stop()
    assert home.started == [date(2025, 6, 10)]


def test_a_date_that_leaves_no_record_is_tried_again_an_hour_later(home: Home) -> None:
    scheduler = home.scheduler()
    assert scheduler.check() == date(2025, 6, 10)
    for _ in range(60):
        assert scheduler.check() is None
        home.now += timedelta(minutes=1)
    assert scheduler.check() == date(2025, 6, 10)


def test_a_clock_that_is_set_back_holds_no_second_try_up(home: Home) -> None:
    scheduler = home.scheduler()
    assert scheduler.check() == date(2025, 6, 10)
    home.now -= timedelta(hours=2)
    assert scheduler.check() == date(2025, 6, 10)


def test_a_hindered_night_is_skipped_and_begins_when_that_is_over(home: Home) -> None:
    scheduler = home.scheduler()
    home.hindrance = "on battery (34 %)"
    assert scheduler.check() is None
    assert home.skipped == [(date(2025, 6, 10), "on battery (34 %)")]
    assert home.started == []
    home.hindrance = None
    assert scheduler.check() == date(2025, 6, 10)


def test_nothing_is_skipped_where_nothing_is_due(home: Home) -> None:
    home.hindrance, home.since = "on battery (34 %)", None
    assert home.scheduler().check() is None
    assert home.skipped == []


def test_the_next_date_has_its_own_try(home: Home) -> None:
    scheduler = home.scheduler()
    assert scheduler.check() == date(2025, 6, 10)
    home.now += timedelta(days=1)
    assert scheduler.check() == date(2025, 6, 11)


def test_nothing_starts_without_a_waiting_episode(home: Home) -> None:
    home.since = None
    assert home.scheduler().check() is None


def test_a_first_message_after_the_moment_starts_no_catch_up(home: Home) -> None:
    home.since = home.now - timedelta(minutes=1)
    assert home.scheduler().check() is None


def test_a_running_night_only_delays_the_due_one(home: Home) -> None:
    scheduler = home.scheduler()
    home.running = True
    assert scheduler.check() is None
    home.running = False
    assert scheduler.check() == date(2025, 6, 10)


def test_a_schedule_that_is_off_never_starts(home: Home) -> None:
    scheduler = home.scheduler(enabled=False)
    scheduler.start()
    scheduler.stop()
    assert scheduler.check() is None
    assert home.started == []
