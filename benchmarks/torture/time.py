"""Time, attacked: exactly one night a sleep date, whatever clocks do; what was missed is told.

    python -m benchmarks.torture.time [--quick]

Prints a table: tried, survived, lost; 1 where something was lost.
"""

import argparse
import json
import os
import sys
import time as clock
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.torture.clock import DAY, MINUTE, NIGHT, POLL, Case, Machine, Shown, exactly
from consolidation.schedule import SystemZone, due_sleep_date, scheduled_time, sleep_moment

RESULT = Path(__file__).parents[1] / "results" / "torture" / "time.json"
CHANGES = {
    "Europe/London": ("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"),
    "America/New_York": ("2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07"),
    "America/St_Johns": ("2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04", "2027-04-04", "2027-10-03"),
    "Africa/Casablanca": ("2026-02-15", "2026-03-22", "2027-02-07", "2027-03-14"),
    "Asia/Kolkata": ("2026-03-29", "2026-10-25"),  # no change: two days like any other
    "Pacific/Apia": ("2011-12-30",),  # a day that never was
    "America/Havana": ("2026-03-08", "2026-11-01"),  # the change is at midnight
}
STARTERS = ("timer", "both")
"""With both the app looks every minute, and is the first or the second to look."""
HOURS = tuple(f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30))
QUICK_HOURS = ("02:30", "00:00")
SHIFTS = (-26, -12, -3, -1, 1, 3, 12, 26)
AWAY_HOURS = (1, 5, 23, 24, 25, 71, 168, 200)
MOVES = (
    ("Europe/London", "America/New_York"),
    ("Pacific/Auckland", "Pacific/Honolulu"),
    ("Pacific/Honolulu", "Pacific/Auckland"),
    ("Asia/Kolkata", "America/St_Johns"),
    ("Pacific/Apia", "Pacific/Pago_Pago"),
)
Lived = tuple[str, list[str]]
"""The name of a case, and what went wrong in it."""


def clock_changes(quick: bool) -> Iterator[Lived]:
    """Every hour and half hour of the day, three days around each change of the clock."""
    for name, changes in CHANGES.items():
        zone = ZoneInfo(name)
        for change in changes[:2] if quick else changes:
            start = _midnight(date.fromisoformat(change) - DAY, zone)
            minutes = 3 * 24 * 60
            shown = Shown(zone, start, minutes)
            for at in QUICK_HOURS if quick else HOURS:
                for starters in ("both",) if quick else STARTERS:
                    case = Case(
                        f"{name} {change} {at} {starters}", zone, at, start, minutes, starters
                    )
                    yield case.name, exactly(Machine(case).live(), _all_days(shown, case))


def clock_set(quick: bool) -> Iterator[Lived]:
    """The clock is set forward or back by hours, once or there and back."""
    zone = ZoneInfo("Europe/London")
    start = _midnight(date(2026, 6, 1), zone)
    for shift in SHIFTS[1::2] if quick else SHIFTS:
        for hour in (2,) if quick else range(24):
            for back_after in (None, 90, 30 * 60):
                jumps = {(24 + hour) * 60 + 7: shift * 60}
                if back_after:
                    jumps[(24 + hour) * 60 + 7 + back_after] = -shift * 60
                for starters in ("both",) if quick else STARTERS:
                    name = f"set by {shift} h at {hour}:07, back after {back_after} min, {starters}"
                    case = Case(name, zone, "03:00", start, 6 * 24 * 60, starters, jumps=jumps)
                    yield name, _never_behind(case)


def away(quick: bool) -> Iterator[Lived]:
    """Asleep for hours or days: one night makes up for all that was missed, which is told."""
    for name in ("America/New_York", "Australia/Lord_Howe"):
        zone = ZoneInfo(name)
        for change in CHANGES[name][: 1 if quick else 2]:
            start, minutes = _midnight(date.fromisoformat(change) - 2 * DAY, zone), 13 * 24 * 60
            shown = Shown(zone, start, minutes)
            for hours in (168,) if quick else AWAY_HOURS:
                for begin in (1,) if quick else range(0, 48, 6):
                    for at in ("02:30", "22:00"):
                        for starters in ("both",) if quick else STARTERS:
                            off = (begin * 60 + 11, (begin + hours) * 60 + 11)
                            told = f"{name} {change} {at}, {hours} h from {begin}, {starters}"
                            case = Case(told, zone, at, start, minutes, starters, asleep=(off,))
                            yield told, _made_up_for(case, shown)


def moved(quick: bool) -> Iterator[Lived]:
    """The machine travels to another time zone, also over the date line."""
    for origin, goal in MOVES:
        start = _midnight(date(2026, 6, 1), ZoneInfo(origin))
        for hour in (2,) if quick else range(24):
            for at in ("03:00",) if quick else ("03:00", "23:30"):
                name = f"{origin} to {goal} at hour {hour}, {at}"
                moves = {(24 + hour) * 60 + 7: ZoneInfo(goal)}
                case = Case(name, ZoneInfo(origin), at, start, 5 * 24 * 60, "both", moves=moves)
                yield name, _never_behind(case)


def setting_changed(quick: bool) -> Iterator[Lived]:
    """The owner sets another time, before or after tonight's night."""
    zone = ZoneInfo("America/New_York")
    start = _midnight(date(2026, 3, 6), zone)
    times = ("03:00", "22:00") if quick else ("00:30", "03:00", "12:00", "22:00")
    for first in times:
        for then in times:
            for hour in (14,) if quick else range(24):
                name = f"{first}, then {then} from hour {hour}"
                settings = {(24 + hour) * 60 + 7: then}
                case = Case(name, zone, first, start, 5 * 24 * 60, "both", settings=settings)
                yield name, _never_behind(case)


def system_clock(quick: bool) -> Iterator[Lived]:
    """The operating system's local time, as the program reads it, agrees with the zone's."""
    before = os.environ.get("TZ")
    try:
        for name, changes in CHANGES.items():
            os.environ["TZ"] = name
            clock.tzset()
            for change in changes[: 1 if quick else 2]:
                for at in QUICK_HOURS[:1] if quick else HOURS[::3]:
                    yield f"{name} {change} {at}", _agreement(name, date.fromisoformat(change), at)
    finally:
        os.environ.pop("TZ", None) if before is None else os.environ.update(TZ=before)
        clock.tzset()


FAMILIES = (clock_changes, clock_set, away, moved, setting_changed, system_clock)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def _all_days(shown: Shown, case: Case) -> Iterator[tuple[date, datetime, int]]:
    """Each date with its moment and the minutes that its night may be late."""
    at = scheduled_time(case.at)
    late = POLL if case.starters == "timer" else 0
    for day in shown.days:
        first = shown.first(day, at)
        if at == time.min and day == shown.days[0]:
            yield day, case.start, late + 5
        elif first is not None and first[1] < 24 * 60:  # a day that never was has no night
            moment, leapt = first
            # A time that the clock leaps over falls as much later; up to what it leapt.
            yield day, moment, late + (60 if leapt else 0)


def _never_behind(case: Case) -> list[str]:
    """One run a date, none before its moment; the latest date shown has run or is covered."""
    settings = {minute: scheduled_time(text) for minute, text in case.settings.items()}
    at, behind, faults = scheduled_time(case.at), 0, []

    def look(machine: Machine) -> None:
        nonlocal at, behind
        at = settings.get(machine.minute, at)
        now, zone = machine.now.astimezone(UTC), machine.now.tzinfo
        day = machine.now.date() if machine.now.time() >= at else machine.now.date() - DAY
        moment = sleep_moment(day, at, zone)
        if not machine.is_free or not case.start <= moment <= now:
            return
        ran = any(ran == day or moment <= began <= now for ran, began in machine.ledger.ran)
        behind = 0 if ran else behind + 1
        if behind > (POLL if case.starters == "timer" else 0):
            faults.append(f"{day} is behind at minute {machine.minute}")

    days = [day for day, _ in Machine(case).live(look).ledger.ran]
    if len(days) != len(set(days)):
        faults.append(f"a date ran twice: {days}")
    return faults[:5]


def _made_up_for(case: Case, shown: Shown) -> list[str]:
    """While it was away nothing ran; on waking the latest missed date ran, and no other."""
    start, end = (case.start + minute * MINUTE for minute in case.asleep[0])
    late = POLL if case.starters == "timer" else 0
    days = list(_all_days(shown, case))
    missed = [entry for entry in days if start <= _moment(entry[0], case) < end]
    expected = [entry for entry in days if entry not in missed]
    if missed:
        expected.append((missed[-1][0], end, late))
        # A running night only delays the next.
        busy = NIGHT + late + 1
        expected = [
            (day, due, grace + busy if end < due <= end + busy * MINUTE else grace)
            for day, due, grace in expected
        ]
    machine = Machine(case).live()
    faults = exactly(machine, expected)
    told, really = machine.missed[case.asleep[0][1]], [day for day, _, _ in missed]
    if told != really:
        faults.append(f"told {told} as missed, not {really}")
    return faults


def _moment(day: date, case: Case) -> datetime:
    return sleep_moment(day, scheduled_time(case.at), case.zone)


def _agreement(name: str, change: date, at: str) -> list[str]:
    zone, when = ZoneInfo(name), scheduled_time(at)
    start = _midnight(change - DAY, zone)
    faults = []
    for minute in range(3 * 24 * 60):
        moment = start + minute * MINUTE
        theirs = due_sleep_date(moment.astimezone(zone), when, (), None)
        ours = due_sleep_date(moment.astimezone(SystemZone()), when, (), None)
        if ours != theirs:
            faults.append(f"{moment:%d %H:%M} UTC: {ours}, not {theirs}")
    return faults[:5]


def main() -> int:
    """Try every case; 1 where one was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture.time")
    parser.add_argument("--quick", action="store_true", help="a few of each; writes no result")
    quick = parser.parse_args().quick
    began, rows = clock.monotonic(), []
    print(f"{'family':<16}{'tried':>8}{'survived':>10}{'lost':>6}")
    for family in FAMILIES:
        lived = list(family(quick))
        lost = [(name, faults) for name, faults in lived if faults]
        row = {"family": family.__name__, "tried": len(lived)}
        row |= {"survived": len(lived) - len(lost), "lost": len(lost), "examples": lost[:20]}
        rows.append(row)
        print(
            f"{row['family']:<16}{row['tried']:>8}{row['survived']:>10}{row['lost']:>6}", flush=True
        )
        for name, faults in lost[:5]:
            print(f"    {name}: {'; '.join(faults)}")
    if not quick:
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        told = {"command": "python -m benchmarks.torture.time", "rows": rows}
        told["seconds"] = round(clock.monotonic() - began)
        RESULT.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return int(any(row["lost"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
