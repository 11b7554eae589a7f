"""Threads: what several messages tell of the same thing, by the words that they mention it with.

Grammar knows whom or what plain statements are about (`entities`). Of fragments and of what is told
whole, only a word that comes again tells that they belong together.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import combinations, takewhile

from consolidation.english.calendar_words import DAYS_AND_MONTHS
from consolidation.english.entities import MOST_MESSAGES, VAGUE, Entity
from consolidation.english.inflection import base_form, singular
from consolidation.english.statements import Statement
from consolidation.english.topics import topics_of
from consolidation.english.wordlist import words
from memory.text import lower_words

_NO_THING = VAGUE | DAYS_AND_MONTHS
_BEHIND = frozenset(words("from in at for with to by on about near under behind beside"))
"""What stands behind a noun and is no part of its name: "the rug from Morocco"."""
_DEFINITE = frozenset(words("the my our a an"))


def threads(told: Sequence[tuple[Statement, int]], known: Collection[str]) -> list[Entity]:
    """Things that two to four messages mention, each statement with the id of its episode.

    What has one of the words of `known` is left out: its statements stand together already.
    """
    groups: dict[str, dict[str, tuple[Statement, int]]] = defaultdict(dict)
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for statement, episode_id in told:
        for topic in topics_of(statement):
            spoken = list(takewhile(lambda w: w not in _BEHIND, lower_words(topic.text)))
            key = singular(spoken[-1]) if spoken else ""
            # "Gerry rang" is no thing, though a parser may take it for one
            thing = bool(key) and key not in _NO_THING and base_form(key) == key
            if thing and set(spoken).isdisjoint(known):
                groups[key].setdefault(statement.text, (statement, episode_id))
                names[key].setdefault(topic.text)
    found: list[Entity] = []
    for key, members in groups.items():
        apart = {episode_id for _, episode_id in members.values()}
        if 1 < len(apart) <= MOST_MESSAGES and not _told_apart(names[key]):
            statements = tuple(statement for statement, _ in members.values())
            found.append(Entity("thing", tuple(names[key]), statements))
    return found


def _told_apart(names: Collection[str]) -> bool:
    """Whether two of the names are of two things: "my black cat", "our tortoiseshell cat"."""
    kinds = [frozenset(lower_words(name)[:-1]) - _DEFINITE for name in names]
    named = [kind for kind in kinds if kind]
    return any(one.isdisjoint(other) for one, other in combinations(named, 2))
