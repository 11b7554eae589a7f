"""Brought up: a name in sentences that say nothing else of what was told of it.

Questions a month later have other words around the name than any dream: "I'm choosing a frame for
the lamp. What goes with it?" From a hundred such sentences the weights learn that the name alone
says which fact is meant.
"""

import random
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from consolidation.english.hypernyms import is_living_noun, nouns_of
from consolidation.english.in_turn import in_turn
from consolidation.english.inflection import with_article
from consolidation.english.lexicon import lines
from consolidation.english.light_names import TELLS_APART, TIMES, uncapped
from consolidation.english.parsing import Word
from consolidation.english.people import TITLES, is_given_name
from consolidation.english.person import first_person
from consolidation.english.phrasings import View
from consolidation.english.statements import Statement
from consolidation.english.wordlist import words
from memory.text import lower_words

MENTION_KIND = "mention"
DEFINITE = frozenset(words("the my our"))
_UNNAMED = ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL")
_EMPTY = frozenset(
    words("way thing name middle rest end side top bottom front back part kind one lot bit")
)
_MOST_WORDS = 5
THINGS = (
    *("instrument", "place", "room", "event", "appliance", "tool", "furniture", "fixture"),
    *("device", "vehicle", "clothing", "jewellery", "plant", "pet", "tradesperson", "occupation"),
)
"""Classes of what one calls "my" or "the"."""


@cache
def carriers() -> tuple[str, ...]:
    """The sentences, each with a place for the name; a third have one for another thing, too."""
    return tuple(lines("brought_up.txt"))


def brought_up(statement: Statement, chance: random.Random) -> Iterator[View]:
    """Its names in turn, each in sentences of its own."""
    every = carriers()
    told = set(lower_words(statement.text))
    rows = [
        [put_into(carrier, name, chance, told) for carrier in chance.sample(every, len(every))]
        for name in names_of(statement.sentence.words)
    ]
    for prompt in in_turn(rows):
        yield prompt, statement.text, MENTION_KIND


def put_into(carrier: str, name: str, chance: random.Random, told: Collection[str]) -> str:
    """The sentence with the name in it, and beside it, where there is a place, something else.

    That has no word of `told`.
    """
    thing = chance.choice(_things())
    while "thing}" in carrier and not set(thing.split()).isdisjoint(told):
        thing = chance.choice(_things())
    prompt = carrier.format(name, thing=thing, a_thing=with_article(thing))
    return prompt[:1].upper() + prompt[1:]


@cache
def _things() -> tuple[str, ...]:
    """What may be asked for beside a name, half of it what anything may have."""
    matters = [one.strip() for line in lines("matters.txt") for one in line.split(",")]
    things = nouns_of(*THINGS)
    return (*things, *(matters * (len(things) // len(matters))))


def names_of(spoken: Sequence[Word]) -> list[str]:
    """What a statement's people and things go by for short, proper names first."""
    proper: list[str] = []
    common: list[str] = []
    for noun in spoken:
        if not noun.is_noun or (noun.entity in _UNNAMED and not _is_event(noun)):
            continue
        if _is_of_next(noun):
            continue
        if noun.is_proper:
            proper += _proper_forms(noun)
        elif noun.lower not in _EMPTY:
            common += _forms(noun)
    return list(dict.fromkeys((*proper, *common)))


def _is_of_next(noun: Word) -> bool:
    """The "bathroom" in "the bathroom door"; but in "where Ansel volunteers" he is himself."""
    whole = noun.parent
    if noun.is_proper and noun.text[:1].isupper() and whole is not None and not whole.is_proper:
        told = noun.i > 0 and is_given_name(noun.text)
        if told or any(is_living_noun(child.text) for child in (*noun.children, *whole.children)):
            return False
    return noun.dep == "compound" or (
        whole is not None and whole.is_noun and whole.i > noun.i and noun.dep != "poss"
    )


def _forms(noun: Word) -> list[str]:
    phrase = [word for word in noun.subtree() if word.i <= noun.i]
    article = phrase[0].lower
    whole = noun.i - phrase[0].i == len(phrase) - 1
    owners = [word for word in phrase[:-1] if word.is_noun and word.dep == "poss"]
    named = article in DEFINITE or (owners and owners[0].is_proper)
    if not named or len(phrase) > _MOST_WORDS or not whole:
        return []
    if noun.lower in TIMES and len(phrase) == 2:
        return []  # "the night"
    living = is_living_noun(noun.text)
    if living and any(child.is_proper and child not in owners for child in noun.children):
        return []  # "my aunt Drusilla": by her name
    if owners:  # "my aunt's kitchen", "our boat's engine"
        things = not any(is_living_noun(owner.text) or owner.is_proper for owner in owners)
        behind = phrase[max(word.i for word in owners) - phrase[0].i + 2 :]
        short = [phrase[1:]] * (things and article != "the") + [behind] * (not living)
        return [uncapped(phrase), *(f"the {first_person(one)}" for one in short if one)]
    if living:
        return [uncapped(phrase)]
    kept = [word.i - phrase[0].i for word in phrase if word.lower in TELLS_APART]
    most = min((*kept, len(phrase) - 1))  # "my second tent" is not "the tent"
    shorter = [phrase[first:] for first in range(1 + (article == "the"), most + 1)]
    if noun.lower in TIMES and most == len(phrase) - 1:
        shorter = shorter[:-1]
    return [uncapped(phrase), *(f"the {first_person(one)}" for one in shorter)]


def _is_event(noun: Word) -> bool:
    """ "The quiz night", which a parser may take for a time."""
    return noun.lower in TIMES and any(child.dep == "compound" for child in noun.children)


def _proper_forms(noun: Word) -> list[str]:
    """A name in full, and the first or last word of it that alone stands for somebody."""
    run = _proper_run(noun)
    if not any(word.text[:1].isupper() for word in run):
        return []
    forms = [first_person(run)]
    if len(run) > 1 and is_given_name(run[0].text):
        forms.append(run[0].text)
    elif len(run) > 1 and any(child.lower in ("my", "our") for child in noun.children):
        forms.append(noun.text)  # "my Great Dane Tinkerbell"
    return forms


def _proper_run(noun: Word) -> list[Word]:
    below = noun.subtree()
    run = [noun]
    for word in reversed([one for one in below if one.i < noun.i]):
        if (
            word.i != run[0].i - 1
            or not word.is_proper
            or word.text.islower() > noun.text.islower()
        ):
            break  # "the plumber Keir", whatever a parser takes "plumber" for
        if run[0].lower in TITLES:
            break  # "GP Dr Moss"
        run.insert(0, word)
    return run
