"""Entailment rules: the lines of `entailments.txt`, read. World knowledge, as data."""

import re
from dataclasses import dataclass
from functools import cache

from consolidation.english.lexicon import lines
from consolidation.english.wordlist import words

_RULE = re.compile(r"(\w*) ?\[([a-z ]*)\] ([^ ]+) ?(.*)")
_IMPLIED = re.compile(r"(?:(.*?) ?\[([a-z ]*)\] )?([^ .]+) ?(.*?)(\.?)")
_USUAL = frozenset(words("now ing past perf perfing will"))
_PLACING = "|".join(
    words(
        "in on at under underneath behind beside below beneath above inside outside by near "
        "between next on off over within against opposite upstairs downstairs"
    )
)
_HERE = r"(?:\| )?"


@dataclass(frozen=True, slots=True)
class Implied:
    """The right side of a rule: a sentence to fill in."""

    subject: str
    """A template; empty where the subject stays."""
    forms: frozenset[str]
    verb: str
    rest: str
    spent: bool
    """Whether what else the sentence says of time, reason or company falls away."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a clause must be, and what it then implies."""

    who: str
    """Of which kind the subject is; empty where it may be any."""
    forms: frozenset[str]
    pattern: re.Pattern[str]
    kinds: tuple[tuple[str, str], ...]
    """Slots and what must stand in them."""
    implied: tuple[Implied, ...]


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """The rules of the data file by verb."""
    found: dict[str, tuple[Rule, ...]] = {}
    for line in lines("entailments.txt"):
        verbs, rule = _read(line)
        for verb in verbs:
            found[verb] = (*found.get(verb, ()), rule)
    return found


def _read(line: str) -> tuple[list[str], Rule]:
    left, _, right = line.partition(" -> ")
    stated = _RULE.fullmatch(left.strip())
    implied = [_IMPLIED.fullmatch(part.strip()) for part in right.split(";")]
    if stated is None or not all(implied):
        raise ValueError(f"entailments.txt: {line!r} is not 'who [forms] verb rest -> …'")
    who, forms, verbs, rest = stated.groups()
    forms = frozenset(forms.split())
    if not forms - {"not", "be"}:
        forms |= _USUAL
    tokens = rest.split()
    pattern = "".join(map(_token, tokens, [*tokens[1:], ""]))
    kinds = tuple(re.findall(r"\{(\w):([\w,-]+)\}", rest))
    told = tuple(
        Implied(one[1] or "", frozenset((one[2] or "").split()), one[3], one[4], bool(one[5]))
        for one in implied
        if one is not None
    )
    compiled = re.compile(f"(?i){pattern}(?=[|]|$)")
    return verbs.split("|"), Rule(who, forms, compiled, kinds, told)


def _token(token: str, after: str) -> str:
    """A regular expression for a slot or for words: "back|forward?" may be missing."""
    slot = re.fullmatch(r"\{(\w)(?::([\w,-]+))?\}", token)
    if slot is None:
        choices = [re.escape(one).replace("_", f" {_HERE}") for one in token.rstrip("?").split("|")]
        return f"(?:{_HERE}(?:{'|'.join(choices)}) ){'?' * token.endswith('?')}"
    match slot[2]:
        case "doing" | "base" | "all":
            spoken = ".+ "
        case "done":
            spoken = r"\S+ "
        case "place":
            spoken = f"(?:{_PLACING}) (?:[^|]+? )?"
        case "name":
            spoken = "(?-i:[A-Z])[^|]*? "
        case _:
            spoken = "[^|]+? "
    joins = after.startswith("{") and not re.search(":(?:place|done|name)", after)
    return f"{_HERE}(?P<{slot[1]}>{spoken})" + r"(?=[|])" * joins
