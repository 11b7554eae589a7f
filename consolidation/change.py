"""Change: which earlier facts a new one replaces. Pure; knows words, no store and no model.

The old fact is never trained again and stays in history; `change_views` teach the new one and
that it changed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from consolidation.changed_views import change_views
from consolidation.dreams import View
from consolidation.english.attributes import another_value
from consolidation.english.claims import Claim, read_claim
from consolidation.english.conflicts import (
    Telling,
    another_amount,
    another_time,
)
from consolidation.english.contrast import put_right
from consolidation.english.corrections import read_correction
from consolidation.english.deadlines import another_deadline
from consolidation.english.endings import ended
from consolidation.english.holders import another_holder, another_name_stands, fewer_take_part
from consolidation.english.pointing import Heard, pointed_at

__all__ = ["Told", "View", "change_views", "superseded"]

_RULES = (
    another_time,
    another_amount,
    another_value,
    another_deadline,
    another_holder,
    another_name_stands,
    fewer_take_part,
    put_right,
    ended,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as it was told: what the deciding rests on."""

    fact: str
    """A second-person statement: "Mio draws the pixel art for Tide Ledger."."""
    message: str
    """The owner's whole message."""
    before: tuple[str, ...]
    """Earlier messages of the same conversation, oldest first."""
    at: datetime


def superseded(
    new: Told, earlier: Sequence[Told], similar: Callable[[str, str], float]
) -> list[int]:
    """Indexes of the earlier facts that the new one replaces.

    `similar` is the cosine of two sentences' embeddings, 0 to 1; it is asked only about pairs
    that share a word. Facts of one message stand beside each other.
    """
    correction = read_correction(new.message, new.before)
    telling = Telling(read_claim(new.fact), correction, new.at.date())
    found = []
    for index, old in enumerate(earlier):
        beside = old.message == new.message and old.at == new.at
        if beside or old.at > new.at or old.fact == new.fact or _is_open(new, old):
            continue
        claim = read_claim(old.fact)
        if not _touch(telling, claim):
            continue
        other = Telling(claim, _NOTHING, old.at.date())
        if replaces(telling, other, similar(new.fact, old.fact)):
            found.append(index)
    known = [k for k, old in enumerate(earlier) if old.at <= new.at and old.message != new.message]
    heard = [Heard(earlier[k].fact, earlier[k].message, earlier[k].at.date()) for k in known]
    meant = pointed_at(telling, new.message, new.before, heard)
    return sorted({*found, *(known[k] for k in meant)})


_NOTHING = read_correction("")
_OF_IT = re.compile(
    r"\b(?:of|on|in|for|to|with|inside) (?:it|them) (?:is|are|was|were|has|have|will)\b"
)


def _is_open(*told: Told) -> bool:
    """Whether one is of an "it": "The name on it is Juniper" is of another passport each time."""
    return any(_OF_IT.search(one.fact) for one in told)


def replaces(new: Telling, old: Telling, alike: float) -> bool:
    """Whether one of the rules is sure that the new telling takes the old one's place."""
    if restates(new.claim, old.claim):
        return False
    return any(rule(new, old, alike) for rule in _RULES)


def restates(new: Claim, old: Claim) -> bool:
    """Whether the new claim says the same, more or less exactly."""
    same_words = new.words <= old.words or old.words <= new.words
    same_times = not (set(new.moments) ^ set(old.moments))
    same_amounts = not (set(new.amounts) ^ set(old.amounts))
    same = same_words and same_times and same_amounts and new.main == old.main
    return same and new.denied == old.denied and new.subject == old.subject and not new.dropped


def _touch(new: Telling, old: Claim) -> bool:
    """Whether the two have anything in common that a rule could rest on."""
    mine = new.claim
    if mine.words & old.words or new.dropped & old.words:
        return True
    if mine.head and mine.head == old.head and not mine.owner:
        return True
    if mine.owner and old.owner:
        return bool(mine.senses & old.senses) or mine.main in _TURNS or mine.so_far
    return "part" in mine.senses


_TURNS = frozenset({"move", "live", "quit", "retire", "leave", "part", "work", "rent", "lose"})
