"""Dating: a statement with the days it names, and prompts without days that pass. Pure.

"On Tuesday" means another day a week later, so what a night teaches names the date.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from consolidation.english.calendar_words import MONTHS
from consolidation.english.dates import Dated, resolve_dates
from consolidation.english.person import sentence_case

_YEAR = re.compile(r"\b\d{4}\b")
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"^(?:on|in|at|until|till|by|since|from|to|before|after|for)\s+")


class Calendar:
    """The dates of one message, on the day it was said."""

    def __init__(
        self, message: str, at: datetime | None, earlier: Sequence[tuple[str, datetime]] = ()
    ) -> None:
        """`at` is the local time at which it was said; None leaves every phrase as it is.

        `earlier` are the messages before, oldest first, each with its own time.
        """
        self._earlier = earlier
        found = _found(message, at) if at is not None else ()
        self._dates = sorted(found, key=lambda dated: -len(dated.said))
        self._passing = [dated for dated in self._dates if _passes(dated)]

    def dated(self, text: str) -> str:
        """A statement, every date in full: "on Tuesday" -> "on Tuesday 24 November 2026"."""
        spans: list[tuple[int, int, str]] = []
        for dated in self._dates:
            match = _phrase(dated.said).search(text)
            if match is not None and not _overlap(spans, match.span()):
                spans.append((*match.span(), dated.spoken))
        for start, end, spoken in sorted(spans, reverse=True):
            whole = sentence_case(spoken) if start == 0 else spoken
            text = text[:start] + whole.rstrip(".") + text[end:]
        return text

    def recalled(self, text: str, drawn_on: Sequence[int]) -> str:
        """A sentence of an earlier message, dated by the day on which that was said.

        `drawn_on` counts back to the messages that it may be of: 1 is the one before.
        """
        places = [place for place in drawn_on if place <= len(self._earlier)]
        said = _words(text)
        shared = {place: len(said & _words(self._earlier[-place][0])) for place in places}
        if not shared:
            return text
        message, at = self._earlier[-max(places, key=lambda place: (shared[place], -place))]
        return Calendar(message, at).dated(text)

    def key(self, phrase: str) -> str:
        """A right answer, dated: "tomorrow" -> "27 November 2026"; others as they are."""
        for dated in self._passing:
            bare = _PREPOSITION.sub("", dated.said.lower())
            if phrase.lower() in (bare, dated.said.lower()):
                return _PREPOSITION.sub("", dated.spoken)
        return phrase

    def passes(self, prompt: str, drawn_on: Sequence[int] = ()) -> bool:
        """Whether a prompt names a day that means another one later: "tomorrow"."""
        earlier = (self._earlier[-place] for place in drawn_on if place <= len(self._earlier))
        return any(_phrase(dated.said).search(prompt) for dated in self._passing) or any(
            Calendar(message, at).passes(prompt) for message, at in earlier
        )


@lru_cache(maxsize=256)
def _found(message: str, at: datetime) -> tuple[Dated, ...]:
    return tuple(resolve_dates(message, at))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _passes(dated: Dated) -> bool:
    return not _MONTH.search(dated.said) and not _YEAR.search(dated.said)


def _phrase(said: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(said)}(?!\w)", re.IGNORECASE)


def _overlap(spans: Sequence[tuple[int, int, str]], span: tuple[int, int]) -> bool:
    return any(start < span[1] and span[0] < end for start, end, _ in spans)
