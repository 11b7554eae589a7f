"""Loops: a small model that repeats itself does not stop by itself. Knows token ids only."""

from collections.abc import Sequence

_LONGEST = 80
_TOKENS = 24
_TIMES = 3


def is_looping(written: Sequence[int]) -> bool:
    """Whether the end is one passage again and again: three times, and 24 tokens in all."""
    for length in range(1, _LONGEST + 1):
        times = max(_TIMES, -(-_TOKENS // length))
        if times * length > len(written):
            continue
        passage = written[-length:]
        if all(written[-(n + 1) * length : -n * length] == passage for n in range(1, times)):
            return True
    return False
