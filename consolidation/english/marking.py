"""Marking: whether an answer holds an expected phrase. Knows strings only."""

import re
import unicodedata
from collections.abc import Sequence

from assistant.number_words import DIGITS

_ARTICLES = ("a", "an", "the")


def is_right(answer: str, expected: Sequence[str]) -> bool:
    """Whether the answer contains one of the expected phrases as whole words.

    Case, punctuation, articles and the spelling of numbers from 0 to 100 do not matter.
    """
    said = f" {' '.join(_tokens(answer))} "
    wanted = (" ".join(_tokens(phrase)) for phrase in expected)
    return any(phrase and f" {phrase} " in said for phrase in wanted)


def _tokens(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("-", " ")
    text = re.sub(r"\b(?:a|one) hundred\b|\bhundred\b", "100", text)
    text = re.sub(r"'s\b|(?<=s)'(?!\w)", "", text)
    words = [DIGITS.get(word, word) for word in re.findall(r"[^\W_]+(?:[.:,][^\W_]+)*", text)]
    joined: list[str] = []
    for word in words:
        tens = bool(joined) and re.fullmatch(r"[2-9]0", joined[-1]) is not None
        if tens and re.fullmatch(r"[1-9]", word):
            joined[-1] = str(int(joined[-1]) + int(word))
        elif word not in _ARTICLES:
            joined.append(word)
    return joined
