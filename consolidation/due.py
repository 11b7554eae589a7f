"""Due: what a home's stores and lock say of its nightly run. Starts nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from assistant.settings import ScheduleSettings
from consolidation.schedule import (
    due_sleep_date,
    local_now,
    missed_sleep_dates,
    next_sleep,
    scheduled_time,
)
from memory.nights import NightStore
from memory.store import EpisodeStore
from models.locks import FolderHeld, holding

_ONE_DAY = timedelta(days=1)


class Nightly:
    """The nightly run of one home. Raises `DatabaseUnusable` in every method."""

    def __init__(
        self,
        schedule: ScheduleSettings,
        store: EpisodeStore,
        nights: NightStore,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        self._enabled = schedule.enabled
        self._at = scheduled_time(schedule.at)
        self._store = store
        self._nights = nights
        self._now = now

    def since(self) -> datetime | None:
        """Since when something waits that no scheduled night has looked at; None: nothing waits.

        A moment before the last scheduled night is not missed, whatever the setting says by now.
        """
        now = self._now().astimezone(UTC)
        waiting = self._store.waiting_since()
        if waiting is None:
            return None
        if waiting > now + _ONE_DAY:  # it came in under a clock that was set back since
            waiting = now - _ONE_DAY
        last = self._nights.last_scheduled_start(now)
        return max(waiting, last) if last else waiting

    def due(self) -> date | None:
        """The sleep date whose night should run now."""
        since = self.since() if self._enabled else None
        if since is None:
            return None
        return due_sleep_date(self._now(), self._at, self._nights.done_sleep_dates(), since)

    def missed(self) -> list[date]:
        """The sleep dates whose night did not run, oldest first; the last of them is due."""
        since = self.since() if self._enabled else None
        if since is None:
            return []
        return missed_sleep_dates(self._now(), self._at, self._nights.done_sleep_dates(), since)

    def next(self) -> datetime | None:
        """The next scheduled moment, in local time; None while the schedule is off."""
        if not self._enabled:
            return None
        return next_sleep(self._now(), self._at, self._nights.done_sleep_dates())


def night_runs(lock_file: Path, nights: NightStore, now: datetime) -> bool:
    """Whether a night runs. One on record that lost its process is recorded as cut off.

    A night holds the lock for as long as it lives; a killed one leaves its record "running".
    """
    if nights.running() is None:
        return False
    try:
        with holding(lock_file, 0):
            nights.interrupt_running(now)
    except FolderHeld:
        return True
    return False
