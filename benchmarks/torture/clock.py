"""A home under a fake clock: the real scheduling code, looked at minute by minute.

What should have happened is worked out by brute force, from the local times that were shown; the
code under test does calendar arithmetic instead.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from assistant.settings import ScheduleSettings
from consolidation.due import Nightly
from consolidation.schedule import NightScheduler, scheduled_time

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
POLL = 15
"""Minutes between two looks of the operating system's timer."""
NIGHT = 40
"""Minutes that a night takes."""


@dataclass(frozen=True)
class Case:
    """One history of a machine, minute by minute from `start` (UTC)."""

    name: str
    zone: tzinfo
    at: str
    start: datetime
    minutes: int
    starters: str
    """Who looks: "app", "timer" or "both"."""
    jumps: Mapping[int, int] = field(default_factory=dict)
    """By how many minutes the clock is set forward, or back, at a minute."""
    moves: Mapping[int, tzinfo] = field(default_factory=dict)
    """Time zones that the machine comes to."""
    settings: Mapping[int, str] = field(default_factory=dict)
    """Times that the owner sets."""
    asleep: Sequence[tuple[int, int]] = ()
    """Stretches in which nothing looks."""


class Ledger:
    """Both stores of a home, in memory: what waits, and which nights ran when."""

    def __init__(self, since: datetime) -> None:
        self.since = since
        self.ran: list[tuple[date, datetime]] = []
        self._done: set[str] = set()

    def begin(self, day: date, now: datetime) -> bool:
        """As the database does: a sleep date has one night."""
        if day.isoformat() in self._done:
            return False
        self.ran.append((day, now.astimezone(UTC)))
        self._done.add(day.isoformat())
        return True

    def done_sleep_dates(self) -> set[str]:
        return self._done

    def last_scheduled_start(self, now: datetime) -> datetime | None:
        return max((start for _, start in self.ran if start <= now), default=None)

    def waiting_since(self) -> datetime:
        return self.since


class Shown:
    """When a wall clock of a zone first shows a time on a day: by looking at every minute."""

    def __init__(self, zone: tzinfo, start: datetime, minutes: int) -> None:
        self._start = start
        latest = datetime.min
        self._latest: list[datetime] = []
        for number in range(minutes):
            local = (start + number * MINUTE).astimezone(zone).replace(tzinfo=None)
            latest = max(latest, local)
            self._latest.append(latest)
        self.days = sorted({local.date() for local in self._latest})

    def first(self, day: date, at: time) -> tuple[datetime, int] | None:
        """The minute that first shows the time or a later one of that day, and by how many
        minutes it is later, since the clock leapt over it; None where it lies outside."""
        wanted = datetime.combine(day, at)
        place = bisect_left(self._latest, wanted)
        if place in (0, len(self._latest)):
            return None
        return self._start + place * MINUTE, int((self._latest[place] - wanted) / MINUTE)


class Machine:
    """Lives one case through. `faults` says what went wrong."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.faults: list[str] = []
        self.ledger = Ledger(case.start)
        self.now = case.start.astimezone(case.zone)
        self.missed: dict[int, list[date]] = {}
        """What was told as missed when the machine woke, by minute."""
        self._night_ends = -1
        self.minute = 0
        self._set(case.at)

    def live(self, look: Callable[["Machine"], None] = lambda machine: None) -> "Machine":
        """Go through every minute; `look` is called after each in which the machine is awake."""
        case, offset, zone, poll = self.case, 0, self.case.zone, 5
        sleeping = {m for start, end in case.asleep for m in range(start, end)}
        woken = {end for _, end in case.asleep}
        for minute in range(case.minutes):
            self.minute = minute
            offset += case.jumps.get(minute, 0)
            zone = case.moves.get(minute, zone)
            if minute in case.settings:
                self._set(case.settings[minute])
            if minute in sleeping:
                continue
            self.now = (case.start + (minute + offset) * MINUTE).astimezone(zone)
            if minute in woken:
                self.missed[minute] = self.nightly.missed()
            polled = minute >= poll or (self.now.hour, self.now.minute) == self._hour_and_minute
            looks = [self._app] if case.starters != "timer" else []
            if case.starters != "app" and polled:
                looks.append(self._timer)
                poll = max(minute, self._night_ends) + POLL
            for one in looks if minute % 2 else looks[::-1]:
                one()
            look(self)
        return self

    @property
    def is_free(self) -> bool:
        """Whether no night runs, so that each look of this minute could start one."""
        return self.minute > self._night_ends

    def _set(self, at: str) -> None:
        schedule = ScheduleSettings(at=at)
        when = scheduled_time(at)
        self._hour_and_minute = when.hour, when.minute
        self.nightly = Nightly(schedule, self.ledger, self.ledger, lambda: self.now)  # type: ignore
        self._scheduler = NightScheduler(
            at=when,
            enabled=True,
            start_night=lambda day: self._timer(),  # its child asks again, as the timer's does
            waiting_since=self.nightly.since,
            done=self.ledger.done_sleep_dates,
            busy=lambda: not self.is_free,
            now=lambda: self.now,
        )

    def _app(self) -> None:
        self._scheduler.check()

    def _timer(self) -> None:
        day = self.nightly.due() if self.is_free else None
        if day is not None and self.ledger.begin(day, self.now):
            self._night_ends = self.minute + NIGHT


def exactly(machine: Machine, expected: Iterable[tuple[date, datetime, int]]) -> list[str]:
    """What is wrong with the nights that ran, held against date, moment and grace in minutes."""
    ran = dict(machine.ledger.ran)
    wanted = {day: (moment, grace) for day, moment, grace in expected}
    faults = [f"{day} did not run" for day in wanted if day not in ran]
    faults += [f"{day} ran and should not" for day in ran if day not in wanted]
    for day in ran.keys() & wanted.keys():
        moment, grace = wanted[day]
        if not timedelta(0) <= ran[day] - moment <= grace * MINUTE:
            faults.append(f"{day} ran at {ran[day]:%d %H:%M}, and was due at {moment:%d %H:%M} UTC")
    return faults
