"""Sureness: whether a simple sentence was surely taken out of its message as it was meant."""

import re
from collections.abc import Sequence

from consolidation.english.hearsay import QUOTED
from consolidation.english.inflection import base_form
from consolidation.english.mood import subject_of
from consolidation.english.naming import names_living
from consolidation.english.parsing import Sentence, Word
from consolidation.english.person import full_form
from consolidation.english.roles import SAYING
from consolidation.english.silent import lacks_object
from consolidation.english.wordlist import words

_LICENSED = words("relcl advcl acl xcomp aux auxpass csubj pcomp conj ROOT")
_BEFORE = words("advmod npadvmod prep advcl aux auxpass neg punct mark det")
_NO_VERBS = ("round", "like", "near", "past", "down", "off", "out", "till", "per")
"""Taken for a verb where the real one lost its subject: "Lives round the corner"."""
_DAYS = words("mon tue tues wed thu thur thurs fri sat sun")
_WANTING = words("want wish need see watch let make have help ask like")
_OPENING_NOUNS = words("the a an my our his her their")
"""Behind one of them stands no verb: "my aunt the lanterns"."""
_MOST_WORDS = 26
_STRAY = re.compile(r"[()\[\]\"!?;]|:\s|\s[–—]\s|,\s*(?:I|he|she|it|we|they|not|that is)\b")


def is_sure(sentence: Sentence) -> bool:
    """Whether it is one clause with its own subject, and holds nothing that is unexplained."""
    root, subject = sentence.root, subject_of(sentence.root)
    if lacks_object(sentence.text) or _is_cut_off(sentence.words):
        return False
    spoken = [word for word in sentence.words if word.tag not in (".", ",")]
    if not _is_plain(sentence, spoken):
        return False
    if not root.is_verb or subject is None or subject.i > root.i:
        return False
    doubtful = (
        _disagrees(subject, root)
        or _is_misread(subject, root)
        or not _is_finite(root)
        or _is_cut(sentence, subject)
        or _has_loose_end(root)
    )
    finite = [word for word in spoken if word.tag in ("VBD", "VBZ", "VBP", "MD")]
    return (
        not doubtful
        and all(_may_open(word, subject, root) for word in spoken if word.i < subject.i)
        and all(_is_licensed(word, root) for word in finite)
    )


def _is_cut_off(spoken: Sequence[Word]) -> bool:
    """ "… until my sister.": a clause that lost its verb, and no stretch of time."""
    link = next(
        (w for w in reversed(spoken) if w.lower in ("until", "till", "unless", "while")), None
    )
    noun = link.child("pobj") if link is not None else None
    last = noun is not None and all(w.i <= noun.i or w.tag == "." for w in spoken)
    return last and noun is not None and (names_living(noun) or noun.entity == "PERSON")


def _is_plain(sentence: Sentence, spoken: list[Word]) -> bool:
    """Whether it is of moderate length, without brackets, marks and interjections inside."""
    text = sentence.text.rstrip(".!? ")
    return (
        QUOTED not in text
        and _STRAY.search(text) is None
        and 0 < len(spoken) <= _MOST_WORDS
        and spoken[0].lower != "not"
        and not any(word.tag in ("UH", "NFP", "ADD", "XX", "LS") for word in spoken)
        and not any(word.dep in ("dep", "parataxis", "intj", "meta") for word in spoken)
    )


def _is_misread(subject: Word, root: Word) -> bool:
    """Whether subject or verb is a word that can hardly be one."""
    letters = any(map(str.isalnum, subject.text))
    number = subject.tag == "CD" and not subject.children
    bare = root.lemma == "be" and all(
        w.dep in ("nsubj", "punct") or (w.dep == "advmod" and w.child("prep") is None)
        for w in root.children
    )
    let = root.lemma in ("let", "make") and root.child("ccomp") is not None
    around = (*root.children, *subject.subtree())
    behind = any(w.lower in _OPENING_NOUNS and w.i == root.i - 1 for w in around)
    article = behind or subject.lower in ("the", "a", "an") or subject.lower in _DAYS
    return not letters or article or number or bare or let or root.lower in _NO_VERBS


def _may_open(word: Word, subject: Word, root: Word) -> bool:
    """Whether a word in front of the subject belongs there: to it, or to what may open a clause."""
    if word in subject.subtree():
        return True
    top = word
    while top.parent is not None and top.parent is not root:
        top = top.parent
    return top.dep in _BEFORE and (top.dep != "advcl" or _opens_clause(top))


def _disagrees(subject: Word, root: Word) -> bool:
    """ "You turns out": a verb in the third person with "I", "we"."""
    finite = root.child("aux", "auxpass") or root
    if subject.lower in ("i", "we", "you", "they"):
        return finite.tag == "VBZ"
    return is_joined_wrongly(subject, finite)


def is_joined_wrongly(subject: Word, finite: Word) -> bool:
    """ "My crossword and the snow is up": a subject of two with the verb of one."""
    mate = subject.child("conj")
    several = mate is not None and mate.i < finite.i and subject.child("cc") is not None
    joint = subject.child("cc")
    return several and joint is not None and joint.lower == "and" and finite.tag == "VBZ"


def _opens_clause(verb: Word) -> bool:
    """Whether a clause in front of the subject is one that may stand there: "When I …", "To …"."""
    return verb.child("mark", "advmod") is not None or verb.tag in ("VBG", "VB")


def _is_finite(root: Word) -> bool:
    return (
        root.tag in ("VBD", "VBZ", "VBP", "MD")
        or any(w.dep in ("aux", "auxpass") and w.lower != "to" for w in root.children)
        or full_form(root).lower() == base_form(root.text)
    )


def _is_cut(sentence: Sentence, subject: Word) -> bool:
    """One comma between subject and verb: a phrase between them lost its other half."""
    inside = subject.subtree()
    last = inside[-1]
    commas = sum(word.tag == "," for word in inside)
    after = any(word.tag == "," and word.i == last.i + 1 for word in sentence.words)
    listed = any(word.dep == "conj" for word in inside)
    return (after and commas % 2 == 0) or (commas % 2 == 1 and not (after or listed))


def _has_loose_end(root: Word) -> bool:
    """A noun joined to the verb by "and", or the owner acting on the owner."""
    joined = any(word.dep == "conj" and not word.is_verb for word in root.children)
    subject, acted = subject_of(root), root.child("dobj")
    speaker = ("i", "we", "me", "us")
    if subject is None or acted is None:
        return joined
    oneself = subject.lower in speaker and acted.lower in speaker
    return joined or oneself


def _is_licensed(verb: Word, root: Word) -> bool:
    """Whether a finite verb has its place: as the main verb, or below a word that opens it."""
    if verb.dep in ("aux", "auxpass") and verb.parent is not None:
        verb = verb.parent
    if verb is root or verb.dep == "ccomp":
        return verb is root or _is_told(verb) or _is_opened(verb)
    return verb.dep in _LICENSED and not (verb.dep == "relcl" and _is_run_on(verb))


def _is_run_on(verb: Word) -> bool:
    """ "Nives she lives in Graz": a new sentence, and no relative clause."""
    noun = verb.parent
    if any(word.tag in ("WDT", "WP", "WRB", "WP$") for word in verb.subtree()):
        return False
    acted = verb.child("dobj")
    resumed = acted is not None and acted.lower in ("it", "them")
    return resumed or (noun is not None and noun.is_proper and verb.child("nsubj") is not None)


def _is_opened(verb: Word) -> bool:
    """ "A Saab that my grandfather left me": read as content, and yet no sentence by itself."""
    return verb.subtree()[0].lower in ("that", "which", "who", "whose")


def _is_told(verb: Word) -> bool:
    """A content clause behind its verb: "I know (that) he came"; not one in front of it."""
    above = verb.parent
    spliced = verb.child("mark") is None and any(
        word.tag == "," for word in (above.children if above is not None else [])
    )
    return (
        above is not None
        and above.i < verb.i
        and above.lemma in (*SAYING, *_WANTING)
        and not spliced
    )
