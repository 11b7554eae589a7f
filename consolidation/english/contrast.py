"""Contrast: "not X but Y", "from X to Y", "forget X": the message names what it takes back."""

from consolidation.english.conflicts import Telling, compatible, same_subject, telling_senses
from consolidation.english.wordlist import words

_WEAK = frozenset(words("time day week month year thing one way people good able more"))

_ENTERED = ("sign", "book", "register", "enter", "plan")
"""What was planned, though it is told as done."""
_SWITCHING = ("switch", "change", "transfer", "swap")


def put_right(new: Telling, old: Telling, alike: float) -> bool:
    """Whether the old fact holds what is taken back, and the new one another value for it."""
    mine, theirs = new.claim, old.claim
    if mine.denied or mine.adding or theirs.denied:
        return False
    gone = (new.dropped - _WEAK) & theirs.rest
    if not gone or not same_subject(mine, theirs):
        return False
    value = mine.rest - theirs.words
    kept = theirs.rest - gone
    mine_done, their_done = telling_senses(mine), telling_senses(theirs)
    if gone <= mine.dropped and len(gone) > 1 and value:
        return True  # the statement itself leaves the old value: "moving from X to Y"
    if gone <= mine.dropped and value and mine.main in _SWITCHING and not theirs.past:
        return theirs.heads[:1] == mine.heads[:1]
    instead = new.level > 1 and mine.changed and gone & theirs.proper and not theirs.past
    if gone & theirs.proper and "instead" in mine.text and theirs.main in _ENTERED:
        return bool(mine.proper & value)
    if (instead or "sign" in theirs.senses) and gone & theirs.proper and value:
        return mine.heads[:1] == theirs.heads[:1] and bool(mine.proper & value)
    if alike < 0.3:
        return False
    alike_done = bool(mine_done & their_done) or (
        not mine_done and not their_done and mine.main == theirs.main
    )
    if theirs.past and not alike_done:
        return False
    return bool(value) and alike_done and compatible(kept, mine.rest)
