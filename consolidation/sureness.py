"""Sureness: whether a simple sentence was surely taken out of its message as it was meant."""

import re

from consolidation.hearsay import QUOTED
from consolidation.mood import subject_of
from consolidation.parsing import Sentence, Word

_LICENSED = ("relcl", "advcl", "acl", "xcomp", "aux", "auxpass", "csubj", "pcomp", "conj", "ROOT")
_BEFORE = (
    "advmod",
    "npadvmod",
    "prep",
    "advcl",
    "aux",
    "neg",
    "punct",
    "auxpass",
    "mark",
    "det",
    "tmod",
)
_MOST_WORDS = 26
_STRAY = re.compile(r"[()\[\]\"!?;]|:\s|\s[–—]\s|,\s*(?:I|he|she|it|we|they|not)\b")


def is_sure(sentence: Sentence) -> bool:
    """Whether it is one clause with its own subject, and holds nothing that is unexplained."""
    text = sentence.text.rstrip(".!? ")
    root = sentence.root
    subject = subject_of(root)
    words = [word for word in sentence.words if word.tag not in (".", ",")]
    if QUOTED in text or _STRAY.search(text) or len(words) > _MOST_WORDS:
        return False
    if not root.is_verb or subject is None or subject.i > root.i or _disagrees(subject, root):
        return False
    if any(word.tag in ("UH", "NFP", "ADD", "XX", "LS") for word in words):
        return False
    if any(word.dep in ("dep", "parataxis", "intj", "meta") for word in words):
        return False
    inside = {id(word) for word in subject.subtree()}
    for word in words:
        if word.i < subject.i and id(word) not in inside:
            top = word
            while top.parent is not None and top.parent is not root:
                top = top.parent
            if top.dep not in _BEFORE:
                return False
    return all(
        _is_licensed(word, root) for word in words if word.tag in ("VBD", "VBZ", "VBP", "MD")
    )


def _disagrees(subject: Word, root: Word) -> bool:
    """ "You turns out": a verb in the third person with "I", "we"."""
    finite = root.child("aux", "auxpass") or root
    return subject.lower in ("i", "we", "you", "they") and finite.tag == "VBZ"


def _is_licensed(verb: Word, root: Word) -> bool:
    """Whether a finite verb has its place: as the main verb, or below a word that opens it."""
    if verb.dep in ("aux", "auxpass") and verb.parent is not None:
        verb = verb.parent
    if verb is root or verb.dep == "ccomp":
        return verb is root or _is_told(verb)
    return verb.dep in _LICENSED


def _is_told(verb: Word) -> bool:
    """A content clause behind its verb: "I know (that) he came"; not one in front of it."""
    above = verb.parent
    spliced = verb.child("mark") is None and any(
        word.tag == "," for word in (above.children if above is not None else [])
    )
    return (
        above is not None
        and above.i < verb.i
        and above.lemma not in ("be", "have", "seem")
        and not spliced
    )
