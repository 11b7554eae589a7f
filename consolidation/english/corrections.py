"""Corrections: whether a message says that something changed, and what it takes back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from consolidation.english.calendar_words import MONTHS, WEEKDAYS
from consolidation.english.tidying import tidy
from memory.text import lower_words

_STOP = (
    r"(?=\s+(?:but|so|because|since|and|although|while|when|if|it's|it|it'll|she|she's|he|he's|they|"
    r"we|we're|we've|I|I'm|I've|i'll|that|who|which|whose|now|cos|cause|bc|too|is|are|was|has|to)\b"
    r"|\s*[,.;:!?()–—]|\s+-|\s*$)"
)
_WHAT = (
    r"(?:the\s+|my\s+|our\s+|about\s+|with\s+|on\s+|at\s+|in\s+|for\s+)*(?P<x>\S.{0,60}?)" + _STOP
)
_SAID = (
    r"(?:(?:that|what|everything|all)(?:\s+(?:I|i|we)\s+\w+(?:\s+you)?)?|the\s+(?:bit|thing|part))"
    r"\s+(?:about|on|regarding|with)\s+"
)
_TAKEN_BACK = (
    # "forget Mia", "scrap what I said about training", never "don't forget"
    r"(?<!n't )(?<!not )(?<!never )(?<!\bI )(?<!\bto )(?<!always )"
    r"\b(?:forget|scrap|scratch|ignore|disregard|never\s?mind|strike|ditch)\s+(?!to\b|it\b)"
    rf"(?:{_SAID})?{_WHAT}",
    r"\b(?:instead of|rather than|in place of|in lieu of|(?:takes?|took|taking) over from|"
    rf"replac(?:es|ed|ing))\s+{_WHAT}",
    rf"\b(?:not|no longer|no more)\s+(?!only\b|just\b|sure\b|yet\b|even\b|that\b|bad\b){_WHAT}",
    rf"\b(?:\w+n't|cannot)\s+(?!forget\b|know\b|worry\b|think\b|mind\b|tell\b|let\b|you\b|only\b){_WHAT}",
    r"\b(?:mov|chang|switch|shift|push|cut|drop|transfer|swap|postpon|reschedul|brought|reduc|"
    rf"increas)\w*\b[^.;!?]{{0,50}}?\bfrom\s+{_WHAT}\s+to\b",
    rf"\bused to\s+(?:be\s+)?{_WHAT}",
    rf"\b(?:I|i|we|he|she|they)(?:'ve|'s| have| has)? (?:just )?(?:left|quit)\s+{_WHAT}",
)
_OUT = re.compile(
    r"(?P<x>(?:[\w'’-]+\s+){0,4}?[\w'’-]+)\s+(?:(?:is|are|was|were|has|have|had|got|gets|'s|just)\s+"
    r"|(?:been)\s+)*(?:cancelled|canceled|called off|scrapped|off now|not happening|"
    r"f[ae]ll(?:en)? through|(?:dropp|pull|back|bow|bail)(?:ed|s|ing)? out|bailed|withdr[ae]wn?|"
    r"stepp?(?:ed|ing|s) down|resign(?:ed|s)|quit|(?:can't|cannot|couldn't|won't) "
    r"(?:make it|come|do it|be there))\b",
    re.IGNORECASE,
)
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _TAKEN_BACK)
_STRONG = re.compile(
    r"\b(?:actually|correction|(?:scratch|scrap|strike) that|no,? wait|wait,? no|hang on|"
    r"turns? out|in the end|after all|change of plans?|"
    r"(?:there(?:'s| is)|a|small|slight|last-minute) (?:\w+ )?change|"
    r"chang(?:ed|es|ing)|moved|move it|pushed|postponed|put off|put back|delayed|"
    r"brought forward|moved up|reschedul\w+|rebook\w*|renam\w+|"
    r"rearranged|shifted|slipped|swapp\w+|switch\w+|instead|"
    r"any ?more|any longer|no longer|cancell?ed|called off|f[ae]ll(?:en)? through|my mistake|"
    r"(?:I|i) was wrong|got (?:that|it) wrong|misspoke|mistyped|typo|(?:I|i) meant|"
    r"eat my words|from now on|extension|extended|got (?:\w+ ){1,3}wrong|"
    r"(?:bow|dropp|pull|back)(?:ed|s) out|withdrawn|withdrew|stead|"
    r"ended up|tak(?:es|en|ing) over|took over|replac(?:es|ed|ing|ement)|cut (?:\w+ ){1,4}from|"
    r"(?:forget|scrap|scratch|ignore|disregard) (?:what|that|about)|broke up|split up|used to|"
    r"double-booked|(?:gone|went|going|put|putting) (?:\w+ ){0,2}(?:up|down)|"
    r"(?:up|down) (?:to|from)|rais(?:ed|ing)|lowered|increased|reduced|"
    r"earlier than|later than|isn't \w+ now)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:now|new|update|these days|nowadays|already|again|so it's|only|as of|"
    r"from (?:next|this) \w+)\b",
    re.IGNORECASE,
)
_ADDING = re.compile(
    r"\b(?:also|another|as well|too(?= *[.,;!]|$)|second|third|extra|additional|"
    r"besides|on top|one more|both|apart from|in addition)\b",
    re.IGNORECASE,
)
_SHORT = 8
"""Words of a message that only announces what the next one says ("small change of plan")."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a message does to what was told before."""

    strong: bool
    """It says that something changed: "actually", "moved to", "no longer"."""
    weak: bool
    """It could: "now", "new"."""
    adding: bool
    """It adds: "also", "another"."""
    named: frozenset[str]
    """All its words, in lower case: who comes up at all."""
    dropped: tuple[str, ...]
    """What it takes back, in its own words: "monday", "what … about training"."""

    @property
    def marked(self) -> bool:
        return self.strong or bool(self.dropped)


def read_correction(message: str, before: Sequence[str] = ()) -> Correction:
    """The correction in a message; a short message right before it may announce it."""
    found = _read(message)
    if before and len(before[-1].split()) < _SHORT:
        opened = _read(before[-1])
        found = Correction(
            found.strong or opened.strong,
            found.weak,
            found.adding,
            found.named,
            found.dropped + opened.dropped,
        )
    return found


@lru_cache(maxsize=4096)
def _read(message: str) -> Correction:
    text = tidy(message)
    return Correction(
        bool(_STRONG.search(text)),
        bool(_WEAK.search(text)),
        adds(text),
        frozenset(lower_words(text)),
        taken_back(text),
    )


@lru_cache(maxsize=4096)
def taken_back(text: str) -> tuple[str, ...]:
    """The phrases that the text names only to take them back."""
    found = [match["x"] for pattern in _PATTERNS for match in pattern.finditer(text)]
    found += [_who(match["x"], text[: match.start()]) for match in _OUT.finditer(text)]
    return tuple(dict.fromkeys(phrase.strip(" '\"") for phrase in found if phrase.strip(" '\"")))


_PRONOUN = re.compile(r"(?i)(?:(?:and|so|but|then|now|she|he|they|also|sadly)\b\W*)+")
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][a-z]+|\b[A-Z][a-z]+(?= (?:is|has|was|can|will)\b)")
_NO_NAMES = frozenset(
    (*MONTHS, *WEEKDAYS, "She", "He", "They", "It", "So", "There", "This", "That")
)


def _who(phrase: str, before: str) -> str:
    """ "… so she has dropped out": the name that came last."""
    if not _PRONOUN.fullmatch(phrase.strip()):
        return phrase
    names = [name for name in _NAME.findall(before) if name not in _NO_NAMES]
    return names[-1] if names else phrase


def adds(text: str) -> bool:
    """Whether the text sets something beside what is known: "also", "another"."""
    return bool(_ADDING.search(text))
