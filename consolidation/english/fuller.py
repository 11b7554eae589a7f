"""Fuller: what stands word for word in a longer statement is answered with that one. Pure.

"You sold the van." beside "You sold the van. Nine and a half grand." would be two answers to the
same questions, between which nothing decides. So would "Your flatmate is called Tomasz." beside the
one other statement on "your flatmate Tomasz": it would answer whatever is asked of Tomasz.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from consolidation.english.phrasings import normalised
from memory.records import Dream, DreamPrompt, turns_of_prompt
from memory.text import lower_words

_MOST_WORDS = 32
"""A longer answer would be cut off before its end when it is given."""
_NAMING = re.compile(r"^([Yy]our \S+(?: \S+){0,2}) is called ((?:[A-Z]\S* ?)+)\.$")
NAME_QUESTIONS = 4
"""So many of the questions for a name are kept where another statement answers them."""
AS_TOLD = ("question", "reversed", "cue", "restatement", "mention")
"""Kinds of dreams that answer with a statement as it is."""


def with_fuller_answers(dreams: Sequence[Dream]) -> list[Dream]:
    """The dreams, those of a part of a statement answered with the whole of it.

    Only where both cite an episode in common; the dream then cites all that the whole one does.
    """
    cited: dict[str, tuple[int, ...]] = {}
    for dream in dreams:
        if dream.kind in AS_TOLD:
            cited[dream.answer] = _joined(cited.get(dream.answer, ()), dream.episode_ids)
    spoken = {answer: spoken_words(answer) for answer in cited}

    def holding(answer: str, words: str) -> list[str]:
        """Other statements with these words that cite an episode in common with the answer."""
        return [
            other
            for other, theirs in cited.items()
            if words in spoken[other]
            and other != answer
            and len(spoken[other]) > len(words)
            and len(other.split()) <= _MOST_WORDS
            and not set(cited[answer]).isdisjoint(theirs)
        ]

    fuller: dict[str, str] = {}
    too_many: set[int] = set()
    for answer in cited:
        longer = holding(answer, spoken[answer])
        if not longer and (called := whom_named(answer)):
            with_name = holding(answer, spoken_words(called))
            longest = max(with_name, key=len, default="")
            if with_name and all(spoken[other] in spoken[longest] for other in with_name):
                longer = with_name
                names = [i for i, dream in enumerate(dreams) if dream.answer == answer]
                too_many.update(names[NAME_QUESTIONS:])
        if longer:
            fuller[answer] = max(longer, key=len)
    return [
        replace(
            dream,
            answer=fuller[dream.answer],
            episode_ids=_joined(dream.episode_ids, cited[fuller[dream.answer]]),
        )
        if dream.kind in AS_TOLD and dream.answer in fuller
        else dream
        for place, dream in enumerate(dreams)
        if place not in too_many
    ]


def name_alone(answer: str) -> str:
    """The name that a statement tells and nothing beside it: "Ngozi" of "Your flatmate is called
    Ngozi."; "" of others."""
    told = _NAMING.match(answer)
    return told[2] if told else ""


def whom_named(answer: str) -> str:
    """Whom a statement names, where it tells nothing beside it: "Your flatmate Ngozi"; "" of
    others."""
    return _NAMING.sub(r"\1 \2", answer) if _NAMING.match(answer) else ""


def without_twins(dreams: Sequence[Dream], wider: Sequence[Dream] = ()) -> list[Dream]:
    """The first of each prompt and answer; none that asks what one of the `wider` answers."""
    answered = {what_is_asked(dream.prompt) for dream in wider}
    first: dict[tuple[str, str], Dream] = {}
    for dream in dreams:
        asked = what_is_asked(dream.prompt)
        if asked not in answered:
            first.setdefault((asked, dream.answer), dream)
    return list(first.values())


def what_is_asked(prompt: DreamPrompt) -> str:
    """The turns of a prompt in the form in which two prompts are compared."""
    return normalised(" / ".join(turns_of_prompt(prompt)))


def _joined(ids: Iterable[int], more: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*ids, *more)))


def spoken_words(text: str) -> str:
    """The words alone, each between spaces."""
    return f" {' '.join(lower_words(text))} "
