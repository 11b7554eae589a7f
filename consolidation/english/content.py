"""Content words: what a phrase names, lower case, singular, without empty words."""

import re
from collections.abc import Iterable

from consolidation.english.inflection import singular
from consolidation.english.lexicon import synonyms
from consolidation.english.moments import without_moments
from consolidation.english.parsing import Word
from consolidation.english.senses import NUMBERS
from consolidation.english.wordlist import words

_EMPTY = frozenset(
    words(
        "n't a an the this that these those your you my our his her its their i we he she it they "
        "him them me us yourself own some any all of and or not no longer now still already just "
        "only anymore more again same there here new old current former other first second "
        "instead so then also too very really as well is are was were be been being am has have "
        "had do does did will would shall should can could may might must to at in on for with "
        "from by about into up out off down over who which whose what when where"
    )
)


def content(text: str) -> frozenset[str]:
    """The content words of a phrase, without parsing it; as written too: it may be a name."""
    return (frozenset(_words(text)) | frozenset(_raw(text))) - _EMPTY


def _words(text: str) -> list[str]:
    return [_plain(word) for word in _raw(text)]


def _raw(text: str) -> list[str]:
    found = re.findall(r"[^\W_]+(?:[-.'][^\W_]+)*", text.replace("’", "'"))
    return [re.sub(r"'s$", "", word.lower()) for word in found]


def _plain(word: str) -> str:
    return NUMBERS.get(word) or _one(word)


def _one(noun: str) -> str:
    """Singular, and of its synonyms the first in the alphabet."""
    single = singular(noun)
    return min((single, *synonyms("n", single)))


def plain_word(word: Word) -> str:
    """A parsed word as it is compared: a name in lower case, a noun in the singular."""
    # Also names that the parser takes for plurals: "your daughter Nives".
    if word.is_proper or (word.is_noun and word.i > 0 and word.text[:1].isupper()):
        return re.sub(r"'s$", "", word.lower.rstrip("."))
    return _plain(word.lower)


def content_of(below: Iterable[Word]) -> list[str]:
    """The content words among parsed ones."""
    return [
        plain_word(word)
        for word in below
        if (word.is_noun or word.tag[:2] in ("JJ", "CD", "VB", "RB", "FW"))
        and plain_word(word) not in _EMPTY
        and word.dep not in ("aux", "auxpass")
    ]


def timed_words(text: str) -> set[str]:
    """The words that only name moments, as written and without inflection."""
    plain = {word.strip(".") for word in re.findall(r"[\w:.]+", without_moments(text).lower())}
    raw = {word.strip(".") for word in re.findall(r"[\w:.]+", text.lower())} - plain
    return raw | {_plain(word) for word in raw}
