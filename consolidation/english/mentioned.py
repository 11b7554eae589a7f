"""Mentioned: the noun phrases of whole sentences, by which the owner may bring them up again."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from consolidation.english.anchors import is_dated
from consolidation.english.inflection import base_form, verb_form
from consolidation.english.parsing import Word
from consolidation.english.trees import text_of
from consolidation.english.wordlist import words

_WORLD = ("GPE", "LOC", "NORP", "LANGUAGE", "FAC")
_TIMES = ("DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY")
_HELPERS = frozenset(words("be have do go get come can will may must shall say know think"))
_EMPTY = frozenset(
    words(
        "thing things stuff lot bit kind sort way one ones time times day days week weeks month "
        "months year years morning evening night hour hours minute half rest something nothing "
        "everything anything somebody someone nobody everyone course mind fact case end part "
        "today tomorrow yesterday tonight i me none any"
    )
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A phrase in the owner's words; `private` when only the owner's life has it."""

    text: str
    private: bool
    kind: Literal["person", "named", "thing"]


def topics_in(spoken: Sequence[Word]) -> list[Topic]:
    """Distinct topics of sentences: names first, then the owner's own, then other things."""
    names: dict[str, Topic] = {}
    owned: dict[str, Topic] = {}
    things: dict[str, Topic] = {}
    for word in spoken:
        if not _is_topic(word):
            continue
        if word.is_proper:
            text = " ".join(w.text for w in _name(word))
            names.setdefault(text.lower(), Topic(text, word.entity not in _WORLD, "thing"))
            continue
        phrase = _phrase(word)
        owner = any(w.lower in ("my", "our") for w in phrase)
        text = text_of(phrase)
        opens = not phrase[0].is_proper and phrase[0].text[1:].islower()
        text = text[:1].lower() + text[1:] if opens else text
        if not owner:
            text = f"the {text}"
        (owned if owner else things).setdefault(text.lower(), Topic(text, True, "thing"))
    found = [*names.values(), *owned.values(), *things.values()]
    return found if len(found) > 1 else [*found, *_last_resort(spoken)]


def _last_resort(spoken: Sequence[Word]) -> list[Topic]:
    """Subjects that the parser took for no noun, doings and days, where little else is named."""
    found: dict[str, Topic] = {}
    for word in spoken:
        lower = word.lower
        subject = word.dep in ("nsubj", "nsubjpass", "ROOT") and word.tag[:2] in ("JJ", "RB", "UH")
        if (subject or word.dep == "compound") and len(lower) > 2:
            found.setdefault(lower, Topic(lower, False, "thing"))
        if word.is_verb and lower.isalpha() and base_form(lower) not in _HELPERS:
            doing = verb_form(base_form(lower), "VBG")
            found.setdefault(doing, Topic(doing, False, "thing"))
        if is_dated(word.text) and lower.isalpha():
            found.setdefault(lower, Topic(word.text, False, "thing"))
    return list(found.values())


def _is_topic(word: Word) -> bool:
    if not word.is_noun or word.dep in ("compound", "nmod") or word.entity in _TIMES:
        return False
    if word.lower in _EMPTY or len(word.text) < 2 or not word.text[0].isalpha():
        return False
    return not is_dated(word.text)


def _name(word: Word) -> list[Word]:
    below = [w for w in word.children if w.dep == "compound" and w.is_proper and w.i < word.i]
    return sorted([*below, word], key=lambda w: w.i)


def _phrase(word: Word) -> list[Word]:
    """The noun with what makes it this one: "my old Passat", without "a", "her", numbers."""
    kept = {word}
    for child in word.children:
        if child.i > word.i:
            continue
        if (
            child.dep in ("amod", "compound")
            and child.tag[:2] in ("JJ", "NN", "VB")
            and not child.children
        ) or (child.dep == "poss" and child.lower in ("my", "our")):
            kept.add(child)
    ordered = sorted(kept, key=lambda w: w.i)
    # A gap means that a number or a genitive stood between: then the noun alone is safe.
    gaps = any(b.i - a.i > 1 for a, b in pairwise(ordered))
    return [word] if gaps else ordered
