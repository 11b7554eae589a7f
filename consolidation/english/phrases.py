"""Phrases: small ones that are read as pieces by themselves. Knows words, not clauses."""

from consolidation.english.calendar_words import MONTHS
from consolidation.english.clauses import Piece, Role, is_person
from consolidation.english.parsing import Word
from consolidation.english.roles import is_rate, is_time


def is_day_of_month(day: Word, words: tuple[Word, ...]) -> bool:
    """ "the second of March", as a complement: when, and not what."""
    of = day.child("prep")
    month = of.child("pobj") if of is not None and of.lower == "of" else None
    return month is not None and month.text in MONTHS and len(words) < 5


def next_to(adverb: Word, words: tuple[Word, ...]) -> list[Piece]:
    """ "next to Olga": whom one sits by can be asked for."""
    prep = adverb.child("prep")
    noun = prep.child("pobj") if prep is not None else None
    if prep is None or noun is None or words[:2] != (adverb, prep):
        return [Piece("rest", words, adverb)]
    return [Piece("topic" if is_person(noun) else "place", words, noun, f"next {prep.lower}")]


def is_number(noun: Word) -> bool:
    """ "forty", "forty minutes"."""
    return noun.tag == "CD" or noun.entity == "CARDINAL" or noun.child("nummod") is not None


def adverbial_noun(noun: Word, words: tuple[Word, ...]) -> Piece:
    """ "last week", "twice a week", "miles"."""
    role: Role = "frequency" if is_rate(words) else "time" if is_time(noun) else "rest"
    return Piece(role, words, noun)


def unpunctuated(words: list[Word] | tuple[Word, ...]) -> list[Word]:
    """Without commas, stops and "and" at the ends."""
    kept = list(words)
    while kept and kept[-1].tag in (",", ".", ":", "CC"):
        kept.pop()
    while kept and kept[0].tag in (",", ".", ":"):
        kept.pop(0)
    return kept
