"""Retagging: single words that the parser regularly takes for another kind of word."""

import re
from itertools import pairwise

from assistant.number_words import DIGITS, ONES, TENS
from consolidation.english.hypernyms import is_a
from consolidation.english.trees import Word, hang
from consolidation.english.wordlist import words

_BORN = frozenset(words("eldest youngest oldest"))
_COMPOUND_NUMBER = re.compile(rf"(?:{'|'.join(TENS)})-(?:{'|'.join(ONES[1:10])})", re.IGNORECASE)
_STATES = frozenset(words("intolerant allergic asthmatic diabetic coeliac celiac epileptic"))
_PARTS = frozenset(words("half quarter five ten twenty twenty-five"))


def retag(spoken: list[Word]) -> None:
    """Put right the kinds of single words, and the clock's hours where they hang apart."""
    for word in spoken:
        lone = word.child("poss") is not None and word.dep not in ("amod", "compound")
        if word.lower in _BORN and word.tag.startswith("JJ") and lone:
            word.tag = "NN"  # "my eldest"
        elif _COMPOUND_NUMBER.fullmatch(word.text) and word.tag in ("JJ", "NN"):
            word.tag = "CD"  # "ninety-one"
        elif word.lower in _STATES and word.tag == "NN" and word.dep == "acomp":
            word.tag = "JJ"  # "lactose intolerant"
        elif word.tag == "JJ" and "-" in word.text and is_a(word.lower, "kin"):
            word.tag = "NN"  # "half-sister"
            word.dep = "compound" if word.dep == "amod" else word.dep
    for cause, state in pairwise(spoken):
        if state.lower == "intolerant" and cause.parent is state and cause.tag == "JJ":
            cause.tag, cause.dep = "NN", "npadvmod"  # "lactose intolerant"
    for part, joint, hour in zip(spoken, spoken[1:], spoken[2:], strict=False):
        counted = hour.tag == "CD" and (hour.lower in DIGITS or hour.text.isdigit())
        if part.lower in _PARTS and joint.lower in ("past", "to") and counted:
            _join_hour(part, joint, hour)


def _join_hour(part: Word, joint: Word, hour: Word) -> None:
    """Make one time of "half past five"."""
    above = part.parent
    if above is None or above.lower not in ("at", "by", "until", "till", "from", "before", "after"):
        if hour.parent is None or hour.parent.dep != "prep" or part not in hour.children:
            return
        part.entity = joint.entity = hour.entity = "TIME"
        return
    for word in (joint, hour):
        if word.parent is None or word.parent is part or word in above.children:
            continue
        word.parent.children.remove(word)
        word.dep = "amod" if word is joint else "nummod"
        hang(word, part)
    part.entity = joint.entity = hour.entity = "TIME"
    part.children.sort(key=lambda word: word.i)
