"""Silent parts: whose doing a sentence without a subject tells, and verbs without their object.

"My dad's coming. Driving in with his own pillow." is of him; "Sold in December." is of something
that was named before. Such sentences say nothing alone.
"""

import re

from consolidation.english.hypernyms import is_a
from consolidation.english.mood import subject_of
from consolidation.english.naming import names_living
from consolidation.english.parsing import Word, parse
from consolidation.english.segments import stands
from consolidation.english.wordlist import words

_OWN = re.compile(r"(?i)\b(?:his|her|their) own\b")
_ACTED_ON = re.compile(r"(?i)\b(?:him|them|me|us|my|our|I|we)\b")
""" "Bought him a heater": one's own doing."""
_BORN = re.compile(r"(?i)^born\b")
_GIVEN = frozenset(words("sell buy lend borrow adopt fix mend repair"))
"""Verbs that say little without what was sold, bought, mended."""


def is_of_another(text: str, before: str) -> bool:
    """Whether a sentence without a subject tells of somebody whom the one before is about."""
    if not before or stands(text):
        return False
    opening = next((word for part in parse(text) for word in part.words), None)
    if opening is None or not (opening.is_verb or _BORN.match(text)):
        return False
    if _OWN.search(text):
        return True
    return not _ACTED_ON.search(text) and _is_about_another(before)


def lacks_object(text: str) -> bool:
    """ "Sold in December", "I bought on Tuesday": what, was said before."""
    return any(_is_bare(part.root) for part in parse(text))


def _is_bare(verb: Word) -> bool:
    if verb.lemma.lower() not in _GIVEN and verb.lower not in ("sold", "bought", "lent"):
        return False
    acting = subject_of(verb)
    passive = verb.child("auxpass") is not None
    told = verb.child("dobj", "dative", "prt", "ccomp", "xcomp", "oprd", "agent", "conj", "attr")
    agent = acting is None or acting.lower in ("i", "we")
    return agent and not passive and told is None


def _is_about_another(text: str) -> bool:
    """Whether the last clause has one other person or animal for its subject, and not the owner."""
    subjects = [w for part in parse(text) for w in part.words if w.dep in ("nsubj", "nsubjpass")]
    if not subjects:
        return False
    last = subjects[-1]
    if any(word.lower in ("i", "we") for word in last.subtree()):
        return False
    named = last.is_proper and last.entity in ("PERSON", "")
    kin = last.is_noun and is_a(last.lower, "kin")
    return last.lower in ("he", "she") or named or kin or names_living(last)
