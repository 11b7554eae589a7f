"""Beyond single facts: what a night dreams of several, and of what it was never told. Pure.

Without the latter a model answers whatever is asked of its owner with the nearest fact it has.
"""

import math
import random
from collections.abc import Collection, Sequence

from consolidation.dreams import DreamWriter, Remembered
from consolidation.in_turn import in_turn
from consolidation.similarity import Similarity
from consolidation.untold import UNTOLD_KIND
from memory.records import Dream, turns_of_prompt

_COMBINED_SHARE = 0.15
"""Dreams of several facts, for each of one fact."""
_NEAR = 2
"""Questions about whom and what an episode mentions that it leaves open."""
_FAR = 4
"""Further questions about the owner's life, for each episode."""
_ASIDE = {True: 0.8, False: 0.5}
"""A question nearer than this to a known text, by cosine, may be answered by it: a question about
what an episode mentions, and any other."""
_UNTOLD_SHARE = 0.15
"""Dreams of what was never told, for each of one fact."""
_LOOKED_AT = 4
"""So many times as many questions as are wanted are held against what is known."""


def spoken(dream: Dream) -> tuple[str, ...]:
    """The texts of a dream that say or ask what is known; what is not known is none."""
    if dream.kind == UNTOLD_KIND:
        return ()
    return (*turns_of_prompt(dream.prompt), dream.answer)


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
    told: Sequence[Remembered],
    known: Sequence[str],
    similar: Similarity,
    singles: int,
) -> list[Dream]:
    """Questions that nothing answers, with the answer that says so; near and far ones take turns.

    `told` are the night's episodes, and `known` all texts that tell or ask something known, of
    earlier nights too. `singles` is how many dreams of one fact stand beside them.
    """
    room: dict[tuple[int, ...], int] = {(): _FAR * len(told)}
    room |= {(one.episode.id,): _NEAR for one in told}
    looked_at = {sources: _LOOKED_AT * count for sources, count in room.items()}
    possible: list[Dream] = []
    for dream in writer.doubt(told, known):
        if looked_at[dream.episode_ids] > 0:
            looked_at[dream.episode_ids] -= 1
            possible.append(dream)
    nearest = similar.highest([str(dream.prompt) for dream in possible], known)
    chosen: dict[tuple[int, ...], list[Dream]] = {sources: [] for sources in room}
    for dream, alike in zip(possible, nearest, strict=True):
        members = chosen[dream.episode_ids]
        if len(members) < room[dream.episode_ids] and alike < _ASIDE[bool(dream.episode_ids)]:
            members.append(dream)
    far = chosen.pop(())
    near = in_turn(chosen.values())
    return list(in_turn([near, far]))[: math.ceil(_UNTOLD_SHARE * singles)]
