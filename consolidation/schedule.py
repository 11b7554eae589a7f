"""Schedule: when a night is due. Knows clocks and sleep dates, neither models nor episodes."""

import threading
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

_ONE_DAY = timedelta(days=1)
# A time zone that moved across the date line has had a day that never was.
_DAYS_TO_LOOK_BACK = 3
_MOST_MISSED = 366
TRY_AGAIN_AFTER = timedelta(hours=1)
"""A started night that left no record: it declined, or could not begin."""


class SystemZone(tzinfo):
    """The operating system's local time, read anew each time: it may change under the app."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        if moment is None:
            return None
        return moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        seconds = moment.replace(tzinfo=UTC).timestamp()
        return datetime.fromtimestamp(seconds).replace(tzinfo=self)


def local_now() -> datetime:
    """Now, in the local time of this machine; safe to do calendar arithmetic on."""
    return datetime.now(SystemZone())


def scheduled_time(text: str) -> time:
    """A setting such as "03:00" or "3:00" as a time."""
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute))


def sleep_moment(day: date, at: time, zone: tzinfo | None) -> datetime:
    """When the night of a sleep date is scheduled, in UTC.

    A time that the clock skips on that day falls as much later as the clock jumps; of a time
    that it shows twice, the first counts (PEP 495, fold=0).
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def due_sleep_date(
    now_local: datetime, at: time, done: Collection[str], first_seen: date | None = None
) -> date | None:
    """The sleep date whose night should run now, or None.

    Only the latest scheduled date counts, so a week away is caught up with one night. `done`
    holds ISO dates. Moments before `first_seen` are not missed: give the moment since when
    there was something to learn (a plain date stands for its start).
    """
    now = now_local.astimezone(UTC)
    zone = now_local.tzinfo
    for days in range(_DAYS_TO_LOOK_BACK):
        day = now_local.date() - days * _ONE_DAY
        moment = sleep_moment(day, at, zone)
        if moment > now:
            continue
        if day.isoformat() in done:
            return None
        if first_seen is not None and moment < _start(first_seen, zone):
            return None
        return day
    return None


def next_sleep(now_local: datetime, at: time, done: Collection[str]) -> datetime:
    """The next scheduled moment, in the time zone of `now_local`; dates in `done` are over."""
    now = now_local.astimezone(UTC)
    day = now_local.date()
    while sleep_moment(day, at, now_local.tzinfo) <= now or day.isoformat() in done:
        day += _ONE_DAY
    return sleep_moment(day, at, now_local.tzinfo).astimezone(now_local.tzinfo)


def missed_sleep_dates(
    now_local: datetime, at: time, done: Collection[str], first_seen: date
) -> list[date]:
    """The sleep dates up to now whose night did not run, oldest first; at most a year's.

    The latest of them is the one that is due; the others are made up for by its night.
    `first_seen` as in `due_sleep_date`.
    """
    now, zone = now_local.astimezone(UTC), now_local.tzinfo
    earliest = _start(first_seen, zone)
    missed = []
    for days in range(_MOST_MISSED):
        day = now_local.date() - days * _ONE_DAY
        moment = sleep_moment(day, at, zone)
        if moment < earliest:
            break
        if moment <= now and day.isoformat() not in done:
            missed.append(day)
    return missed[::-1]


def _start(first_seen: date, zone: tzinfo | None) -> datetime:
    if isinstance(first_seen, datetime):
        return first_seen.astimezone(UTC)
    return sleep_moment(first_seen, time.min, zone)


class NightScheduler:
    """Starts each due night once, from a thread of its own, while the app is open.

    The due state is ours, keyed by sleep date; APScheduler only wakes us every minute. Its own
    cron jobs lose a night that the machine slept through and repeat one in a repeated hour.
    """

    def __init__(
        self,
        *,
        at: time,
        enabled: bool,
        start_night: Callable[[date], None],
        waiting_since: Callable[[], datetime | None],
        done: Callable[[], Collection[str]],
        busy: Callable[[], bool] = lambda: False,
        hindrance: Callable[[], str | None] = lambda: None,
        skipped: Callable[[date, str], None] = lambda sleep_date, reason: None,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        """`waiting_since`: since when something waits that no night has looked at; else None.

        While `busy` says that a night runs, none is started. A due night that has a `hindrance`,
        such as an empty battery, is `skipped`; it stays due and is looked at again.
        """
        self._at = at
        self._enabled = enabled
        self._start_night = start_night
        self._waiting_since = waiting_since
        self._done = done
        self._busy = busy
        self._hindrance = hindrance
        self._skipped = skipped
        self._now = now
        self._tried: tuple[date, datetime] | None = None
        self._lock = threading.Lock()
        self._scheduler: Any = None

    def start(self) -> None:
        """Check now, which catches a missed night up, and then every minute."""
        if not self._enabled or self._scheduler is not None:
            return
        from apscheduler.schedulers.background import BackgroundScheduler

        scheduler = BackgroundScheduler(timezone=UTC)
        scheduler.add_job(
            self.check,
            "interval",
            minutes=1,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        scheduler.start()
        self._scheduler = scheduler

    def stop(self) -> None:
        """End the thread; a night that runs goes on."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.shutdown(wait=False)

    def check(self) -> date | None:
        """Start the night that is due, if one is and nothing hinders it; its sleep date.

        A date is tried once an hour: a night that cannot start is not started every minute.
        """
        with self._lock:
            since = self._waiting_since() if self._enabled else None
            if since is None or self._busy():
                return None
            now = self._now()
            due = due_sleep_date(now, self._at, self._done(), since)
            if due is None or self._was_just_tried(due, now):
                return None
            reason = self._hindrance()
            if reason is not None:
                self._skipped(due, reason)
                return None
            self._tried = due, now.astimezone(UTC)
            self._start_night(due)
            return due

    def _was_just_tried(self, due: date, now: datetime) -> bool:
        if self._tried is None or self._tried[0] != due:
            return False
        # A clock that was set back since makes it negative.
        return timedelta(0) <= now.astimezone(UTC) - self._tried[1] < TRY_AGAIN_AFTER
