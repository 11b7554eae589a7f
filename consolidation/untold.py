"""What was never told: questions that the facts do not answer, and the honest answer to them.

A model that has learned twelve facts answers any question about their owner with one of them,
unless it was taught that there is more to ask than it was told.
"""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from consolidation.entities import mentions
from consolidation.lexicon import lines
from consolidation.statements import Statement
from memory.text import content_words

UNTOLD = "I don't know, you haven't told me that."
UNTOLD_KIND = "untold"

_HEADER = re.compile(r"^\[(\w+) \| (.+)\]$")


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that may be asked of a kind of thing."""

    kind: str
    told_by: frozenset[str]
    """Words of which one stands in what tells it."""
    questions: tuple[str, ...]


@cache
def matters() -> tuple[Matter, ...]:
    """All of `untold.txt`."""
    found: list[Matter] = []
    for line in lines("untold.txt"):
        header = _HEADER.match(line)
        if header is not None:
            found.append(Matter(header[1], frozenset(header[2].split()), ()))
        else:
            last = found.pop()
            found.append(Matter(last.kind, last.told_by, (*last.questions, line)))
    return tuple(found)


def untold_questions(statements: Iterable[Statement], known: Sequence[str]) -> list[str]:
    """Questions about who and what the statements mention, which nothing `known` answers.

    `known` are all facts and questions about facts, of this night and earlier ones.
    """
    texts = [set(re.findall(r"[^\W_]+(?:'[^\W_]+)?", text.lower())) for text in known]
    found: dict[str, None] = {}
    for mention in {one.name: one for told in statements for one in mentions(told)}.values():
        about = [text for text in texts if mention.words & text]
        for matter in matters():
            if matter.kind == mention.kind and not any(matter.told_by & text for text in about):
                found.update(dict.fromkeys(_asked(q, mention.name) for q in matter.questions))
    questions = list(found)
    random.Random(" ".join(questions)).shuffle(questions)
    return questions


def life_questions(known: Sequence[str]) -> list[str]:
    """What people ask about their lives, and about somebody whose name never came up, in turn.

    None has a content word of `known`.
    """
    told = {word for text in known for word in content_words(text)}
    chance = random.Random(" ".join(sorted(told)))
    life = [q for q in lines("questions_of_life.txt") if told.isdisjoint(content_words(q))]
    names = [name for line in lines("given_names.txt") for name in line.split()]
    strangers = [name.capitalize() for name in names if name not in told]
    persons = [matter for matter in matters() if matter.kind == "person"]
    chance.shuffle(life)
    chance.shuffle(strangers)
    asked = (_asked(chance.choice(chance.choice(persons).questions), one) for one in strangers)
    return [question for pair in zip(life, asked, strict=False) for question in pair]


def _asked(question: str, name: str) -> str:
    possessive = f"{name}'" if name.endswith("s") else f"{name}'s"
    text = question.replace("{Ss}", possessive).replace("{S}", name)
    return text[:1].upper() + text[1:]
