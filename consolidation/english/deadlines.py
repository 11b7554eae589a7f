"""Deadlines: until when something must be done, and since when it can be."""

from consolidation.english.conflicts import Telling, same_subject
from consolidation.english.moments import Moment

_LAST = ("by", "until", "before")


def another_deadline(new: Telling, old: Telling, alike: float) -> bool:
    """ "You have until the end of February" after "must be in by the 31st of January"."""
    mine, theirs = new.claim, old.claim
    shared = (mine.words & theirs.words) - mine.dropped
    if mine.past or mine.denied or theirs.past or mine.adding or len(shared) < 2 or alike < 0.3:
        return False
    if theirs.denied:
        # "It must be ready by the 3rd" after "it will not be ready before the 15th"
        return _must(new) and any(
            other.role == "before" and _is_earlier(one, other)
            for one in mine.moments
            for other in theirs.moments
        )
    if new.level < 2 or not same_subject(mine, theirs) or not (_must(new) and _must(old)):
        return False
    return any(
        one.role in _LAST and other.role in _LAST and one.date and other.date
        for one in mine.moments
        for other in theirs.moments
        if one.role != other.role and one.date != other.date
    )


def _is_earlier(one: Moment, other: Moment) -> bool:
    return one.date is not None and other.date is not None and one.date <= other.date


def _must(telling: Telling) -> bool:
    """Whether it tells what is still to be done."""
    claim = telling.claim
    return claim.ahead or claim.main in ("own", "be", "need") or " must " in claim.text
