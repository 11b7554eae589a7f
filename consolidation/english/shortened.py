"""Shortened: sentences told one after the other, as one would. Knows strings only.

"Your sister's dog Monty sleeps till ten. Your sister's dog Monty weighs 7.9 kilos." has words that
say nothing new, which a night trains and an answer repeats, until it is cut off before its end.
"""

import re
from collections.abc import Iterable

_IN_FULL = re.compile(
    r"\b[Yy]our(?: [a-z][\w-]*(?:['’]s)?){1,4} ((?:(?:Mr|Mrs|Ms|Miss|Dr) )?[A-Z][\w-]+)\b"
)
""" "Your sister's dog Monty"."""


def shortened(told: Iterable[tuple[str, str]]) -> list[str]:
    """The texts, with short names for whom an earlier one names in full: "Monty weighs".

    Beside each stands the thing that it begins with, or "": told of once more it is "it".
    """
    short: dict[str, str] = {}
    last = ""
    texts: list[str] = []

    def for_short(found: re.Match[str]) -> str:
        return short.get(found[0].lower(), found[0])

    for text, thing in told:
        again = thing.lower() == last != "" and text.lower().startswith(f"{last} ")
        texts.append(_IN_FULL.sub(for_short, f"It{text[len(thing) :]}" if again else text))
        short |= {found[0].lower(): found[1] for found in _IN_FULL.finditer(text)}
        last = thing.lower()
    return texts
