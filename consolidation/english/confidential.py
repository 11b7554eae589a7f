"""Confidential: which secrets a text holds, and what is left of it without them. Pure.

What it finds it can say in words ("a card number"); it never repeats a secret.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from consolidation.english.issued_secrets import issued_secrets
from consolidation.english.secret_context import secrets_beside
from consolidation.english.secret_forms import answered_secret, told_secrets
from consolidation.english.secret_nouns import Secret

__all__ = ["Secret", "in_words", "secrets_in", "values_in", "without_secrets"]

_BETWEEN = re.compile(r"(?<=[.!?…])\s+|\n+")
_MAY_HOLD = re.compile(
    r"(?i)\d|pass|\bpin|\bpw|psk|key|code|combi|words?\b|phrase|mnemonic|token|secret|"
    r"memorable|log ?in|bearer|-----BEGIN"
)
"""Without one of these there is nothing to look for, and most texts have none."""
_LEANING = re.compile(r"(?i)^\W*(?:it|it's|it’s|that|that's|this|they|same|the same)\b")
"""A sentence that says nothing without the one before it."""
_PIECE = re.compile(r"[^\W_]+")
_LEAST_VALUE = 3
"""Characters of a secret by which it is known again elsewhere."""


@lru_cache(maxsize=4096)
def secrets_in(text: str, asked: str = "") -> tuple[Secret, ...]:
    """The secrets of a text in their order, none within another.

    `asked` is what was asked just before, to which a bare "4711" may be the answer.
    """
    if not _MAY_HOLD.search(text) and not asked:
        return ()
    found = [*issued_secrets(text), *told_secrets(text), *secrets_beside(text)]
    given = answered_secret(text, asked) if asked else None
    found += [given] if given else []
    kept: list[Secret] = []
    for one in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end > kept[-1].end:
            kept[-1] = Secret(kept[-1].kind, kept[-1].start, one.end)
    return tuple(kept)


def values_in(text: str, secrets: Iterable[Secret]) -> frozenset[str]:
    """The secrets themselves, as they are compared: to be known again, never to be shown."""
    values = (_compared(text[one.start : one.end]) for one in secrets)
    return frozenset(value for value in values if len(value) >= _LEAST_VALUE)


def repeats(text: str, values: Collection[str]) -> bool:
    """Whether a text says one of the secrets again, however it is spaced."""
    if not values:
        return False
    said = _compared(text)
    spaced = " ".join(["", *_PIECE.findall(text.lower()), ""])
    return any(
        f" {value} " in spaced or (len(value) > _SURELY_THE_SAME and value in said)
        for value in values
    )


_SURELY_THE_SAME = 5
"""Characters beyond which a run of them inside other words is no chance."""


def without_secrets(text: str, secrets: Collection[Secret], values: Collection[str] = ()) -> str:
    """The text without the sentences that hold or repeat a secret, or lean on one that does."""
    if not secrets and not values:
        return text
    kept: list[str] = []
    start, cut = 0, False
    for end, after in [*((m.start(), m.end()) for m in _BETWEEN.finditer(text)), (len(text),) * 2]:
        part = text[start:end]
        held = any(one.start < end and one.end > start for one in secrets)
        cut = held or repeats(part, values) or (cut and _LEANING.match(part) is not None)
        if not cut:
            kept.append(text[start:after])
        start = after
    return "".join(kept).strip()


def in_words(secrets: Iterable[Secret]) -> str:
    """Their kinds, each once: "a card number and a PIN"."""
    *first, last = dict.fromkeys(one.kind for one in secrets)
    return f"{', '.join(first)} and {last}" if first else last


def _compared(text: str) -> str:
    return "".join(_PIECE.findall(text.lower()))
