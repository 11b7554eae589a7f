"""Askable: the parts of a statement that a question can be about. Pure, but for the parser."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from consolidation.english.calendar_words import DAYS_AND_MONTHS
from consolidation.english.parsing import Sentence, Word, parse
from consolidation.english.trees import text_of
from consolidation.english.wordlist import words

_MOST = 7
_MOST_WORDS = 7
_LEFT = ("det", "amod", "compound", "nummod", "nmod", "poss", "quantmod")
_DOING = ("ROOT", "conj", "xcomp", "advcl", "pcomp", "acl", "relcl", "ccomp")
_DONE_TO = ("dobj", "attr", "prep", "prt", "advmod", "oprd", "npadvmod")
_OPENING = re.compile(r"(?i)^(?:(?:the|a|an|my|your|our|his|her|its|their|this|that|some)\s+)+")
_EMPTY = frozenset(
    words(
        "i you he she it we they me him us them what who that this which there one yes no now then "
        "today thing things"
    )
)


def askable_parts(statement: str) -> list[str]:
    """At most seven phrases of the statement, as they stand in it: what it can be asked for.

    Names, dates and numbers come first, then things, states and doings.
    """
    found: dict[str, str] = {}
    for sentence in parse(statement):
        for phrase in _phrases(sentence):
            text = _OPENING.sub("", phrase.strip(" ,.;:–—-!?()\"'")).strip()
            short = len(text.split()) <= _MOST_WORDS and text in statement
            if text and short and text.lower() not in _EMPTY:
                found.setdefault(text.lower(), text)
    whole = [text for text in found.values() if not _is_in_another(text, list(found.values()))]
    return whole[:_MOST]


def _phrases(sentence: Sentence) -> Iterator[str]:
    for entity, group in groupby(sentence.words, key=lambda word: word.entity):
        if entity:
            yield _text(list(group))
    for word in sentence.words:
        if word.is_noun and word.dep != "compound":
            yield _text([*(one for one in word.children if _is_left(one, word)), word])
        elif word.tag == "CD" and (word.parent is None or not word.parent.is_noun):
            yield word.text
    for word in sentence.words:
        if word.tag[:2] == "JJ" and word.dep in ("acomp", "oprd", "attr", "ROOT", "conj"):
            yield word.text
        elif word.dep == "prep":
            object_ = word.child("pobj")
            if object_ is None or object_.child("prep") is None:  # else it is two parts
                yield _text(word.subtree()[1:])
        elif word.is_verb and word.dep in _DOING and word.lemma not in ("be", "have"):
            behind = [one for one in word.children if one.dep in _DONE_TO and one.i > word.i]
            if behind:
                below = [one for child in behind[:2] for one in child.subtree()]
                yield _text([word, *(one for one in below if one.i > word.i)])


def _is_left(child: Word, noun: Word) -> bool:
    return child.i < noun.i and child.dep in _LEFT and not child.child("relcl", "acl")


def _text(phrase: Sequence[Word]) -> str:
    return text_of(sorted(phrase, key=lambda word: word.i))


def _is_in_another(text: str, others: Sequence[str]) -> bool:
    """ "June" and "June 2026" in "Monday 29 June 2026": one question asks for all of it."""
    size = len(text.split())
    dated = re.search(r"\d", text) is not None or text.lower() in DAYS_AND_MONTHS
    for other in others:
        if other == text or re.search(rf"\b{re.escape(text)}\b", other, re.IGNORECASE) is None:
            continue
        more = len(other.split()) - size
        if text[:1].isupper() and not dated:
            if more <= 1 and other[:1].isupper():
                return True
        elif more <= 2 + (re.search(r"\d", other) is not None):
            return True
    return False
