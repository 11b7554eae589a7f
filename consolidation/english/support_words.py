"""Support words: a text as tokens whose names, numbers and denials can be compared with another's.

Knows strings and forms of words, no parser: it runs over every dream of a night.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from assistant.number_words import DIGITS, TENS
from consolidation.english.calendar_words import MONTHS, WEEKDAYS
from consolidation.english.inflection import base_form, is_listed, lemmas, singular
from consolidation.english.wordlist import words

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,:]\d+)*)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<end>[.!?;:\n]+)"
)
_FREE = frozenset(
    words(
        "a an the this that these those there here then i me my mine myself we us our ours "
        "ourselves you your yours yourself yourselves he him his himself she her hers herself it "
        "its itself they them their theirs themselves one ones who whom whose which what when "
        "where why how whether if than as of to in on at by for from with into onto out off up "
        "down over about through during until till since after before between and or but nor so "
        "because otherwise although though while whereas be am is are was were been being have "
        "has had having do does did doing done will would shall should can could may might must "
        "ought need get gets got getting let yes just very really quite too also now still "
        "already any both s t d ll re ve m o well please call called name named again ever else "
        "longer more size past"
    )
)
"""Words that a change of person, tense or clause may add."""
_DENYING = frozenset(
    words(
        "not no never nothing nothin nobody none neither nor nowhere without hardly barely "
        "scarcely stop stopped stopping quit"
    )
)
_SPELT = {
    "wont": "will not",
    "cant": "can not",
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "isnt": "is not",
    "arent": "are not",
    "wasnt": "was not",
    "havent": "have not",
    "hasnt": "has not",
    "won't": "will not",
    "can't": "can not",
    "cannot": "can not",
    "shan't": "shall not",
}
_CONTRACTED = re.compile(rf"(?i)\b(?:{'|'.join(_SPELT)})\b|n't\b")
_NO_DENIAL = re.compile(r"(?i)\bbelieve it or not\b|\bor not\b|\bnot only\b|\bno doubt\b")
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ORDINALS = {
    word: str(place)
    for place, word in enumerate(
        words(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
}
_DAYS = frozenset(day.lower() for day in WEEKDAYS)
_MONTHS = frozenset(month.lower() for month in MONTHS)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word of a text."""

    text: str
    """As it is written."""
    lower: str
    """Lower case, without genitive; a number in digits."""
    sentence: int
    """Which sentence of the text it stands in."""
    denied: bool = False
    """Whether a denial stands before it, with no other content word between."""

    @property
    def is_number(self) -> bool:
        return self.lower[:1].isdigit()

    @property
    def is_name(self) -> bool:
        """Whether it is written as a name; the first word of a sentence may be one."""
        return self.text[:1].isupper() and self.says and not self.is_dating

    @property
    def is_dating(self) -> bool:
        return self.lower in _DAYS or self.lower in _MONTHS or self.is_number

    @property
    def says(self) -> bool:
        """Whether it says something that a source must have said."""
        return self.is_number or not (self.lower in _FREE or self.lower in _DENYING)


@lru_cache(maxsize=1024)
def spoken(text: str) -> tuple[Spoken, ...]:
    """The words of a text in order, its numbers in digits."""
    plain = unicodedata.normalize("NFC", text).replace("’", "'").replace("‘", "'")
    plain = _CONTRACTED.sub(_spelt, _NO_DENIAL.sub(" ", plain))
    found: list[Spoken] = []
    sentence, denying, dating = 0, False, False
    for match in _TOKEN.finditer(plain):
        if match["end"]:
            sentence, denying, dating = sentence + 1, False, False
            continue
        lower = match[0].casefold()
        lower = re.sub(r"'s?$", "", lower) if match["word"] else lower.replace(",", "")
        lower = DIGITS.get(lower, lower)
        word = Spoken(match[0], lower, sentence, denying)
        if dating and not word.is_dating:  # a denied date ends where its words end
            word, denying = replace(word, denied=False), False
        joined = _joined(found[-1], word) if found else None
        if joined is not None:
            found[-1] = joined
            continue
        found.append(word)
        dating = denying and word.is_dating
        denying = lower in _DENYING or (denying and (dating or not word.says))
    return tuple(found)


def _spelt(found: re.Match[str]) -> str:
    return _SPELT.get(found[0].lower(), " not")


def _joined(before: Spoken, word: Spoken) -> Spoken | None:
    """ "twenty" and "three" as 23, "two" and "hundred" as 200."""
    if not before.lower.isdigit() or before.sentence != word.sentence:
        return None
    value = int(before.lower)
    if word.lower in _SCALES:
        total = value * _SCALES[word.lower]
    elif before.lower in _TENS and word.lower in _ONES and not word.text[0].isdigit():
        total = value + int(word.lower)
    else:
        return None
    return replace(before, lower=str(total))


_TENS = frozenset(DIGITS[ten] for ten in TENS)
_ONES = frozenset(str(one) for one in range(1, 10))


@cache
def forms(lower: str) -> frozenset[str]:
    """What a word counts as: itself and its lemmas as any part of speech."""
    if lower[:1].isdigit():
        return frozenset((lower, lower.removesuffix(".00").removesuffix(":00")))
    if lower.endswith("in") and not is_listed(lower):
        return frozenset((lower, *forms(f"{lower}g")))  # "fixin"
    found = {lower, base_form(lower), singular(lower), *lemmas(lower)}
    if lower in _ORDINALS:
        found.add(_ORDINALS[lower])
    return frozenset(found)
