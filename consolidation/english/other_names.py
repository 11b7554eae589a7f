"""Other names: what else the owner may call the one whom a fact is about. Knows words only."""

from functools import cache

from consolidation.english.asking import mid_sentence
from consolidation.english.clauses import Clause
from consolidation.english.hypernyms import is_a
from consolidation.english.lexicon import lines
from consolidation.english.variants import short_forms

_OWN = ("my", "our")


@cache
def _others() -> dict[str, tuple[str, ...]]:
    pairs = [line.split(":", 1) for line in lines("other_names.txt")]
    return {noun: tuple(map(str.strip, others.split(","))) for noun, others in pairs}


def other_names(clause: Clause) -> list[str]:
    """ "my nephew Caspian", "Caspian", "my nephew", "my relative": the subject's names in turn."""
    subject = clause.subject
    names = [mid_sentence(subject), *_short(clause)]
    if subject.head.dep == "expl" or clause.speaker:
        return names[:1]
    other = [text for name in names for text in _renamed(name)]
    return list(dict.fromkeys([*names, *other]))


def _short(clause: Clause) -> list[str]:
    """The name first; not where the sentence gives the name itself."""
    if clause.lemma in ("call", "name"):
        return []
    return [mid_sentence(form) for form in reversed(short_forms(clause.subject))][::-1]


def _renamed(name: str) -> list[str]:
    first, _, noun = name.partition(" ")
    if not noun and is_a(first, "kin"):
        return [f"my {other}" for other in _others().get(first.lower(), ())]  # "Dad", "Gran"
    if first not in _OWN:
        return []
    return [f"{first} {other}" for other in _others().get(noun.lower(), ())]
