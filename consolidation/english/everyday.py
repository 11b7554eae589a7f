"""Everyday names: what else people call a thing ("the suitcase with the wheel" as "the luggage").

Only questions are worded with them: a bag is not always a suitcase, so no two facts are compared
by these words (`synonyms.txt` has those that are).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from consolidation.english.clauses import Clause, Piece
from consolidation.english.hypernyms import is_person_noun
from consolidation.english.inflection import plural, singular
from consolidation.english.lexicon import lines
from consolidation.english.parsing import Word

_MASS, _PLURAL_ONLY = "~", "+"
_MOST = 8
_ROLES = ("object", "topic", "place", "companion", "recipient", "content")
_NOT_LEFT_OUT = frozenset(("spare", "extra", "other", "second", "old", "new", "first", "next"))
"""What tells two things of one kind apart."""


@cache
def _others() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in lines("everyday_words.txt"):
        left, _, right = line.partition(">")
        names = [name.strip() for name in left.split(",")]
        called = [name.strip() for name in (right or left).split(",")]
        for name in names:
            bare = name.strip(_MASS + _PLURAL_ONLY)
            more = [one for one in called if one.strip(_MASS + _PLURAL_ONLY) != bare]
            found[bare] = tuple(dict.fromkeys((*found.get(bare, ()), *more)))
    return found


def other_names(noun: str) -> tuple[str, ...]:
    """Everyday names for a noun or compound in the singular; "~" marks a mass, "+" a plural."""
    return _others().get(noun, ())


@lru_cache(maxsize=256)
def renamed(clause: Clause) -> tuple[Clause, ...]:
    """The clause with its things called by other everyday names, and by the bare noun."""
    pieces = [clause.subject, *(piece for piece in clause.pieces if piece.role in _ROLES)]
    named = clause.lemma in ("call", "name")
    rows = [
        [(piece, form) for form in forms_of(piece, named=named and piece is clause.subject)]
        for piece in pieces
    ]
    found = []
    for rank in range(max(map(len, rows), default=0)):
        for row in rows:
            if rank < len(row):
                found.append(_with(clause, *row[rank]))
    return tuple(found[:_MOST])


def forms_of(piece: Piece, *, named: bool = False) -> list[Piece]:
    """The piece under other names, and as its noun alone.

    Who is `named`, here or in the piece, is no thing: "my trainer Delroy" is no shoe.
    """
    whole, piece = piece, _without_name(piece)
    named = named or piece is not whole
    head = piece.head
    if not head.is_noun or head.is_proper:
        return []
    skip = len(piece.prep.split())
    lead, rest = piece.words[:skip], piece.words[skip:]
    if any(word.dep == "conj" and word.parent is head for word in rest):
        return []
    owner = rest[:1] if rest and rest[0].tag in ("DT", "PRP$") else ()
    titled = [word for word in rest if word.i < head.i and word.dep not in ("det", "poss")]
    before = [word for word in titled if not word.is_proper]
    kept = [word for word in before if word.lower in _NOT_LEFT_OUT and word not in owner]
    found = []
    if owner and owner[0].lower in ("my", "our", "the"):
        for noun in _called(before, head):
            if named and is_person_noun(head.text) and not is_person_noun(noun.text):
                continue
            told_apart = [word for word in kept if word.lower not in noun.text.split()]
            found.append(replace(piece, words=(*lead, *owner, *told_apart, noun), head=noun))
        short = (*lead, *owner, *kept, *_compounds(before), head)
        if len(short) < len(piece.words):
            found.insert(1, replace(piece, words=short))
    return found


def _without_name(piece: Piece) -> Piece:
    """ "our cleaner Danuta" as "our cleaner"."""
    titles = [w for w in piece.words if w.is_noun and not w.is_proper and w.parent is piece.head]
    if not (piece.head.is_proper and titles and titles[-1].i < piece.head.i):
        return piece
    last = titles[-1]
    return replace(piece, words=tuple(w for w in piece.words if w.i <= last.i), head=last)


def _compounds(before: Sequence[Word]) -> list[Word]:
    return [word for word in before if word.dep == "compound" and word.lower not in _NOT_LEFT_OUT]


def _called(before: Sequence[Word], head: Word) -> Iterator[Word]:
    """The head under its other names; the longest compound that has some decides."""
    compound = [word.lower for word in before if word.dep in ("compound", "amod", "nmod")]
    several = head.tag == "NNS"
    for start in range(len(compound) + 1):
        one = head.lower if not several else singular(head.lower)
        names = [*compound[start:], one]
        others = other_names(" ".join(names)) or other_names(" ".join([*names[:-1], head.lower]))
        if others:
            for other in others:
                yield _noun(other, head, several)
            return


def _noun(name: str, head: Word, several: bool) -> Word:
    bare = name.strip(_MASS + _PLURAL_ONLY)
    if name.startswith(_MASS):
        text, tag = bare, "NN"
    elif name.endswith(_PLURAL_ONLY):
        text, tag = bare, "NNS"
    else:
        first, _, last = bare.rpartition(" ")
        text = f"{first} {plural(last)}".strip() if several else bare
        tag = head.tag
    entity = "PERSON" if is_person_noun(head.text) else ""
    return replace(head, text=text, lemma=bare, tag=tag, entity=entity, children=[])


def same_number(clause: Clause, other: Clause) -> bool:
    """Whether the verb still agrees with the subject."""
    return clause.subject.head.tag == other.subject.head.tag


def _with(clause: Clause, old: Piece, new: Piece) -> Clause:
    if old is clause.subject:
        return replace(clause, subject=new)
    return replace(clause, pieces=tuple(new if p is old else p for p in clause.pieces))
