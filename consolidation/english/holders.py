"""Holders: who does a task or has a part in it, and when another takes their place."""

import re

from consolidation.english.claims import Claim
from consolidation.english.conflicts import (
    Telling,
    compatible,
    same_subject,
    telling_senses,
    without_titles,
)
from consolidation.english.hypernyms import is_a
from consolidation.english.moments import differ
from consolidation.english.wordlist import words

_SHAREABLE = frozenset(
    words("arrive leave travel live work like dislike know visit call telephone write see meet")
)
"""What several people do with the same person or thing at once."""
_INSTEAD = frozenset(words("so now because since instead therefore anymore but"))
_EACH = frozenset(words("friend buddy neighbor neighbour colleague cousin sibling pupil student"))
_COUPLE = frozenset(words("wife husband boyfriend girlfriend partner fiancé fiancée spouse"))
_ALL = frozenset(words("all both everyone everybody whole"))


def another_holder(new: Telling, old: Telling, alike: float) -> bool:
    """Someone else does what another did: "Forget Mia, Tom draws it now"."""
    mine, theirs = new.claim, old.claim
    if theirs.past or mine.past or mine.denied or mine.adding or same_subject(mine, theirs):
        return False
    if not ((mine.person and theirs.person) or theirs.names or theirs.owner):
        return False
    shared = mine.rest & theirs.rest
    if without_titles(theirs.names) & new.dropped and not theirs.names & mine.subject:
        return bool(shared) and alike >= 0.3
    if not shared or not ((mine.names or mine.person) and theirs.names) or mine.owner:
        return False
    same_time = bool(mine.moments) and mine.moments == theirs.moments
    if (
        (_is_task(theirs) or (same_time and not mine.senses & _SHAREABLE))
        and compatible(mine.rest, theirs.rest)
        and mine.main == theirs.main
    ):
        known = bool(without_titles(theirs.names) & new.correction.named)
        reason = bool(_INSTEAD & new.correction.named)
        return ((known and reason) or mine.changed) and not _apart(mine, theirs)
    role = mine.main == theirs.main == "be" and mine.rest == theirs.rest
    plain = "new" in mine.text.lower().split() or new.level > 1
    telling = telling_senses(mine) & telling_senses(theirs) and mine.heads[:1] == theirs.heads[:1]
    unique = role and not any(_is_shared_role(head) for head in mine.heads[:1])
    act = bool(telling) and mine.changed and compatible(mine.rest, theirs.rest)
    return new.level > 0 and plain and (unique or act)


def another_name_stands(new: Telling, old: Telling, alike: float) -> bool:
    """ "Jean sings the solo in her stead" after "You have given the solo to Catriona"."""
    mine, theirs = new.claim, old.claim
    if mine.past or mine.denied or mine.adding or theirs.past or theirs.denied or new.level < 2:
        return False
    gone = without_titles(new.dropped & theirs.proper) - mine.words
    come = (mine.proper | mine.names) - theirs.proper
    shared = (mine.rest & theirs.rest) - gone
    return bool(gone and come and shared) and alike >= 0.3 and not _apart(mine, theirs)


def _is_task(claim: Claim) -> bool:
    """Whether someone does something for the owner that one person does: "waters your plants"."""
    own = re.search(r"\b(?:your|you)\b", claim.text.partition(" ")[2].lower()) is not None
    return own and bool(telling_senses(claim)) and not claim.senses & _SHAREABLE


def _apart(new: Claim, old: Claim) -> bool:
    """Whether the two are at times that differ, so that both can hold."""
    return any(differ(one, other) for one in new.moments for other in old.moments)


def _is_shared_role(noun: str) -> bool:
    """Whether one has several of them: friends, sisters."""
    kin = is_a(noun, "kin") and noun not in _COUPLE
    return kin or noun in _EACH or is_a(noun, "pet", "dog", "cat")


def fewer_take_part(new: Telling, old: Telling, alike: float) -> bool:
    """ "Only you are going" after "all of you are going"."""
    mine, theirs = new.claim, old.claim
    first = mine.text.lower().split()[:1]
    everyone = _ALL & set(theirs.text.lower().split()[:3])
    telling = telling_senses(mine) & telling_senses(theirs)
    named = compatible(mine.proper & mine.rest, theirs.proper & theirs.rest)
    return first in (["only"], ["just"]) and bool(everyone and telling) and named
