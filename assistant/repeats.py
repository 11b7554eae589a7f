"""What a reply says again. A small model goes on with a sentence that it has before it twice."""

import re
from collections.abc import Iterable, Sequence

_SENTENCE = re.compile(r"\S.*?(?:[.!?]+[\"')\]]*(?=\s)|\n|$)\s*", re.DOTALL)
_LEAST_WORDS = 3
"""Shorter ones, "Yes." or a bullet, are said again for good reasons."""
_ENDS = ".!?\"')]"
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
            end = start + length
            while end < len(reply) and reply[end] in _ENDS:
                end += 1
            return reply[:end].rstrip()
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
        for number, sentence in enumerate(sentences, start=1):
            words = _plain(sentence)
            if not _tells(words):
                fresh.append(sentence)
                continue
            was_cut_off = number == len(sentences) and words[-1] not in _ENDS
            if words in said or (was_cut_off and any(one.startswith(words) for one in said)):
                continue
            fresh.append(sentence)
            said.add(words)
        is_whole = len(fresh) == len(sentences) or _CODE in reply
        kept.append(reply if is_whole else "".join(fresh).rstrip())
    return kept


class Said:
    """The sentences of earlier replies."""

    def __init__(self, replies: Iterable[str]) -> None:
        sentences = {_plain(one) for reply in replies for one in _SENTENCE.findall(reply)}
        self._said = [one for one in sentences if _tells(one)]

    def opens(self, reply: str) -> bool:
        """Whether a reply begins with one of them."""
        begun = _plain(reply)
        return any(begun.startswith(one) for one in self._said)

    def may_open(self, begun: str) -> bool:
        """Whether a reply that has begun like this may still come to one of them."""
        begun = _plain(begun)
        return any(one.startswith(begun) for one in self._said)


def _tells(words: str) -> bool:
    return words.count(" ") + 1 >= _LEAST_WORDS


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
