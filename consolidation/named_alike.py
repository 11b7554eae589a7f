"""Named alike: what several messages tell of whatever goes by one name, whichever it is.

`entities` knows whom and what plain clauses are about. Here any name counts that a statement brings
up, in a clause or in what is told whole: "my brass telescope" and "the telescope" are one, "Tom's
passport" and "Ida's passport" are two.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from consolidation.brought_up import DEFINITE, names_of
from consolidation.english.entities import MOST_MESSAGES, VAGUE, Entity
from consolidation.english.light_names import TIMES
from consolidation.english.people import TITLES
from consolidation.english.statements import Statement
from memory.text import lower_words

_Key = tuple[str, ...]
"""The words of a name, without its article."""


def named_alike(told: Sequence[tuple[Statement, int]]) -> list[Entity]:
    """What two to four episodes name alike, each statement with the id of its episode."""
    bearers: dict[_Key, dict[str, tuple[Statement, int, _Key]]] = defaultdict(dict)
    names: dict[_Key, dict[str, None]] = defaultdict(dict)
    for statement, episode_id in told:
        forms = [(n, key) for n in names_of(statement.sentence.words) for key in _keys(n)]
        for name, key in forms:
            if key and (key[-1] not in VAGUE or _is_event(key)):
                fullest = max((one for _, one in forms if _ends(one, key)), key=len)
                bearers[key].setdefault(statement.text, (statement, episode_id, fullest))
                names[key].setdefault(name)
    found: dict[tuple[str, ...], tuple[list[str], tuple[Statement, ...]]] = {}
    for key in sorted(bearers, key=len, reverse=True):
        members = list(bearers[key].values())
        if 1 < len({episode_id for _, episode_id, _ in members}) <= MOST_MESSAGES and _are_one(
            members
        ):
            texts = tuple(sorted(bearers[key]))
            known, _ = found.setdefault(texts, ([], tuple(one for one, _, _ in members)))
            known += names[key]
    return [Entity("thing", tuple(dict.fromkeys(own)), several) for own, several in found.values()]


def _are_one(members: Sequence[tuple[Statement, int, _Key]]) -> bool:
    """Whether what each is called in full adds nothing to what another is called, or all of it."""
    told = [frozenset(fullest) for _, _, fullest in members]
    return all(one <= other or other <= one for one, other in combinations(told, 2))


def _keys(name: str) -> Iterator[_Key]:
    """Its words; those after a title, too: "my uncle Dragan" may go by "Uncle Dragan" elsewhere."""
    spoken = lower_words(name)
    key = tuple(spoken[1:] if spoken[:1] and spoken[0] in DEFINITE else spoken)
    yield key
    if len(key) > 1 and key[0] in TITLES and name.istitle():
        yield key[1:]


def _is_event(key: _Key) -> bool:
    """The "karaoke night", which is no night like another."""
    return len(key) > 1 and key[-1] in TIMES


def _ends(whole: _Key, key: _Key) -> bool:
    return whole[-len(key) :] == key
