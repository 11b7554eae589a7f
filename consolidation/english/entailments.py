"""Entailments: what a simple sentence implies, in plainer verbs, by the rules of a data file."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from consolidation.english.asking import capital, mid_sentence, spaced
from consolidation.english.clauses import Clause
from consolidation.english.entailment_rules import Implied, Rule, rules
from consolidation.english.inflection import base_form
from consolidation.english.parsing import Word, parse_simple
from consolidation.english.person import first_person, full_form
from consolidation.english.phrase_kinds import is_of, is_plural, timed
from consolidation.english.pieces import read_clause
from consolidation.english.slots import possessive
from consolidation.english.verb_groups import form_of, verb_group
from consolidation.english.wordlist import words

_SPARING = frozenset(
    words(
        "almost nearly barely hardly scarcely rarely seldom partly practically virtually if unless "
        "whether perhaps maybe possibly probably supposedly allegedly"
    )
)
"""Words with which a sentence implies nothing for sure."""
_KEPT = ("always", "usually", "often", "sometimes", "only", "mostly", "normally")
_LEFT_OVER = words("time duration frequency companion place reason manner topic rest")
_SPENT = words("time duration reason companion rest")
_ELSEWHERE = ("place", "topic")
"""What is said of one thing may not be so of another: "lent to Tom in Leeds" -> "Tom has"."""
_ANY_MORE = ("no longer", "any longer", "any more", "anymore")
_ONCE = re.compile(
    r"\b(?:ago|last|since|yesterday|today|recently|this)\b"
    r"|^(?:in|on) (?!the |an? )\w+$|\b(?:19|20)\d\d\b"
)
"""Times at which something changed, and not at which it is done."""
_OWNERS = ("his", "her", "their", "its")
_OBJECTIVE = {"i": "me", "we": "us", "he": "him", "she": "her", "they": "them"}
_SUBJECTIVE = {"me": "I", "us": "we", "him": "he", "her": "she", "them": "they"}


def entailed(clause: Clause) -> tuple[Clause, ...]:
    """Clauses that are true whenever this one is: "X won't touch anything but Y" -> "X eats Y"."""
    return _entailed(first_person(clause.words))


@lru_cache(maxsize=512)
def _entailed(sentence: str) -> tuple[Clause, ...]:
    clause = _clause(sentence)
    if clause is None or any(word.lower in _SPARING for word in clause.words):
        return ()
    found: dict[str, Clause] = {}
    for text, verb in _implied(clause):
        implied = _clause(text)
        if implied is not None and implied.lemma == verb and text.lower() != sentence.lower():
            found.setdefault(text.lower(), implied)
    return tuple(found.values())


def _clause(text: str) -> Clause | None:
    read = parse_simple(text)
    return read_clause(read) if read is not None else None


def _implied(clause: Clause) -> Iterator[tuple[str, str]]:
    """Sentences, each with the base form of its verb."""
    told = _Told(clause)
    for rule in (*rules().get(clause.lemma, ()), *rules().get("*", ())):
        match = _match(rule, told)
        if match is not None:
            yield from (match.said(implied) for implied in rule.implied)


class _Told:
    """A clause as rules read it: its subject, the verb's form, the words behind it."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.subject = mid_sentence(clause.subject).removesuffix(" no longer")
        self.form = form_of(clause)
        self.adverbs = [word.text for word in clause.adverbs if word.lower in _KEPT]
        gone = ("no", "longer") in pairwise(word.lower for word in clause.words)
        self.denied = clause.denied or gone
        starts = {piece.words[0].i for piece in clause.pieces}
        self.text = ""
        """What follows the verb, verbs spelt out, a bar before each piece."""
        self._places: list[tuple[int, Word]] = []
        inner = (clause.negation, *clause.adverbs)
        for word in clause.words:
            if (
                word.i > clause.verb.i
                and word not in inner
                and word.tag not in (".", ":", "``", "''")
            ):
                self.text += "| " if word.i in starts and self.text else ""
                self._places.append((len(self.text), word))
                self.text += f"{full_form(word)} "
        self.text += "| any more " if gone else ""

    def between(self, start: int, end: int) -> list[Word]:
        """The words of a stretch of the text."""
        return [word for place, word in self._places if start <= place < end]


def _match(rule: Rule, told: _Told) -> "_Match | None":
    fits = told.form in rule.forms and ("not" in rule.forms) is told.denied
    fits = fits and ("be" in rule.forms) is told.clause.passive
    fits = fits and (not rule.who or is_of(told.clause.subject.words, rule.who))
    found = rule.pattern.match(told.text) if fits else None
    if found is None:
        return None
    spoken = {name: told.between(*found.span(name)) for name in found.groupdict()}
    filled = all(spoken.values()) and all(is_of(spoken[name], kind) for name, kind in rule.kinds)
    over = _left_over(told, found) if filled else None
    return _Match(told, spoken, over) if over is not None else None


def _left_over(told: _Told, found: re.Match[str]) -> list[tuple[str, str]] | None:
    """Pieces that the rule did not read; None where one of them may change the sense."""
    read = told.between(0, found.end())
    over = [piece for piece in told.clause.pieces if piece.words[0] not in read]
    over = [piece for piece in over if piece.text.lower() not in _ANY_MORE]
    if any(piece.role not in _LEFT_OVER for piece in over):
        return None
    return [(piece.role, mid_sentence(piece)) for piece in over]


class _Match:
    """A clause that a rule fits: what stands in its slots."""

    def __init__(
        self, told: _Told, spoken: dict[str, list[Word]], over: list[tuple[str, str]]
    ) -> None:
        self._told = told
        self._spoken = {**spoken, "S": list(told.clause.subject.words)}
        self._over = over

    def _slots(self, implied: Implied) -> dict[str, str]:
        named = "{S}" in f"{implied.subject} {implied.rest}"
        whose = "the" if named else possessive(self._told.clause)
        slots = {}
        for name, said in self._spoken.items():
            text = first_person(self._lasting(said) if implied.spent else said)
            first, _, rest = text.partition(" ")
            if implied.subject and first.lower() in _OWNERS and not self._told.clause.speaker:
                text = f"{whose} {rest}"  # behind another subject "her" is not clear
            slots[name] = text
            slots[name * 2] = f"{base_form(first)} {rest}" if name == "G" else timed(text)
        return slots | {"S": _OBJECTIVE.get(self._told.subject.lower(), self._told.subject)}

    def _lasting(self, said: list[Word]) -> list[Word]:
        """Without the day of a change: "smoking in March" of "Dad quit smoking in March"."""
        pieces = [one for one in self._told.clause.pieces if _ONCE.search(one.text.lower())]
        past = {word.i for one in pieces if one.role == "time" for word in one.words}
        return [word for word in said if word.i not in past] or said

    def said(self, implied: Implied) -> tuple[str, str]:
        """The implied sentence, and the base form of its verb."""
        slots = self._slots(implied)
        subject = self._subject(implied.subject, slots)
        several = subject.lower() in ("we", "they") or self._is_plural(implied.subject)
        verb, *tail = implied.verb.format(**slots).split()
        base = self._told.clause.lemma if verb == "*" else base_form(verb)
        forms = implied.forms
        forms = forms if forms - {"not", "be"} else forms | {self._told.form}
        helper, main = verb_group(base, forms, subject == "I", several)
        fallen = _SPENT if implied.spent else ()
        fallen = (*fallen, *_ELSEWHERE) if implied.subject else fallen
        kept = [text for role, text in self._over if role not in fallen]
        rest = implied.rest.format(**slots)
        group = (helper, *self._told.adverbs, main)
        return capital(spaced(subject, *group, *tail, rest, *kept)) + ".", base

    def _subject(self, template: str, slots: dict[str, str]) -> str:
        """The subject; a thing just told of is known: "a spare key" -> "the spare key"."""
        text = template.format(**slots) if template else self._told.subject
        text = re.sub(r"^(?:an?|some|another) ", "the ", text) if template else text
        return "I" if text.lower() == "i" else _SUBJECTIVE.get(text.lower(), text)

    def _is_plural(self, template: str) -> bool:
        name = template.strip("{}") or "S"
        return name in self._spoken and is_plural(self._spoken[name])
