"""Terse questions: what one types in a hurry ("bin day?", "dentist's name?", "shoe size?")."""

import re
from collections.abc import Iterator

from consolidation.english.asking import mid_sentence
from consolidation.english.calendar_words import MONTHS, WEEKDAYS
from consolidation.english.clauses import Clause, Piece, spoken_kind
from consolidation.english.hypernyms import is_a
from consolidation.english.light_names import light_names
from consolidation.english.phrase_kinds import is_of
from consolidation.english.slots import possessive

_DAYS = frozenset(day.lower() for day in WEEKDAYS)
_MONTHS = frozenset(month.lower() for month in MONTHS)
_CLOCK = re.compile(
    r"(?i)\d[:.]\d\d|(?:\b|(?<=\d))(?:[ap]\.?m\b|o'clock|noon|midnight|half past|quarter)|^at "
)
_LEAD = re.compile(r"(?i)^(?:my|our|the|an?|some) ")
_LONGEST = 4
_OPENING = ("open", "shut", "close")
_RUNNING = ("start", "begin", "end", "finish", "leave", "depart")
_LYING = ("keep", "leave", "park", "store", "hide", "bury", "put")
_HAVING = ("have", "play", "drive", "own", "speak", "take", "wear", "ride", "study", "learn")
_VAGUE = ("thing", "one", "lot", "bit", "day", "time", "way", "place")


def terse_questions(clause: Clause) -> list[str]:
    """Two or three words that ask for what the clause tells; none of what it denies."""
    if clause.denied or clause.subject.head.dep == "expl":
        return []
    return [text for text in dict.fromkeys(_terse(clause)) if len(text.split()) <= _LONGEST]


def _terse(clause: Clause) -> Iterator[str]:
    subject = short_name(clause.subject)
    owned = _owned(clause)
    if subject and not clause.speaker:
        yield from _of_subject(clause, subject)
    for piece in clause.of("object", "topic"):
        spoken = spoken_kind(piece.head)
        kept = clause.lemma in _HAVING and clause.tense_tag in ("VBZ", "VBP")
        named = spoken and " " not in spoken and spoken not in ("relative", "job")
        if piece.role == "object" and named and owned and kept and not clause.progressive:
            yield f"{owned} {spoken}?"
        if is_of(piece.words, "money") and (thing := _paid_for(clause, piece)):
            yield f"{thing} price?"
            yield f"how much for {thing}?"


def short_name(piece: Piece) -> str:
    """ "dentist" for "my dentist", "Hannah" for "Hannah from HR"; "" where it is not short."""
    names = [_LEAD.sub("", name) for name in (*light_names(piece), _noun(piece))]
    named = [name for name in names if name and len(name.split()) < _LONGEST]
    name = min(named, key=lambda one: len(one.split()), default="")
    return "" if name.lower() in (*_VAGUE, "i", "we") else name


def _noun(piece: Piece) -> str:
    return piece.noun if piece.prep else mid_sentence(piece)


def _owned(clause: Clause) -> str:
    if clause.speaker:
        return "my" if clause.subject.head.lower == "i" else "our"
    name = short_name(clause.subject)
    human = name and (clause.subject.is_living or clause.subject.head.is_proper)
    if not human:
        return ""
    lead = _LEAD.match(mid_sentence(clause.subject))
    whose = possessive(clause) if not name[:1].isupper() and not lead else f"{name}'s"
    return whose if len(whose.split()) < _LONGEST else f"{name}'s"


def _of_subject(clause: Clause, subject: str) -> Iterator[str]:
    living = clause.subject.is_living or clause.subject.is_person
    if clause.lemma in ("call", "name") and clause.passive:
        yield f"{subject}'s name?" if living else f"{subject} name?"
    if clause.copular and not living and clause.of("complement", "time", "place"):
        yield f"{subject}?"
    if living:
        place = next(iter(clause.of("place")), None)
        if clause.lemma == "live" and place is not None:
            yield f"{subject}'s address?"
        return
    for time in clause.of("time", "frequency"):
        yield from _when(clause, subject, time)
    lying = clause.copular or (clause.passive and clause.lemma in _LYING)
    if lying and clause.of("place") and not clause.of("time"):
        yield f"where's {subject}?"


def _when(clause: Clause, subject: str, time: Piece) -> Iterator[str]:
    lower = [word.lower.rstrip("s") for word in time.words]
    several = clause.subject.head.tag == "NNS"
    if several and clause.subject.head.lemma and len(subject.split()) == 1:
        subject = clause.subject.head.lemma
    if any(word in _DAYS for word in lower):
        yield f"{subject} day?"
        if clause.subject.head.lemma in ("recycling", "rubbish", "garbage", "trash", "refuse"):
            yield "bin day?"
    elif _CLOCK.search(time.text) and not any(word in _MONTHS for word in lower):
        verb = clause.lemma
        kind = "opening" if verb == "open" else "closing" if verb in _OPENING else ""
        yield " ".join(f"{subject} {kind} time?".split())
    elif clause.copular and not clause.past:
        yield f"{subject} date?"
    if clause.copular or clause.passive or clause.lemma in _RUNNING:
        yield f"{subject} when?"


def _paid_for(clause: Clause, money: Piece) -> str:
    """What the money is for."""
    things = [p for p in clause.of("topic", "object") if p is not money and p.head.is_noun]
    for thing in things:
        if thing.prep in ("", "for") and not is_a(thing.head.text, "kin"):
            return short_name(thing)
    return "" if clause.speaker else short_name(clause.subject)
