"""Beyond single facts: what a night dreams of several, and of what it was never told. Pure.

Without the latter a model answers whatever is asked of its owner with the nearest fact it has.
"""

import math
import random
from collections import Counter
from collections.abc import Collection, Sequence

from consolidation.brought_up import MENTION_KIND
from consolidation.dreams import DreamWriter, Remembered
from consolidation.english.in_turn import in_turn
from consolidation.similarity import Similarity
from consolidation.untold import UNTOLD_KIND
from memory.records import Dream, turns_of_prompt

_COMBINED_SHARE = 0.15
"""Dreams of several facts, for each of one fact."""
_ASIDE = 0.5
"""A question nearer than this to a known text, by cosine, may be answered by it."""
_AN_EPISODE = 8
"""Dreams of what was never told, for each episode at most."""
_UNTOLD_SHARE = 0.15
"""Dreams of what was never told, for each of one fact, in a first night."""
_LATER_SHARE = 0.075
"""The same in later ones: with more, names of earlier nights are taken for strangers (LOG.md)."""
_SPEAK_FOR_ALL = 2
"""So many dreams of an earlier answer are held against a question that may be untold."""
_LOOKED_AT = 4
"""So many times as many questions as are wanted are held against what is known."""


def spoken(dream: Dream) -> tuple[str, ...]:
    """The texts of a dream that say or ask what is known; what is not known is none, and where a
    name is brought up the sentence around it says nothing of it."""
    if dream.kind == UNTOLD_KIND:
        return ()
    asked = () if dream.kind == MENTION_KIND else turns_of_prompt(dream.prompt)
    return (*asked, dream.answer)


def dreams_of_several(
    writer: DreamWriter, told: Sequence[Remembered], fresh: Collection[int], singles: int
) -> list[Dream]:
    """Dreams that draw on several episodes, at least one of them `fresh`; the kinds take turns.

    `singles` is how many dreams of one fact stand beside them.
    """
    kinds: dict[str, list[Dream]] = {}
    for dream in writer.combine(told):
        if not set(dream.episode_ids).isdisjoint(fresh):
            kinds.setdefault(dream.kind, []).append(dream)
    for members in kinds.values():
        random.Random(str(members[0].prompt)).shuffle(members)
    return list(in_turn(kinds.values()))[: round(_COMBINED_SHARE * singles)]


def dreams_of_the_untold(
    writer: DreamWriter,
    known: Sequence[Dream],
    trained: Sequence[Dream],
    similar: Similarity,
    episodes: int,
) -> list[Dream]:
    """Questions that nothing answers, with the answer that says so.

    `known` are the dreams of what the night learns, of so many `episodes`; `trained` those of
    earlier nights. No question has a word of any of them, or is near to one of them in meaning; of
    each earlier answer a few dreams speak for all, so that a night is as quick after a thousand.
    """
    share = _LATER_SHARE if trained else _UNTOLD_SHARE
    wanted = min(_AN_EPISODE * episodes, math.ceil(share * len(known)))
    possible = writer.doubt(_texts((*known, *trained)))[: _LOOKED_AT * wanted]
    near_to = _texts((*known, *_a_few_of_each(trained)))
    nearest = similar.highest([str(dream.prompt) for dream in possible], near_to)
    aside = [dream for dream, alike in zip(possible, nearest, strict=True) if alike < _ASIDE]
    return aside[:wanted]


def _texts(dreams: Sequence[Dream]) -> list[str]:
    return list(dict.fromkeys(text for dream in dreams for text in spoken(dream)))


def _a_few_of_each(dreams: Sequence[Dream]) -> list[Dream]:
    """Two of every answer that an episode has."""
    seen = Counter[tuple[tuple[int, ...], str]]()
    few: list[Dream] = []
    for dream in dreams:
        key = (dream.episode_ids[:1], dream.answer)
        seen[key] += 1
        if seen[key] <= _SPEAK_FOR_ALL:
            few.append(dream)
    return few
