"""Anchors: what ties a sentence to its owner's life: a relative, a name, a date, an own thing."""

import re
from collections.abc import Sequence

from consolidation.english.hypernyms import is_a
from consolidation.english.inflection import is_listed
from consolidation.english.parsing import Word
from consolidation.english.wordlist import words

_EMPTY_NOUNS = frozenset(
    words(
        "god opinion mind goodness turn mistake bad word words day night morning evening thing "
        "things stuff bit lot kind sort way idea question sense point moment people somebody "
        "everybody anyone guess head breath tongue nerves english fault pleasure"
    )
)
_CALENDAR = re.compile(
    r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:january|february|march|april|june|"
    r"july|august|september|october|november|december|christmas|easter|diwali|ramadan|"
    r"eid|hanukkah|tomorrow|yesterday|fortnight)\b|\bin may\b|\b(?:jan|feb|mar|apr|jun|jul|aug|"
    r"sept?|oct|nov|dec)\.? \d|\bmay \d|\d(?:st|nd|rd|th)\b|"
    r"\b(?:last|next) (?:week|month|year|night|spring|summer|autumn|winter|term|weekend)\b|"
    r"\b(?:mon|tues?|thurs?|fri)[.!]*$|\bstarts? (?:sat|sun|wed)\b|"
    r"\b\d{1,2}[:.h]\d\d\b|\b(?:days?|weeks?|months?|years?|hours?) ago\b|\bhalf past\b"
)
_KIN = frozenset(
    words(
        "mum mom mam mama mummy mommy dad da daddy papa ma pa nan nana gran granny grandma grandpa "
        "grandad granddad auntie hubby"
    )
)
_NO_PEOPLE = frozenset(words("god lord jesus christ strewth heaven thanks hello hi"))


def is_owned(text_words: Sequence[Word]) -> bool:
    """Whether something in it is called "my" or "our"."""
    for word in text_words:
        if word.lower in ("my", "our", "mine", "ours") and word.tag in ("PRP$", "PRP", "NN"):
            noun = word.parent
            if noun is None or noun is word:
                return True
            if noun.lower not in _EMPTY_NOUNS and not _is_compared(noun):
                return True
    return False


def _is_compared(noun: Word) -> bool:
    """ "Weaker than my boss's excuses" says nothing of the boss."""
    above = noun.parent
    while above is not None and (above.is_noun or above.lower == "than"):
        if above.lower == "than":
            return True
        above = above.parent
    return False


def is_dated(text: str) -> bool:
    """Whether it names a day, a date, a time of the clock."""
    return _CALENDAR.search(text) is not None


def is_counted(text_words: Sequence[Word]) -> bool:
    """Whether it holds a number that counts something."""
    return any(
        (word.tag == "CD" and word.lower != "one") or word.text[:1].isdigit() for word in text_words
    )


def is_named(text_words: Sequence[Word]) -> bool:
    """Whether it names a relative, or somebody or something by a proper name."""
    for place, word in enumerate(text_words):
        if word.lower in _KIN or (word.is_noun and is_a(word.lower, "kin")):
            return True
        capital = word.text[:1].isupper() and word.text != "I" and len(word.text) > 1
        noun = word.is_noun or word.tag in ("FW", "JJ", "UH")
        if place == 0:
            noun = word.is_proper and word.dep in ("nsubj", "nsubjpass", "compound", "poss", "ROOT")
            genitive = len(text_words) > 1 and text_words[1].lower == "'s"
            noun = noun or (genitive and not is_listed(word.lower) and word.tag[:2] != "PR")
        if capital and noun and word.lower not in _NO_PEOPLE and not is_dated(word.text):
            return True
    return False


def is_refreshment(text_words: Sequence[Word]) -> bool:
    """Whether the sentence says how a drink or a dish is at the moment."""
    root = next((word for word in text_words if word.dep == "ROOT"), None)
    subject = root.child("nsubj") if root is not None else None
    return (
        subject is not None
        and is_a(subject.lower, "drink", "food")
        and root is not None
        and root.lemma in ("be", "go", "get", "taste", "smell", "look")
        and any(w.tag.startswith(("JJ", "VBN")) and w.dep != "amod" for w in root.children)
    )


def is_spoken_for(text_words: Sequence[Word]) -> bool:
    """Whether the owner does something, or something is done to the owner, that has content."""
    mine = any(
        word.lower in ("i", "we") or (word.lower in ("me", "us") and word.dep in ("dobj", "dative"))
        for word in text_words
    )
    return mine and has_content(text_words)


def has_content(text_words: Sequence[Word]) -> bool:
    """Whether there is a noun, or a verb that is no helper, to ask for."""
    nouns = [w for w in text_words if w.is_noun and w.lower not in _EMPTY_NOUNS]
    verbs = [
        w
        for w in text_words
        if w.is_verb
        and w.tag != "MD"
        and w.dep not in ("aux", "auxpass")
        and w.lemma not in ("be", "have", "do", "get", "go", "let", "say", "know", "think")
    ]
    adjectives = [w for w in text_words if w.tag.startswith("JJ") and w.dep != "amod"]
    told = any(
        w.dep in ("dobj", "attr", "oprd") and w.tag not in ("PRP", "DT", "WP") and w.text.isalpha()
        for w in text_words
        if w.lower not in _EMPTY_NOUNS
    )
    denied = bool(verbs) and any(w.dep == "neg" for w in text_words)
    return bool(nouns) or told or denied or len(verbs) + len(adjectives) > 1
