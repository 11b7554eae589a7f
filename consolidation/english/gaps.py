"""Gaps: what a cleft took out of its clause, put back. Knows words and their tags."""

import re
from collections.abc import Sequence

from consolidation.english.calendar_words import WEEKDAYS
from consolidation.english.inflection import base_form, verb_form
from consolidation.english.parsing import Word
from consolidation.english.wording import (
    filled,
    inside,
    is_being,
    is_finite,
    lacks_subject,
    opens_noun,
    said,
    spoken,
    with_subject_of,
)
from consolidation.english.wordlist import words

_SURE = frozenset(words("actually really simply just exactly precisely probably"))
_IN = frozenset(
    words(
        "january february march april may june july august september october november december "
        "spring summer autumn winter"
    )
)
_ON = frozenset(words("farm island estate ranch beach boat coast allotment campsite ship hill"))
_INDOORS = frozenset(
    words(
        "house flat village town city country barn cottage kitchen bedroom garden garage shed loft "
        "attic cellar basement bathroom bath bed car van hospital studio apartment cabin caravan "
        "hut"
    )
)


def parted(spoke: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]] | None:
    """Clause and focus, on both sides of the "is" between them."""
    for i, word in enumerate(spoke):
        clause, focus = spoke[:i], spoke[i + 1 :]
        if is_being(word) and any(w.is_verb for w in clause) and not _is_helping(clause, focus):
            while focus and focus[0].lower in _SURE:
                focus = focus[1:]
            return (clause, focus) if focus else None
    return None


def _is_helping(clause: Sequence[Word], focus: Sequence[Word]) -> bool:
    """Whether the "is" belongs to a lower clause: "who I think is lying"."""
    return not focus or focus[0].tag == "VBN" or clause[-1].lower in ("think", "and", "who", "that")


def completed(clause: Sequence[Word], focus: Sequence[Word], only: bool = False) -> str:
    """The clause with the focus where it is missing; or ""."""
    if focus[0].lower in ("that", "how", "when", "whether", "what", "because"):
        return ""
    noun = "only " * only + inside(focus)
    if lacks_subject(clause):
        return with_subject_of(noun, clause)
    return filled(clause, noun)


def done(clause: Sequence[Word], focus: Sequence[Word]) -> str:
    """ "What my mum does for a living is teach piano" -> "my mum teaches piano for a living"."""
    place = next((i for i, w in enumerate(clause) if w.is_verb and base_form(w.text) == "do"), None)
    start = 1 if focus[0].tag == "TO" and len(focus) > 1 else 0
    verb = focus[start]
    if place is None or not place or verb.tag not in ("VB", "VBP", "NN"):
        return ""
    if verb.tag == "NN" and place + 1 != len(clause):
        return ""
    if lacks_subject(clause) or any(word.is_verb for word in clause[place + 1 :]):
        return ""
    tag = clause[place].tag
    form = verb_form(base_form(verb.text), tag) if tag != "VB" else verb.text
    before, after = said(clause[:place]), said(clause[place + 1 :])
    return " ".join(p for p in (before, form, said(focus[start + 1 :]), after) if p)


def with_owner(
    clause: Sequence[Word], focus: Sequence[Word]
) -> tuple[Sequence[Word], Sequence[Word]]:
    """ "bugs me about Ed", "his snoring" -> "bugs me", "Ed's snoring"."""
    place = next((i for i, word in enumerate(clause) if word.lower == "about"), 0)
    whose = clause[place + 1 :]
    if not place or focus[0].lower not in ("his", "her", "its", "their") or not opens_noun(whose):
        return clause, focus
    if focus[1].lower.endswith("ing"):
        return clause[:place], spoken(f"The {said(focus[1:])} of {inside(whose)}")
    owned = spoken(f"{said(whose)}'s {said(focus[1:])}")
    return clause[:place], owned


def is_placed(focus: Sequence[Word]) -> bool:
    """Whether the focus opens with a preposition or an adverb of place."""
    return focus[0].tag in ("IN", "RB", "RP", "TO") or focus[0].lower in ("up", "down", "next")


_THEN = frozenset(words("this next on in tomorrow every for now soon"))


def placed(clause: Sequence[Word], focus: Sequence[Word]) -> str:
    """What happened, and where; "up" is said once, and "off to this summer" is parted."""
    for place, word in enumerate(clause[:-1]):
        if word.lower == "to" and clause[place + 1].lower in _THEN and not is_placed(focus):
            return f"{said(clause[: place + 1])} {inside(focus)} {said(clause[place + 1 :])}"
    if clause[-1].tag == "IN" and clause[-1].dep == "prep" and not is_placed(focus):
        return f"{said(clause)} {inside(focus)}"
    if is_placed(focus):
        twice = clause[-1].lower == focus[0].lower and len(focus) > 1
        return f"{said(clause)} {inside(focus[1:] if twice else focus)}"
    if not opens_noun(focus):
        return ""
    town = focus[-1].entity in ("GPE", "LOC") or (focus[-1].is_proper and focus[0].is_proper)
    head = next((word for word in focus if word.tag[:2] == "NN" and word.dep != "poss"), focus[-1])
    on = "on" if head.lower in _ON else "in" if town or head.lower in _INDOORS else "at"
    return f"{said(clause)} {on} {inside(focus)}"


def dated(clause: Sequence[Word], focus: Sequence[Word]) -> str:
    """What happened, and when; or ""."""
    if focus[0].tag in ("IN", "RB"):
        return f"{said(clause)} {inside(focus)}"
    last = focus[-1].lower
    if last.rstrip("s").capitalize() in WEEKDAYS or (last[:1].isdigit() and last[-1:].isalpha()):
        return f"{said(clause)} on {inside(focus)}"
    if last in _IN or re.fullmatch(r"(?:19|20)\d\d", last):
        return f"{said(clause)} in {inside(focus)}"
    return ""


def explained(clause: Sequence[Word], focus: Sequence[Word]) -> str:
    """What happened, and why; or ""."""
    if focus[0].lower in ("that", "because"):
        focus = focus[1:]
    if is_finite(focus) and not lacks_subject(focus):
        return f"{said(clause)} because {inside(focus)}"
    return f"{said(clause)} because of {inside(focus)}" if opens_noun(focus) else ""
