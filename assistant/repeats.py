"""What a reply says again. A small model goes on with a sentence that it has before it twice."""

import re
from collections.abc import Sequence

_SENTENCE = re.compile(r"\S.*?(?:[.!?]+[\"')\]]*(?=\s)|\n|$)\s*", re.DOTALL)
_LEAST_WORDS = 3
"""Shorter ones, "Yes." or a bullet, are said again for good reasons."""
_CODE = "```"
_LONGEST_ROUND = 400
_ROUNDS = 3
_LEAST_LOOP = 60
"""Characters: "Ha, ha, ha" is no loop."""


def without_loop(reply: str) -> str:
    """A reply whose end is one passage again and again, three times or more, with it said once."""
    for length in range(1, min(_LONGEST_ROUND, len(reply) // _ROUNDS) + 1):
        start = len(reply) - length
        while start and reply[start - 1] == reply[start - 1 + length]:
            start -= 1
        if len(reply) - start >= max(_ROUNDS * length, _LEAST_LOOP):
            return reply[: start + length].rstrip()
    return reply


def without_repeats(replies: Sequence[str]) -> list[str]:
    """Each reply, oldest first, without the sentences that it or an earlier one has said already.

    One without repeats, or with code in it, is left as it is.
    """
    said: set[str] = set()
    kept = []
    for reply in replies:
        sentences = _SENTENCE.findall(reply)
        fresh = []
        for sentence in sentences:
            words = " ".join(sentence.lower().split())
            if words.count(" ") + 1 < _LEAST_WORDS:
                fresh.append(sentence)
            elif not any(one.startswith(words) for one in said):
                fresh.append(sentence)
                said.add(words)
        is_whole = len(fresh) == len(sentences) or _CODE in reply
        kept.append(reply if is_whole else "".join(fresh).rstrip())
    return kept
