"""`reverie daemon`: starts due nights as the app does, for machines without timers of their own."""

import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from assistant.settings import Settings
from assistant.settings_file import SettingsInvalid, load_settings
from consolidation.conditions import hindrance
from consolidation.due import Nightly, night_runs
from consolidation.plain_words import as_sentence, night_name, night_summary
from consolidation.schedule import NightScheduler, local_now, scheduled_time
from memory.database import Connections
from memory.nights import NightStore
from memory.skips import Skip, SkipStore
from memory.store import EpisodeStore
from memory.text import clean_text
from models.locks import holding
from tui.night_process import start_night
from tui.outcome import Outcome

_LOOK_EVERY_S = 60.0


class DaemonRuns(RuntimeError):
    """Another daemon looks after this home."""


class StartedNight(Protocol):
    """What is asked of a night that the daemon started."""

    def exit_code(self) -> int | None: ...

    def reason(self) -> str: ...


class Daemon:
    """Looks after one home: one look at a time, a line for each event."""

    def __init__(
        self,
        settings: Settings,
        connections: Connections,
        *,
        say: Callable[[str], None],
        start: Callable[[Path], StartedNight] = lambda home: start_night(home, if_due=True),
        hindrance: Callable[[Settings], str | None] = hindrance,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        self._settings = settings
        self._store = EpisodeStore(connections)
        self._nights = NightStore(connections)
        self._skips = SkipStore(connections)
        self._say = say
        self._start = start
        self._hindrance = hindrance
        self._now = now
        self._night: StartedNight | None = None
        self._newest_id = 0
        self._told = ""
        self._scheduler = self._scheduler_of(settings)

    def look(self) -> None:
        """Tell how a night ended, take in changed settings, start the night that is due.

        What goes wrong is told, once; the next look may find it mended.
        """
        try:
            self._tell_end()
            self._refresh_settings()
            self._scheduler.check()
        except (RuntimeError, ValueError, OSError, LookupError) as error:
            self._tell_once(as_sentence(str(error) or type(error).__name__))

    @property
    def has_night(self) -> bool:
        """Whether a night that it started still runs."""
        return self._night is not None and self._night.exit_code() is None

    def greet(self) -> None:
        """Say whose nights are started and when."""
        coming = self._nightly().next()
        when = f"the next night is at {coming:%Y-%m-%d %H:%M}" if coming else "the schedule is off"
        self._say(f"Looking after {self._settings.home}; {when}.")

    def _scheduler_of(self, settings: Settings) -> NightScheduler:
        nightly = self._nightly()
        return NightScheduler(
            at=scheduled_time(settings.schedule.at),
            enabled=settings.schedule.enabled,
            start_night=self._begin,
            waiting_since=nightly.since,
            done=self._nights.done_sleep_dates,
            busy=self._busy,
            hindrance=lambda: self._hindrance(settings),
            skipped=self._skip,
            now=self._now,
        )

    def _nightly(self) -> Nightly:
        return Nightly(self._settings.schedule, self._store, self._nights, self._now)

    def _refresh_settings(self) -> None:
        try:
            fresh = load_settings(self._settings.home)
        except SettingsInvalid as error:
            self._tell_once(f"The settings before stay: {error}")
            return
        if fresh != self._settings:
            self._settings = fresh
            self._scheduler = self._scheduler_of(fresh)
            self.greet()

    def _busy(self) -> bool:
        now = self._now().astimezone(UTC)
        return self.has_night or night_runs(self._settings.night_lock_file, self._nights, now)

    def _begin(self, sleep_date: date) -> None:
        newest = self._nights.newest(1)
        self._newest_id = newest[0].id if newest else 0
        self._say(f"The night of {sleep_date:%d %b} begins.")
        self._night = self._start(self._settings.home)

    def _skip(self, sleep_date: date, reason: str) -> None:
        self._skips.record(Skip(sleep_date.isoformat(), reason, self._now()))
        self._tell_once(as_sentence(f"The night of {sleep_date:%d %b} waits: {reason}"))

    def _tell_end(self) -> None:
        if self._night is None or self._night.exit_code() is None:
            return
        night, self._night = self._night, None
        newest = self._nights.newest(1)
        if newest and newest[0].id > self._newest_id:
            self._say(f"{night_name(newest[0])}: {night_summary(newest[0])}")
        elif night.exit_code() == 0:
            self._say("Nothing was due any more.")
        else:
            self._say(as_sentence(f"The night did not start: {night.reason()}"))

    def _tell_once(self, line: str) -> None:
        if line != self._told:
            self._told = line
            self._say(line)


def run_daemon(settings: Settings) -> Outcome:
    """Look once a minute until SIGTERM, SIGINT or SIGHUP; a night that runs goes on.

    Raises `DaemonRuns` when another one does.
    """
    runs = DaemonRuns(f"a daemon runs for {settings.home} already; stop that one first")
    with (
        holding(settings.daemon_lock_file, 0, runs),
        Connections(settings.database_file) as connections,
        _stop_asked() as is_asked,
    ):
        daemon = Daemon(settings, connections, say=_say)
        daemon.greet()
        daemon.look()
        while not is_asked(_LOOK_EVERY_S):
            daemon.look()
        _say("Stopped; the night that runs goes on." if daemon.has_night else "Stopped.")
    return Outcome({"stopped": True}, "")


@contextmanager
def _stop_asked() -> Iterator[Callable[[float], bool]]:
    """What waits up to so many seconds for a signal to stop, and says whether it came."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    numbers = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    wakeup = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    try:
        yield lambda seconds: _asked_within(read, seconds)
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(read)
        os.close(write)


def _asked_within(read: int, seconds: float) -> bool:
    return bool(select.select([read], [], [], seconds)[0])


def _say(line: str) -> None:
    print(f"{datetime.now():%Y-%m-%d %H:%M:%S} {clean_text(line)}", file=sys.stderr, flush=True)
