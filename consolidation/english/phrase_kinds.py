"""Phrase kinds: whether a phrase is of a person, a thing, a time, an amount, a class of nouns."""

import re
from collections.abc import Callable, Sequence

from assistant.number_words import DIGITS
from consolidation.english.calendar_words import MONTHS
from consolidation.english.clauses import is_person
from consolidation.english.hypernyms import classes_of, is_a, is_animal_noun, is_place_noun
from consolidation.english.inflection import base_form
from consolidation.english.parsing import Word
from consolidation.english.person import first_person
from consolidation.english.roles import is_time

Phrase = Sequence[Word]

_OWNER = ("i", "we", "me", "us")
_NO_PLACE = ("market", "sale", "hold", "fire", "loan", "display", "line", "time", "record")
_MONEY = re.compile(
    r"(?i)[£$€]|\b(?:euros?|pounds?|dollars?|quid|francs?|crowns?|zloty|yen|rupees?|grand|bucks?)\b"
)
_POSTS = ("er", "or", "ist", "ian", "man", "woman", "smith", "wright", "lead", "head", "assistant")
_NO_POSTS = ("member", "customer", "volunteer", "supporter", "prisoner", "owner", "user", "winner")
_MOMENT = re.compile(r"\d+(?:st|nd|rd|th)|\d+[:.]\d\d")
_CLOCK = re.compile(
    r"(?i)\d[:.]\d\d|(?:\b|(?<=\d))[ap]\.?m\b|\bo'clock\b|^noon$|^mid(?:night|day)$|"
    r"^(?:half|quarter) "
)
_BARE = re.compile(r"(?i)^(?:next|this|last|tomorrow|today|tonight|every|on|in|at|after)\b")
_STRETCH = "|".join((*MONTHS, "spring", "summer", "autumn", "winter", r"\d{4}"))
_WITHIN = re.compile(rf"(?i)^(?:early |late |mid-)?(?:the )?(?:{_STRETCH})(?: \d{{4}})?$")


def is_of(phrase: Phrase, kind: str) -> bool:
    """Whether a phrase is of a kind: one of `_KINDS`, a class of nouns, or "noun,noun"."""
    if kind in _KINDS:
        return _KINDS[kind](phrase)
    nouns = {head_of(phrase).text, first_person(phrase)}
    return any(kind in classes_of(noun) for noun in nouns) or any(
        word.lower in kind.split(",") for word in phrase
    )


def timed(moment: str) -> str:
    """A time behind its preposition: "on Thursday", "in May", "at 3 pm", "next week"."""
    if _BARE.search(moment):
        return moment
    clock = _CLOCK.search(moment) or moment.lower() in DIGITS or re.fullmatch(r"\d\d?", moment)
    return f"{'at' if clock else 'in' if _WITHIN.search(moment) else 'on'} {moment}"


def is_plural(phrase: Phrase) -> bool:
    """ "my sisters", "Ana and Tom"."""
    head = head_of(phrase)
    return head.tag in ("NNS", "NNPS") or any(word.dep == "conj" for word in head.children)


def head_of(phrase: Phrase) -> Word:
    """The word on which the others of the phrase depend."""
    return next((word for word in phrase if word.parent not in phrase), phrase[-1])


def _noun(phrase: Phrase) -> Word:
    """The head, or the noun behind a preposition that is the head."""
    head = head_of(phrase)
    return head.child("pobj") or head if head.tag in ("IN", "TO") else head


def _is_person(phrase: Phrase) -> bool:
    head = _noun(phrase)
    alien = head.entity in ("FAC", "NORP", "ORG", "GPE", "LOC") or is_place_noun(head.text)
    named = head.is_proper and len(phrase) == 1 and not alien
    return named or is_person(head) or any(map(is_person, _titles(head)))


def _is_me(phrase: Phrase) -> bool:
    return head_of(phrase).lower in _OWNER


def is_unborn(phrase: Phrase) -> bool:
    """ "our second baby": of whom it is not told that a baby is expected."""
    return any(word.lower in ("baby", "twins", "triplets", "bump") for word in phrase)


def _titles(noun: Word) -> list[Word]:
    return [word for word in noun.children if word.dep == "appos"]


def _is_someone(phrase: Phrase) -> bool:
    """A person; or a bare name where a person is to be expected, whatever it was taken for."""
    name = len(phrase) == 1 and phrase[0].is_proper and not is_place_noun(phrase[0].text)
    return (name or _is_person(phrase)) and _noun(phrase).lower not in _OWNER


def _is_animal(phrase: Phrase) -> bool:
    return any(is_animal_noun(word.text) for word in phrase if word.is_noun)


def _is_thing(phrase: Phrase) -> bool:
    return _noun(phrase).is_noun and phrase[0].tag != "IN" and not _is_person(phrase)


def _is_named(phrase: Phrase) -> bool:
    joined = any(word.tag == "IN" and word.lower != "of" for word in phrase)
    return _noun(phrase).is_proper and phrase[0].tag not in ("DT", "PRP$") and not joined


def _is_time(phrase: Phrase) -> bool:
    clock = any(_MOMENT.fullmatch(word.lower) for word in phrase)
    return clock or any(is_time(word) or word.entity in ("DATE", "TIME") for word in phrase)


def _is_place(phrase: Phrase) -> bool:
    placed = len(phrase) > 1 or phrase[0].tag == "RB"
    spot = phrase[0].tag in ("IN", "RB", "RP") and not _is_time(phrase)
    return placed and spot and _noun(phrase).lower not in _NO_PLACE


def _is_money(phrase: Phrase) -> bool:
    counted = any(word.tag == "CD" for word in phrase)
    return counted and _MONEY.search(first_person(phrase)) is not None


def _is_home(phrase: Phrase) -> bool:
    noun = _noun(phrase)
    return _is_thing(phrase) and (noun.is_proper or is_place_noun(noun.text))


def _is_doing(phrase: Phrase) -> bool:
    first = phrase[0].lower
    several = any(word.dep == "conj" and word.lower.endswith("ing") for word in phrase)
    return first.endswith("ing") and base_form(first) != first and not several


def _is_post(phrase: Phrase) -> bool:
    """A noun that may be a job behind "I'm a … at": "conservator", "team lead"."""
    noun = head_of(phrase).lower
    return noun.endswith(_POSTS) and noun not in _NO_POSTS


_KINDS: dict[str, Callable[[Phrase], bool]] = {
    "me": _is_me,
    "there": lambda phrase: head_of(phrase).lower == "there",
    "person": _is_person,
    "other": lambda phrase: _is_person(phrase) and not _is_me(phrase),
    "grown": lambda phrase: _is_person(phrase) and not is_unborn(phrase) and not _is_me(phrase),
    "someone": _is_someone,
    "living": lambda phrase: _is_person(phrase) or _is_animal(phrase),
    "thing": _is_thing,
    "object": lambda phrase: _is_thing(phrase) and not _is_animal(phrase),
    "known": lambda phrase: _is_thing(phrase) and phrase[0].tag in ("DT", "PRP$"),
    "animal": lambda phrase: _is_animal(phrase) and not _is_person(phrase),
    "noun": lambda phrase: _noun(phrase).is_noun,
    "kind": lambda phrase: _noun(phrase).is_noun and phrase[0].tag not in ("DT", "PRP$"),
    "name": _is_named,
    "body": lambda phrase: _noun(phrase).is_proper and not _is_person(phrase),
    "home": _is_home,
    "post": _is_post,
    "food": lambda phrase: is_a(head_of(phrase).text, "food", "fruit", "vegetable"),
    "time": _is_time,
    "place": _is_place,
    "money": _is_money,
    "code": lambda phrase: len(phrase) == 1 and any(map(str.isdigit, phrase[0].text)),
    "doing": _is_doing,
    "done": lambda phrase: phrase[0].tag in ("VBN", "VBD"),
    "base": lambda phrase: base_form(phrase[0].text) == phrase[0].lower,
    "all": lambda phrase: True,
}
