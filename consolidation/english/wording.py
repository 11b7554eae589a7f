"""Wording: the words of a sentence put together anew. Knows words and their tags."""

import re
from collections.abc import Sequence

from consolidation.english.calendar_words import MONTHS, WEEKDAYS
from consolidation.english.hypernyms import is_a
from consolidation.english.inflection import base_form, verb_form
from consolidation.english.parsing import Word, parse
from consolidation.english.person import full_form
from consolidation.english.wordlist import words

_BE = frozenset(words("is 's are 're was were"))
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_NOMINAL = ("$", "DT", "PRP$", "NNP", "NNPS", "PRP", "NN", "NNS", "CD", "JJ", "JJS", "PDT")
_SUBJECTS = {"me": "I", "us": "we", "him": "he", "her": "she", "them": "they"}
_GIVING = frozenset(words("give show send tell teach offer buy bring lend owe cost"))


def spoken(text: str) -> list[Word]:
    """The words of a text, without its closing mark."""
    found = [word for part in parse(text) for word in part.words]
    while found and found[-1].text in (".", "!"):
        found.pop()
    return found


def said(phrase: Sequence[Word]) -> str:
    """The words as they were written; a contraction that opens them is spelt out."""
    if not phrase:
        return ""
    first = full_form(phrase[0]) if phrase[0].text.startswith("'") else phrase[0].text
    rest = "".join(word.text + " " * word.space for word in phrase[1:])
    return f"{first}{' ' * phrase[0].space}{rest}".strip(" ,")


def inside(phrase: Sequence[Word]) -> str:
    """The words as they are written within a sentence."""
    text = said(phrase)
    return text if not phrase or _is_name(phrase[0]) else text[:1].lower() + text[1:]


def _is_name(word: Word) -> bool:
    """Whether a word is written with its capital wherever it stands."""
    if (word.text.isupper() and word.text != "A") or word.entity in (
        "GPE",
        "PERSON",
        "LOC",
        "NORP",
    ):
        return True
    lower = word.lower
    return word.is_proper and not (is_a(lower, "food", "drink", "music", "place", "hobby"))


def told(*phrases: str) -> str:
    """A sentence of phrases."""
    text = " ".join(phrase for phrase in phrases if phrase)
    return f"{text[:1].upper()}{text[1:]}."


def is_finite(phrase: Sequence[Word]) -> bool:
    """Whether a finite verb is among the words."""
    return any(word.tag in _FINITE for word in phrase)


def is_being(word: Word) -> bool:
    """Whether the word is a form of "be", also "'s"."""
    return word.lower in _BE and word.tag != "POS"


def opens_noun(phrase: Sequence[Word]) -> bool:
    """Whether the words open as a noun phrase does."""
    return bool(phrase) and phrase[0].tag in _NOMINAL and any(w.tag[:2] in _NOUNS for w in phrase)


_NOUNS = ("NN", "PR", "CD")


def lacks_subject(clause: Sequence[Word]) -> bool:
    """Whether a clause opens with its verb: "finally cured my insomnia"."""
    rest = [word for word in clause if word.tag != "RB"]
    return bool(rest) and rest[0].tag in _FINITE


def with_subject_of(noun: str, clause: Sequence[Word]) -> str:
    """The clause that lacks its subject, with it: "me", "does the cooking" -> "I do …"."""
    noun = _SUBJECTS.get(noun.lower(), noun)
    text = said(clause)
    verb = next(word for word in clause if word.tag in _FINITE)
    if noun in ("I", "we", "they") and verb.tag == "VBZ":
        base = base_form(full_form(verb))
        form = "am" if base == "be" and noun == "I" else verb_form(base, "VBP")
        return f"{noun} {text.replace(full_form(verb), form, 1)}"
    return f"{noun} {text}"


def filled(clause: Sequence[Word], noun: str) -> str:
    """The clause whose object went in front of it, with the object where it belongs; or "".

    "I miss most about Leeds", "the curry" -> "I miss the curry most about Leeds"
    """
    verb = _last_of_group(clause)
    if verb is None or not any(word.tag[:2] in _NOUNS for word in clause[: verb + 1]):
        return ""
    rest = clause[verb + 1 :]
    place = _gap(clause[verb], rest)
    if place is None:
        return ""
    before, after = clause[: verb + 1 + place], rest[place:]
    return " ".join(part for part in (said(before), noun, said(after)) if part)


def _last_of_group(clause: Sequence[Word]) -> int | None:
    """The last word of the first verb group: of "used to dream of", "dream"."""
    first = next((i for i, word in enumerate(clause) if word.tag in (*_FINITE, "VB")), None)
    if first is None:
        return None
    last, i = first, first + 1
    while i < len(clause):
        word, after = clause[i], clause[i + 1 : i + 2]
        if word.tag == "TO" and base_form(clause[last].text) in _TAKING:
            break  # "I catch … to get to work"
        if word.is_verb:
            last = i
        elif not (word.tag == "RB" or (after and (word.tag, after[0].tag) in _GOING_ON)):
            break
        i += 1
    return last


_TAKING = frozenset(words("catch take use ride wear buy eat drink read play drive bring pick"))
_GOING_ON = (("TO", "VB"), ("RP", "VBG"))
""" "want to be", "ended up naming"."""


def _gap(verb: Word, rest: Sequence[Word]) -> int | None:
    """So many words behind the verb, the object belongs."""
    if base_form(verb.text) in ("name", "call"):
        return len(rest)
    for i, word in enumerate(rest):
        after = rest[i + 1] if i + 1 < len(rest) else None
        strands = after is None or after.tag[:2] in ("RB", "IN") or after.lower == "most"
        of = after is not None and after.lower == "of"
        if word.tag in ("IN", "TO") and strands and not of:
            return i + 1
    if rest and rest[0].tag == "RP":
        return 1
    if not rest or rest[0].tag[:2] in ("IN", "RB", "TO") or rest[0].lower in ("most", "more"):
        return 0
    if base_form(verb.text) in _GIVING and not any(w.tag in ("IN", "TO") for w in rest):
        return len(rest)
    if base_form(verb.text) in _GIVING and rest[0].tag in _NOMINAL:
        return next(i for i, word in enumerate(rest) if word.tag in ("IN", "TO"))
    return None if rest[0].tag in _NOMINAL and rest[0].entity not in ("DATE", "TIME") else 0


def only_then(clause: str, moment: Sequence[Word]) -> str:
    """What did not happen until then: "I got my licence", "2019" -> "… in 2019"; or ""."""
    if not moment:
        return ""
    last = moment[-1].lower
    if is_finite(moment):
        link = "when" if moment[0].lower not in ("after", "when") else ""
    elif last.rstrip("s").capitalize() in WEEKDAYS or last[-2:] in ("th", "st", "nd", "rd"):
        link = "on"
    elif _YEAR.fullmatch(last) or last.capitalize() in MONTHS:
        link = "in"
    elif moment[0].lower in ("last", "this", "yesterday", "after", "in", "on", "at", "when"):
        link = ""
    else:
        return ""
    return " ".join(part for part in (clause, link, inside(moment)) if part)


_YEAR = re.compile(r"(?:19|20)\d\d")
