"""Remembering: whether a message asks expressly to be remembered. Knows strings only."""

import re

from consolidation.english.hearsay import QUOTED, set_apart

_START = (
    r"(?:^|[.!?;:,–—\n]\s*|\s-\s+|\b(?:please|pls|kindly|and|but|so|just|also|oh|ok|okay|now|"
    r"(?:can|could|would|will) you|(?:I|we)(?: would|'d)? (?:want|need|like) you to|must|"
    r"should)\s+)"
)
_SAYS_WHAT = r"(?=\s+(?:that|this|I|I'm|I've|my|we|we're|our|it's|the|there's|for|:)|\s*[,:–—-])"
_WISHES = (
    rf"{_START}(?:remember|note|remind me)(?:,? please)?{_SAYS_WHAT}(?! (?:the (?:time|day|one|"
    r"other|last)|this\?|that\?))",
    rf"{_START}(?:(?:don't|do not|dont|never|let's not) (?:ever |let me |you )?forget)"
    r"(?!\s+(?:to\b|about it\b))",
    rf"{_START}(?:please )?(?:take note|make (?:a )?(?:mental )?note|note (?:it |this )?down|"
    r"write (?:this|that|it) down|(?:keep|save|store|remember|memori[sz]e) (?:this|that|it))\b",
    r"\b(?:for the record|for (?:your|future) reference|for you to remember|worth remembering|"
    r"(?:keep|bear|have) (?:it |this |that )?in mind|commit (?:this|that|it) to memory)\b",
)
_WISHED = re.compile("|".join(_WISHES), re.IGNORECASE)
_NOT_ASKED = re.compile(
    r"\b(?:do|did|does|don't|didn't|can't|cannot|not|never|I|we|he|she|they|I'll|I'd|to) "
    r"(?:ever |still |even |always )?(?:remember|keep|bear|note)\b"
    r"|\b(?:don't|do not) (?:remember|note|keep|bear|save|store)\b",
    re.IGNORECASE,
)


def asks_to_remember(message: str) -> bool:
    """Whether its owner asks for it: "remember that …", "don't forget …", "for the record, …".

    Quotations do not ask, nor does "do you remember …", or a deed to be reminded of.
    """
    for sentence in re.split(rf"(?<=[.!?])\s+|\n|{QUOTED}", set_apart(message)):
        found = _WISHED.search(sentence)
        if found is not None and not _NOT_ASKED.search(_asked_of_you(sentence)):
            return True
    return False


def _asked_of_you(sentence: str) -> str:
    """The sentence without "I want you to", which asks."""
    return re.sub(r"(?i)\b(?:I|we)(?: would|'d)? (?:want|need|like) you to ", "", sentence)
