"""Endings: what is over once something happened: sold, broken up, quit, called off, no longer."""

import re

from consolidation.english.conflicts import (
    Telling,
    compatible,
    same_kind,
    same_subject,
    telling_senses,
)
from consolidation.english.hypernyms import is_a
from consolidation.english.senses import sense_of
from consolidation.english.wordlist import words

_RID = frozenset(words("sell lose total wreck crash return donate swap trade bin"))
_HOLDING = frozenset(words("own ride rent use park insure be store lease"))
_PARTED = frozenset(words("part leave dump"))
_COUPLE = frozenset(
    words(
        "boyfriend girlfriend partner husband wife fiancé fiancée fiance fiancee spouse date "
        "engaged engage married marry couple together relationship"
    )
)
_LEFT = frozenset(words("quit leave lose stop finish retire"))
_JOB = frozenset(words("job work position post career employer"))
_GROUPS = frozenset(
    words("band choir team club party company group orchestra union committee board crew cast")
)
_OFF_TEXT = re.compile(
    r"\b(?:cancell?ed|called off|scrapped|f[ae]ll(?:en)? through|not happening|is off|"
    r"(?:will|won't|not) (?:not )?take place)\b",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"\b(?:no longer|any ?more|any longer|stopped|quit|gave up|given up)\b", re.I)
_BACK = re.compile(r"\b(?:again|now|after all|anyway|back)\b", re.IGNORECASE)
_COMING = frozenset(words("arrive join attend visit be travel move"))
"""Taking part, in other words."""
_BOOKED = frozenset(words("book rent reserve hire plan"))
_RESIGNED = re.compile(
    r"\b(?:hand|step|stand|stepp|stood|resign)(?:ed|s|ing)? ?(?:down|over)? as (?:the )?"
    r"(?P<what>\w+)"
)
_VAGUE = frozenset(words("after all able old time year day week thing much many lot bit"))


def ended(new: Telling, old: Telling, alike: float) -> bool:
    """Whether what the new fact tells ends what the old one holds."""
    if old.claim.past or old.claim.denied:
        return _taken_up_again(new, old)
    return (
        _denied(new, old)
        or _given_away(new, old)
        or _parted(new, old)
        or _left(new, old)
        or _moved_out(new, old)
        or _called_off(new, old)
        or _shifted(new, old)
        or _finished(new, old)
        or _dead(new, old)
    )


def _denied(new: Telling, old: Telling) -> bool:
    """ "You do not eat pork any more" after "You eat pork"."""
    mine, theirs = new.claim, old.claim
    stopping = mine.main == "quit" and not mine.ahead
    if not (mine.denied or stopping) or not same_subject(mine, theirs):
        return False
    if mine.moments and not set(mine.moments) <= set(theirs.moments):
        return False
    core = mine.rest - _VAGUE
    if mine.main in _COMING and theirs.main in _COMING - {"be"} and not stopping:
        known = bool(core or mine.moments or new.level > 1)
        planned = theirs.ahead or any(one.day is not None for one in theirs.moments)
        return planned and known and core <= theirs.words | theirs.senses
    done = telling_senses(mine) - {"quit"}, telling_senses(theirs)
    if done[0] and not done[0] & done[1] and not done[0] & theirs.words:
        return False
    if mine.main == "be" and theirs.main != "be" and not done[0]:
        return False
    if not core:
        return bool(done[0] & done[1]) and bool(_STOPPED.search(mine.text)) and not theirs.rest
    if stopping and not done[0]:
        core = (_first(mine.objects) - _VAGUE) or core
        doing = {sense_of(word) for word in core}
        return doing <= theirs.senses or (core <= theirs.words | theirs.senses and not theirs.ahead)
    kept = core & theirs.words
    return core <= theirs.words or (
        mine.heads[:1] == theirs.heads[:1] and 2 * len(kept) > len(core)
    )


def _taken_up_again(new: Telling, old: Telling) -> bool:
    """ "You eat meat again" after "You do not eat meat"."""
    mine, theirs = new.claim, old.claim
    if not theirs.denied or theirs.past or mine.denied or mine.past or not _BACK.search(mine.text):
        return False
    if not same_subject(mine, theirs) or mine.adding:
        return False
    alike = bool(telling_senses(mine) & telling_senses(theirs)) or mine.main == theirs.main == "be"
    core = theirs.rest - _VAGUE
    return alike and bool(core) and core <= mine.words | mine.senses


def _given_away(new: Telling, old: Telling) -> bool:
    """ "You sold your van" ends "You drive a van"."""
    mine, theirs = new.claim, old.claim
    stolen = mine.main in ("steal", "total", "sell", "scrap", "write") and not mine.owner
    if mine.ahead or mine.denied or not (stolen or mine.main in _RID):
        return False
    thing = (mine.subject, mine.head) if stolen else (_first(mine.objects), _top(mine.heads))
    if not thing[1] or "new" in theirs.text.lower().split() or "some" in mine.text.split():
        return False
    if not stolen and theirs.main == "be" and not theirs.person and "you" in theirs.possessors:
        return theirs.head == thing[1] and compatible(theirs.subject, thing[0]) and mine.owner
    if theirs.main not in _HOLDING or theirs.main == "be" or not theirs.heads:
        return False
    if not (stolen and theirs.owner) and not same_subject(mine, theirs):
        return False
    other = _first(theirs.objects)
    one_thing = thing[1] == theirs.heads[0] or thing[1] in other or theirs.heads[0] in thing[0]
    bare = len(other) == 1 or len(thing[0]) == 1
    one_thing = one_thing or (bare and _is_vehicle_pair(thing[1], theirs.heads[0]))
    return one_thing and (compatible(thing[0], other) or len(thing[0] & other) > 1)


def _first(objects: tuple[frozenset[str], ...]) -> frozenset[str]:
    return objects[0] if objects else frozenset()


def _top(heads: tuple[str, ...]) -> str:
    return heads[0] if heads else ""


def _is_vehicle_pair(one: str, other: str) -> bool:
    return one in ("car", "motorbike", "bicycle") and same_kind(one, other) and one in other


def _parted(new: Telling, old: Telling) -> bool:
    """ "You and Tom broke up" ends "Tom is your boyfriend"."""
    mine, theirs = new.claim, old.claim
    told = mine.main in _PARTED or "part" in mine.senses or "divorce" in mine.text.lower()
    if not told or mine.denied or mine.ahead:
        return False
    if not mine.owner:
        both = len(mine.names | mine.proper) > 1 and mine.proper <= theirs.proper
        return both and bool(_COUPLE & (theirs.words | theirs.senses))
    couple = _COUPLE & (theirs.words | theirs.senses)
    ex = re.search(r"\bex\b|\bex-", theirs.text, re.IGNORECASE)
    if not couple or ex or (mine.main == "leave" and not mine.proper & theirs.proper):
        return False
    named = mine.proper & theirs.proper
    unnamed = not mine.proper and bool(_COUPLE & mine.words & theirs.words)
    state = (
        theirs.main in ("be", "own", "date", "call", "engage", "marry") or "date" in theirs.senses
    )
    yours = theirs.owner or re.search(r"\byour\b", theirs.text, re.IGNORECASE) is not None
    return state and yours and (bool(named) or unnamed or (mine.main == "part" and not mine.proper))


def _left(new: Telling, old: Telling) -> bool:
    """ "You were laid off by the studio" ends "You work at the studio"."""
    mine, theirs = new.claim, old.claim
    post = _RESIGNED.search(mine.text)
    if post is not None and not mine.ahead and same_subject(mine, theirs):
        return theirs.main == "be" and post["what"].lower() in theirs.heads[:1]
    if mine.main not in _LEFT or mine.denied or mine.ahead or not same_subject(mine, theirs):
        return False
    if theirs.ahead and "work" not in theirs.senses:
        return False
    shared = mine.rest & theirs.rest - _VAGUE
    if "work" in theirs.senses or (theirs.main == "be" and _JOB & theirs.rest):
        anyplace = not mine.proper and (_JOB & mine.rest or "retire" in mine.senses)
        return bool(shared & (theirs.proper | frozenset(theirs.heads))) or bool(anyplace)
    if mine.main == "leave" and _top(mine.heads) in _GROUPS:
        return mine.rest <= theirs.rest
    living = "live" in theirs.senses and bool(shared & theirs.proper) and mine.main == "leave"
    held = theirs.main in ("rent", "use", "own") and _top(mine.heads) in theirs.heads[:1]
    return living or (held and mine.main == "quit" and bool(_top(mine.heads)))


def _moved_out(new: Telling, old: Telling) -> bool:
    """ "Petal has moved out" ends "Petal lives with you"."""
    mine, theirs = new.claim, old.claim
    out = mine.main == "move" and re.search(r"\bmoved out\b", mine.text) is not None
    if not out or mine.denied or mine.ahead or "live" not in theirs.senses:
        return False
    together = re.search(r"\bwith (?:you|your)\b", theirs.text) is not None
    return together and same_subject(mine, theirs) and not mine.proper & mine.rest


_TRIPS = frozenset(words("trip holiday journey visit vacation tour"))


def _called_off(new: Telling, old: Telling) -> bool:
    """ "The concert is cancelled" ends "The concert is on 3 May"."""
    mine, theirs = new.claim, old.claim
    if not _OFF_TEXT.search(mine.text) and "cancel" not in mine.senses:
        return False
    acted = mine.owner or mine.person
    thing = (_first(mine.objects), _top(mine.heads)) if acted else (mine.subject, mine.head)
    held = theirs.main in ("be", "own") or theirs.main in _BOOKED
    if not thing[1] or not (theirs.moments or theirs.ahead or held):
        return False
    if mine.moments and theirs.moments and not set(mine.moments) & set(theirs.moments):
        return False
    going = thing[1] in _TRIPS and "travel" in theirs.senses and theirs.ahead
    if going and (thing[0] - {thing[1], "you"}) & theirs.rest:
        return True
    if theirs.head == thing[1]:
        return compatible(thing[0], theirs.subject)
    return _top(theirs.heads) == thing[1] and compatible(thing[0], _first(theirs.objects))


_MOVED = re.compile(
    r"\b(?:has|have|is|are|was|were|got|been)\b.* (?:moved|pushed|postponed|shifted|rescheduled|"
    r"delayed|put back|put off|brought forward)(?: (?:a|one|two|three) \w+)?(?=[,.;!]|$)"
)


def _shifted(new: Telling, old: Telling) -> bool:
    """ "The do has moved" ends "The do is at the rugby club", wherever it is now."""
    mine, theirs = new.claim, old.claim
    if mine.owner or mine.person or mine.moments or not _MOVED.search(mine.text):
        return False
    if theirs.owner or theirs.person or theirs.head != mine.head or not mine.head:
        return False
    placed = theirs.main == "be" and bool(theirs.proper & theirs.rest or theirs.moments)
    dated = bool(theirs.moments) and theirs.main in ("be", "happen")
    to_come = all(one.date is None or one.date >= new.day for one in theirs.moments)
    return (placed or dated) and to_come and compatible(mine.subject, theirs.subject)


def _finished(new: Telling, old: Telling) -> bool:
    """ "You finished your thesis" ends "You are writing your thesis"."""
    mine, theirs = new.claim, old.claim
    if mine.main != "finish" or mine.denied or mine.ahead or not same_subject(mine, theirs):
        return False
    doing = theirs.ahead and not theirs.moments and re.search(r"\b(?:are|is) \w+ing\b", theirs.text)
    return bool(doing) and bool(mine.heads) and mine.heads[0] in theirs.heads[:1]


def _dead(new: Telling, old: Telling) -> bool:
    """ "Your dog Rex died" ends "Your dog Rex sleeps in the hall", not whose dog he was."""
    mine, theirs = new.claim, old.claim
    if mine.main != "die" or mine.denied or mine.ahead or not theirs.person:
        return False
    known = bool(mine.names and theirs.names) or (not mine.names and not theirs.names)
    identity = theirs.main in ("be", "call", "name") and not is_a(_top(theirs.heads), "illness")
    return known and same_subject(mine, theirs) and not identity
