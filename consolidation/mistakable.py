"""Mistakable: questions that name nothing but what several things go by. Pure.

Who has told of a singing contest and a pumpkin contest does not ask "Tell me about the contest.":
either answer teaches that the other is wrong.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from itertools import combinations

from consolidation.brought_up import MENTION_KIND, names_of
from consolidation.english.parsing import parse
from consolidation.in_full import bare
from consolidation.leading import TELLING, name_in
from memory.records import Dream, turns_of_prompt
from memory.text import content_words, lower_words

_YOUR = re.compile(r"\byour\b", re.IGNORECASE)
_NAMING = (MENTION_KIND, "restatement")
"""Kinds that say nothing but a name of what they are answered with."""


def without_mistakable(dreams: Sequence[Dream], shared: Set[frozenset[str]]) -> tuple[Dream, ...]:
    """The dreams, less those that could as well be answered with another: what they name is one of
    the names that are `shared`."""
    return tuple(dream for dream in dreams if not _is_mistakable(dream, shared))


def shared_names(dreams: Iterable[Dream]) -> set[frozenset[str]]:
    """The words of each name by which several things go in their answers: "contest", of a singing
    contest and a pumpkin contest."""
    fullest: dict[frozenset[str], set[frozenset[str]]] = defaultdict(set)
    for answer in dict.fromkeys(dream.answer for dream in dreams):
        for sentence in parse(_YOUR.sub("my", answer)):
            names = [bare(name) for name in names_of(sentence.words)]
            for name in names:
                fullest[name].add(max((one for one in names if name <= one), key=len))
    return {
        name
        for name, several in fullest.items()
        if any(not (one <= other or other <= one) for one, other in combinations(several, 2))
    }


def _is_mistakable(dream: Dream, shared: Set[frozenset[str]]) -> bool:
    if dream.kind not in TELLING:
        return False
    question = turns_of_prompt(dream.prompt)[-1]
    spoken = frozenset(lower_words(question))
    if not any(name <= spoken for name in shared):
        return False
    name = bare(name_in(question, dream.answer))
    if name not in shared:
        return False
    said = set(content_words(question)) & set(content_words(dream.answer))
    return dream.kind in _NAMING or said <= name
