"""Reckoning: which day, week, month or year is meant, from a day and a direction. Knows no text."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from consolidation.english.calendar_words import MONTHS, SEASONS, WEEKDAYS, feast_day

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of time, as exact as it was told."""

    iso: str
    """ "2026-03-10", "2026-03" or "2026"."""
    words: str
    """Without a preposition: "Tuesday 10 March 2026"."""
    prep: str
    """The preposition that says "when": "on", "in"."""
    first: date
    exact: bool = True
    """A day, rather than a longer stretch."""


def day(when: date, *, named: bool = False, part: str = "") -> Moment:
    """A day; `named` with its weekday, `part` as in "the morning of"."""
    text = f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    if named:
        text = f"{WEEKDAYS[when.weekday()]} {text}"
    if part:
        text = f"the {part} of {text}"
    return Moment(when.isoformat(), text, "on", when)


def week(when: date) -> Moment:
    """The week of a day; its date is the Monday."""
    first = monday(when)
    return Moment(first.isoformat(), f"the week of {day(first).words}", "in", first, exact=False)


def weekend(when: date) -> Moment:
    """The weekend that ends the week of a day; its date is the Saturday."""
    first = monday(when) + 5 * DAY
    text = f"the weekend of {day(first).words}"
    return Moment(first.isoformat(), text, "on", first, exact=False)


def month(year: int, number: int, part: str = "") -> Moment:
    """A month, or as `part` tells, "early", "mid-" or "late", a stretch of it."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    text = f"{MONTHS[number - 1]} {year}"
    if part:
        text = f"{part}{text}" if part.endswith("-") else f"{part} {text}"
    return Moment(f"{year}-{number:02d}", text, "in", date(year, number, 1), exact=False)


def year(number: int) -> Moment:
    """A year."""
    return Moment(str(number), str(number), "in", date(number, 1, 1), exact=False)


def season(name: str, of_year: int) -> Moment:
    """A season; a winter carries the year in which it begins."""
    text = f"{name} {of_year}"
    if name == "winter":
        text += f"/{(of_year + 1) % 100:02d}"
    return Moment(str(of_year), text, "in", date(of_year, SEASONS[name], 1), exact=False)


def end_of_month(of: date) -> Moment:
    """The last day of a month, said as its end."""
    last = of.replace(day=monthrange(of.year, of.month)[1])
    text = f"the end of {MONTHS[of.month - 1]} {of.year}"
    return Moment(last.isoformat(), text, "at", last)


def monday(when: date) -> date:
    """The Monday of a day's week."""
    return when - when.weekday() * DAY


def weekday_after(when: date, weekday: int) -> date:
    """The first such weekday after a day."""
    return when + ((weekday - when.weekday() - 1) % 7 + 1) * DAY


def weekday_before(when: date, weekday: int) -> date:
    """The last such weekday before a day."""
    return weekday_after(when, weekday) - (WEEK if weekday != when.weekday() else 2 * WEEK)


def months_from(when: date, count: int) -> date:
    """The first of the month, `count` months on."""
    number = when.year * 12 + when.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def date_or_none(year: int, month: int, day: int) -> date | None:
    """The date, or None for a 30 February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_in_month(today: date, number: int, *, past: bool) -> date | None:
    """The nearest day of that number in the direction of time; today counts."""
    for step in range(3):
        first = months_from(today, -step if past else step)
        found = date_or_none(first.year, first.month, number)
        if found is not None and (found <= today if past else found >= today):
            return found
    return None


def day_near(anchor: date, number: int) -> list[date]:
    """Days of that number around a month that was mentioned, its own month first."""
    firsts = [months_from(anchor, step) for step in (0, 1, -1)]
    found = (date_or_none(first.year, first.month, number) for first in firsts)
    return [when for when in found if when is not None]


def day_and_month(today: date, month: int, number: int, *, past: bool) -> date | None:
    """The nearest such day of the year in the direction of time; today counts."""
    for step in range(9):
        found = date_or_none(today.year + (-step if past else step), month, number)
        if found is not None and (found <= today if past else found >= today):
            return found
    return None


def day_and_weekday(today: date, number: int, weekday: int, *, past: bool) -> date | None:
    """The nearest "Monday the 29th" in the direction of time."""
    for step in range(15):
        first = months_from(today, -step if past else step)
        found = date_or_none(first.year, first.month, number)
        agrees = found is not None and found.weekday() == weekday
        if found is not None and agrees and (found <= today if past else found >= today):
            return found
    return None


def month_near(today: date, number: int, *, past: bool) -> Moment:
    """The nearest such month in the direction of time; this month counts."""
    later = number < today.month if not past else number <= today.month
    return month(today.year + (later if not past else later - 1), number)


def season_near(today: date, name: str, *, past: bool, current: bool) -> Moment:
    """The nearest such season; the present one only with `current`."""
    begins = SEASONS[name]
    running = (today.month - begins) % 12 < 3
    started = today.year if today.month >= begins else today.year - 1
    if running and current:
        return season(name, started)
    if past:
        return season(name, started - 1 if running else started)
    return season(name, started + 1)


def feast_near(today: date, name: str, *, past: bool) -> date:
    """The nearest such feast in the direction of time; today counts."""
    here = feast_day(name, today.year)
    if past:
        return here if here <= today else feast_day(name, today.year - 1)
    return here if here >= today else feast_day(name, today.year + 1)


def nth_weekday(of: date, weekday: int, rank: int) -> date:
    """ "the second Tuesday" of a month; rank -1 is the last."""
    if rank < 0:
        return weekday_before(months_from(of, 1), weekday)
    return weekday_after(of.replace(day=1) - DAY, weekday) + (rank - 1) * WEEK
