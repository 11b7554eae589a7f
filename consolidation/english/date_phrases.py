"""Date phrases: the forms in which English names a date, each with the reader that knows it."""

import re
from dataclasses import dataclass

from consolidation.english import day_readers as days
from consolidation.english import stretch_readers as stretches
from consolidation.english.calendar_words import (
    CARDINAL,
    FEAST,
    FIGURE,
    MONTH,
    ORDINAL_FIGURE,
    ORDINAL_WORD,
    SEASON,
    WEEKDAY,
    YEAR_WORDS,
)
from consolidation.english.told import Reader

_PART = r"(?:\s+(?P<part>morning|afternoon|evening|night|lunchtime|mornin|arvo|eve)\b)?"
_WHICH = r"(?:(?:this|the)\s+)?(?:next|last)|(?:this|the)\s+(?:coming|past|previous|following)|this"
_ORDINAL = rf"(?:{ORDINAL_FIGURE}|{ORDINAL_WORD}\b)"
_DAY = rf"(?P<day>{ORDINAL_FIGURE}|{FIGURE}|{ORDINAL_WORD}\b)"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_NAMED = rf"(?:(?P<weekday>{WEEKDAY}),?\s+)?"
_NO_TEAM = r"(?<!sheffield )(?<!ruby )(?<!freaky )"
"""Names that hold a weekday: "Sheffield Wednesday"."""
_UNIT = r"(?P<unit>days?|nights?|weeks?|fortnights?|months?|years?)"
_NEAR = r"(?:(?P<near>about|around|roughly|some)\s+)?"
_DASH = r"\s*[-–—]\s*"
_UPTO = rf"(?:{_DASH}|\s+(?:to|until|till?|through|and|or|&)\s+)"
_SPAN_UNIT = r"(?P<unit>weekend|week-end|week|month|year)\b(?!-)"
_SIDE = r"(?P<side>after|before)"
_HOURS = r"(?:school|work|church|breakfast|lunch|dinner|tea)\b"
"""Behind which it is late in a day: "the Wednesday after school"."""
_BESIDE = rf"(?P<unit>day|morning|afternoon|evening|night|weekend|week|month|year|{WEEKDAY})"
_EDGE = (
    r"(?P<edge>(?:the\s+)?(?:very\s+)?(?:end|beginning|start|middle)\s+of"
    r"|(?:the\s+)?(?:first|second|third|last)\s+week\s+(?:of|in)"
    r"|early(?:\s+in)?|mid|late(?:\s+in)?)"
)

RULES: tuple[tuple[str, Reader, re.Pattern[str]], ...] = tuple(
    (kind, reader, re.compile(pattern, re.IGNORECASE))
    for kind, reader, pattern in (
        ("full", days.iso_date, r"\b(\d{4})-(\d\d)-(\d\d)\b"),
        (
            "full",
            days.full_date,
            rf"\b{_NAMED}(?:the\s+)?{_DAY}(?:\s+of)?\s+(?P<month>{MONTH}){_YEAR}{_PART}",
        ),
        (
            "full",
            days.full_date,
            rf"\b{_NAMED}(?P<month>{MONTH})\s+(?:the\s+)?{_DAY}{_YEAR}{_PART}",
        ),
        (
            "full",
            days.numeric,
            rf"\b{_NAMED}(?<![\d/.:-])(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})"
            r"(?:/(?P<year>\d{4}|\d\d))?(?![\d/%]|\.\d|:)",
        ),
        (
            "range start",
            days.ordinal,
            rf"(?:\bthe\s+)?{_DAY}(?={_UPTO}(?:the\s+)?(?:{_ORDINAL}|{FIGURE})(?:\s+of)?\s+{MONTH})",
        ),
        (
            "ordinal",
            days.ordinal,
            rf"(?:\bthe\s+(?P<day>{ORDINAL_FIGURE}|{ORDINAL_WORD}\b){_PART})",
        ),
        (
            "range end",
            days.ordinal,
            rf"{MONTH}\s+(?:the\s+)?(?:{ORDINAL_FIGURE}|\d{{1,2}}){_UPTO}"
            rf"(?P<said>(?:the\s+)?(?P<day>{ORDINAL_FIGURE}|\b\d{{1,2}}\b(?![.:]?\d|\s*[ap]\.?m)))",
        ),
        ("bare ordinal", days.ordinal, rf"(?P<day>{ORDINAL_FIGURE}){_PART}"),
        ("figure", days.ordinal, rf"\bthe\s+(?P<day>{FIGURE}){_PART}"),
        (
            "full",
            days.of_month,
            rf"\b(?:the\s+)?(?P<day>{_ORDINAL})\s+of\s+(?P<which>the|this|next|last)\s+month\b",
        ),
        (
            "full",
            days.edge_of_month,
            r"\bthe\s+(?P<edge>first|last)\s+day\s+of\s+"
            rf"(?:(?P<month>{MONTH})|(?P<which>this|next|last)\s+month\b)",
        ),
        (
            "full",
            days.weekday_and_day,
            rf"\b(?P<weekday>{WEEKDAY}),?\s+(?:the\s+)?"
            rf"(?P<day>{ORDINAL_FIGURE}|(?:1[3-9]|2\d|3[01])\b(?![.:]\d)|(?<=the\s){ORDINAL_WORD}\b)"
            rf"{_PART}",
        ),
        (
            "weekday",
            days.weekday,
            rf"\b(?:(?P<which>{_WHICH})\s+)?(?P<the>the\s+)?{_NO_TEAM}(?P<weekday>{WEEKDAY})(?![\w-])"
            rf"{_PART}(?P<tail>\s+(?:week|fortnight)\b|\s+after\s+next\b|\s+before\s+last\b"
            r"|,?\s+(?:of\s+)?(?:next|last|this)\s+week\b)?",
        ),
        (
            "weekday",
            days.weekday_of_week,
            r"\b(?:(?P<which>next|last|this)\s+week|(?P<after>the\s+week\s+after\s+next)),?"
            rf"\s+(?:on\s+)?(?P<weekday>{WEEKDAY})(?![\w-]){_PART}",
        ),
        (
            "full",
            days.weeks_and_weekday,
            rf"\b(?:(?P<count>{CARDINAL})\s+)?(?:weeks?|fortnights?)\s+(?P<ago>ago\s+)?"
            rf"(?P<on>on|from|last|this)?\s*{_NO_TEAM}(?P<weekday>{WEEKDAY})(?![\w-]){_PART}",
        ),
        (
            "full",
            days.nth_weekday,
            rf"\bthe\s+(?P<rank>first|second|third|fourth|last|[1-4](?:st|nd|rd|th))\s+"
            rf"(?P<weekday>{WEEKDAY})\s+(?:of|in)\s+"
            rf"(?:(?P<month>{MONTH})|(?P<which>the|this|next|last)\s+month\b)",
        ),
        (
            "day",
            days.relative_day,
            r"\b(?:the\s+day\s+after\s+tomorrow|the\s+day\s+before\s+yesterday|today(?!['’]?s)"
            r"|tonight|ton(?:ite|ight)|tomorrow|tmrw|tmr|tmw|tmoro?|2moro|tomm?orr?ow|tomoz"
            r"|yesterday|yday|yest)\b" + _PART,
        ),
        (
            "day",
            days.relative_day,
            r"\b(?:this\s+(?P<part>morning|afternoon|evening|mornin|arvo)"
            r"|last\s+(?P<night>night|evening))\b",
        ),
        (
            "day",
            stretches.weeks_and_day,
            rf"\b(?P<count>{CARDINAL})\s+(?:{_UNIT}\s+from\s+(?P<from>today|tomorrow|now)"
            r"|(?P<weeks>weeks?|fortnights?)\s+(?P<base>today|tomorrow))\b",
        ),
        (
            "day",
            stretches.weeks_and_day,
            r"\b(?P<base>today|tomorrow)\s+(?P<count>)(?P<unit>week|fortnight)\b(?P<from>)",
        ),
        (
            "distance",
            stretches.distance,
            rf"\bin\s+{_NEAR}(?P<count>{CARDINAL})\s+{_UNIT}\b(?:['’]?\s+time\b)?(?:['’]s\s+time)?(?P<sharp>)",
        ),
        (
            "distance",
            stretches.distance,
            rf"\b{_NEAR}(?P<count>{CARDINAL})\s+{_UNIT}\s+(?:ago|back)\b(?P<sharp>\s+today\b)?",
        ),
        (
            "span",
            stretches.span,
            rf"\b(?P<which>this\s+coming|this\s+past|this|next|last)\s+{_SPAN_UNIT}(?P<tail>)",
        ),
        (
            "span",
            stretches.span,
            r"\bthe\s+(?P<which>coming|past|previous)\s+(?P<unit>weekend|week-end)\b(?P<tail>)",
        ),
        (
            "weekend",
            stretches.span,
            r"\b(?P<which>)the\s+(?P<unit>weekend|week-end)\b(?P<tail>)",
        ),
        (
            "span",
            stretches.span,
            rf"\bthe\s+(?P<which>){_SPAN_UNIT}\s+(?P<tail>after\s+next|before\s+last)\b",
        ),
        (
            "season",
            stretches.season,
            rf"\b(?:(?P<which>this|next|last|the)\s+)?(?P<season>{SEASON})\b"
            r"(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b)?",
        ),
        (
            "month",
            stretches.month,
            rf"\b(?:{_EDGE}[\s-]+)?(?:(?P<which>this\s+coming|this|next|last|this\s+past)\s+)?"
            rf"(?P<month>{MONTH})(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?(?![\w-])",
        ),
        (
            "edge",
            stretches.edge,
            r"\b(?P<edge>(?:the\s+)?(?:very\s+)?(?:end|beginning|start|middle)\s+of|early|late)\s+"
            r"(?P<which>the|this|next|last)\s+(?P<unit>month|week|year)\b",
        ),
        (
            "feast",
            stretches.feast,
            rf"\b(?:(?P<which>this|next|last)\s+)?(?P<feast>{FEAST})(?![\w-])",
        ),
        ("full", stretches.by_feast, rf"\bthe\s+{_BESIDE}\s+{_SIDE}\s+(?P<feast>{FEAST})(?![\w-])"),
        (
            "beside",
            stretches.anaphoric,
            rf"\bthe\s+{_BESIDE}\s+{_SIDE}\b(?!\s+{_HOURS})(?:\s+(?:that|then)\b)?",
        ),
        (
            "beside",
            stretches.anaphoric,
            rf"\b(?:the\s+)(?P<side>next|following|previous)\s+{_BESIDE}(?![\w-])",
        ),
        (
            "beside",
            stretches.anaphoric,
            rf"\b(?P<count>{CARDINAL})\s+{_UNIT}\s+(?P<side>after|before|later|earlier)\b"
            r"(?:\s+(?:that|then)\b)?",
        ),
        (
            "year",
            stretches.year,
            rf"(?<=\bin\s)(?P<year>(?:19|20)\d\d|['’]\d\d|{YEAR_WORDS})\b(?![\d,.]\d|%)",
        ),
        (
            "that day",
            stretches.same_day,
            r"\b(?:on\s+)?(?:that(?:\s+same)?|the\s+same)\s+day\b",
        ),
        (
            "that day",
            stretches.same_weekend,
            r"\b(?:that(?:\s+same)?|the\s+same)\s+(?:weekend|week-end)\b",
        ),
        ("year", stretches.year, rf"(?<=\bsince\s)(?P<year>(?:19|20)\d\d|['’]\d\d|{YEAR_WORDS})\b"),
    )
)


_SHORT = re.compile(
    r"(?i)\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun)\.$"
)
"""What keeps its dot; that behind "in april" ends a sentence."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that may name a date, with the reader that knows their form."""

    start: int
    end: int
    kind: str
    reader: Reader
    match: re.Match[str]


def phrases(text: str) -> list[Phrase]:
    """All date phrases of a text in its order; of those that begin together, the longest first."""
    found = []
    for kind, reader, pattern in RULES:
        for match in pattern.finditer(text):
            start, end = match.span("said" if kind == "range end" else 0)
            ends = not _SHORT.search(text[start:end]) or not re.match(r"\s*[a-z\d,]", text[end:])
            if text[end - 1] == "." and ends:
                end -= 1
            found.append(Phrase(start, end, kind, reader, match))
    return sorted(found, key=lambda one: (one.start, -one.end))
