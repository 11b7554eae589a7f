"""Amendments: a correction that says only what changes is the earlier sentence with that in it.

"My dentist is on Wednesday." – "Actually it's Thursday." tells "My dentist is on Thursday." Knows
strings only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.number_words import spelt
from consolidation.english.calendar_words import MONTHS, WEEKDAYS
from consolidation.english.sentences import sentences_of

_DAY = f"(?:{'|'.join(WEEKDAYS)})"
_MONTH = f"(?:{'|'.join(MONTHS)})"
_COUNT = f"(?:{spelt(1)}|a hundred)"
_HOUR = rf"(?:\d{{1,2}}|{_COUNT})"
_NTH = r"\d{1,2}(?:st|nd|rd|th)"
_KINDS = tuple(
    re.compile(rf"(?i)(?<![\w.:]){pattern}(?![\w:]|\.\d)")
    for pattern in (
        rf"(?:the )?{_NTH}(?: of)? {_MONTH}|{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?"
        rf"|\d{{1,2}} {_MONTH}|the {_NTH}",
        rf"(?:(?:next|this|coming) )?{_DAY}(?: (?:morning|afternoon|evening|night))?|tomorrow",
        rf"(?:half past|quarter (?:past|to)) {_HOUR}|\d{{1,2}}[:.]\d\d ?(?:am|pm)?"
        rf"|{_HOUR} ?(?:am|pm|a\.m\.|p\.m\.|o'clock)|noon|midday|midnight",
        _MONTH,
        r"[£$€]?\d[\d,.]*\d?k?(?:%|€|£)?",
        _COUNT,
    )
)
"""What is said of a moment or an amount, the most telling first."""
_LED = re.compile(
    r"(?i)^(?:(?:oh|ah|oops|whoops|ugh|hm+|sorry|no|wait|hang on|hold on|my mistake|my bad|"
    r"i was wrong|(?:scratch|scrap|strike|ignore|forget) that|correction|actually|well|and|but|"
    r"so|turns out|it turns out)\b[ ,.:;!–—-]*)+"
)
_OPENED = re.compile(
    r"(?i)^(?:it(?:'s| is| was|'ll be| will be)|that(?:'s| is| was| should be)|"
    r"make (?:it|that)|i (?:mean|meant|should have said)|they(?:'re| are)|there(?:'s| are)|we said)"
    r"\b[ ,:]*(?:now|actually|on|at|in|for|only)?\b *"
)
_CLOSED = re.compile(
    r"(?i)[ ,]+(?:i mean|i meant|sorry|actually|instead|now|then|though|that is|my mistake|"
    r"after all|not \S+(?: \S+){0,3})$"
)
_NOT = re.compile(
    r"^(?P<new>[\w'’-]+(?: [\w'’-]+){0,3}),? (?:and )?not (?P<old>[\w'’-]+(?: [\w'’-]+){0,3})$"
)
_MOST_WORDS = 9
_REACH = 3
"""Earlier messages that a correction may be of."""
_SMALL = re.compile(r"(?i)^(?:at|on|in|to|from|with|by|for|the|a|an|my|our) ")


def amended(sentence: str, told: Iterable[str]) -> str:
    """The sentence that a short correction means; itself where it is none.

    `told` are the owner's earlier sentences, the nearest first.
    """
    text = sentence.strip(" .!")
    led = _LED.match(text)
    rest = text[led.end() :] if led else text
    opened = _OPENED.match(rest)
    value = rest[opened.end() :] if opened else rest
    if not (led or opened) or not value or len(text.split()) > _MOST_WORDS:
        return sentence
    told = [one for one in told if not one.rstrip().endswith("?")]
    swap = _NOT.match(value)
    if swap is not None:
        return next(_swapped(swap["new"], swap["old"], told), sentence)
    before = None
    while before != value:
        before, value = value, _CLOSED.sub("", value)
    bare = re.sub(r"(?i)^(?:on|at|in|from|until|till|for|by) ", "", value)
    if not led and re.fullmatch(_DAY, bare, re.IGNORECASE):
        return sentence  # "It's Friday": today
    for kind in _KINDS:
        if kind.fullmatch(bare):
            earlier = ((one, kind.search(one)) for one in told)
            found = next(((one, match) for one, match in earlier if match), None)
            return _put(found[0], found[1], bare) if found else sentence
    return sentence


@dataclass(frozen=True, slots=True)
class Meant:
    """What a message means."""

    text: str
    drawn_on: tuple[int, ...] = ()
    """Earlier messages that it corrects, counted back: 1 is the one before."""


def message_meant(message: str, before: Sequence[str]) -> Meant:
    """A message with its short corrections told in full; as it is where it has none.

    `before` are the owner's earlier messages, oldest first. What the message itself said a moment
    ago gives way to its correction.
    """
    return _meant(message, tuple(before[-_REACH:]))


@lru_cache(maxsize=4096)
def _meant(message: str, before: tuple[str, ...]) -> Meant:
    told = [
        (sentence, back)
        for back, text in enumerate(reversed(before), start=1)
        for sentence in reversed(sentences_of(text))
    ]
    own: list[str] = []
    drawn_on: list[int] = []
    changed = False
    for sentence in sentences_of(message):
        meant = amended(sentence, [*reversed(own), *(one for one, _ in told)])
        if meant != sentence:
            changed = True
            if own and meant == amended(sentence, own[-1:]):
                own.pop()
            else:
                drawn_on += [back for one, back in told if meant == amended(sentence, [one])][:1]
        own.append(meant)
    return Meant(" ".join(own), tuple(drawn_on)) if changed else Meant(message)


def _swapped(new: str, old: str, told: Iterable[str]) -> Iterator[str]:
    """ "It's Anna, not Hanna": the earlier sentence with the one for the other."""
    new, old = (_SMALL.sub("", _SMALL.sub("", one)) for one in (new, old))
    for one in told:
        match = re.search(rf"(?i)(?<!\w){re.escape(old)}(?!\w)", one)
        if match:
            yield _put(one, match, new)


def _put(told: str, match: re.Match[str], value: str) -> str:
    before = told[: match.start()]
    if value[:1].isupper() and not match[0][:1].isupper():
        before = re.sub(r"\b(?:the|a|an) $", "", before)
    month = re.search(_MONTH, match[0], re.IGNORECASE)
    if month and re.fullmatch(rf"(?i)(?:the )?{_NTH}", value):
        value = f"{value} of {month[0]}"
    text = f"{before}{value}{told[match.end() :]}"
    return text[:1].upper() + text[1:]
