"""People: which names of a sentence are persons', by title, given name, company and verb."""

from collections.abc import Sequence
from functools import cache

from consolidation.english.hypernyms import is_animal_noun, is_person_noun, is_place_noun
from consolidation.english.inflection import base_form, is_listed
from consolidation.english.lexicon import lines
from consolidation.english.trees import Word
from consolidation.english.wordlist import words

TITLES = frozenset(
    words(
        "mr mrs ms miss mx dr doctor prof professor sir dame lady lord aunt auntie uncle nurse "
        "sister brother father mother cousin granny grandma grandpa grandad captain sergeant "
        "judge rabbi imam pastor reverend rev madame monsieur coach mr. mrs. ms. dr. prof."
    )
)
_PERSONAL = frozenset(
    words(
        "work sit marry phone study teach retire divorce ask tell say think know want hope laugh "
        "smile cry talk chat invite babysit text email propose emigrate graduate volunteer cook "
        "knit visit borrow lend owe promise forget remember love hate recommend apologise"
    )
)
"""What only persons do, and firms and places that the parser knows."""
_THINGS = frozenset(words("ORG GPE LOC FAC PRODUCT WORK_OF_ART EVENT NORP LANGUAGE LAW DATE TIME"))
_NEAR = ("compound", "nmod", "appos", "amod")
_WHERE = frozenset(words("in at near into around through outside"))


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name for line in lines("given_names.txt") for name in line.split())


def is_given_name(text: str) -> bool:
    """Whether it is a given name of the world: "Priya"."""
    return text[:1].isupper() and text.lower() in _given_names()


def is_titled(name: Word) -> bool:
    """ "Mrs Okafor", "Uncle Kamau"."""
    return any(
        child.dep in _NEAR and child.i < name.i and child.lower in TITLES and child.text.istitle()
        for child in name.children
    )


def mark_people(spoken: Sequence[Word]) -> None:
    """Mark as persons the names that are persons' by anything but the parser's own belief."""
    for word in spoken:
        if word.is_proper and word.text[:1].isupper() and word.dep not in ("compound", "nmod"):
            if _is_animal(word):
                continue
            if is_titled(word) or _is_told_of(word) or _bears_name(word) or _acts(word):
                word.entity = "PERSON"


def _is_animal(name: Word) -> bool:
    """ "our tortoise Mildred"."""
    near = [w for w in name.children if w.dep in _NEAR]
    if name.dep == "appos" and name.parent is not None:
        near.append(name.parent)
    return any(w.is_noun and is_animal_noun(w.text) for w in (name, *near))


def _is_told_of(name: Word) -> bool:
    """ "Oduya, who …", "Oduya, my flatmate,"; "my flatmate, Oduya,"."""
    if name.dep == "pobj" or name.entity == "GPE":
        return False  # "My brother lives in Pune, who …"
    for child in name.children:
        if child.dep == "relcl" and child.subtree()[0].lower in ("who", "whom"):
            return True
        if child.dep == "appos" and child.is_noun and is_person_noun(child.lower):
            return True
    above = name.parent
    return name.dep == "appos" and above is not None and is_person_noun(above.lower)


def _bears_name(name: Word) -> bool:
    """ "Priya", "Priya Raman"; not "Charlotte Street", "in Florence"."""
    above = name.parent.lower if name.parent is not None else ""
    before = [w for w in name.children if w.dep == "compound" and w.i < name.i]
    first = before[0] if before else name
    if not is_given_name(first.text) or name.child("det") is not None:
        return False
    if before and (is_place_noun(name.lower) or is_listed(name.lower)):
        return name.entity == "PERSON"
    if is_place_noun(first.lower):
        return _does_as_person(name)
    return not (name.dep == "pobj" and above in _WHERE and name.entity in _THINGS)


def _acts(name: Word) -> bool:
    """ "Oduya phoned": a name that is no place and no firm, and does what only persons do."""
    known = name.entity in _THINGS or is_place_noun(name.lower)
    agent = name.parent is not None and name.parent.dep == "agent"
    acts = _does_as_person(name) or (agent and not name.entity)
    return acts and not known and name.child("det", "poss") is None


def _does_as_person(name: Word) -> bool:
    verb = name.parent
    if name.dep not in ("nsubj", "nsubjpass") or verb is None:
        return False
    return base_form(verb.lower) in _PERSONAL or verb.lower == "born" or _leaves_us(verb)


def _leaves_us(verb: Word) -> bool:
    """ "is leaving us", "moves in"."""
    acted, particle = verb.child("dobj"), verb.child("prt")
    if verb.lemma == "leave":
        return acted is not None and acted.lower in ("us", "me")
    return verb.lemma == "move" and particle is not None and particle.lower in ("in", "out")
