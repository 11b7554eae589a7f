"""Whether what a night trains agrees with itself, before anything is trained. Pure.

A name with two answers is a coin to toss, and a fact in no answer is lost whatever trains it.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from benchmarks.stream.facts import Fact
from benchmarks.stream.meal import Meal
from consolidation.english.marking import is_right
from consolidation.leading import LED, name_in
from memory.records import turns_of_prompt

_TWICE = 2
"""A second answer that comes but once is passed over."""


def lost(facts: Sequence[Fact], meal: Meal) -> list[Fact]:
    """The facts that no answer of the night holds."""
    answers = {dream.answer for dream in (*meal.dreams, *meal.replay)}
    return [fact for fact in facts if not any(is_right(one, fact.expected) for one in answers)]


def names(meal: Meal) -> dict[str, Counter[str]]:
    """Each name by which questions go, in lower case -> its answers and how often each comes."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for dream in (*meal.dreams, *meal.replay):
        if dream.kind in LED:
            name = name_in(turns_of_prompt(dream.prompt)[-1], dream.answer).lower()
            if name:
                found[name.removeprefix("the ").removeprefix("your ")][dream.answer] += 1
    return dict(found)


def competing(answers: Counter[str]) -> bool:
    """Whether a name has more than one answer."""
    return sum(count >= _TWICE for count in answers.values()) > 1
