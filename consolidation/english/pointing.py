"""Pointing: "it's on the 23rd now" dates anew what the message names elsewhere, or before it.

Which earlier fact is meant is told by the words that both messages share, and by the day that the
message takes back; where two are meant as well as each other, nobody is chosen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consolidation.english.claims import Claim, read_claim
from consolidation.english.conflicts import Telling
from consolidation.english.content import content, timed_words
from consolidation.english.corrections import adds
from consolidation.english.moments import Moment, differ
from consolidation.english.wordlist import words

_VAGUE = frozenset(words("it that this they these those date day"))
_SHIFTED = frozenset(words("move push shift postpone reschedule delay put bring"))
_NOW = re.compile(r"\b(?:now|instead|no longer|any ?more)\b", re.IGNORECASE)
_EMPTY = frozenset(
    words(
        "day week month year time morning afternoon evening night thing news update correction "
        "come get say tell ask go call change move need work take give one way"
    )
)


@dataclass(frozen=True, slots=True)
class Heard:
    """An earlier fact with what is needed to tell whether it is meant."""

    fact: str
    message: str
    day: date


def pointed_at(
    new: Telling, message: str, before: Sequence[str], earlier: Sequence[Heard]
) -> list[int]:
    """Indexes of the earlier facts that are dated anew; `before` is the session so far."""
    claim = new.claim
    if not claim.moments or claim.denied or claim.past or adds(claim.text):
        return []
    back = new.dropped_moments
    vague = claim.head in _VAGUE or not claim.main or _is_shifted(claim)
    said = new.level > 1 or _NOW.search(claim.text) is not None
    if not back and not (vague and said):
        return []
    topic = _topic(message)
    ranked: list[tuple[tuple[int, int], int]] = []
    for index, old in enumerate(earlier):
        other = read_claim(old.fact)
        if old.message not in before or other.denied or not _rivals(claim, other, new.day, back):
            continue
        own = len(topic & (other.words | content(old.fact)) - _EMPTY)
        around = len(topic & _topic(old.message))
        generic = other.head in _VAGUE
        if own or (around and (back or generic)):
            ranked.append(((own, around), index))
    if not ranked:
        return []
    best = max(rank for rank, _ in ranked)
    chosen = [index for rank, index in ranked if rank == best]
    times = [read_claim(earlier[index].fact).moments for index in chosen]
    alike = all(not differ(one, other) for row in times for one in row for other in times[0])
    return chosen if alike else []


def _is_shifted(claim: Claim) -> bool:
    """ "You have been pushed to 20 June": what was is not said."""
    return claim.owner and claim.main in _SHIFTED and not claim.heads


def _topic(message: str) -> frozenset[str]:
    return content(message) - timed_words(message) - _EMPTY


def _rivals(new: Claim, old: Claim, today: date, back: Sequence[Moment]) -> bool:
    """Whether the old claim has a time to come that the new one's differs from."""
    rivals = [b for a in new.moments for b in old.moments if differ(a, b)]
    rivals = [one for one in rivals if one.date is None or one.date >= today]
    if any(not differ(a, b) and a.day is not None for a in new.moments for b in old.moments):
        return False
    if not back:
        return len(rivals) > 0 and len(old.moments) == 1 and not old.past
    return any(
        not differ(gone, one) and gone.role == one.role and _names_day(gone, one)
        for gone in back
        for one in rivals
    )


def _names_day(gone: Moment, one: Moment) -> bool:
    days = one.days or ({one.date.weekday()} if one.date is not None else frozenset())
    return (gone.day is not None and gone.day == one.day) or bool(gone.days & frozenset(days))
