"""A request, bared of its courtesies, and the spelled numbers of arithmetic. Pure."""

import re

from assistant.number_words import DIGITS, ONES, TENS

_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})
_BEFORE = re.compile(
    r"^(?:(?:hey|hi|hello|ok|okay|so|well|please|reverie|quickly|and|then|also|now)\b[,!. ]*"
    r"|(?:can|could|will|would) you (?:please |quickly |just )*"
    r"|i(?:'d| would) like you to |i (?:want|need) you to |do you know |tell me )+(?=\S)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:please|thanks|thank you)$", re.IGNORECASE)
_STOPS = " ?!.,"
NUMBERS = {word: int(digits) for word, digits in DIGITS.items()}
_SPELT = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(TENS)})[ -](?P<one>{'|'.join(ONES[1:10])})"
    rf"|(?P<word>{'|'.join((*TENS, *sorted(ONES, key=len, reverse=True)))}))\b"
    r"(?P<hundred> hundred)?",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """A request without what is said out of politeness, on one line."""
    line = " ".join(text.translate(_QUOTES).split())
    line = re.sub(r"\b(what|how)s\b", r"\1's", line, flags=re.IGNORECASE)
    line = _BEFORE.sub("", line).rstrip(" ?!.")
    courteous = _AFTER.search(line)
    return line[: courteous.start()].rstrip(_STOPS) if courteous else line


def in_digits(text: str) -> str:
    """Numbers below a hundred, and whole hundreds, in digits: "twenty-one" -> "21"."""

    def digits(found: re.Match[str]) -> str:
        word = found["word"]
        value = NUMBERS[word.lower()] if word else NUMBERS[found["tens"].lower()]
        value += 0 if word else NUMBERS[found["one"].lower()]
        return str(value * (100 if found["hundred"] else 1))

    return _SPELT.sub(digits, text)
