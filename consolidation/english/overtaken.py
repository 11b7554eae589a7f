"""Overtaken: which earlier fact a message that plainly changes something means. Pure.

Where no rule of `change` can take the sentences apart ("Hospital rang – op's shifted to the 28th"),
the earlier fact nearest in meaning is taken, if it has a word in common that says something; before
it one that joins two things which the message names again, and never one on somebody else.
"""

from collections.abc import Callable, Sequence

from consolidation.english.corrections import read_correction
from consolidation.english.inflection import base_form, singular
from consolidation.english.named_again import is_of_others, joins_again
from consolidation.english.wordlist import words
from memory.text import content_words

Alike = Callable[[str, str], float]
"""The cosine of two texts."""

_NEAREST = 0.35
"""Cosine: below it nothing that was told is meant. Seen in LOG.md."""
_GENERAL = frozenset(
    words(
        "day week month year time thing come go get have be do make take say tell new old good "
        "monday tuesday wednesday thursday friday saturday sunday"
    )
)


def overtaken(
    message: str,
    before: Sequence[str],
    earlier: Sequence[str],
    similar: Alike,
) -> int | None:
    """The index of the earlier fact that the message changes; None where it is not sure of one.

    `before` are the earlier messages of its conversation; `similar` is the cosine of two texts.
    """
    correction = read_correction(message, tuple(before))
    if not earlier or not (correction.marked or correction.weak):
        return None
    near = near_to(message, earlier, similar)
    again = named_again(message, earlier, near)
    if again or not correction.marked:
        return next(iter(again), None)
    best = max(range(len(earlier)), key=lambda index: similar(message, earlier[index]))
    return best if best in near else None


def named_again(message: str, earlier: Sequence[str], near: Sequence[int]) -> list[int]:
    """Of the earlier facts that are `near` those both ends of which a message names, in order."""
    return [index for index in near if joins_again(message, earlier[index])]


def near_to(message: str, earlier: Sequence[str], similar: Alike) -> list[int]:
    """Indices of the earlier facts that a message may mean, the nearest first."""
    telling = _telling(message)
    likeness = {
        index: alike
        for index, fact in enumerate(earlier)
        if telling & _telling(fact)
        and (alike := similar(message, fact)) > _NEAREST
        and not is_of_others(message, fact)
    }
    return sorted(likeness, key=lambda index: -likeness[index])


def _telling(text: str) -> frozenset[str]:
    return frozenset(singular(base_form(word)) for word in content_words(text)) - _GENERAL
