"""A request, bared of its courtesies, and the spelled numbers of arithmetic. Pure."""

import re

_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})
_BEFORE = re.compile(
    r"^(?:(?:hey|hi|hello|ok|okay|so|well|please|reverie|quickly|and|then|also|now)\b[,!. ]*"
    r"|(?:can|could|will|would) you (?:please |quickly |just )*"
    r"|i(?:'d| would) like you to |i (?:want|need) you to |do you know |tell me )+(?=\S)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:please|thanks|thank you)$", re.IGNORECASE)
_STOPS = " ?!.,"
_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
NUMBERS = {**_ONES, **_TENS}
_SPELT = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})[ -](?P<one>{'|'.join(list(_ONES)[1:10])})"
    rf"|(?P<word>{'|'.join((*_TENS, *sorted(_ONES, key=len, reverse=True)))}))\b"
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
