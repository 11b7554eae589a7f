"""Day readers: which day "Friday week", "the 19th" and "May 3" mean. Know no text.

Each takes a match of its form and what the text around it tells, and gives the moment, or None.
"""

import re
from datetime import date

from consolidation.english import reckoning as reckon
from consolidation.english.calendar_words import month_of, number_of, ordinal_of, weekday_of
from consolidation.english.reckoning import DAY, WEEK, Moment
from consolidation.english.told import Told


def exact(when: date | None, match: re.Match[str], *, named: bool = False) -> Moment | None:
    """A day with the part of it that the match names; None for None."""
    if when is None:
        return None
    part = (match.groupdict().get("part") or "").lower()
    part = {"mornin": "morning", "arvo": "afternoon", "eve": "evening"}.get(part, part)
    return reckon.day(when, named=named, part=part)


def iso_date(match: re.Match[str], told: Told) -> Moment | None:
    """ "2026-03-10"."""
    when = reckon.date_or_none(*map(int, match.group(1, 2, 3)))
    return None if when is None else reckon.day(when)


def full_date(match: re.Match[str], told: Told) -> Moment | None:
    """ "Saturday the 12th of December", "May 3, 2027"."""
    number, month = ordinal_of(match["day"]), month_of(match["month"])
    if match["year"]:
        when = reckon.date_or_none(int(match["year"]), month, number)
    else:
        when = reckon.day_and_month(told.today, month, number, past=told.past)
    if when is None or not match["weekday"]:
        return exact(when, match)
    agrees = when.weekday() == weekday_of(match["weekday"])
    if not agrees and not match["year"]:
        other = reckon.day_and_month(told.today, month, number, past=not told.past)
        agrees = other is not None and other.weekday() == weekday_of(match["weekday"])
        when = other if agrees and other is not None else when
    return exact(when, match, named=agrees)


def numeric(match: re.Match[str], told: Told) -> Moment | None:
    """ "25/12", "12/25", "25/12/2026": only where one number can be no month."""
    one, two = int(match["one"]), int(match["two"])
    padded = "0" in (match["one"][0], match["two"][0])
    if not (match["weekday"] or match["year"] or told.prep or padded):
        return None
    if (one > 12) == (two > 12) and one != two:
        return None
    month, number = (two, one) if one > 12 else (one, two)
    if not match["year"]:
        return exact(reckon.day_and_month(told.today, month, number, past=told.past), match)
    year = int(match["year"])
    return exact(reckon.date_or_none(year if year > 99 else 2000 + year, month, number), match)


def ordinal(match: re.Match[str], told: Told) -> Moment | None:
    """ "the 19th", whose month is one that was mentioned, or the nearest."""
    number = ordinal_of(match["day"])
    anchor = told.month or told.mentioned
    if anchor is not None:
        near = reckon.day_near(anchor, number)
        if told.follows and told.mentioned is not None:
            return exact(min((d for d in near if d > told.mentioned), default=None), match)
        if told.month is not None and near:
            opens = told.prep in ("from", "between") and near[0] > told.month
            return exact(near[-1] if opens else near[0], match)
        ahead = [d for d in near if (d <= told.today if told.past else d >= told.today)]
        if ahead:
            return exact(ahead[0], match)
    return exact(reckon.day_in_month(told.today, number, past=told.past), match)


def of_month(match: re.Match[str], told: Told) -> Moment | None:
    """ "the 5th of next month"."""
    step = {"next": 1, "last": -1}.get(match["which"].lower(), 0)
    if match["which"].lower() == "the" and told.tense == "present":
        return None
    first = reckon.months_from(told.today, step)
    return exact(reckon.date_or_none(first.year, first.month, ordinal_of(match["day"])), match)


def edge_of_month(match: re.Match[str], told: Told) -> Moment | None:
    """ "the last day of April", "the first day of next month"."""
    if match["month"]:
        first = reckon.month_near(told.today, month_of(match["month"]), past=told.past).first
    else:
        step = {"next": 1, "last": -1}.get(match["which"].lower(), 0)
        first = reckon.months_from(told.today, step)
    ends = match["edge"].lower() == "last"
    return exact(reckon.months_from(first, 1) - DAY if ends else first, match)


def weekday_and_day(match: re.Match[str], told: Told) -> Moment | None:
    """ "Monday 29th"."""
    number, weekday = ordinal_of(match["day"]), weekday_of(match["weekday"])
    when = reckon.day_and_weekday(told.today, number, weekday, past=told.past)
    return exact(when, match, named=True)


def weekday(match: re.Match[str], told: Told) -> Moment | None:
    """ "Friday", "next Tuesday", "Friday week", "the Monday"."""
    weekday, today = weekday_of(match["weekday"]), told.today
    which = (match["which"] or "").lower().split()[-1:] or [""]
    tail = (match["tail"] or "").lower().split()
    here = reckon.monday(today) + weekday * DAY
    ahead, behind = reckon.weekday_after(today, weekday), reckon.weekday_before(today, weekday)
    if tail[:1] == ["after"]:
        when = here + 2 * WEEK
    elif tail[:1] == ["before"]:
        when = behind - WEEK
    elif tail and tail[-1] in ("week", "fortnight") and len(tail) == 1:
        when = ahead + (WEEK if tail[0] == "week" else 2 * WEEK)
    elif tail:
        when = here + {"next": 1, "last": -1}.get(tail[-2], 0) * WEEK
    elif which[0] in ("next", "following") and told.mentioned and "the" in match["which"].lower():
        when = reckon.weekday_after(told.mentioned, weekday)
    elif which[0] == "next":
        when = here + WEEK
    elif which[0] in ("last", "past", "previous"):
        when = behind
    elif which[0] in ("coming", "following"):
        when = ahead
    elif which[0] == "this":
        when = today if here == today else behind if told.past else ahead
    elif told.mentioned and told.follows and told.past:
        when = reckon.weekday_after(told.mentioned, weekday)
    elif told.mentioned and not told.past and (told.follows or match["the"]):
        when = reckon.weekday_after(max(told.mentioned, today), weekday)
    else:
        when = behind if told.past else ahead
    return exact(when, match, named=True)


def weekday_of_week(match: re.Match[str], told: Told) -> Moment | None:
    """ "next week Thursday", "the week after next on Monday"."""
    step = 2 if match["after"] else {"next": 1, "last": -1}.get(match["which"].lower(), 0)
    when = reckon.monday(told.today) + step * WEEK + weekday_of(match["weekday"]) * DAY
    return exact(when, match, named=True)


def weeks_and_weekday(match: re.Match[str], told: Told) -> Moment | None:
    """ "a week on Friday", "two weeks from Monday", "three weeks ago on Tuesday"."""
    weekday = weekday_of(match["weekday"])
    weeks = number_of(match["count"] or "a") * (2 if "fortnight" in match[0].lower() else 1)
    if match["ago"] or (match["on"] and match["on"].lower() == "last"):
        when = reckon.weekday_before(told.today, weekday) - weeks * WEEK
        if match["ago"] and match["on"]:
            when = reckon.monday(told.today) - weeks * WEEK + weekday * DAY
    else:
        when = reckon.weekday_after(told.today, weekday) + weeks * WEEK
    return exact(when, match, named=True)


def nth_weekday(match: re.Match[str], told: Told) -> Moment | None:
    """ "the first Monday in May"."""
    if match["month"]:
        first = reckon.month_near(told.today, month_of(match["month"]), past=told.past).first
    else:
        step = {"next": 1, "last": -1}.get(match["which"].lower(), 0)
        first = reckon.months_from(told.today, step)
    rank = -1 if match["rank"].lower() == "last" else ordinal_of(match["rank"])
    when = reckon.nth_weekday(first, weekday_of(match["weekday"]), rank)
    return exact(when, match, named=True) if when.month == first.month else None


def relative_day(match: re.Match[str], told: Told) -> Moment | None:
    """ "tomorrow", "the day after tomorrow", "a week today", "last night", "this morning"."""
    said = " ".join(match[0].lower().split())
    if said.endswith(("tonight", "this eve")):
        return reckon.day(told.today, part="evening")
    if said.startswith("last"):
        return reckon.day(told.today - DAY, part=said.split()[1])
    if said.startswith("this") or said.startswith("today"):
        return exact(told.today, match)
    if said.startswith(("yday", "yest")) or "yesterday" in said:
        return exact(told.today - (2 if "before" in said else 1) * DAY, match)
    return exact(told.today + (2 if "after" in said else 1) * DAY, match)
