"""Conflicts: whether two claims give one thing two values that cannot both be so.

Each rule takes the new and the earlier telling and is silent unless it is sure: a wrongly
dropped fact is worse than an old one kept.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from consolidation.english.claims import Claim
from consolidation.english.content import content
from consolidation.english.corrections import Correction
from consolidation.english.hypernyms import classes_of
from consolidation.english.moments import Moment, differ, read_moments
from consolidation.english.senses import LIGHT, sense_of
from consolidation.english.wordlist import words

_CHANGING = frozenset(
    words("change move postpone push shift reschedule delay cut switch bring put swap reduce")
)
_TITLES = frozenset(words("mr mrs ms miss mme dr prof professor doctor sir"))
_MANY = frozenset(
    words(
        "exam test meeting appointment lesson class interview match game course lecture shift call "
        "session visit flight trip journey party dinner lunch date"
    )
)
"""Events that people have several of at a time."""
_ACTS = {
    "start": "happen",
    "arrival": "arrive",
    "visit": "arrive",
    "departure": "leave",
    "move": "move",
    "return": "return",
}
"""Nouns that tell what a verb does."""
_MISSED = timedelta(days=7)
"""So long after its day something may still be held another day instead."""
_GOING = frozenset(words("arrive leave travel move"))


@dataclass(frozen=True, slots=True)
class Telling:
    """A fact with what its message does to others."""

    claim: Claim
    correction: Correction
    day: date

    @property
    def level(self) -> int:
        """How plainly it says that something changed: 0 not at all, 1 perhaps, 2 plainly."""
        if self.correction.marked:
            return 2
        return int(self.correction.weak or self.claim.changed)

    @property
    def dropped(self) -> frozenset[str]:
        """Words that the message or the statement takes back."""
        taken = frozenset().union(*map(content, self.correction.dropped), self.claim.dropped)
        return taken - self.claim.words

    @property
    def dropped_moments(self) -> tuple[Moment, ...]:
        said = (moment for text in self.correction.dropped for moment in _moments(text, self.day))
        return (*said, *self.claim.dropped_moments)


def _moments(text: str, today: date) -> tuple[Moment, ...]:
    if text[:1].isdigit():
        text = f"the {text}"
    return read_moments(text, today) or read_moments(f"in {text}", today)


def compatible(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one only says more than the other; two that differ both ways are two things."""
    return one <= other or other <= one


def same_subject(new: Claim, old: Claim) -> bool:
    """Whether both are about the same person or thing, as far as the words tell."""
    if new.owner or old.owner:
        return new.owner and old.owner
    if new.names and old.names:
        return compatible(without_titles(new.names), without_titles(old.names))
    if new.names or old.names:
        named, other = (new, old) if new.names else (old, new)
        # "Nikhil" and "Nikhil's flight", not "Nikhil's wife".
        return named.names <= other.possessors and not other.person
    if new.head != old.head:
        return False
    return compatible(new.subject, old.subject) and compatible(new.possessors, old.possessors)


def without_titles(names: frozenset[str]) -> frozenset[str]:
    """Names without "Mr", "Dr", unless there is nothing else."""
    return names - _TITLES or names


def telling_senses(claim: Claim) -> frozenset[str]:
    """What the claim says is done, without verbs that only say that it changed."""
    return claim.senses - LIGHT - _CHANGING


def another_time(new: Telling, old: Telling, alike: float) -> bool:
    """One occasion at another time: "The wedding has been moved to the 19th"."""
    rivals = [
        (one, other)
        for one in new.claim.moments
        for other in old.claim.moments
        if differ(one, other)
    ]
    agreed = any(
        one.role == other.role and not differ(one, other) and one.day is not None
        for one in new.claim.moments
        for other in old.claim.moments
        if other.day is not None
    )
    counted, known = dict(new.claim.amounts), dict(old.claim.amounts)
    if any(counted[unit] != known[unit] for unit in counted.keys() & known.keys()):
        return False  # another number at another time: both can hold
    if not rivals or agreed or new.claim.denied or new.claim.adding:
        return False
    if new.correction.adding and new.level < 2 and not new.claim.changed:
        return False
    taken_back = any(
        not differ(gone, other) and _overlap(gone, other)
        for gone in new.dropped_moments
        for _, other in rivals
    )
    grace = _MISSED if "instead" in new.claim.text else timedelta(0)
    over = all(
        other.date is not None and other.date < new.day - grace and other.role != "until"
        for _, other in rivals
    )
    if (over or (new.claim.past and old.claim.ahead)) and not taken_back and new.level < 2:
        return False
    shared = new.claim.words & old.claim.words and alike >= 0.3
    same_doing = same_subject(new.claim, old.claim) and (
        telling_senses(new.claim) & telling_senses(old.claim)
    )
    if taken_back and (shared or same_doing):
        return not _opposed(new.claim, old.claim)
    event = _event(new.claim), _event(old.claim)
    if event[0] is not None and event[1] is not None:
        same = _same_event(event[0], event[1]) or (new.level > 1 and _same_rhythm(new, old))
        return same and (new.level > 0 or _is_unique(new.claim, old.claim))
    rhythm = any(len(one.days) and one.day is None for pair in rivals for one in pair)
    plain = new.level > 1 or new.claim.changed or not rhythm
    return new.level > 0 and plain and _same_act(new.claim, old.claim, alike)


def _overlap(one: Moment, other: Moment) -> bool:
    """Whether the two name a day, a weekday or a clock time in common."""
    days = other.days or ({other.date.weekday()} if other.date is not None else set())
    return (
        (one.day is not None and one.day == other.day)
        or bool(one.days & frozenset(days))
        or (one.minutes is not None and one.minutes == other.minutes)
        or (one.day is None and not one.days and None is not one.month == other.month)
    )


def _opposed(new: Claim, old: Claim) -> bool:
    one, other = telling_senses(new), telling_senses(old)
    return bool(one and other) and not one & other


@dataclass(frozen=True, slots=True)
class _Event:
    head: str
    words: frozenset[str]
    owners: frozenset[str]


def _event(claim: Claim) -> _Event | None:
    """The occasion that a claim dates: its subject, or what a person has."""
    if not claim.person and not claim.owner and claim.head:
        if telling_senses(claim) & _GOING and claim.names:
            return None
        return _Event(claim.head, claim.subject, claim.possessors)
    if claim.main in ("own", "get", "attend", "be") and claim.heads:
        who = frozenset(("you",)) if claim.owner else claim.names
        return _Event(claim.heads[0], claim.objects[0], who)
    return None


def _same_event(new: _Event, old: _Event) -> bool:
    if new.head not in old.words or old.head not in new.words:
        return False
    owners = new.owners | old.owners
    mine, theirs = new.words - owners, old.words - owners
    people = compatible(new.owners, old.owners) or compatible(
        new.owners | new.words, old.owners | old.words
    )
    theirs_too = old.owners | old.words | {"you"}
    if new.head in _MANY and (theirs - mine) and new.owners - theirs_too:
        return False  # "the parents' meeting" is not "the council meeting"
    if theirs < mine and new.head in _MANY:
        return False  # "your exam" may be another than the driving test that was postponed
    return compatible(mine, theirs) and people


def _same_rhythm(new: Telling, old: Telling) -> bool:
    """ "Ira's maths is on Mondays now" after "maths tuition is every Thursday"."""
    weekly = all(
        moment.days and moment.day is None
        for claim in (new.claim, old.claim)
        for moment in claim.moments
    )
    mine = new.claim.subject - new.claim.possessors
    return weekly and bool(mine) and mine <= old.claim.subject


def _is_unique(new: Claim, old: Claim) -> bool:
    """One event that is only once, dated twice: no correction word is needed."""
    once = all(
        len(moment.days) < 2 and moment.day is not None
        for moment in (*new.moments, *old.moments)
        if moment.role == "on"
    )
    definite = all(claim.text.split()[0].lower() in ("your", "the") for claim in (new, old))
    return once and definite and not (new.person or old.person)


def _same_act(new: Claim, old: Claim, alike: float) -> bool:
    act = _ACTS.get(new.head)
    if act is not None and new.possessors and not new.owner:
        # "Yusuf's start has slipped" after "Yusuf starts at the nursery"
        doer = frozenset(("you",)) if old.owner else old.names
        return act in old.senses and bool(doer) and doer <= new.possessors
    named_act = not (new.person or new.owner) and sense_of(new.head) in telling_senses(old)
    if named_act and new.main == "be" and new.head and alike >= 0.3:
        return True  # "The freeze is on the 15th" after "You freeze the build on the 8th"
    if not same_subject(new, old):
        return False
    mine, theirs = telling_senses(new), telling_senses(old)
    named = new.proper & new.rest, old.proper & old.rest
    if mine & theirs & _GOING:
        return not (named[0] and named[1]) or bool(named[0] & named[1])
    if mine and theirs and not mine & theirs:
        return False
    if not mine and new.senses & _CHANGING:
        return alike >= 0.5 and (bool(new.heads) or not new.owner)
    if mine & theirs and not (new.heads and old.heads):
        return compatible(new.rest, old.rest)
    return bool(new.heads[:1]) and new.heads[:1] == old.heads[:1] and compatible(*named)


def another_amount(new: Telling, old: Telling, alike: float) -> bool:
    """Another number of the same unit: "now it makes twenty, not twenty-two"."""
    mine, theirs = dict(new.claim.amounts), dict(old.claim.amounts)
    units = {unit for unit in mine.keys() & theirs.keys() if mine[unit] != theirs[unit]}
    if new.claim.adding or new.claim.denied:
        return False
    if not units:
        return _another_bare_number(new, old)
    numbers = {f"{theirs[unit]:g}" for unit in units}
    mine_times = new.claim.moments
    shared = (new.claim.words & old.claim.words) - units - numbers
    if numbers & new.dropped and (shared or same_subject(new.claim, old.claim)):
        return alike >= 0.3
    if not same_subject(new.claim, old.claim) or old.claim.past or new.claim.past:
        return False
    down = re.search(r"\b(?:down|up) to\b", new.claim.text) is not None
    if new.claim.main != old.claim.main and not (down and new.claim.main == "be"):
        return False
    aged = new.claim.main == "be" and "old" in new.claim.text and "year" in units
    if any(differ(one, other) for one in mine_times for other in old.claim.moments):
        return False  # another number at another time: both can hold
    digits = frozenset(word for word in new.claim.words | old.claim.words if word[0].isdigit())
    same = compatible(new.claim.rest - digits, old.claim.rest - digits)
    priced = new.claim.main == "cost" and new.claim.rest - digits == old.claim.rest - digits
    if new.claim.so_far and old.claim.so_far:
        grown = all(mine[unit] > theirs[unit] for unit in units)
        return grown and new.claim.heads[:1] == old.claim.heads[:1]
    return (new.level > 0 or aged or priced) and same


def _another_bare_number(new: Telling, old: Telling) -> bool:
    """ "You pay the cleaner eighteen an hour" after "fifteen pounds an hour"."""
    mine, theirs = new.claim, old.claim
    numbers = [
        frozenset(word for word in one.rest if word.replace(".", "").isdigit())
        for one in (mine, theirs)
    ]
    if any(len(found) != 1 for found in numbers) or numbers[0] == numbers[1]:
        return False
    kept = mine.rest - numbers[0], theirs.rest - numbers[1]
    if not kept[0] or not kept[0] <= kept[1] or len(kept[1] - kept[0]) > 1:
        return False
    plain = not (mine.past or theirs.past or (mine.moments and theirs.moments))
    return plain and new.level > 0 and mine.main == theirs.main and same_subject(mine, theirs)


def same_kind(one: str, other: str) -> bool:
    """Whether two nouns are of one class of everyday things."""
    return bool(classes_of(one) & classes_of(other))
