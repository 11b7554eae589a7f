"""Entities: who and what facts are about, across messages. Knows statements only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from consolidation.english.asking import mid_sentence
from consolidation.english.calendar_words import DAYS_AND_MONTHS
from consolidation.english.clauses import Piece
from consolidation.english.hypernyms import is_a
from consolidation.english.statements import Statement
from consolidation.english.variants import short_forms
from consolidation.english.wordlist import words

Kind = Literal["person", "pet", "event", "room", "business", "thing"]

_THINGS: dict[Kind, tuple[str, ...]] = {
    "event": ("event", "film"),
    "room": ("room",),
    "business": ("business",),
    "thing": (
        *("vehicle", "car", "instrument", "furniture", "device", "appliance"),
        *("clothing", "jewellery", "tool", "book", "fixture"),
    ),
}
_ROLES = (
    *("subject", "object", "complement", "companion", "recipient", "agent", "place", "topic"),
)
_MOST_WORDS = 4
MOST_MESSAGES = 4
"""What more messages mention is nothing in particular: "the shop" of a baker."""
_OURS = ("my", "our")
VAGUE = frozenset(
    words(
        "mind life way opinion view time day night turn head heart own hand rest lot part best "
        "place thing somebody someone something people"
    )
)
"""What is anybody's and nothing that one tells of: "on my mind"."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person or thing in a statement, by one of its names there."""

    kind: Kind
    name: str
    """In the owner's words: "Tobias", "my nephew", "my driving test"."""
    words: frozenset[str]
    """By which it is known wherever it is told of: its noun ("window cleaner") and its names,
    lower case."""
    proper: frozenset[str]
    """The names among them."""
    told: frozenset[str] = frozenset()
    """What tells it from others of its kind: "black" of "my black cat"."""


def mentions(statement: Statement) -> Iterator[Mention]:
    """Everyone and everything that a statement mentions and that one can ask about."""
    clause = statement.clause
    if clause is None:
        return
    given = _names_in(clause.pieces) if clause.lemma in ("call", "name") else frozenset()
    for piece in (clause.subject, *(one for one in clause.pieces if one.role in _ROLES)):
        kind = _kind_of(piece)
        if kind is None:
            continue
        forms = (piece, *short_forms(piece))
        proper = _names_in(forms) | given
        known = proper | {_noun_of(piece)}
        for form in forms:
            name = _name_of(form)
            own = name.startswith(("my ", "our ")) or form.head.is_proper
            if own and "," not in name and len(name.split()) <= _MOST_WORDS:
                yield Mention(kind, name, known, proper, _told_by(piece))


def _names_in(forms: Sequence[Piece]) -> frozenset[str]:
    """The names of whom a phrase is about: not those of its "of …" and "who …"."""
    called = [form for form in forms if form.head.is_proper]
    heads = [word for form in called for word in (form.head, *form.head.children)]
    return frozenset(word.lower for word in heads if word.is_proper)


def _noun_of(piece: Piece) -> str:
    """What kind of somebody or something: a window cleaner is not the cleaner."""
    told = [word for word in piece.head.children if word.dep == "compound" and not word.is_proper]
    words = [*(word for word in told if word.i < piece.head.i), piece.head]
    return " ".join(word.lower for word in words)


def _told_by(piece: Piece) -> frozenset[str]:
    """Its adjectives."""
    return frozenset(word.lower for word in piece.head.children if word.dep == "amod")


def _name_of(piece: Piece) -> str:
    """The phrase without its preposition and article, and what belongs to it behind its noun:
    "Mrs Okafor" of "by a Mrs Okafor", "our rug" of "our rug from Morocco"."""
    words = tuple(
        takewhile(
            lambda word: word.i < piece.head.i or word.tag not in ("IN", "TO"),
            piece.words[len(piece.prep.split()) :],
        )
    )
    if words and words[0].tag == "DT":
        words = words[1:]
    return mid_sentence(replace(piece, words=words, prep="")) if words else ""


def _kind_of(piece: Piece) -> Kind | None:
    joined = any(word.dep in ("conj", "cc") for word in piece.words)
    if joined or piece.head.tag in ("PRP", "NNS", "EX", "NNPS"):
        return None
    if piece.head.lower in DAYS_AND_MONTHS:
        return None
    if piece.is_person:
        return "person"
    if piece.is_living:
        return "pet"
    noun = piece.head.text
    known = next((kind for kind, classes in _THINGS.items() if is_a(noun, *classes)), None)
    opening = piece.words[len(piece.prep.split()) :][:1]
    owned = any(word.lower in _OURS for word in opening) and piece.head.lower not in VAGUE
    return known or ("thing" if piece.head.is_proper or owned else None)


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that several statements mention."""

    kind: Kind
    names: tuple[str, ...]
    statements: tuple[Statement, ...]
    """In the order in which they were told."""


def entities(told: Sequence[Statement]) -> list[Entity]:
    """Who and what is mentioned in at least two statements with answers of their own.

    "My nephew" is Tobias where no other name is a nephew's; two sisters stay two.
    """
    found = [(statement, list(mentions(statement))) for statement in told]
    bearers: dict[str, set[str]] = defaultdict(set)
    for mention in (one for _, ones in found for one in ones):
        for word in mention.words - mention.proper:
            bearers[word] |= mention.proper and {_key(mention.proper)}
    groups: dict[str, list[tuple[Statement, Mention]]] = defaultdict(list)
    for statement, ones in found:
        for mention in ones:
            noun = next(iter(mention.words - mention.proper), "")
            named = {_key(mention.proper)} if mention.proper else bearers[noun]
            if len(named) <= 1:
                groups[next(iter(named), noun)].append((statement, mention))
    apart = [part for members in groups.values() for part in _told_apart(members)]
    return [entity for members in apart if (entity := _entity(members)) is not None]


def _told_apart(
    members: Sequence[tuple[Statement, Mention]],
) -> list[list[tuple[Statement, Mention]]]:
    """My black cat and our tabby cat are two; the cat is either."""
    parts: list[list[tuple[Statement, Mention]]] = []
    for member in members:
        mine = member[1]
        home = next((part for part in parts if all(_may_be(mine, one) for _, one in part)), None)
        if home is None:
            parts.append([member])
        else:
            home.append(member)
    return parts


def _may_be(one: Mention, other: Mention) -> bool:
    if one.proper or other.proper or not one.told or not other.told:
        return True
    return not one.told.isdisjoint(other.told)


def _entity(members: Iterable[tuple[Statement, Mention]]) -> Entity | None:
    members = list(members)
    statements: dict[str, Statement] = {}
    for statement, _ in members:
        statements.setdefault(statement.text, statement)
    if len(statements) < 2:
        return None
    names = dict.fromkeys(mention.name for _, mention in members)
    return Entity(members[0][1].kind, tuple(names), tuple(statements.values()))


def _key(proper: frozenset[str]) -> str:
    """The name that one is called by: the first in the alphabet stands for all of it."""
    return min(proper)
