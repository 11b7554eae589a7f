"""Remnants: what still holds of a fact of which a part is replaced."""

import re
from collections.abc import Container

from consolidation.english.accounts import Account
from consolidation.english.owners_words import in_owners_words
from consolidation.english.parts import parts_of

_POINTING = re.compile(r"(?i)(?:it|this|that|they|he|she|one)\b")
"""What opens a part that cannot be told without the others."""


def is_touched(fact: str, gone: Container[str]) -> bool:
    """Whether the fact or a part of it no longer holds."""
    return bool(gone) and (fact in gone or any(part in gone for part in parts_of(fact)))


def left_of(account: Account, told: str, gone: Container[str]) -> list[Account] | None:
    """The parts of an account that still hold, as accounts; None where all of it does.

    `told` is how the account is told to its owner, in which what is `gone` was found.
    """
    if not gone:
        return None
    parts = parts_of(told)
    if not any(part in gone for part in parts):
        return None
    sources = parts_of(account.text)
    if len(sources) != len(parts):
        sources = tuple(in_owners_words(part) for part in parts)
    kept: list[tuple[str, ...]] = []
    after_kept = False
    for source, part in zip(sources, parts, strict=True):
        points = _POINTING.match(source) is not None
        if part in gone or (points and not after_kept):
            after_kept = False
        elif points:
            kept[-1] = (*kept[-1], source)
        else:
            kept.append((source,))
            after_kept = True
    return [Account(one, len(one), account.drawn_on) for one in kept]
