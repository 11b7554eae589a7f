"""Attributes: what one has one of at a time, and when a new value takes the old one's place."""

import re

from consolidation.english.claims import Claim
from consolidation.english.conflicts import (
    Telling,
    compatible,
    same_kind,
    same_subject,
    without_titles,
)
from consolidation.english.hypernyms import is_a, is_person_noun
from consolidation.english.wordlist import words

_ONE_AT_A_TIME = frozenset(
    words(
        "boyfriend girlfriend partner husband wife fiancé fiancée fiance fiancee spouse boss "
        "manager supervisor landlord landlady dentist doctor gp physician therapist hairdresser "
        "barber accountant coach"
    )
)
"""Roles that one person holds for another, so that a second name needs no word of change."""
_VALUE = frozenset(
    words(
        "number address email password passcode pin postcode surname job salary pay rent price "
        "cost fee size weight height age deadline date name capital major bedtime username "
        "mobile budget target goal plan destination favourite favorite topic title gym school "
        "bank provider shift pension mortgage balance"
    )
)
"""Nouns whose value is one: a phone number, a rent, a deadline."""
_NEW = re.compile(r"\b(?:new|current)\b", re.IGNORECASE)
_LOOSE = frozenset(words("new old current first main own latest"))
_TITLED = frozenset(words("mr mrs ms miss mme dr prof professor doctor"))
_NAMING = ("be", "call", "name", "become")
_SHIFTED = ("move", "shift", "change", "transfer", "relocate")
_HELD = ("happen", "live", "take")
_DIGITS = re.compile(r"\d+")
_ORDINALS = frozenset(
    words("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth senior junior")
)
_MOVING = frozenset(words("move moved moving"))
_LIVING = frozenset(words("live move rent"))
_EMPLOYED = frozenset(words("work"))
_AT_WORK = re.compile(r"\bwork\w*(?: now| part-time| full-time)? (?:at|for|in|as)\b")
_STARTING = ("happen", "join", "switch", "move")
_TEMPORARY = (
    "for the summer",
    "for a week",
    "for a month",
    "temporarily",
    "for now",
    "at the moment",
)


def another_value(new: Telling, old: Telling, alike: float) -> bool:
    """The same attribute with a value that takes the other's place."""
    if new.claim.denied or new.claim.adding or old.claim.denied:
        return False
    return (
        _another_holder_of_role(new, old)
        or _another_rank(new, old)
        or _another_attribute(new, old)
        or _another_home(new, old)
        or _another_job(new, old)
        or _another_shift(new, old)
        or _renamed(new, old)
        or _another_owner(new, old)
    )


_SHIFTS = frozenset(words("day night early late"))
_FOR_NOW = re.compile(r"\b(?:this|next) week\b|\btonight\b|\btemporar|\bfor now\b")


def _another_shift(new: Telling, old: Telling) -> bool:
    """ "They've put you on days at the warehouse" after "You work nights at the warehouse"."""
    mine, theirs = new.claim, old.claim
    shifts = _SHIFTS & mine.rest, _SHIFTS & theirs.rest
    if not all(shifts) or shifts[0] & shifts[1] or not same_subject(mine, theirs):
        return False
    at_work = "work" in theirs.senses or _on_shift(theirs)
    if not at_work or theirs.past or _FOR_NOW.search(mine.text) or mine.moments:
        return False
    moved = _on_shift(mine) or ("work" in mine.senses and new.level > 0)
    return (
        moved
        and (not mine.past or mine.main == "put")
        and compatible(mine.rest - _SHIFTS, theirs.rest - _SHIFTS)
    )


def _on_shift(claim: Claim) -> bool:
    return re.search(r"\bon (?:days|nights|earlies|lates)\b", claim.text) is not None


_NAMED = re.compile(r"\b(?:answers? to|goes by|(?:is|are) (?:now )?(?:called|named)|name is)\b")


def _renamed(new: Telling, old: Telling) -> bool:
    """ "The kitten answers to Waffles now", of one that the message says is renamed."""
    mine, theirs = new.claim, old.claim
    told = {"renamed", "renaming"} & new.correction.named or (
        {"wrong", "misspelt", "misheard"} & new.correction.named and "name" in new.correction.named
    )
    if not told or not (_NAMED.search(mine.text) or mine.main in _NAMING):
        return False
    if not _NAMED.search(theirs.text) or theirs.past:
        return False
    named = mine.proper & mine.rest, theirs.proper & theirs.rest
    whose = compatible(mine.possessors, theirs.possessors)
    return all(named) and named[0] != named[1] and mine.head == theirs.head and whose


def _another_owner(new: Telling, old: Telling) -> bool:
    """ "The goat is yours now" after "The goat belongs to Packie"."""
    mine, theirs = new.claim, old.claim
    if theirs.main != "belong" or theirs.past or mine.past or not mine.changed:
        return False
    owned = mine.main == "belong" or re.search(r"\b(?:is|are) (?:now )?(?:yours|mine)\b", mine.text)
    thing = mine.head == theirs.head or mine.head in theirs.subject
    return bool(owned) and bool(mine.head) and thing


_POST = re.compile(r"\b(?:is|are) (?:now )?the [a-z]+ of (?:the|your)\b")
""" "The treasurer of the society": a post, whatever its name."""
_WHOSE = re.compile(r"\b(?:is|was|will be|be) (?:now )?(?:(?P<whose>your |the )|(?=maid |best ))")


def _role(claim: Claim) -> tuple[frozenset[str], str, frozenset[str], frozenset[str]] | None:
    """Whose, which role, its modifiers, and the name that holds it."""
    if claim.main not in _NAMING or not claim.heads:
        return None
    subject_is_role = not claim.names and is_person_noun(claim.head)
    if subject_is_role and claim.proper & claim.rest:
        rest = claim.subject - claim.possessors - {claim.head} - _LOOSE
        return claim.possessors, claim.head, rest, claim.proper & claim.rest
    own = re.search(r"\bare (?:now )?the \w", claim.text) if claim.owner else None
    post = _POST.search(claim.text) is not None
    if own is not None and (post or is_person_noun(claim.heads[0])):
        rest = claim.objects[0] - {claim.heads[0]} - _LOOSE
        return frozenset(), claim.heads[0], rest, frozenset(("you",))
    if claim.names and (post or is_person_noun(claim.heads[0])) and claim.main == "be":
        owner = _WHOSE.search(claim.text)
        if owner is None:
            return None
        whose = frozenset(("you",)) if owner["whose"] == "your " else frozenset()
        return whose, claim.heads[0], claim.objects[0] - {claim.heads[0]} - _LOOSE, claim.names
    return None


def _another_holder_of_role(new: Telling, old: Telling) -> bool:
    mine, theirs = _role(new.claim), _role(old.claim)
    if mine is None or theirs is None or mine[1] != theirs[1]:
        return False
    if (mine[0] | mine[2]) - {"you"} != (theirs[0] | theirs[2]) - {"you"}:
        if mine[0] != theirs[0]:
            return False
    elif not (mine[0] and theirs[0]) and not (new.claim.changed and mine[2] and theirs[2]):
        return False
    if new.claim.past or old.claim.past:
        return False
    renewed = bool(_NEW.search(new.claim.text)) and not _NEW.search(old.claim.text)
    renewed = renewed or (bool(_NEW.search(new.claim.text)) and new.level > 1)
    kin = is_a(mine[1], "kin") and mine[1] not in _ONE_AT_A_TIME
    if (
        kin
        or without_titles(mine[3]) & without_titles(theirs[3])
        or _may_be_one_name(mine[3], theirs[3])
    ):
        return False
    if renewed:
        return compatible(mine[2], theirs[2])
    if new.level > 0:
        return mine[2] == theirs[2] and (mine[1] in _ONE_AT_A_TIME or new.claim.changed)
    return mine[2] == theirs[2] and mine[1] in _ONE_AT_A_TIME


def _may_be_one_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """ "Bodil" and "Dr Friis" can be one person; "Dr Friis" and "Dr Olsen" cannot."""
    titled = bool(one & _TITLED), bool(other & _TITLED)
    return titled[0] != titled[1] and min(len(one - _TITLED), len(other - _TITLED)) < 2


def _another_rank(new: Telling, old: Telling) -> bool:
    """ "Now in fourth grade" after "in third grade"; "the under-17s" after "the under-15s"."""
    mine, theirs = new.claim, old.claim
    if new.level < 1 or not mine.changed or not same_subject(mine, theirs):
        return False
    if mine.main != theirs.main or mine.past or theirs.past or mine.moments or theirs.moments:
        return False
    gone, come = theirs.rest - mine.rest, mine.rest - theirs.rest
    if len(gone) != 1 or len(come) != 1:
        return False
    one, other = *gone, *come
    ordinal = one in _ORDINALS and other in _ORDINALS
    return ordinal or (
        any(map(str.isdigit, one)) and _DIGITS.sub("#", one) == _DIGITS.sub("#", other)
    )


def _another_attribute(new: Telling, old: Telling) -> bool:
    """ "Your van is a Ford" after "Your van is a Fiat"; "Your rent is 900" after "… 850"."""
    mine, theirs = new.claim, old.claim
    if mine.person or theirs.person or mine.main not in (*_NAMING, "cost", *_SHIFTED):
        return False
    if theirs.main not in (*_NAMING, "cost", *_HELD) or not mine.head or mine.head != theirs.head:
        return False
    if mine.past or theirs.past or not compatible(mine.possessors, theirs.possessors):
        return False
    modifiers = (mine.subject - _LOOSE, theirs.subject - _LOOSE)
    if modifiers[0] != modifiers[1] or not mine.rest or not theirs.rest:
        return False
    shared = mine.rest & theirs.rest
    ranked = len(shared) == 1 and shared <= set(mine.heads) & set(theirs.heads)
    if ranked and not compatible(mine.rest, theirs.rest) and new.level > 0:
        return not (mine.moments or theirs.moments)  # "the third floor", "the sixth floor"
    if _numbers(mine) != _numbers(theirs) and _numbers(mine) and _numbers(theirs):
        shared = shared & _numbers(mine)
    if mine.moments or theirs.moments or shared:
        return False
    renewed = new.level > 0 or bool(_NEW.search(mine.text))
    valued = mine.head in _VALUE or "favourite" in mine.subject or "favorite" in mine.subject
    numbered = bool(_numbers(mine)) and bool(_numbers(theirs))
    named = bool(mine.proper & mine.rest) and bool(theirs.proper & theirs.rest)
    alike_value = any(same_kind(one, other) for one in mine.rest for other in theirs.rest)
    kind = valued or numbered or named or alike_value
    return kind and (valued or renewed)


def _numbers(claim: Claim) -> frozenset[str]:
    return frozenset(word for word in claim.rest if any(map(str.isdigit, word)))


def _another_home(new: Telling, old: Telling) -> bool:
    """ "You have moved to Oban" after "You live in Leith"."""
    mine, theirs = new.claim, old.claim
    been = re.search(r"\b(?:been|are|is) in [A-Z]", mine.text) is not None
    living = mine.senses & _LIVING or (been and _MOVING & new.correction.named)
    if not living or not theirs.senses & _LIVING or not same_subject(mine, theirs):
        return False
    places = mine.proper & mine.rest - mine.dropped, theirs.proper & theirs.rest
    if not all(places) or places[0] & places[1] or (mine.ahead and mine.main == "move"):
        return False
    if not mine.so_far and any(phrase in mine.text for phrase in _TEMPORARY):
        return False
    gone = theirs.past  # where one lived, or that one moved: both stay true
    earlier = "used to" in theirs.text or "used to" in mine.text or "grew up" in theirs.text
    came = mine.main == "move" and not _is_dated_before(new, old)
    return not gone and not earlier and not _tells_past(mine) and (came or new.level > 0)


def _is_dated_before(new: Telling, old: Telling) -> bool:
    """A move of long ago tells where one lived, not where one lives."""
    years = re.findall(r"\b(?:19|20)\d\d\b", new.claim.text)
    return bool(years) and int(years[0]) < old.day.year


def _tells_past(claim: Claim) -> bool:
    return claim.past and claim.main == "live"


def _another_job(new: Telling, old: Telling) -> bool:
    """ "You now work at the harbour" after "You work at the school"; schools likewise."""
    mine, theirs = new.claim, old.claim
    if not same_subject(mine, theirs) or theirs.past or mine.rest & theirs.rest:
        return False
    if mine.main == theirs.main == "be" and mine.heads and theirs.heads:
        both = is_a(mine.heads[0], "occupation") and is_a(theirs.heads[0], "occupation")
        return both and new.level > 0 and mine.changed
    placed = bool((mine.proper & mine.rest) and (theirs.proper & theirs.rest))
    if "travel" in mine.senses & theirs.senses and mine.changed and placed:
        return not (mine.ahead or theirs.ahead or mine.moments or theirs.moments or mine.past)
    if not theirs.senses & _EMPLOYED or not _AT_WORK.search(theirs.text):
        return False
    if mine.main in _STARTING and theirs.rest & new.dropped and bool(mine.proper & mine.rest):
        return True
    if not mine.senses & _EMPLOYED or mine.past:
        return False
    return mine.changed and bool(_AT_WORK.search(mine.text)) and not mine.moments
