"""Moments: the dates, weekdays and clock times that a sentence names. Knows strings only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.number_words import ONES
from consolidation.english.calendar_words import MONTHS, WEEKDAYS

_WEEKDAYS = [day.lower() for day in WEEKDAYS]
_MONTHS = [month.lower() for month in MONTHS]
_HOURS = ONES[1:13]
_SHORT_DAYS = {"tues": 1, "thurs": 3, "thur": 3} | {day[:3]: i for i, day in enumerate(_WEEKDAYS)}
_SHORT_MONTHS = {"sept": 9} | {month[:3]: i for i, month in enumerate(_MONTHS, 1)}
_RELATIVE = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}

# Short names with a capital only: "sat" and "sun" are words.
_DAY = (
    rf"(?:{'|'.join(_WEEKDAYS)})s?\b"
    r"|(?-i:Tues|Thurs|Thur|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b\.?"
)
_MONTH = rf"(?:{'|'.join(_MONTHS)}|sept|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\b\.?"
_CLOCK = (
    r"(?:half past|quarter past|quarter to|half)\s+(?:{h}|\d{{1,2}})"
    r"|\d{{1,2}}(?:[:.h]\d\d)\s*(?:[ap]\.?m\b\.?)?|\d{{1,2}}\s*[ap]\.?m\b\.?"
    r"|(?<=at )(?:{h}|\d{{1,2}})(?: o'clock)?(?!\s*(?:st|nd|rd|th|%))\b"
    r"|\b(?:noon|midnight)\b"
).format(h="|".join(_HOURS))
_DATE = (
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|\b{_MONTH}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?"
)
_ORDINAL = rf"\bthe\s+\d{{1,2}}(?:st|nd|rd|th)\b(?!\s+(?:of\s+)?{_MONTH})"
_PART = (
    r"(?:(?:the\s+)?(?:beginning|start|middle|end)\s+of\s+|\b(?:early|mid|late)[-\s])"
    rf"{_MONTH}(?:\s+\d{{4}})?"
)
_LOOSE = rf"\b{_MONTH}\s+\d{{4}}\b|(?:(?<=in )|(?<=until )|(?<=till )|(?<=since )){_MONTH}"
_ONE = (
    rf"(?P<days>\b(?:{_DAY})(?:(?:,? and |, | & )(?:{_DAY}))*)"
    r"(?:,?\s+(?:morning|afternoon|evening|night))?(?:,?\s+(?:on\s+)?(?:the\s+)?"
    rf"(?P<dated>{_DATE}|\d{{1,2}}(?:st|nd|rd|th)\b))?"
    rf"|(?P<date>{_DATE}|{_ORDINAL}|{_PART}|{_LOOSE})|(?P<clock>{_CLOCK})"
    rf"|\b(?P<near>{'|'.join(_RELATIVE)})\b"
)
_MOMENT = re.compile(
    r"(?:\b(?P<prep>until|till|til|through|from|since|starting|by|before|after|to|every)\s+)?"
    rf"(?:\b(?:on|the|at|about|around)\s+)*?(?:{_ONE})",
    re.IGNORECASE,
)
_ABOUT = 9
"""So many days "the middle of June" may be off."""
_ABOUT_DAY = {
    "beginning": 5,
    "start": 5,
    "early": 5,
    "middle": 15,
    "mid": 15,
    "end": 27,
    "late": 27,
}
_ENDS = ("until", "till", "til", "through", "to")
_STARTS = ("from", "since", "starting")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point or a rhythm in time; what the text leaves open is None or empty."""

    role: str
    """"on", "until", "from", "by", "before", "after"."""
    days: frozenset[int]
    """Weekdays, Monday is 0; several for a rhythm."""
    day: int | None
    month: int | None
    year: int | None
    minutes: int | None
    """Of the clock, within twelve hours: people rarely write which half of the day."""
    loose: bool = False
    """The day is only about right: "the end of March", "mid-June"."""

    @property
    def date(self) -> date | None:
        """The calendar date, where year, month and day are known and exist."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def read_moments(text: str, today: date | None = None) -> tuple[Moment, ...]:
    """The moments of a text, in its order; "tomorrow" counts only where `today` is known."""
    found: list[Moment] = []
    for match in _MOMENT.finditer(text):
        moment = _moment(match.groupdict(), today, found)
        if moment is None:
            continue
        if match["clock"] and found and found[-1].minutes is None:
            last = found[-1]
            merged = replace(last, minutes=moment.minutes)
            found[-1] = merged
        else:
            found.append(moment)
    return tuple(found)


def without_moments(text: str) -> str:
    """The text with its moments taken out."""
    return re.sub(r"\s+", " ", _MOMENT.sub(" ", text)).strip()


def differ(one: Moment, other: Moment) -> bool:
    """Whether the two cannot be the same time; False where either says too little to tell."""
    if one.role != other.role:
        return False
    pairs = ((one.day, other.day), (one.month, other.month), (one.year, other.year))
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    if one.day is not None and other.day is not None:
        near = one.loose or other.loose
        if near and all(a == b for a, b in known[1:]):
            return abs(one.day - other.day) > _ABOUT
        if any(a != b for a, b in known):
            return True
    elif known and known[0][0] != known[0][1]:
        return True
    elif _days(one) and _days(other):
        if _days(one) != _days(other):
            return True
    elif not (known or (_bare(one) and _bare(other))):
        return False
    return one.minutes is not None and other.minutes is not None and one.minutes != other.minutes


def _days(moment: Moment) -> frozenset[int]:
    if moment.days:
        return moment.days
    return frozenset((moment.date.weekday(),)) if moment.date is not None else frozenset()


def _bare(moment: Moment) -> bool:
    return not moment.days and moment.day is None and moment.month is None


def _moment(
    parts: Mapping[str, str | None], today: date | None, before: list[Moment]
) -> Moment | None:
    role = _role((parts["prep"] or "").lower(), before)
    if parts["near"]:
        if today is None:
            return None
        near = today + timedelta(days=_RELATIVE[parts["near"].lower()])
        return Moment(role, frozenset(), near.day, near.month, near.year, None)
    if parts["clock"]:
        return Moment(role, frozenset(), None, None, None, _minutes(parts["clock"].lower()))
    days = frozenset(
        _SHORT_DAYS[found[:3].lower()]
        for found in re.findall(rf"\b(?:{_DAY})", parts["days"] or "", re.IGNORECASE)
    )
    dated = (parts["date"] or parts["dated"] or "").lower()
    about = next(
        (day for word, day in _ABOUT_DAY.items() if re.search(rf"\b{word}\b", dated)), None
    )
    if about is not None:
        return Moment(role, days, about, *_calendar(dated)[1:], None, loose=True)
    return Moment(role, days, *_calendar(dated), None)


def _role(prep: str, before: list[Moment]) -> str:
    if prep == "to":  # "from Friday to Tuesday" ends; "moved to Tuesday" does not
        return "until" if before and before[-1].role == "from" else "on"
    if prep in _ENDS:
        return "until"
    if prep in _STARTS:
        return "from"
    return prep if prep in ("by", "before", "after") else "on"


def _calendar(text: str) -> tuple[int | None, int | None, int | None]:
    """Day, month, year."""
    iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
    if iso is not None:
        return int(iso[3]), int(iso[2]), int(iso[1])
    year = re.search(r"\b\d{4}\b", text)
    day = re.search(r"\b\d{1,2}(?=\D|$)", text)
    month = re.search(rf"\b{_MONTH}", text)
    return (
        int(day[0]) if day else None,
        _SHORT_MONTHS.get(month[0][:3]) if month else None,
        int(year[0]) if year else None,
    )


def _minutes(text: str) -> int:
    if text in ("noon", "midnight"):
        return 0
    hour = next((i for i, word in enumerate(_HOURS, 1) if re.search(rf"\b{word}\b", text)), None)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    of_hour = numbers[0] if hour is None else hour
    past = numbers[1] if len(numbers) > 1 else 30 if text.startswith("half") else 0
    past += 15 * text.startswith("quarter past") - 15 * text.startswith("quarter to")
    return (of_hour * 60 + past) % 720
