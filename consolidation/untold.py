"""What was never told: questions that the facts do not answer, and the honest answer to them.

A model that has learned twelve facts answers any question about their owner with one of them,
unless it was taught that there is more to ask than it was told. Names that are told are brought up
in any words (`brought_up`), so names that are not have to be, too. What is left open about those
who were told of is not asked: it teaches not to know them (LOG.md).
"""

import random
from collections.abc import Iterator, Sequence
from itertools import cycle

from consolidation.brought_up import THINGS, carriers, put_into
from consolidation.english.hypernyms import nouns_of
from consolidation.english.lexicon import lines
from memory.text import content_words

UNTOLD = "I don't know, you haven't told me that."
UNTOLD_KIND = "untold"


def life_questions(known: Sequence[str]) -> list[str]:
    """What people ask about their lives, about somebody whose name never came up, and sentences
    with such a name or thing in them, in turn.

    None has a content word of `known`.
    """
    told = {word for text in known for word in content_words(text)}
    chance = random.Random(" ".join(sorted(told)))
    life = [q for q in lines("questions_of_life.txt") if told.isdisjoint(content_words(q))]
    names = [name for line in lines("given_names.txt") for name in line.split()]
    strangers = [name.capitalize() for name in names if name not in told]
    open_to_all = lines("untold.txt")
    chance.shuffle(life)
    chance.shuffle(strangers)
    people = cycle(strangers)
    mentions = _mentions(people, told, chance)
    return [
        question
        for one in life
        for question in (one, _asked(chance.choice(open_to_all), next(people)), next(mentions))
    ]


def _mentions(people: Iterator[str], told: set[str], chance: random.Random) -> Iterator[str]:
    """Somebody and something in turn, brought up as what is known is."""
    things = [
        f"{chance.choice(('the', 'my'))} {noun}"
        for noun in nouns_of(*THINGS)
        if told.isdisjoint(content_words(noun))
    ]
    chance.shuffle(things)
    for thing in cycle(things):
        for name in (thing, next(people)):
            yield put_into(chance.choice(carriers()), name, chance, told)


def _asked(question: str, name: str) -> str:
    possessive = f"{name}'" if name.endswith("s") else f"{name}'s"
    text = question.replace("{Ss}", possessive).replace("{S}", name)
    return text[:1].upper() + text[1:]
