"""Moments: "tomorrow at 9", "in 20 minutes", found in a request and turned into a time.

Which day is meant is read by dateparser; where the words stand, and which hour, is decided here.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from assistant.tools.asked import NUMBERS
from assistant.tools.base import ToolRefused

MORNING = time(9)
_PARTS = {
    "morning": MORNING,
    "lunchtime": time(12),
    "noon": time(12),
    "midday": time(12),
    "afternoon": time(15),
    "evening": time(19),
    "tonight": time(20),
    "night": time(20),
}
_NUMBERS = {
    **{word: float(value) for word, value in NUMBERS.items()},
    "a": 1.0,
    "an": 1.0,
    "half an": 0.5,
    "half a": 0.5,
    "a couple of": 2.0,
    "forty-five": 45.0,
}
_SECONDS = {"s": 1, "m": 60, "h": 3_600}
_WORDS = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_COUNT = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|{_WORDS})"
_SHORT = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|[smh])"
_LONG = r"(?:days?|weeks?|months?|years?)"
_LENGTH = rf"{_COUNT}[ -]?{_SHORT}(?: and a half)?(?:(?: and|,)? {_COUNT}[ -]?{_SHORT})*"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_HALF_DAY = r" ?[ap]\.?m\.?"
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HOUR = rf"(?:\d{{1,2}}|{_HOURS})"
_DATE = (
    r"today|tomorrow|(?:the )?day after tomorrow"
    rf"|(?:on |next |this |on the |coming )*{_WEEKDAY}"
    rf"|(?:on )?(?:the )?{_NTH} (?:of )?{_MONTH}(?:,? \d{{4}})?"
    rf"|(?:on )?{_MONTH} (?:the )?{_NTH}(?:,? \d{{4}})?"
    r"|(?:on )?\d{4}-\d\d-\d\d|(?:on )?the \d{1,2}(?:st|nd|rd|th)"
    rf"|in {_COUNT} {_LONG}(?: time)?|next (?:week|month|year)"
)
_DAY = rf"(?:{_DATE})(?: (?:morning|afternoon|evening|night))?"
_PART = r"(?:this |in the )(?:morning|afternoon|evening)|tonight|at (?:night|lunchtime)"
_CLOCK = (
    rf"(?:at |by |@ ?)?(?:(?:half past|(?:a )?quarter (?:past|to)) {_HOUR}"
    rf"|\d{{1,2}}[:.]\d\d(?:{_HALF_DAY})?|\d{{1,2}}{_HALF_DAY}|{_HOUR} o'?clock"
    rf"|noon|midnight|midday)"
    rf"|(?:at|by) {_HOUR}(?: in the (?:morning|afternoon|evening))?"
)
_ATOM = rf"(?:(?:in|for) {_LENGTH}|{_LENGTH} from now|{_DAY}|{_CLOCK}|{_PART})"
_PHRASE = rf"{_ATOM}(?:,? {_ATOM})*"
_END = r"(?![\w:])"
_AT_START = re.compile(rf"(?P<when>{_PHRASE}){_END},? ?(?P<rest>.*)", re.I)
_AT_END = re.compile(rf"(?P<rest>.*?),? (?P<when>{_PHRASE})[.!? ]?", re.I)
_WITHIN = re.compile(rf"(?<=\s)(?P<when>(?=at |on |in |tomorrow|tonight){_PHRASE}){_END}", re.I)
_PIECES = {
    "length": re.compile(rf"\b(?:in|for) (?P<a>{_LENGTH}){_END}|(?P<b>{_LENGTH}) from now", re.I),
    "day": re.compile(rf"\b(?:{_DATE}){_END}", re.I),
    "clock": re.compile(rf"(?<!\w)(?:{_CLOCK}){_END}", re.I),
    "part": re.compile(r"\b(?:morning|afternoon|evening|night|tonight|lunchtime)\b", re.I),
}
_OFTEN = re.compile(rf"\b(?:every|each|daily|weekly|monthly|yearly|on {_WEEKDAY}s)\b", re.I)


@dataclass(frozen=True, slots=True)
class Split:
    """A request's words for a moment, and what else it says."""

    when: str
    rest: str


def split_moment(text: str) -> Split | None:
    """The words for a moment at the start, at the end, or else within; None without any."""
    text = re.sub(r" ?,[ ,]*", ", ", " ".join(text.split())).strip(" ,")
    for pattern in (_AT_START, _AT_END):
        found = pattern.fullmatch(text)
        if found and found["rest"].strip():
            return Split(found["when"], found["rest"].strip(" ,"))
    inside = _WITHIN.search(text)
    if inside:
        return Split(inside["when"], f"{text[: inside.start()].rstrip()}{text[inside.end() :]}")
    whole = re.fullmatch(_PHRASE, text, re.I)
    return Split(text, "") if whole else None


def moment_of(when: str, now: datetime, zone: tzinfo | None = None) -> datetime:
    """The moment that is meant, in UTC. Raises `ToolRefused` where none is, or a past one.

    Lengths of time pass by the clock's ticks; days and hours are those of the wall clock in
    `zone`, that of the operating system where it is None, also across a change to summer time.
    """
    if is_repeated(when):
        raise ToolRefused("I can ring once, not again and again; name one moment")
    now = now.astimezone(UTC)
    length = _PIECES["length"].search(when) or re.fullmatch(rf"(?P<a>{_LENGTH})(?P<b>)", when, re.I)
    if length:
        return _ahead(now + _duration(length["a"] or length["b"]), now, when)
    here = now.astimezone(zone).replace(tzinfo=None)
    said_day, said_clock, said_part = (_found(kind, when) for kind in ("day", "clock", "part"))
    if not (said_day or said_clock or said_part):
        raise ToolRefused(f"I don't know when {when!r} is; say for example: tomorrow at 9")
    part = next((at for word, at in _PARTS.items() if word in said_part.lower()), None)
    day = _day(said_day, here.date(), here) if said_day else None
    if said_clock:
        return _ahead(_utc(_at_clock(said_clock, day, part, here), zone), now, when)
    if part is None and day == here.date():
        raise ToolRefused("at what time today? Say for example: today at 17:00")
    at = datetime.combine(day or here.date(), part or MORNING)
    if day is None and at <= here:
        at += timedelta(days=1)  # "in the morning", said in the afternoon
    return _ahead(_utc(at, zone), now, when)


def is_repeated(text: str) -> bool:
    """Whether something is to happen again and again."""
    return _OFTEN.search(text) is not None


def moment_words(moment: datetime, zone: tzinfo | None = None) -> str:
    """Such as "Saturday 28 November 2026 at 10:20", in local time."""
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M}"


def _found(kind: str, when: str) -> str:
    found = _PIECES[kind].search(when)
    return found[0] if found else ""


def _ahead(moment: datetime, now: datetime, when: str) -> datetime:
    if moment <= now:
        raise ToolRefused(f"{when!r} is over; name a moment that is still to come")
    if moment > now + timedelta(days=3_660):
        raise ToolRefused(f"{when!r} is more than ten years away; name an earlier moment")
    return moment


def _duration(text: str) -> timedelta:
    seconds = 0.0
    for count, unit in re.findall(rf"({_COUNT})[ -]?({_SHORT})\b", text, re.I):
        seconds += _count(count) * _SECONDS[unit[0].lower()]
        if "and a half" in text.lower():
            seconds += 0.5 * _SECONDS[unit[0].lower()]
    return timedelta(seconds=seconds)


def _count(text: str) -> float:
    return _NUMBERS.get(text.lower()) or float(text)


def _day(said: str, today: date, here: datetime) -> date:
    words = re.sub(r"^(?:on |the |coming )+", "", said.lower())
    nth = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", words)
    if nth:
        return _next_of_month(int(nth[1]), today)
    weekday = re.fullmatch(rf"(?P<next>next )?(?:this |on )?(?P<name>{_WEEKDAY})", words)
    if weekday:
        names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        ahead = (names.index(weekday["name"][:3]) - today.weekday()) % 7 or 7
        return today + timedelta(days=ahead)
    if words.startswith("next "):
        words = words.replace("next ", "in 1 ")
    counted = re.fullmatch(rf"in ({_COUNT}) ({_LONG})(?: time)?", words)
    if counted:
        words = f"in {_count(counted[1]):.0f} {counted[2]}"
    from dateparser import parse

    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": here, "STRICT_PARSING": False}
    found = parse(words, languages=["en"], settings=settings)
    if found is None:
        raise ToolRefused(f"there is no day {said!r}; say for example: 5 December at 8:30")
    day: date = found.date()
    return day


def _next_of_month(day: int, today: date) -> date:
    for months in range(13):
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        try:
            found = date(year, month + 1, day)
        except ValueError:
            continue
        if found > today:
            return found
    raise ToolRefused(f"no month has a day {day}; say for example: 5 December at 8:30")


def _at_clock(said: str, day: date | None, part: time | None, here: datetime) -> datetime:
    """The wall time meant: of a bare hour, the next that comes; on another day, one by day."""
    at, is_sure = _clock(said)
    if part is not None and part.hour >= 12 and at.hour < 12:
        at, is_sure = at.replace(hour=at.hour + 12), True
    is_sure = is_sure or part is not None
    if day is not None and day != here.date():
        if not is_sure and at.hour < 7:
            at = at.replace(hour=at.hour + 12)  # nobody means three at night
        return datetime.combine(day, at)
    moments = [datetime.combine(here.date(), at)]
    if not is_sure and at.hour < 12:
        moments.append(moments[0] + timedelta(hours=12))
    if day is None:
        moments += [one + timedelta(days=1) for one in moments]
    return next((one for one in moments if one > here), moments[-1])


def _clock(said: str) -> tuple[time, bool]:
    """The hour that the words name, and whether they say which half of the day."""
    words = re.sub(r"^(?:at|by|@) ?", "", said.lower())
    for name, at in (("noon", time(12)), ("midday", time(12)), ("midnight", time(0))):
        if name in words:
            return at, True
    numbers = {word: str(n) for n, word in enumerate(_HOURS.split("|"), 1)}
    words = re.sub(r"\b[a-z]+\b", lambda word: numbers.get(word[0], word[0]), words)
    hour, minute = (int(n or 0) for n in re.search(r"(\d+)(?:[:.](\d\d))?", words).groups())  # type: ignore[union-attr]
    if "quarter to" in words:
        hour, minute = hour - 1, 45
    elif "quarter past" in words:
        minute = 15
    elif "half past" in words:
        minute = 30
    half = re.search(r"([ap])\.?m", words)
    if half or "in the" in words:
        is_late = half[1] == "p" if half else "morning" not in words
        hour = hour % 12 + 12 * is_late
    try:
        at = time(hour, minute)
    except ValueError:
        raise ToolRefused(f"there is no time {said!r}; say for example: at 17:30") from None
    is_sure = bool(half) or "in the" in words or hour > 12 or re.match(r"0\d", words) is not None
    return at, is_sure or hour == 0


def _utc(wall: datetime, zone: tzinfo | None) -> datetime:
    """A time of the wall clock; one that is skipped falls as much later, of two the first."""
    return (wall if zone is None else wall.replace(tzinfo=zone)).astimezone(UTC)
