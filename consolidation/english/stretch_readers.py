"""Stretch readers: what "in three weeks", "last spring", "the day after" mean. Know no text.

Each takes a match of its form and what the text around it tells, and gives the moment, or None.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from consolidation.english import reckoning as reckon
from consolidation.english.calendar_words import (
    feast_name,
    month_of,
    number_of,
    weekday_of,
    year_of,
)
from consolidation.english.day_readers import exact
from consolidation.english.reckoning import DAY, WEEK, Moment
from consolidation.english.told import Told


def weeks_and_day(match: re.Match[str], told: Told) -> Moment | None:
    """ "two weeks from today", "a week tomorrow", "tomorrow week"."""
    groups = match.groupdict()
    base = (groups["base"] or groups["from"]).lower()
    start = told.today + (DAY if base == "tomorrow" else 0 * DAY)
    unit = groups["unit"] or groups["weeks"]
    return _shifted(start, number_of(match["count"] or "a"), unit, "")


def distance(match: re.Match[str], told: Told) -> Moment | None:
    """ "in three weeks", "two days ago", "in a month's time"."""
    ahead = match[0].lower().startswith("in")
    said = match["count"]
    if ahead and (told.tense in ("past", "perfect") or (match["near"] or "").lower() == "some"):
        return None
    count = number_of(said)
    if match["sharp"] and match["unit"].lower().startswith("year"):
        return exact(reckon.date_or_none(told.today.year - count, *_month_and_day(told)), match)
    return _shifted(told.today, count if ahead else -count, match["unit"], match["near"] or "")


def _month_and_day(told: Told) -> tuple[int, int]:
    return told.today.month, told.today.day


def _shifted(base: date, count: int, unit: str, near: str) -> Moment | None:
    unit = unit.lower()
    if abs(count) > 400:
        return None
    if unit.startswith("month"):
        first = reckon.months_from(base, count)
        moment = reckon.month(first.year, first.month)
    elif unit.startswith("year"):
        moment = reckon.year(base.year + count)
    else:
        days = {"w": 7, "f": 14}.get(unit[0], 1) * count
        moment = reckon.day(base + timedelta(days=days))
    if not near:
        return moment
    return Moment(moment.iso, moment.words, "around", moment.first, exact=False)


def span(match: re.Match[str], told: Told) -> Moment | None:
    """ "next month", "last spring", "this weekend", "the week after next"."""
    unit = match["unit"].lower()
    which = (match["which"] or "").lower().split()[-1:] or [""]
    step = {"next": 1, "coming": 1, "following": 1, "last": -1, "past": -1, "previous": -1}
    count = step.get(which[0], 0)
    if match["tail"]:
        count = 2 if "after" in match["tail"].lower() else -2
    if unit == "week":
        return reckon.week(told.today + count * WEEK)
    if unit.startswith("week"):
        behind = not which[0] and told.past
        today_is_end = told.today.weekday() > 4
        count = -1 if behind and not today_is_end else count
        return reckon.weekend(told.today + count * WEEK)
    if unit == "month":
        first = reckon.months_from(told.today, count)
        return reckon.month(first.year, first.month)
    return reckon.year(told.today.year + count)


def season(match: re.Match[str], told: Told) -> Moment | None:
    """ "last spring", "in the summer"; "in summer" alone may be any."""
    name, which = match["season"].lower(), (match["which"] or "").lower()
    if match["year"]:
        return reckon.season(name, int(match["year"]))
    loose = told.tense in ("present", "none") and told.prep != "since"
    if which in ("", "the") and (loose or not told.prep):
        return None
    past = which == "last" or (told.past and which != "next")
    current = which in ("", "the", "this") and not (told.past and which != "this")
    moment = reckon.season_near(told.today, name, past=past, current=current)
    return None if name == "fall" and not (which or told.prep) else moment


def month(match: re.Match[str], told: Told) -> Moment | None:
    """ "in July", "last September", "mid-May", "March 2027", "the end of August"."""
    number, edge = month_of(match["month"]), (match["edge"] or "").lower()
    which = (match["which"] or "").lower().split()[-1:] or [""]
    if match["year"]:
        moment = reckon.month(int(match["year"]), number)
    elif which[0] in ("last", "past"):
        before = reckon.months_from(told.today, -1)
        moment = reckon.month_near(before, number, past=True)
    elif which[0] in ("next", "coming"):
        moment = reckon.month_near(reckon.months_from(told.today, 1), number, past=False)
    elif which[0] == "this":
        moment = reckon.month(told.today.year, number)
    else:
        moment = reckon.month_near(told.today, number, past=told.past)
        if told.follows and told.mentioned and not told.past:
            moment = reckon.month_near(told.mentioned, number, past=False)
    return _edged(moment, edge, told.prep)


_BOUNDING = ("until", "by", "to", "through", "up to", "before", "from", "since", "after")


def _edged(moment: Moment, edge: str, prep: str) -> Moment:
    """The part of a month: "the end of", "early", "the middle of"."""
    if "week" in edge:
        part = f"the {edge.removeprefix('the').split()[0]} week of"
        return reckon.month(moment.first.year, moment.first.month, part)
    if "end" in edge:
        last = reckon.end_of_month(moment.first)
        # "By the end of June" names a day; "at the end of June" may be any of several.
        return last if prep in _BOUNDING else replace(last, iso=moment.iso, exact=False)
    kinds = {"early": "early", "beg": "early", "start": "early", "mid": "mid-", "late": "late"}
    part = next((kind for word, kind in kinds.items() if word in edge), "")
    return reckon.month(moment.first.year, moment.first.month, part)


def edge(match: re.Match[str], told: Told) -> Moment | None:
    """ "the end of the month", "the beginning of next week", "year's end"."""
    unit, edge = match["unit"].lower(), match["edge"].lower()
    step = {"next": 1, "last": -1}.get(match["which"].lower(), 0)
    if unit == "month":
        first = reckon.months_from(told.today, step)
        return _edged(reckon.month(first.year, first.month), edge, told.prep)
    if unit == "year":
        number = told.today.year + step
        if "end" in edge:
            return reckon.end_of_month(date(number, 12, 1))
        return reckon.month(number, 1) if "beg" in edge or "start" in edge else reckon.year(number)
    week = reckon.week(told.today + step * WEEK)
    if "end" in edge:
        return reckon.day(week.first + 6 * DAY)
    return reckon.day(week.first) if "beg" in edge or "start" in edge else week


def feast(match: re.Match[str], told: Told) -> Moment | None:
    """ "Christmas Eve", "last Easter", "New Year's Day 2027"."""
    name, which = feast_name(match["feast"]), (match["which"] or "").lower()
    past = told.past if not which else which == "last"
    today = told.today + (-DAY if which == "last" else DAY if which == "next" else 0 * DAY)
    when = reckon.feast_near(today, name, past=past)
    if name == "easter":
        month = reckon.month(when.year, when.month)
        return Moment(month.iso, f"Easter {when.year}", "at", when, exact=False)
    if name in ("christmas", "xmas"):
        return Moment(when.isoformat(), f"Christmas {when.year}", "at", when)
    return reckon.day(when)


def by_feast(match: re.Match[str], told: Told) -> Moment | None:
    """ "the day after Christmas", "the Friday before Easter"."""
    feast = reckon.feast_near(told.today, feast_name(match["feast"]), past=told.past)
    return _beside(feast, match)


def anaphoric(match: re.Match[str], told: Told) -> Moment | None:
    """ "the day after", "the Tuesday after that", "the following week", by what was mentioned."""
    return None if told.mentioned is None else _beside(told.mentioned, match)


def same_day(match: re.Match[str], told: Told) -> Moment | None:
    """ "That day", behind a day that was named."""
    return None if told.mentioned is None else exact(told.mentioned, match)


def same_weekend(match: re.Match[str], told: Told) -> Moment | None:
    """ "That weekend", behind a day that was named."""
    return None if told.mentioned is None else reckon.weekend(told.mentioned)


def _beside(anchor: date, match: re.Match[str]) -> Moment | None:
    unit = match["unit"].lower()
    before = match["side"].lower() in ("before", "previous", "earlier")
    sign = -1 if before else 1
    count = match.groupdict().get("count")
    if count:
        return _shifted(anchor, sign * number_of(count), unit, "")
    if unit == "week":
        return reckon.week(anchor + sign * WEEK)
    if unit == "weekend":
        back = before or anchor.weekday() > 4
        return reckon.weekend(anchor + (sign * WEEK if back else 0 * DAY))
    if unit == "month":
        first = reckon.months_from(anchor, sign)
        return reckon.month(first.year, first.month)
    if unit == "year":
        return reckon.year(anchor.year + sign)
    if unit in ("day", "morning", "afternoon", "evening", "night"):
        same = unit != "day" and not before and unit in ("night", "evening")
        when = anchor if same and match["side"].lower() != "after" else anchor + sign * DAY
        return reckon.day(when, part="" if unit == "day" else unit)
    weekday = weekday_of(unit)
    find = reckon.weekday_before if before else reckon.weekday_after
    return reckon.day(find(anchor, weekday), named=True)


def year(match: re.Match[str], told: Told) -> Moment | None:
    """ "in 2019", "in seventy eight", "since '98"."""
    said = match["year"]
    if said.isdigit() and len(said) == 4:
        return reckon.year(int(said))
    short = len(said.replace("-", " ").split()) < 3 and not said.lower().startswith("nineteen")
    if short and not (told.past or told.prep == "since"):
        return None
    number = year_of(said, told.today.year)
    return None if number is None or not 1900 <= number <= 2099 else reckon.year(number)
