"""Describing: whom a fact is about by what else was told: "my sister who lives in Oslo"."""

from collections.abc import Sequence

from consolidation.english.asking import mid_sentence
from consolidation.english.clauses import Clause
from consolidation.english.person import first_person
from consolidation.english.statements import Statement
from consolidation.english.variants import plain, short_forms
from consolidation.english.wordlist import words

_MOST_WORDS = 6
_UNCLEAR = frozenset(words("i we he she they it his her their its who which"))


def descriptions(statement: Statement, told: Sequence[Statement]) -> list[str]:
    """The subject by the other facts of the message: at most two."""
    clause = statement.clause
    noun = _noun_of(statement) if clause is not None and not clause.speaker else ""
    if clause is None or not noun or not clause.subject.is_person:
        return []
    names = _names_of(clause)
    found = []
    for other in told:
        if other is statement or other.clause is None or names.isdisjoint(_names_of(other.clause)):
            continue
        doing = _doing(plain(other.clause))
        found += [f"{noun} who {doing}"] if doing else []
    return found[:2]


def _noun_of(statement: Statement) -> str:
    """ "my sister", of "my sister Freya" and of "Freya", where the message tells who she is."""
    if statement.clause is None:
        return ""
    subject = statement.clause.subject
    texts = [mid_sentence(form) for form in (subject, *short_forms(subject))]
    texts += [statement.aliases.get(text.lower(), "") for text in texts]
    own = [text for text in texts if text.startswith(("my ", "our ")) and "," not in text]
    return min(own, key=len, default="")


def _names_of(clause: Clause) -> set[str]:
    return {word.lower for word in clause.subject.words if word.is_proper} or {
        mid_sentence(clause.subject).lower()
    }


def _doing(clause: Clause) -> str:
    """ "lives in Oslo"; "" where it is long, unclear or a name."""
    last = clause.subject.words[-1].i
    spoken = [word for word in clause.words if word.i > last and word.tag not in (".", ",")]
    named = clause.passive and clause.lemma in ("call", "name")
    plainly = not named and 1 < len(spoken) <= _MOST_WORDS
    if not plainly or any(word.lower in _UNCLEAR for word in spoken):
        return ""
    return first_person(spoken)
