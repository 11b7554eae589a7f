"""Dates: what "on Tuesday", "the 19th" and "last spring" meant on the day they were said.

Reads phrases (`date_phrases`) by their context and their clause's tense. Knows no statements.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from consolidation.english.date_context import admits, follows_on, preposition_before
from consolidation.english.date_phrases import Phrase, phrases
from consolidation.english.date_wording import Found, worded
from consolidation.english.tenses import Tenses
from consolidation.english.told import Told

_HINT = re.compile(
    r"\d|day|night|week|month|year|morrow|tmr|tmw|tomo|2mo|morning|afternoon|evening|arvo|spring"
    r"|summer|autumn|fall|winter|mas\b|eve\b|easter|new year|hogmanay|juneteenth|halloween|epiphany"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)|valentine"
    r"|\b(?:in|since) (?:nine|twen|thir|for|fif|six|seven|eigh)|th\b|first|second|third|fifth",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a text names, resolved against the day it was said."""

    start: int
    end: int
    """Character span: `text[start:end] == said`."""
    said: str
    """With its preposition: "on Tuesday", "until the 19th"."""
    iso: str
    """ "2026-03-10", "2026-03" or "2026"; a season has its year."""
    spoken: str
    """As a full statement says it: "on Tuesday 10 March 2026", "in spring 2025"."""


def resolve_dates(text: str, at: datetime, about: date | None = None) -> list[Dated]:
    """The dates that a text names, in its order.

    `at` is the local time at which it was said; `about` is the day that the talk was of before,
    for "the day after" where the text itself names no other.
    """
    if not _HINT.search(text):
        return []
    named = phrases(text)
    if not named:
        return []
    tenses = Tenses.of(text)
    months = [
        (phrase, one.moment.first)
        for phrase in named
        if phrase.kind == "full" and (one := _resolved(phrase, text, at, tenses, [], None, None))
    ]
    found: list[Found] = []
    read_to = 0
    for phrase in named:
        if phrase.start < read_to or (not found and _is_told_at_once(text, phrase, named)):
            continue
        month = _month_beside(phrase, months, tenses)
        one = _resolved(phrase, text, at, tenses, found, month, about)
        if one is not None:
            found.append(one)
        if one is not None or phrase.kind not in ("full", "range start"):
            read_to = phrase.end
    return [
        Dated(start, one.phrase.end, text[start : one.phrase.end], one.moment.iso, spoken)
        for one, (start, spoken) in zip(found, worded(found, tenses), strict=True)
    ]


def with_dates(text: str, at: datetime, about: date | None = None) -> str:
    """The text with each relative date in full: "tomorrow 10:15" -> "on 22 March 2026 at 10:15"."""
    out, cursor = "", 0
    for dated in resolve_dates(text, at, about):
        spoken = dated.spoken
        opens = not text[: dated.start].strip() or text[: dated.start].rstrip()[-1:] in ".!?"
        if opens and not dated.said[:1].islower():
            spoken = spoken[:1].upper() + spoken[1:]
        before = text[cursor : dated.start]
        out += before
        out += " " + spoken if out[-1:].isalnum() else spoken
        cursor = dated.end
        if re.match(r"\s*,?\s*\d{1,2}(?:[:.h]\d\d|\s*[ap]\.?m\b)", text[cursor:]):
            out += " at "
            cursor += len(text[cursor:]) - len(text[cursor:].lstrip(" ,"))
    return out + text[cursor:]


def _is_told_at_once(text: str, phrase: Phrase, named: list[Phrase]) -> bool:
    """Whether "the Saturday after" is explained at once: "…, the 19th of December"."""
    return phrase.kind == "beside" and any(
        after.kind in ("full", "ordinal") and not text[phrase.end : after.start].strip(" ,(–-")
        for after in named
        if after.start > phrase.end
    )


def _month_beside(phrase: Phrase, months: list[tuple[Phrase, date]], tenses: Tenses) -> date | None:
    """The day with a named month nearest to a phrase in its sentence, one before it first."""
    near = [(one, day) for one, day in months if tenses.same_sentence(one.start, phrase.start)]
    before = [day for one, day in near if one.start < phrase.start]
    after = [day for one, day in near if one.start > phrase.start]
    return before[-1] if before else after[0] if after else None


def _resolved(
    phrase: Phrase,
    text: str,
    at: datetime,
    tenses: Tenses,
    found: list[Found],
    month: date | None,
    about: date | None,
) -> Found | None:
    prep, start = preposition_before(text, phrase)
    mentioned = found[-1].moment.first if found else None
    if not admits(phrase, prep, text, tenses, known=mentioned is not None or month is not None):
        return None
    # What one got "for Christmas" lies behind; what one got for Friday does not.
    tense = tenses.at(start, "" if phrase.kind == "feast" else prep)
    past = prep == "since" or tense == "past"
    beside = bool(found) and (
        tenses.same_sentence(found[-1].phrase.start, phrase.start)
        or len(found[-1].moment.iso) == len("2026-03-10")
    )
    told = Told(
        today=at.date(),
        past=past,
        tense=tense,
        prep=prep,
        mentioned=mentioned or (about if phrase.kind == "beside" else None),
        month=month,
        follows=mentioned is not None
        and beside
        and follows_on(text, start, prep)
        and not tenses.is_denied(found[-1].phrase.start),
    )
    try:
        moment = phrase.reader(phrase.match, told)
    except (KeyError, OverflowError, ValueError):
        # A form that names no day of the calendar: "the twenty eleventh", "in nine thousand years".
        return None
    return None if moment is None else Found(phrase, start, prep, moment)
