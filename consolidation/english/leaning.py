"""Leaning: facts that say little without the one before them in their sentence."""

import re
from collections.abc import Sequence

from consolidation.english.parsing import Word
from consolidation.english.wordlist import words

_POINTING = frozenset(words("it them there one ones then that those these"))
_ANYBODYS = frozenset(words("sea sun weather internet radio news world city moon sky post"))
OVER = re.compile(r"(?i)\b(?:any ?more|no longer|any longer)\b")
"""Says that something holds no longer."""
CHANGED = re.compile(rf"{OVER.pattern}|\b(?:now|instead|these days|used to|wrong)\b")
"""Or that something else holds."""
_NAMES = re.compile(r"\b(?:I|me|[Mm]y|[Mm]ine|[Ww]e|us|[Oo]urs?)\b|(?<!^)\b[A-Z]")


def leans(fact: Sequence[Word], before: Sequence[Word]) -> bool:
    """Whether a fact of a sentence needs the one before it, in the owner's person.

    It points back ("your typewriter is wearing it"), it says what holds in place of what does not
    ("Norrland Direct has the policy now"), or it speaks of what the other brought up ("the account
    moves to Hexham").
    """
    if not before:
        return False
    text, earlier = ("".join(w.text + " " * w.space for w in part) for part in (fact, before))
    replaces = OVER.search(earlier) is not None and OVER.search(text) is None
    return replaces or _NAMES.search(text) is None or any(map(_points, fact))


def _points(word: Word) -> bool:
    if word.lower in _POINTING:
        return word.dep not in ("expl", "det", "mark", "nsubj", "nsubjpass")
    if not word.is_noun or word.dep not in ("nsubj", "nsubjpass"):
        return False
    bare = [child.lower for child in word.children] == ["the"]
    return bare and word.lower not in _ANYBODYS
