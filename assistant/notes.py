"""Notes: what is recalled for a message, and what of it is put before it."""

import re
from collections.abc import Sequence

from memory.episode import Recalled
from memory.recall import Near, Recall, only_asks
from models.base import Embedder, Embeddings

_BETWEEN = re.compile(r"(?<=[.!?…])\s+(?=\S)|\n+")
_LEAST_WORDS = 3
_MOST_SENTENCES = 48
"""Compared at most: a turn must not wait for a letter to be read sentence by sentence."""


def recalled_for(
    recall: Recall, text: str, near: Sequence[Near], limit: int
) -> tuple[Recalled, ...]:
    """What was said about it, best first; a question that was asked before holds no answer."""
    found = recall.find(text, near, limit)
    return tuple(one for one in found if not only_asks(one.episode))


def notes_of(
    recalled: Sequence[Recalled], meaning: Embeddings, embedder: Embedder, *, whole: int
) -> list[str]:
    """In the owner's words, the `whole` best matches and, last, of all the nearest sentence.

    `recalled` comes best first, `meaning` is the message's vector. Small models answer from one
    message and the sentence that is wanted more often than from three messages (57 of 244
    questions against 39; see LOG.md).
    """
    said = [found.episode.user_text for found in recalled]
    notes = [" ".join(text.split()) for text in reversed(said[:whole])]
    sentences = [one for text in said for one in _sentences(text)][:_MOST_SENTENCES]
    if sentences:
        nearest = sentences[int((embedder.embed(sentences) @ meaning).argmax())]
        notes = [*(note for note in notes if note != nearest), nearest]
    return notes


def _sentences(text: str) -> list[str]:
    """Those long enough to tell something; a text without one is none."""
    every = (" ".join(one.split()) for one in _BETWEEN.split(text))
    return [one for one in every if len(one.split()) >= _LEAST_WORDS]
