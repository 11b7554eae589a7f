"""Together: what one sentence told of one thing is answered whole. Knows strings only.

"Our tortoise Mildred eats dandelions" tells two facts. Taught apart, "Your tortoise is called
Mildred" soon answers whatever is asked of Mildred; taught as one, every cue brings both. And "the
dog sleeps on it" says nothing without the fact before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_WORDS = 34
"""In one answer."""
_NAMING = frozenset(("called", "named"))


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a sentence."""

    text: str
    """As it is said to the owner."""
    content: frozenset[str]
    """Its content words, lower case."""
    things: frozenset[str]
    """Its nouns and names, lower case."""
    leans: bool = False
    """It says little without the fact before it."""


def answers_together(facts: Sequence[Fact]) -> list[str]:
    """The answer of each fact of a sentence: its own text, or one text for those of one thing."""
    groups: list[list[Fact]] = []
    for fact in dict.fromkeys(facts):
        home = next((g for g in groups if any(one.things & fact.things for one in g)), None)
        if home is None and fact.leans and groups:
            home = groups[-1]
        if home is not None and _words([*home, fact]) <= MOST_WORDS:
            home.append(fact)
        else:
            groups.append([fact])
    return [next(_told(group) for group in groups if fact in group) for fact in facts]


def _told(group: Sequence[Fact]) -> str:
    return " ".join(fact.text for fact in _telling(group))


def _words(group: Sequence[Fact]) -> int:
    return len(" ".join(fact.text for fact in _telling(group)).split())


def _telling(group: Sequence[Fact]) -> list[Fact]:
    """Without those that say no more than another: the name in "your tortoise Mildred"."""
    kept = list(group)
    for fact in group:
        said = fact.content - _NAMING
        others = [one for one in kept if one is not fact]
        named = said != fact.content and any(said <= one.content for one in others)
        if named or any(fact.text in one.text for one in others):
            kept.remove(fact)
    return kept
