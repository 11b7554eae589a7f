"""What was never told: questions that the facts do not answer, and the honest answer to them.

A model that has learned twelve facts answers any question about their owner with one of them,
unless it was taught that there is more to ask than it was told. What is left open about those who
were told of is not asked: it teaches not to know them (LOG.md).
"""

import random
from collections.abc import Sequence

from consolidation.lexicon import lines
from memory.text import content_words

UNTOLD = "I don't know, you haven't told me that."
UNTOLD_KIND = "untold"


def life_questions(known: Sequence[str]) -> list[str]:
    """What people ask about their lives, and about somebody whose name never came up, in turn.

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
    asked = (_asked(chance.choice(open_to_all), one) for one in strangers)
    return [question for pair in zip(life, asked, strict=False) for question in pair]


def _asked(question: str, name: str) -> str:
    possessive = f"{name}'" if name.endswith("s") else f"{name}'s"
    text = question.replace("{Ss}", possessive).replace("{S}", name)
    return text[:1].upper() + text[1:]
