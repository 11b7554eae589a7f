"""Hypernyms: which class an everyday noun belongs to, from `word_classes.txt`."""

from functools import cache
from importlib.resources import files

from consolidation.english.inflection import singular

_SPOKEN = {
    "kin": "relative",
    "pet": "animal",
    "dog": "dog",
    "cat": "cat",
    "instrument": "instrument",
    "sport": "sport",
    "game": "game",
    "language": "language",
    "herb": "herb",
    "spice": "spice",
    "nut": "nut",
    "seafood": "seafood",
    "flower": "flower",
    "fruit": "fruit",
    "vegetable": "vegetable",
    "food": "food",
    "drink": "drink",
    "car": "car",
    "vehicle": "vehicle",
    "colour": "colour",
    "subject": "subject",
    "hobby": "hobby",
    "illness": "illness",
    "medicine": "medicine",
    "occupation": "job",
    "country": "country",
    "city": "city",
    "clothing": "piece of clothing",
    "jewellery": "piece of jewellery",
    "plant": "plant",
    "appliance": "appliance",
    "tool": "tool",
    "furniture": "piece of furniture",
    "device": "device",
}


@cache
def _classes() -> dict[str, frozenset[str]]:
    text = (files("consolidation.english") / "word_classes.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found: dict[str, frozenset[str]] = {}
    for name, _, words in (line.partition(":") for line in lines):
        found[name] = found.get(name, frozenset()) | {word.strip() for word in words.split(",")}
    return found


@cache
def classes_of(noun: str) -> frozenset[str]:
    """The classes of a noun or noun compound ("golden retriever"), singular or plural."""
    lower = noun.lower()
    one = " ".join([*lower.split()[:-1], singular(lower.split()[-1])]) if lower else lower
    return frozenset(name for name, words in _classes().items() if lower in words or one in words)


def is_a(noun: str, *classes: str) -> bool:
    """Whether the noun is of one of the classes."""
    return not classes_of(noun).isdisjoint(classes)


def nouns_of(*classes: str) -> list[str]:
    """The nouns of the classes, in the order of the alphabet."""
    return sorted({noun for name in classes for noun in _classes()[name]})


def is_known_noun(noun: str) -> bool:
    """Whether the noun, or noun compound, is of any class."""
    return bool(classes_of(noun))


def is_person_noun(noun: str) -> bool:
    """Whether the noun denotes a person: kin, occupations, "neighbour"."""
    return is_a(noun, "kin", "person", "occupation")


def is_animal_noun(noun: str) -> bool:
    """Whether the noun denotes an animal that people keep."""
    return is_a(noun, "pet", "dog", "cat")


def is_living_noun(noun: str) -> bool:
    """Whether the noun denotes a person, or an animal that people keep."""
    return is_person_noun(noun) or is_animal_noun(noun)


def is_place_noun(noun: str) -> bool:
    """Whether the noun answers "where" behind at, in, on."""
    return is_a(noun, "place", "country", "city")


@cache
def spoken_class(noun: str) -> str | None:
    """What one would call it in "Which … ?": "cello" -> "instrument"."""
    found = classes_of(noun)
    if noun.islower():
        found -= {"country", "city"}
    else:
        # "Reading" is a town, "Rosemary" and "Hazel" are women
        found -= {"hobby", "herb", "spice", "nut", "fruit", "flower", "plant"}
    return next((spoken for name, spoken in _SPOKEN.items() if name in found), None)
