"""Word order: a sentence in the order in which statements are read, subject before verb.

"What I can't stand is beetroot" -> "I can't stand beetroot". What is surely in plain order, or
not surely read, stays as it is.
"""

import re

from consolidation.english.clefts import uncleft, unexclaimed
from consolidation.english.courtesies import plainly_given
from consolidation.english.dislocations import relocated, unspliced
from consolidation.english.fragments import made_sentences
from consolidation.english.frontings import unfronted
from consolidation.english.hearsay import QUOTED
from consolidation.english.impersonals import of_the_owner
from consolidation.english.inversions import uninverted
from consolidation.english.likings import liked

_MOST_WORDS = 32


def in_plain_order(text: str) -> list[str]:
    """The sentence, or what it says in plain order: one sentence or several."""
    if text.endswith("?") or QUOTED in text or '"' in text or len(text.split()) > _MOST_WORDS:
        return [text]
    given = plainly_given(text) or text
    parts = unspliced(given)
    return [plain for part in parts for plain in (_read_well(_reordered(part)) or [part])]


_TWO_VERBS = re.compile(r"(?i)\b(?:is|are|was|were|am) (?:is|are|was|were|am|has|have|had)\b")


def _read_well(plain: list[str]) -> list[str]:
    """The sentences; none where one of them has two verbs in a row, and was taken amiss."""
    return [] if any(_TWO_VERBS.search(one) for one in plain) else plain


def _reordered(text: str) -> list[str]:
    taste = liked(text)
    if taste:
        return [taste]
    text = of_the_owner(text)
    made = made_sentences(text)
    if made:
        return made
    plain = uninverted(text) or uncleft(text) or unexclaimed(text)
    if plain:
        return [plain]
    moved = unfronted(text)
    if moved:
        return moved
    return [relocated(text) or text]
