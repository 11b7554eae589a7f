"""Which of the possible dreams of an episode a night trains. Pure."""

from collections.abc import Sequence

from memory.records import Dream

_TURNS = (
    *("question", "asked", "mention", "reversed", "asked", "question", "teacher", "mention"),
    *("asked", "cue", "question", "asked", "mention", "restatement", "asked", "question"),
    *("teacher", "asked", "mention", "reversed", "asked", "question", "teacher", "mention"),
    *("asked", "cue", "question", "asked", "mention", "question", "question", "teacher"),
)
"""Whose turn it is: questions first, since they are what will be asked. Half are the asker's."""


def spread(dreams: Sequence[Dream], per_statement: int) -> list[Dream]:
    """At most `per_statement` dreams for each answered statement, of all kinds.

    The kinds take turns, so that neither the questions nor the cues are cut off alone. The
    statements of a long message share twice as many.
    """
    by_statement: dict[str, list[Dream]] = {}
    for dream in dreams:
        by_statement.setdefault(answered(dream), []).append(dream)
    share = min(per_statement, 2 * per_statement // max(len(by_statement), 1))
    return [d for members in by_statement.values() for d in _taking_turns(members, max(share, 1))]


def answered(dream: Dream) -> str:
    """The statement that a dream answers with, in the form in which two are compared."""
    return dream.answer.removeprefix("Yes, ").removeprefix("No, ").casefold()


def _taking_turns(members: Sequence[Dream], count: int) -> list[Dream]:
    queues: dict[str, list[Dream]] = {}
    for dream in reversed(members):
        queues.setdefault(dream.kind, []).append(dream)
    chosen: list[Dream] = []
    kinds = [*_TURNS, *(kind for kind in queues if kind not in _TURNS)]
    while len(chosen) < count and any(queues.values()):
        for kind in kinds:
            if queues.get(kind) and len(chosen) < count:
                chosen.append(queues[kind].pop())
    return chosen
