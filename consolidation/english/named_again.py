"""Named again: how much of what a fact joins does a later message name? Knows words, no model.

"Catriona has left the town museum" names both that "Your best friend Catriona works at the town
museum" joins, so it may end that; "Catriona got a medal" names one of them and ends nothing. Two
people with names of their own are never one another.
"""

import re
from collections.abc import Iterable, Mapping

from consolidation.english.conflicts import without_titles
from consolidation.english.inflection import singular
from consolidation.english.parsing import Word, parse
from consolidation.english.wordlist import words

_NAMING = re.compile(r"\b(?:is|are|was|were) (?:called|named)\b")
_WORD = re.compile(r"[^\W_]+(?:[-.,:'’][^\W_]+)*")
_JOINED = frozenset(words("of for to from with"))
"""What follows them belongs to the noun before: "the key for the tractor"."""
_PLACED = frozenset(words("on in at by near behind beside opposite under"))
"""And what follows these to a subject, or to what belongs to one: "the owner of the baker's on Mill
Lane"."""
_OWNED = re.compile(r"\b(?:[Mm]y|[Oo]ur|[Yy]our) (?:[a-z][\w-]* ){1,3}([A-Z][\w-]+)")
_GENERAL = frozenset(words("day week month year time thing way home one lot bit kind sort"))


def joins_again(message: str, fact: str) -> bool:
    """Whether a message names two of the things that a fact joins, each by half of its words.

    "The quiz night" is not the dance night. That somebody is called so is never over.
    """
    if _NAMING.search(fact):
        return False
    said = _said(message) - _told_apart(_kinds(message), _kinds(fact))
    return sum(2 * len(thing & said) >= len(thing) for thing in _things(fact)) > 1


def is_of_others(message: str, fact: str) -> bool:
    """Whether both name somebody or something, and nobody the same."""
    named, known = (without_titles(frozenset(_names(text))) for text in (message, fact))
    return bool(named and known) and not named & known


def _kinds(text: str) -> dict[str, frozenset[str]]:
    """What kind of each thing, where two nouns tell it: "quiz" of "night"."""
    found: dict[str, frozenset[str]] = {}
    for sentence in parse(text):
        for noun in sentence.words:
            if noun.dep == "compound" and noun.parent is not None:
                thing = _plain(noun.parent)
                found[thing] = found.get(thing, frozenset()) | {_plain(noun)}
    return found


def _told_apart(
    one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Things of which each has a kind of its own."""
    return frozenset(
        thing for thing in one.keys() & other.keys() if one[thing].isdisjoint(other[thing])
    )


def _said(message: str) -> frozenset[str]:
    raw = [re.sub(r"['’]s$", "", word) for word in _WORD.findall(message.lower())]
    return frozenset((*raw, *map(singular, raw)))


def _things(fact: str) -> list[frozenset[str]]:
    """Each thing or person of a fact by the words that tell it: its name, or its nouns."""
    found: list[frozenset[str]] = []
    for sentence in parse(fact):
        before: Word | None = None
        for noun in filter(_is_noun, sentence.words):
            last, before = before, noun
            if _belongs(noun):
                continue
            below = [
                word
                for word in noun.subtree()
                if word is noun or (_is_noun(word) and _belongs(word))
            ]
            beside = last is not None and last.i == noun.i - 1 and last not in below
            told = [word for word in below if word.is_proper or word.tag == "CD"] or below
            thing = frozenset(map(_plain, told)) - _GENERAL
            if beside and found:  # "your goldfish Nautilus", taken for two by the parser
                found[-1] |= thing
            elif thing:
                found.append(thing)
    return found


def _plain(word: Word) -> str:
    return word.lower if word.is_proper else singular(word.lower)


def _belongs(noun: Word) -> bool:
    """Whether it only tells another noun more closely."""
    return noun.dep in ("compound", "nummod", "poss", "appos") or _is_joined(noun)


def _is_joined(noun: Word) -> bool:
    """Whether it hangs on another noun by "of" or "for"."""
    link = noun.parent
    if noun.dep != "pobj" or link is None or link.parent is None:
        return False
    whole = link.parent.parent if link.parent.tag == "POS" else link.parent
    if whole is None or not _is_noun(whole):
        return False
    if link.lower in _JOINED:
        return True
    told_of = whole.dep in ("nsubj", "nsubjpass") or _is_joined(whole)
    return told_of and link.lower in _PLACED


def _is_noun(word: Word) -> bool:
    return word.is_noun or word.is_proper or word.tag == "CD"


def _names(text: str) -> Iterable[str]:
    """Of those that a text is on: its subject, and who is called "my aunt Philippa"."""
    for sentence in parse(text):
        subject = sentence.root.child("nsubj", "nsubjpass")
        for word in subject.subtree() if subject is not None else ():
            if word.is_proper and word.text[:1].isupper():
                yield re.sub(r"['’]s$", "", word.lower)
    yield from (name.lower() for name in _OWNED.findall(text))
