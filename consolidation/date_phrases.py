"""Date phrases: the forms in which English names a date, and what each means on a given day.

A reader takes a match and what the text around it tells, and returns the moment or None.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from consolidation import reckoning as reckon
from consolidation.calendar_words import (
    CARDINAL,
    FEAST,
    FIGURE,
    MONTH,
    ORDINAL_FIGURE,
    ORDINAL_WORD,
    SEASON,
    WEEKDAY,
    YEAR_WORDS,
    feast_name,
    month_of,
    number_of,
    ordinal_of,
    weekday_of,
    year_of,
)
from consolidation.reckoning import DAY, WEEK, Moment


@dataclass(frozen=True, slots=True)
class Told:
    """What the text around a phrase tells about it."""

    today: date
    past: bool
    """The date lies behind."""
    tense: str
    prep: str
    mentioned: date | None
    """The day that was spoken of just before."""
    month: date | None
    """A day whose month was named in the same sentence."""
    follows: bool
    """What is dated comes after what was mentioned: "until …", "and back on …"."""


Reader = Callable[[re.Match[str], Told], Moment | None]

_PART = r"(?:\s+(?P<part>morning|afternoon|evening|night|lunchtime|mornin|arvo|eve)\b)?"
_WHICH = r"(?:(?:this|the)\s+)?(?:next|last)|(?:this|the)\s+(?:coming|past|previous|following)|this"
_ORDINAL = rf"(?:{ORDINAL_FIGURE}|{ORDINAL_WORD}\b)"
_DAY = rf"(?P<day>{ORDINAL_FIGURE}|{FIGURE}|{ORDINAL_WORD}\b)"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_NAMED = rf"(?:(?P<weekday>{WEEKDAY}),?\s+)?"
_UNIT = r"(?P<unit>days?|nights?|weeks?|fortnights?|months?|years?)"
_NEAR = r"(?P<near>about|around|roughly|some)?\s*"
_DASH = r"\s*[-–—]\s*"
_UPTO = rf"(?:{_DASH}|\s+(?:to|until|till?|through|and|or|&)\s+)"


def _exact(when: date | None, match: re.Match[str], *, named: bool = False) -> Moment | None:
    if when is None:
        return None
    part = (match.groupdict().get("part") or "").lower()
    part = {"mornin": "morning", "arvo": "afternoon", "eve": "evening"}.get(part, part)
    return reckon.day(when, named=named, part=part)


def _iso(match: re.Match[str], told: Told) -> Moment | None:
    when = reckon.date_or_none(*map(int, match.group(1, 2, 3)))
    return None if when is None else reckon.day(when)


def _full(match: re.Match[str], told: Told) -> Moment | None:
    """ "Saturday the 12th of December", "May 3, 2027"."""
    number, month = ordinal_of(match["day"]), month_of(match["month"])
    if match["year"]:
        when = reckon.date_or_none(int(match["year"]), month, number)
    else:
        when = reckon.day_and_month(told.today, month, number, past=told.past)
    if when is None or not match["weekday"]:
        return _exact(when, match)
    agrees = when.weekday() == weekday_of(match["weekday"])
    if not agrees and not match["year"]:
        other = reckon.day_and_month(told.today, month, number, past=not told.past)
        agrees = other is not None and other.weekday() == weekday_of(match["weekday"])
        when = other if agrees and other is not None else when
    return _exact(when, match, named=agrees)


def _numeric(match: re.Match[str], told: Told) -> Moment | None:
    """ "25/12", "12/25", "25/12/2026": only where one number can be no month."""
    one, two = int(match["one"]), int(match["two"])
    if match["weekday"] is None and match["year"] is None and not told.prep:
        return None
    if (one > 12) == (two > 12) and one != two:
        return None
    month, number = (two, one) if one > 12 else (one, two)
    if not match["year"]:
        return _exact(reckon.day_and_month(told.today, month, number, past=told.past), match)
    year = int(match["year"])
    return _exact(reckon.date_or_none(year if year > 99 else 2000 + year, month, number), match)


def _ordinal(match: re.Match[str], told: Told) -> Moment | None:
    """ "the 19th", whose month is one that was mentioned, or the nearest."""
    number = ordinal_of(match["day"])
    anchor = told.month or told.mentioned
    if anchor is not None:
        near = reckon.day_near(anchor, number)
        if told.follows and told.mentioned is not None:
            return _exact(min((d for d in near if d > told.mentioned), default=None), match)
        if told.month is not None and near:
            return _exact(near[0], match)
        ahead = [d for d in near if (d <= told.today if told.past else d >= told.today)]
        if ahead:
            return _exact(ahead[0], match)
    return _exact(reckon.day_in_month(told.today, number, past=told.past), match)


def _of_month(match: re.Match[str], told: Told) -> Moment | None:
    """ "the 5th of next month"."""
    step = {"next": 1, "last": -1}.get(match["which"].lower(), 0)
    if match["which"].lower() == "the" and told.tense == "present":
        return None
    first = reckon.months_from(told.today, step)
    return _exact(reckon.date_or_none(first.year, first.month, ordinal_of(match["day"])), match)


def _weekday_and_day(match: re.Match[str], told: Told) -> Moment | None:
    """ "Monday 29th"."""
    number, weekday = ordinal_of(match["day"]), weekday_of(match["weekday"])
    when = reckon.day_and_weekday(told.today, number, weekday, past=told.past)
    return _exact(when, match, named=True)


def _weekday(match: re.Match[str], told: Told) -> Moment | None:
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
    elif told.mentioned and not told.past and (told.follows or match["the"]):
        when = reckon.weekday_after(max(told.mentioned, today), weekday)
    else:
        when = behind if told.past else ahead
    return _exact(when, match, named=True)


def _weekday_of_week(match: re.Match[str], told: Told) -> Moment | None:
    """ "next week Thursday", "the week after next on Monday"."""
    step = 2 if match["after"] else {"next": 1, "last": -1}.get(match["which"].lower(), 0)
    when = reckon.monday(told.today) + step * WEEK + weekday_of(match["weekday"]) * DAY
    return _exact(when, match, named=True)


def _weeks_and_weekday(match: re.Match[str], told: Told) -> Moment | None:
    """ "a week on Friday", "two weeks from Monday", "three weeks ago on Tuesday"."""
    weekday = weekday_of(match["weekday"])
    weeks = number_of(match["count"] or "a") * (2 if "fortnight" in match[0].lower() else 1)
    if match["ago"] or (match["on"] and match["on"].lower() == "last"):
        when = reckon.weekday_before(told.today, weekday) - weeks * WEEK
        if match["ago"] and match["on"]:
            when = reckon.monday(told.today) - weeks * WEEK + weekday * DAY
    else:
        when = reckon.weekday_after(told.today, weekday) + weeks * WEEK
    return _exact(when, match, named=True)


def _nth_weekday(match: re.Match[str], told: Told) -> Moment | None:
    """ "the first Monday in May"."""
    if match["month"]:
        first = reckon.month_near(told.today, month_of(match["month"]), past=told.past).first
    else:
        step = {"next": 1, "last": -1}.get(match["which"].lower(), 0)
        first = reckon.months_from(told.today, step)
    rank = -1 if match["rank"].lower() == "last" else ordinal_of(match["rank"])
    when = reckon.nth_weekday(first, weekday_of(match["weekday"]), rank)
    return _exact(when, match, named=True) if when.month == first.month else None


_NEARBY = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "now": 0}


def _relative_day(match: re.Match[str], told: Told) -> Moment | None:
    """ "tomorrow", "the day after tomorrow", "a week today", "last night", "this morning"."""
    said = " ".join(match[0].lower().split())
    if said.endswith(("tonight", "this eve")):
        return reckon.day(told.today, part="evening")
    if said.startswith("last"):
        return _exact(told.today - DAY, match)
    if said.startswith("this") or said.startswith("today"):
        return _exact(told.today, match)
    if "yesterday" in said:
        return _exact(told.today - (2 if "before" in said else 1) * DAY, match)
    return _exact(told.today + (2 if "after" in said or "overmorrow" in said else 1) * DAY, match)


def _weeks_and_day(match: re.Match[str], told: Told) -> Moment | None:
    """ "two weeks from today", "a week tomorrow", "tomorrow week"."""
    base = told.today + {"today": 0, "now": 0, "tomorrow": 1}[match["base"].lower()] * DAY
    return _shifted(base, number_of(match["count"] or "a"), match["unit"], "")


def _distance(match: re.Match[str], told: Told) -> Moment | None:
    """ "in three weeks", "two days ago", "in a month's time"."""
    ahead = match[0].lower().startswith("in")
    said = match["count"]
    if ahead and (told.tense == "past" or (match["near"] or "").lower() == "some"):
        return None
    count = number_of(said)
    return _shifted(told.today, count if ahead else -count, match["unit"], match["near"] or "")


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


def _span(match: re.Match[str], told: Told) -> Moment | None:
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


def _season(match: re.Match[str], told: Told) -> Moment | None:
    """ "last spring", "in the summer"; "in summer" alone may be any."""
    name, which = match["season"].lower(), (match["which"] or "").lower()
    if match["year"]:
        return reckon.season(name, int(match["year"]))
    if which in ("", "the") and (told.tense in ("present", "none") or not told.prep):
        return None
    past = which == "last" or (told.past and which != "next")
    current = which in ("", "the", "this") and not (told.past and which != "this")
    moment = reckon.season_near(told.today, name, past=past, current=current)
    return None if name == "fall" and not (which or told.prep) else moment


def _month(match: re.Match[str], told: Told) -> Moment | None:
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
    return _edged(moment, edge)


def _edged(moment: Moment, edge: str) -> Moment:
    """The part of a month: "the end of", "early", "the middle of"."""
    if "end" in edge:
        return reckon.end_of_month(moment.first)
    kinds = {"early": "early", "beg": "early", "start": "early", "mid": "mid-", "late": "late"}
    part = next((kind for word, kind in kinds.items() if word in edge), "")
    return reckon.month(moment.first.year, moment.first.month, part)


def _edge(match: re.Match[str], told: Told) -> Moment | None:
    """ "the end of the month", "the beginning of next week", "year's end"."""
    unit, edge = match["unit"].lower(), match["edge"].lower()
    step = {"next": 1, "last": -1}.get(match["which"].lower(), 0)
    if unit == "month":
        first = reckon.months_from(told.today, step)
        return _edged(reckon.month(first.year, first.month), edge)
    if unit == "year":
        number = told.today.year + step
        if "end" in edge:
            return reckon.end_of_month(date(number, 12, 1))
        return reckon.month(number, 1) if "beg" in edge or "start" in edge else reckon.year(number)
    week = reckon.week(told.today + step * WEEK)
    if "end" in edge:
        return reckon.day(week.first + 6 * DAY)
    return reckon.day(week.first) if "beg" in edge or "start" in edge else week


def _feast(match: re.Match[str], told: Told) -> Moment | None:
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


def _by_feast(match: re.Match[str], told: Told) -> Moment | None:
    """ "the day after Christmas", "the Friday before Easter"."""
    feast = reckon.feast_near(told.today, feast_name(match["feast"]), past=told.past)
    return _beside(feast, match)


def _anaphoric(match: re.Match[str], told: Told) -> Moment | None:
    """ "the day after", "the Tuesday after that", "the following week", by what was mentioned."""
    return None if told.mentioned is None else _beside(told.mentioned, match)


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


def _year(match: re.Match[str], told: Told) -> Moment | None:
    """ "in 2019", "in seventy eight", "since '98"."""
    said = match["year"]
    if said.isdigit() and len(said) == 4:
        return reckon.year(int(said))
    short = len(said.replace("-", " ").split()) < 3 and not said.lower().startswith("nineteen")
    if short and not (told.past or told.prep == "since"):
        return None
    number = year_of(said, told.today.year)
    return None if number is None or not 1900 <= number <= 2099 else reckon.year(number)


_SPAN_UNIT = r"(?P<unit>weekend|week-end|week|month|year)\b(?!-)"
_SIDE = r"(?P<side>after|before)"
_BESIDE = rf"(?P<unit>day|morning|afternoon|evening|night|weekend|week|month|year|{WEEKDAY})"
_EDGE = (
    r"(?P<edge>(?:the\s+)?(?:very\s+)?(?:end|beginning|start|middle)\s+of"
    r"|early(?:\s+in)?|mid|late(?:\s+in)?)"
)

RULES: tuple[tuple[str, Reader, re.Pattern[str]], ...] = tuple(
    (kind, reader, re.compile(pattern, re.IGNORECASE))
    for kind, reader, pattern in (
        ("full", _iso, r"\b(\d{4})-(\d\d)-(\d\d)\b"),
        (
            "full",
            _full,
            rf"\b{_NAMED}(?:the\s+)?{_DAY}(?:\s+of)?\s+(?P<month>{MONTH}){_YEAR}{_PART}",
        ),
        (
            "full",
            _full,
            rf"\b{_NAMED}(?P<month>{MONTH})\s+(?:the\s+)?{_DAY}{_YEAR}{_PART}",
        ),
        (
            "full",
            _numeric,
            rf"\b{_NAMED}(?<![\d/.:-])(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})"
            r"(?:/(?P<year>\d{4}|\d\d))?(?![\d/%]|\.\d|:)",
        ),
        (
            "range start",
            _ordinal,
            rf"(?:\bthe\s+)?{_DAY}(?={_UPTO}(?:the\s+)?(?:{_ORDINAL}|{FIGURE})(?:\s+of)?\s+{MONTH})",
        ),
        (
            "ordinal",
            _ordinal,
            rf"(?:\bthe\s+(?P<day>{ORDINAL_FIGURE}|{ORDINAL_WORD}\b){_PART})",
        ),
        (
            "range end",
            _ordinal,
            rf"{MONTH}\s+(?:the\s+)?(?:{ORDINAL_FIGURE}|\d{{1,2}}){_UPTO}"
            rf"(?P<said>(?:the\s+)?(?P<day>{ORDINAL_FIGURE}|\b\d{{1,2}}\b(?![.:]?\d|\s*[ap]\.?m)))",
        ),
        ("bare ordinal", _ordinal, rf"(?P<day>{ORDINAL_FIGURE}){_PART}"),
        ("figure", _ordinal, rf"\bthe\s+(?P<day>{FIGURE}){_PART}"),
        (
            "full",
            _of_month,
            rf"\b(?:the\s+)?(?P<day>{_ORDINAL})\s+of\s+(?P<which>the|this|next|last)\s+month\b",
        ),
        (
            "full",
            _weekday_and_day,
            rf"\b(?P<weekday>{WEEKDAY}),?\s+(?:the\s+)?"
            rf"(?P<day>{ORDINAL_FIGURE}|(?:1[3-9]|2\d|3[01])\b(?![.:]\d)|(?<=the\s){ORDINAL_WORD}\b)"
            rf"{_PART}",
        ),
        (
            "weekday",
            _weekday,
            rf"\b(?:(?P<which>{_WHICH})\s+)?(?P<the>the\s+)?(?P<weekday>{WEEKDAY})(?![\w-])"
            rf"{_PART}(?P<tail>\s+(?:week|fortnight)\b|\s+after\s+next\b|\s+before\s+last\b"
            r"|,?\s+(?:of\s+)?(?:next|last|this)\s+week\b)?",
        ),
        (
            "weekday",
            _weekday_of_week,
            r"\b(?:(?P<which>next|last|this)\s+week|(?P<after>the\s+week\s+after\s+next)),?"
            rf"\s+(?:on\s+)?(?P<weekday>{WEEKDAY})(?![\w-]){_PART}",
        ),
        (
            "full",
            _weeks_and_weekday,
            rf"\b(?:(?P<count>{CARDINAL})\s+)?(?:weeks?|fortnights?)\s+(?P<ago>ago\s+)?"
            rf"(?P<on>on|from|last|this)?\s*(?P<weekday>{WEEKDAY})(?![\w-]){_PART}",
        ),
        (
            "full",
            _nth_weekday,
            rf"\bthe\s+(?P<rank>first|second|third|fourth|last|[1-4](?:st|nd|rd|th))\s+"
            rf"(?P<weekday>{WEEKDAY})\s+(?:of|in)\s+"
            rf"(?:(?P<month>{MONTH})|(?P<which>this|next|last)\s+month\b)",
        ),
        (
            "day",
            _relative_day,
            r"\b(?:the\s+day\s+after\s+tomorrow|the\s+day\s+before\s+yesterday|today(?!['’]?s)"
            r"|tonight|ton(?:ite|ight)|tomorrow|tmrw|tmr|tmw|tmoro?|2moro|tomm?orr?ow|tomoz"
            r"|overmorrow|yesterday)\b" + _PART,
        ),
        (
            "day",
            _relative_day,
            r"\b(?:this\s+(?P<part>morning|afternoon|evening|mornin|arvo)"
            r"|last\s+(?P<night>night|evening))\b",
        ),
        (
            "day",
            _weeks_and_day,
            rf"\b(?P<count>{CARDINAL})\s+{_UNIT}\s+(?:from\s+|after\s+)?"
            r"(?P<base>today|tomorrow|now)\b",
        ),
        (
            "day",
            _weeks_and_day,
            r"\b(?P<base>today|tomorrow)\s+(?P<count>)(?P<unit>week|fortnight)\b",
        ),
        (
            "distance",
            _distance,
            rf"\bin\s+{_NEAR}(?P<count>{CARDINAL})\s+{_UNIT}\b(?:['’]?\s+time\b)?(?:['’]s\s+time)?",
        ),
        (
            "distance",
            _distance,
            rf"\b{_NEAR}\b(?P<count>{CARDINAL})\s+{_UNIT}\s+(?:ago|back)\b",
        ),
        (
            "span",
            _span,
            rf"\b(?P<which>this\s+coming|this\s+past|this|next|last)\s+{_SPAN_UNIT}(?P<tail>)",
        ),
        (
            "span",
            _span,
            r"\bthe\s+(?P<which>coming|past|previous)\s+(?P<unit>weekend|week-end)\b(?P<tail>)",
        ),
        (
            "weekend",
            _span,
            r"\b(?P<which>)the\s+(?P<unit>weekend|week-end)\b(?P<tail>)",
        ),
        (
            "span",
            _span,
            rf"\bthe\s+(?P<which>){_SPAN_UNIT}\s+(?P<tail>after\s+next|before\s+last)\b",
        ),
        (
            "season",
            _season,
            rf"\b(?:(?P<which>this|next|last|the)\s+)?(?P<season>{SEASON})\b"
            r"(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b)?",
        ),
        (
            "month",
            _month,
            rf"\b(?:{_EDGE}[\s-]+)?(?:(?P<which>this\s+coming|this|next|last|this\s+past)\s+)?"
            rf"(?P<month>{MONTH})(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?(?![\w-])",
        ),
        (
            "edge",
            _edge,
            r"\b(?P<edge>(?:the\s+)?(?:very\s+)?(?:end|beginning|start|middle)\s+of|early|late)\s+"
            r"(?P<which>the|this|next|last)\s+(?P<unit>month|week|year)\b",
        ),
        ("feast", _feast, rf"\b(?:(?P<which>this|next|last)\s+)?(?P<feast>{FEAST})(?![\w-])"),
        ("full", _by_feast, rf"\bthe\s+{_BESIDE}\s+{_SIDE}\s+(?P<feast>{FEAST})(?![\w-])"),
        (
            "beside",
            _anaphoric,
            rf"\bthe\s+{_BESIDE}\s+{_SIDE}\b(?:\s+(?:that|then)\b)?",
        ),
        (
            "beside",
            _anaphoric,
            rf"\b(?:the\s+)(?P<side>next|following|previous)\s+{_BESIDE}(?![\w-])",
        ),
        (
            "beside",
            _anaphoric,
            rf"\b(?P<count>{CARDINAL})\s+{_UNIT}\s+(?P<side>after|before|later|earlier)\b"
            r"(?:\s+(?:that|then)\b)?",
        ),
        (
            "year",
            _year,
            rf"(?<=\bin\s)(?P<year>(?:19|20)\d\d|['’]\d\d|{YEAR_WORDS})\b(?![\d,.]\d|%)",
        ),
        ("year", _year, rf"(?<=\bsince\s)(?P<year>(?:19|20)\d\d|['’]\d\d|{YEAR_WORDS})\b"),
    )
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that may name a date, with the reader that knows their form."""

    start: int
    end: int
    kind: str
    reader: Reader
    match: re.Match[str]


def phrases(text: str) -> list[Phrase]:
    """The longest date phrases of a text, in its order, without overlap."""
    found = []
    for kind, reader, pattern in RULES:
        for match in pattern.finditer(text):
            start, end = match.span("said" if kind == "range end" else 0)
            if text[end - 1] == "." and not re.match(r"\s*[a-z\d,]", text[end:]):
                end -= 1
            found.append(Phrase(start, end, kind, reader, match))
    kept: list[Phrase] = []
    for phrase in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
    return kept
