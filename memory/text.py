"""Text as it is stored and searched. Pure; knows no database."""

import re
import unicodedata

_NEVER_STORED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but \t and \n, DEL, C1
    "\ud800-\udfff"  # lone surrogates, which UTF-8 cannot hold
    "\u202a-\u202e\u2066-\u2069]"  # bidirectional overrides, which make a text look like another
)
_WORD = re.compile(r"[^\W_]+")

# Function words, pieces of contractions, and the verbs with which an assistant is addressed.
_STOP_WORDS = """
    a about after again all also am an and any are aren as at be because been before being but by
    can could couldn d did didn do does doesn doing don for from get give go got had hadn has hasn
    have haven having he hello her here hers hey hi him his how i if in into is isn it its just
    know let like ll m may me might mine more most much must my no nor not now of off ok okay on
    once one only or other our ours out over please re really remember remind s same say shall she
    should shouldn so some still such t tell than thank thanks that the their theirs them then
    there these they thing things think this those to too up us ve very want was wasn we were
    weren what when where which while who whom whose why will with won would wouldn yes you your
    yours
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def clean_text(text: str) -> str:
    """Text without control characters, lone surrogates and bidirectional overrides.

    Tabs and line feeds stay; every other line end becomes a line feed.
    """
    return _NEVER_STORED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def excerpt(text: str, width: int) -> str:
    """A text on one line, cut to so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def lower_words(text: str) -> list[str]:
    """All words of a text, lower case, in order."""
    return _WORD.findall(text.lower())


def content_words(text: str) -> list[str]:
    """The distinct words of a text that say what it is about, lower case, in order."""
    words = _WORD.findall(unicodedata.normalize("NFC", clean_text(text)).lower())
    return [word for word in dict.fromkeys(words) if word not in STOP_WORDS]
