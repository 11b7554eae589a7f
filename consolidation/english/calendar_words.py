"""Calendar words: names of days, months, seasons, feasts and numbers, and what they stand for.

Knows no text and no today; patterns here are fragments, to be matched without regard to case.
"""

from datetime import date, timedelta

from assistant.number_words import ONES, TENS
from consolidation.english.wordlist import words

WEEKDAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = words(
    "January February March April May June July August September October November December"
)
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which a season begins, as the northern half of the world counts."""


def _slipped(name: str) -> tuple[str, ...]:
    """A word's spellings with two neighbouring letters exchanged, the first letter in its place."""
    pairs = range(1, len(name) - 1)
    return tuple(f"{name[:i]}{name[i + 1]}{name[i]}{name[i + 2 :]}" for i in pairs)


DAYS_AND_MONTHS = frozenset(name.lower() for name in (*WEEKDAYS, *MONTHS))
_SLIPS = {slip: day for day in WEEKDAYS for slip in _slipped(day.lower())}
WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun|tus|teus|wendes|wens|wednse|thur|thrus)day"
    rf"|(?:{'|'.join(_SLIPS)})\b"
    r"|(?:mon|tues?|weds?|thurs?|thu|fri|sat|sun)\b(?!-)\.?)"
)
MONTH = (
    r"(?:(?:january|february|febuary|march|april|may|june|july|august|september|october|november"
    r"|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
SEASON = r"(?:spring|summer|autumn|fall|winter)"

_TENS = {name: 10 * i for i, name in enumerate(TENS, 2)}
_RANKS = words(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_CARDINALS = {name: i for i, name in enumerate(ONES)} | _TENS | {"a": 1, "an": 1}
_ORDINALS = {name: i for i, name in enumerate(_RANKS)} | {"twentieth": 20, "thirtieth": 30}

_SMALL = "|".join(ONES[1:])
CARDINAL = rf"(?:\d{{1,3}}|(?:a\s+)?couple(?:\s+of)?|(?:twenty|thirty)[\s-](?:{_SMALL})|{_SMALL})"
CARDINAL += "|(?:twenty|thirty|forty|fifty|sixty|ninety|an?)"
CARDINAL = rf"(?:{CARDINAL})"
ORDINAL_WORD = (
    rf"(?:(?:twenty|thirty)[\s-](?:{'|'.join(_RANKS[1:10])})"
    rf"|{'|'.join(_RANKS[1:])}|twentieth|thirtieth)"
)
ORDINAL_FIGURE = r"(?:(?<![\d.,:/])\d{1,2}\s?(?:st|nd|rd|th)\b)"
FIGURE = r"(?:(?<![\d.,:/$£€#])\d{1,2}(?![\d%°$£€]|[.,:/]\d))"
YEAR_WORDS = (
    r"(?:(?:nineteen|twenty)[\s-](?:hundred|oh[\s-]\w+|ten|eleven|twelve|\w+teen|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety)|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?"
)

_FIXED = {
    "new year's eve": (12, 31),
    "hogmanay": (12, 31),
    "new year's day": (1, 1),
    "new year's": (1, 1),
    "new year": (1, 1),
    "epiphany": (1, 6),
    "burns night": (1, 25),
    "australia day": (1, 26),
    "groundhog day": (2, 2),
    "valentine's day": (2, 14),
    "valentine's": (2, 14),
    "st patrick's day": (3, 17),
    "paddy's day": (3, 17),
    "april fools' day": (4, 1),
    "april fool's day": (4, 1),
    "anzac day": (4, 25),
    "may day": (5, 1),
    "juneteenth": (6, 19),
    "midsummer's day": (6, 24),
    "canada day": (7, 1),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "all saints' day": (11, 1),
    "all souls' day": (11, 2),
    "bonfire night": (11, 5),
    "guy fawkes night": (11, 5),
    "armistice day": (11, 11),
    "veterans day": (11, 11),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "xmas": (12, 25),
    "boxing day": (12, 26),
    "st stephen's day": (12, 26),
}
_FROM_EASTER = {
    "shrove tuesday": -47,
    "pancake day": -47,
    "ash wednesday": -46,
    "palm sunday": -7,
    "maundy thursday": -3,
    "good friday": -2,
    "easter sunday": 0,
    "easter monday": 1,
    "easter": 0,
    "whit sunday": 49,
    "whit monday": 50,
}
FEASTS = (*_FIXED, *_FROM_EASTER)
SEASONAL_FEASTS = ("christmas", "xmas", "easter", "new year", "new year's", "valentine's")
"""Feasts that last longer than their day, or whose name does more than tell a time."""
FEAST = "|".join(sorted(FEASTS, key=len, reverse=True)).replace("'s", "['’]?s")
FEAST = rf"(?:{FEAST})".replace("s' ", "s['’]? ").replace(" ", r"\s+").replace("st\\s", r"st\.?\s")


def weekday_of(name: str) -> int:
    """0 for any spelling of Monday, 6 for any of Sunday."""
    lower = name.lower()
    lower = _SLIPS.get(lower, lower).lower()
    found = {"tus": 1, "teu": 1, "wen": 2, "thr": 3}
    found |= {day[:3].lower(): i for i, day in enumerate(WEEKDAYS)}
    return found[lower[:3]]


def month_of(name: str) -> int:
    """1 for any spelling of January, 12 for any of December."""
    return next(i for i, month in enumerate(MONTHS, 1) if month[:3].lower() == name[:3].lower())


def number_of(said: str) -> int:
    """ "3", "three", "twenty-one", "a", "a couple of" as a number. Raises KeyError on others."""
    said = said.lower().strip()
    if said.isdigit():
        return int(said)
    if "couple" in said:
        return 2
    return sum(_CARDINALS[word] for word in said.replace("-", " ").split())


def ordinal_of(said: str) -> int:
    """ "23rd", "23", "third", "twenty-third" as a number. Raises KeyError on others."""
    said = said.lower().strip()
    if said[0].isdigit():
        return int("".join(filter(str.isdigit, said)))
    *tens, last = said.replace("-", " ").split()
    return sum(_TENS[word] for word in tens) + _ORDINALS[last]


def year_of(said: str, this_year: int) -> int | None:
    """ "twenty nineteen", "nineteen oh four", "seventy eight", "'98" as a year."""
    said = said.lower().strip(" '’")
    if said.isdigit():
        parts = [int(said)]
    else:
        spoken = [word for word in said.replace("-", " ").split() if word not in ("oh", "hundred")]
        if any(word not in _CARDINALS for word in spoken):
            return None
        parts = [_CARDINALS[word] for word in spoken]
    if len(parts) > 1 and parts[0] in (19, 20) and (parts[0] == 19 or parts[1] > 9 or "oh" in said):
        return 100 * parts[0] + sum(parts[1:])
    short = sum(parts)
    if not 0 < short < 100:
        return None
    century = this_year // 100 * 100
    return century + short if century + short <= this_year else century - 100 + short


def feast_name(said: str) -> str:
    """The name as `FEASTS` has it."""
    plain = " ".join(said.lower().replace("’", "'").replace("st.", "st").split())
    bare = {name.replace("'", ""): name for name in FEASTS}
    return plain if plain in FEASTS else bare[plain.replace("'", "")]


def feast_day(name: str, year: int) -> date:
    """The day of a feast in a year."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    return easter(year) + timedelta(days=_FROM_EASTER[name])


def easter(year: int) -> date:
    """Western Easter Sunday (Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
