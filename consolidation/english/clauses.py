"""Clauses: a simple sentence as subject, verb group and pieces that can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consolidation.english.hypernyms import (
    is_animal_noun,
    is_person_noun,
    is_place_noun,
    spoken_class,
)
from consolidation.english.inflection import NEGATIVE, base_form, verb_form
from consolidation.english.parsing import Word
from consolidation.english.person import first_person, full_form
from consolidation.english.wordlist import words

Role = Literal[
    "subject",
    "object",
    "recipient",
    "complement",
    "place",
    "time",
    "duration",
    "frequency",
    "companion",
    "reason",
    "topic",
    "agent",
    "manner",
    "content",
    "chain",
    "particle",
    "rest",
]

_PAST_BY_HABIT = frozenset(words("hurt quit put cut hit shut split spread burst bet beat"))
"""Verbs with one form for present and past, which people mostly use of the past."""
_FREQUENCY = frozenset(
    words("always usually never often sometimes rarely seldom every daily weekly when")
)
_ADDRESSING = ("engaged", "engage", "married", "marry", "talk", "speak", "introduce", "propose")
_HALVES = {"ca": "can", "wo": "will", "sha": "shall"}
_DO = {"VBD": "did", "VBZ": "does", "VBP": "do"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A constituent of a clause, in the order of the text."""

    role: Role
    words: tuple[Word, ...]
    head: Word
    """The noun, adjective or verb that the piece is about."""
    prep: str = ""

    @property
    def text(self) -> str:
        return first_person(self.words)

    @property
    def noun(self) -> str:
        """The piece without its preposition."""
        return first_person(self.words[len(self.prep.split()) :])

    @property
    def is_person(self) -> bool:
        return self.role != "place" and is_person(self.head)

    @property
    def is_living(self) -> bool:
        """Of a person or an animal: "my dog Rex", too."""
        nouns = [self.head, *(w for w in self.head.children if w.dep in ("compound", "nmod"))]
        return self.is_person or any(is_animal_noun(noun.text) for noun in nouns if noun.is_noun)


@dataclass(frozen=True, slots=True)
class Clause:
    """A simple sentence of the owner. `verb` is the last word of the finite verb group."""

    subject: Piece
    auxiliaries: tuple[Word, ...]
    negation: Word | None
    adverbs: tuple[Word, ...]
    """Between the helpers and the verb, or before the verb."""
    verb: Word
    pieces: tuple[Piece, ...]
    words: tuple[Word, ...]

    @property
    def speaker(self) -> bool:
        """The owner is the subject."""
        return self.subject.head.lower in ("i", "we")

    @property
    def joint(self) -> bool:
        """The owner and somebody else are the subject: "Mira and I"."""
        mates = [word for word in self.subject.head.children if word.dep == "conj"]
        return any(mate.lower == "i" for mate in mates)

    @property
    def copular(self) -> bool:
        return self.lemma == "be"

    @property
    def lemma(self) -> str:
        return base_form(full_form(self.verb))

    @property
    def passive(self) -> bool:
        return any(word.dep == "auxpass" for word in self.auxiliaries)

    @property
    def denied(self) -> bool:
        return self.negation is not None or any(w.lower == "never" for w in self.adverbs)

    @property
    def finite(self) -> str:
        """The form that inverts: the first helper, or "be", or a form of "do"."""
        if self._got:
            return _DO[self.tense_tag]
        if self.auxiliaries:
            word = full_form(self.auxiliaries[0]).lower()
            return _HALVES.get(word, word)
        return full_form(self.verb).lower() if self.copular else _DO[self.tense_tag]

    @property
    def tense_tag(self) -> str:
        """VBD, VBZ or VBP of the finite verb."""
        word = self.auxiliaries[0] if self.auxiliaries else self.verb
        text = full_form(word).lower()
        if not self.auxiliaries and word.tag == "VBP" and text in _PAST_BY_HABIT:
            return "VBP" if any(w.lower in _FREQUENCY for w in self.words) else "VBD"
        base = base_form(text)
        if word.tag == "VBD" and text == base and verb_form(base, "VBD") != text:
            return "VBP"
        if word.tag in ("VBD", "VBZ", "VBP"):
            return word.tag
        if text == base:
            return "VBP"
        return "VBZ" if text == verb_form(base, "VBZ") else "VBD"

    @property
    def past(self) -> bool:
        """The whole is over: simple past or past perfect."""
        return self.tense_tag == "VBD"

    @property
    def progressive(self) -> bool:
        helpers = {full_form(word).lower() for word in self.auxiliaries}
        return self.verb.tag == "VBG" and not helpers.isdisjoint(("am", "is", "are", "was", "were"))

    @property
    def _got(self) -> bool:
        """ "got promoted" asks with "did … get"."""
        first = full_form(self.auxiliaries[0]).lower() if self.auxiliaries else ""
        return first in ("got", "get", "gets")

    def plain_verb(self) -> str:
        """The verb group behind the finite form, as a question needs it ("have been living")."""
        rest = [full_form(word) for word in self.auxiliaries[1:]]
        if self._got:
            rest = ["get", *rest]
        main = self.verb.text if self.auxiliaries else "" if self.copular else self.lemma
        return " ".join([*(word.text for word in self.adverbs), *rest, main]).strip()

    def stated_verb(self, third_person: bool = False) -> str:
        """The verb group as stated, with negation; agreeing with "who" on request."""
        finite = full_form(self.auxiliaries[0] if self.auxiliaries else self.verb).lower()
        finite = _HALVES.get(finite, finite)
        if third_person:
            finite = agreeing(finite, self.tense_tag)
        adverbs = [word.text for word in self.adverbs]
        if not self.auxiliaries:
            denied = ["not"] if self.negation is not None else []
            return " ".join([finite, *denied, *adverbs] if self.copular else [*adverbs, finite])
        if self.negation is not None:
            short = self.negation.lower == "n't" and finite != "am"
            finite = negative(finite) if short else f"{finite} not"
        rest = [full_form(word) for word in self.auxiliaries[1:]]
        return " ".join([finite, *adverbs, *rest, self.verb.text])

    def of(self, *roles: Role) -> list[Piece]:
        return [piece for piece in self.pieces if piece.role in roles]


def spoken_kind(noun: Word) -> str | None:
    """What one would call it in "Which …?", its compounds read with it: "iron tablets"."""
    compound = [word.text for word in noun.children if word.dep in ("compound", "amod")]
    whole = " ".join([*compound, noun.text])
    return spoken_class(whole) or spoken_class(noun.text)


def agreeing(finite: str, tag: str) -> str:
    """A finite form in the third person singular."""
    known = {"am": "is", "are": "is", "were": "was", "have": "has", "do": "does"}
    if finite in known:
        return known[finite]
    invariant = finite in NEGATIVE and finite != "need"
    return verb_form(base_form(finite), "VBZ") if tag == "VBP" and not invariant else finite


def negative(finite: str) -> str:
    """A finite form with its negation: "can" -> "can't"."""
    return NEGATIVE.get(finite, f"{finite} not")


def is_person(word: Word) -> bool:
    """Whether a noun or pronoun denotes a person."""
    if word.entity == "PERSON" and word.is_proper:
        return True
    if word.lower in (
        "i",
        "we",
        "he",
        "she",
        "him",
        "her",
        "me",
        "us",
        "someone",
        "somebody",
        "nobody",
        "everyone",
        "everybody",
        "who",
    ):
        return True
    mate = word.child("conj")
    if mate is not None and mate.lower in ("i", "me", "he", "she", "him", "her"):
        return True
    appositive = word.child("appos")
    if word.is_proper and is_person_noun(word.lower) and word.child("det") is None:
        return True
    if word.is_proper:
        beside = word.parent is not None and (
            word.parent.lower == "with" or _is_addressing(word.parent)
        )
        known = is_place_noun(word.lower) or word.entity not in ("", "PERSON", "NORP", "GPE")
        if beside and not known and word.child("det") is None:
            return True
        titles = [w for w in word.children if w.dep in ("compound", "nmod", "amod", "appos")]
        return any(is_person_noun(title.lower) for title in titles)
    named = appositive is not None and appositive.entity == "PERSON"
    return word.is_noun and (is_person_noun(word.lower) or named)


def _is_addressing(preposition: Word) -> bool:
    """The "to" of "engaged to", "talk to"."""
    above = preposition.parent
    if preposition.lower != "to" or above is None:
        return False
    state = above.child("acomp", "oprd")
    return above.lemma in _ADDRESSING or (state is not None and state.lower in _ADDRESSING)
