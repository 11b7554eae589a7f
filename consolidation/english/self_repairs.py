"""Self-repairs: "it's on the thirtieth, no wait sorry, it's the first of July", said right at once.

What was taken back is gone; the new value stands in its place. Knows strings and forms of dates.
"""

import re

from assistant.number_words import spelt
from consolidation.english.date_phrases import phrases

_TURN = re.compile(
    r"(?i)[\s,–—-]+(?:(?:oh |er |um )?no,? (?:wait|hang on|hold on|sorry|actually|scratch that)|"
    r"(?:wait|sorry|oops|hang on),? no|(?:oops|sorry|scratch that|correction),? (?=(?:I mean(?:t)?|"
    r"it's|that's|make that)\b)|(?:I mean|make that)(?= (?:the |on |at )?\S+(?: \S+){0,3}$))"
    r"(?:[\s,–—-]+(?:sorry|wait|no|actually|I mean|rather))*[\s,–—-]*"
    r"(?P<told>(?:it's|it is|that's|I mean(?:t)?|make that|make it|it was)?\s*)(?P<value>.+)$"
)
_CLOCK = re.compile(
    r"(?i)\b(?:\d{1,2}[:.]\d\d(?: ?[ap]m)?|\d{1,2} ?[ap]m|(?:half|quarter) (?:past |to )?\w+|"
    r"\d{1,2} o'clock)\b"
)
_NUMBER = re.compile(rf"(?i)\b(?:\d[\d.,]*|{spelt(2)})\b")
_NAME = re.compile(r"\b[A-Z][\w'-]+(?: [A-Z][\w'-]+)*")
_PREPOSITION = re.compile(r"(?i)\b(?:on|at|in|by) (?:the )?$")
_MOST = 7
"""Words of a value that is put right; more are a new sentence."""


def put_right(sentence: str) -> str:
    """The sentence with the value that its owner meant; as it is, where nothing was put right."""
    turn = _TURN.search(sentence)
    if turn is None:
        return sentence
    left, value = sentence[: turn.start()], turn["value"].rstrip(" .!?")
    if len(value.split()) > _MOST:
        return sentence
    for spans in (_dates, _clocks, _numbers, _names):
        old, new = spans(left), spans(value)
        if not new or new[0][0] > 4:
            continue
        if not old:
            return sentence
        end = max(end for _, end in old)
        start = min(start for start, last in old if last == end)
        opens = _PREPOSITION.search(left[:start])
        bare = opens and (spans is _dates or re.match(r"(?i)(?:on|at|in|by) ", value))
        before = left[: opens.start()] if bare and opens else left[:start]
        article = re.match(r"(?i)the ", value) and re.search(r"(?i)\bthe $", before)
        before = before[: -len("the ")] if article else before
        rest = "" if value.endswith(left[end:].strip()) else left[end:]
        return f"{before}{value}{rest}."
    return sentence


def _dates(text: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in phrases(text)]


def _clocks(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _CLOCK.finditer(text)]


def _numbers(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _NUMBER.finditer(text)]


def _names(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _NAME.finditer(text) if found[0] not in ("I", "My", "The")]
