"""Date wording: how dates that were read are said in full. Knows no calendar."""

import re
from dataclasses import dataclass

from consolidation.english.date_phrases import Phrase
from consolidation.english.reckoning import Moment
from consolidation.english.tenses import Tenses

_OWN = ("", "on", "in", "at", "over")
"""Prepositions that give way to the one of the full date: "at the weekend", "in three weeks"."""
_DAYS = ("date", "day", "deadline")
_DASH = re.compile(r"\s*[-–—]\s*")
_AND = re.compile(r"\s*(?:,|and|or|&|,\s*and)\s*")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of a text that was read as a date."""

    phrase: Phrase
    start: int
    """Where its preposition begins."""
    prep: str
    moment: Moment


def worded(found: list[Found], tenses: Tenses) -> list[tuple[int, str]]:
    """For each date where its words begin, and the words that say it in full."""
    text = tenses.text
    wordings = []
    for index, one in enumerate(found):
        gap = text[found[index - 1].phrase.end : one.start] if index else "."
        after = found[index + 1] if index + 1 < len(found) else None
        if index and _DASH.fullmatch(gap) and one.moment.exact:
            wordings.append((found[index - 1].phrase.end, f"to {one.moment.words}"))
        elif after is not None and _opens_range(text, one, after):
            wordings.append((one.start, f"from {one.moment.words}"))
        else:
            joined = _AND.fullmatch(gap) is not None
            wordings.append((one.start, _with_preposition(one, tenses, joined=joined)))
    return wordings


def _opens_range(text: str, one: Found, after: Found) -> bool:
    """Whether a day is the first of "12-14 June" or "Monday to Wednesday"."""
    gap = text[one.phrase.end : after.start]
    ranged = _DASH.fullmatch(gap) or (not gap.strip() and after.prep in ("to", "until", "through"))
    return bool(ranged) and one.prep in ("", "on") and after.moment.first > one.moment.first


def _with_preposition(one: Found, tenses: Tenses, *, joined: bool) -> str:
    """The moment with the preposition that was said, or the one that it needs."""
    words = one.moment.words
    if one.prep not in _OWN or (one.prep == "over" and not one.moment.exact):
        return f"{one.prep} {words}"
    named = not one.prep and (joined or _is_named(one, tenses))
    return words if named else f"{one.moment.prep} {words}"


def _is_named(one: Found, tenses: Tenses) -> bool:
    """Whether a date is spoken of as a thing: subject, complement, object of a preposition."""
    before = tenses.word_at(one.start - 1) if one.start else None
    if before is not None and before.lower in ("least", "earliest", "latest"):
        return True
    if before is not None and before.tag in ("IN", "TO", "PRP$", "DT") and before.dep != "mark":
        return True
    if tenses.text[one.phrase.end : one.phrase.end + 2].lower() in ("'s", "’s"):
        return True
    word = tenses.word_at(one.phrase.end - 1)
    if word is None or word.parent is None:
        return False
    if word.dep in ("nsubj", "nsubjpass"):
        return word.i < word.parent.i
    told = before.child("nsubj") if before is not None and before.lemma == "be" else None
    if told is not None and told.lower in _DAYS:
        return True
    subject = word.parent.child("nsubj", "attr")
    shown = subject is not None and subject.lower not in ("it", "that", "this")
    return word.dep == "attr" and shown and word.parent.lemma == "be"
