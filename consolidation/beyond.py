"""Beyond single facts: what a night dreams of several, and of what it was never told. Pure.

Without the latter a model answers whatever is asked of its owner with the nearest fact it has.
"""

import random
from collections.abc import Callable, Collection, Sequence
from itertools import zip_longest

from consolidation.dreams import DreamWriter, Remembered
from consolidation.untold import UNTOLD, UNTOLD_KIND, life_questions
from memory.records import Dream

_COMBINED_SHARE = 0.15
"""Dreams of several facts, for each of one fact."""
_NEAR = 2
"""Questions about whom and what an episode mentions that it leaves open."""
_FAR = 3
"""Further questions about the owner's life, for each episode."""
_ASIDE = 0.5
"""A question nearer than this to a fact, by cosine, may be answered by it."""


def spoken(dream: Dream) -> tuple[str, ...]:
    """The texts of a dream that say or ask what is known; what is not known is none."""
    if dream.kind == UNTOLD_KIND:
        return ()
    asked = (dream.prompt,) if isinstance(dream.prompt, str) else dream.prompt
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
    turns = [dream for turn in zip_longest(*kinds.values()) for dream in turn if dream is not None]
    return turns[: round(_COMBINED_SHARE * singles)]


def dreams_of_the_untold(
    writer: DreamWriter,
    told: Sequence[Remembered],
    known: Sequence[str],
    facts: Sequence[str],
    similar: Callable[[str, str], float],
) -> list[Dream]:
    """Questions that nothing answers, with the answer that says so.

    `told` are the night's episodes, `known` all texts that tell or ask something known, of earlier
    nights too, and `facts` the facts among them; `similar` is the cosine of two sentences.
    """
    near = [dream for one in told for dream in writer.doubt([one], known)[:_NEAR]]
    wanted = _FAR * len(told)
    far: list[Dream] = []
    for question in life_questions(known):
        if len(far) == wanted:
            break
        if all(similar(question, fact) < _ASIDE for fact in facts):
            far.append(Dream(question, UNTOLD, UNTOLD_KIND, ()))
    return [*near, *far]
