"""Entailments: what a simple sentence implies, in plainer verbs, by the rules of a data file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from consolidation.asking import capital, mid_sentence, spaced
from consolidation.calendar_words import MONTHS
from consolidation.clauses import Clause, is_person, negative
from consolidation.hypernyms import classes_of, is_a, is_animal_noun, is_place_noun
from consolidation.inflection import base_form, verb_form
from consolidation.lexicon import lines
from consolidation.number_words import DIGITS
from consolidation.parsing import Word, parse_simple
from consolidation.person import first_person, full_form
from consolidation.pieces import read_clause
from consolidation.rephrasing import possessive
from consolidation.roles import is_time
from consolidation.wordlist import words

_RULE = re.compile(r"(\w*) ?\[([a-z ]*)\] ([^ ]+) ?(.*)")
_IMPLIED = re.compile(r"(?:(.*?) ?\[([a-z ]*)\] )?([^ .]+) ?(.*?)(\.?)")
_USUAL = frozenset(words("now ing past perf perfing will"))
_SPARING = frozenset(words("almost nearly barely hardly scarcely if unless whether perhaps maybe"))
"""Words with which a sentence implies nothing."""
_KEPT = ("always", "usually", "often", "sometimes", "only", "mostly", "normally")
_LEFT_OVER = words("time duration frequency companion place reason manner topic rest")
_SPENT = words("time duration reason companion rest")
_ANY_MORE = ("no longer", "any longer", "any more", "anymore")
_PLACING = "|".join(
    words(
        "in on at under underneath behind beside below beneath above inside outside by near "
        "between next on off over within against opposite upstairs downstairs"
    )
)
_HERE = r"(?:\| )?"
_MONEY = re.compile(
    r"(?i)[£$€]|\b(?:euros?|pounds?|dollars?|quid|francs?|crowns?|zloty|yen|rupees?|grand|bucks?)\b"
)
_CLOCK = re.compile(
    r"(?i)\d[:.]\d\d|\b(?:[ap]\.?m\b|o'clock|noon|midnight|midday)|^(half|quarter)\b"
)
_BARE = re.compile(
    r"(?i)^(?:next|this|last|tomorrow|today|tonight|every|on|in|at|the week|after)\b"
)
_SPAN = re.compile(
    rf"(?i)^(?:early |late |mid-?)?(?:the )?(?:{'|'.join(MONTHS)}|spring|summer|autumn|winter|\d{{4}})( \d{{4}})?$"
)
_OBJECTIVE = {"i": "me", "we": "us", "he": "him", "she": "her", "they": "them"}
_SUBJECTIVE = {other: own for own, other in _OBJECTIVE.items()}


@dataclass(frozen=True, slots=True)
class _Implied:
    subject: str
    """A template; empty where the subject stays."""
    forms: frozenset[str]
    verb: str
    rest: str
    spent: bool
    """Whether what else the sentence says of time, reason or company falls away."""


@dataclass(frozen=True, slots=True)
class _Rule:
    who: str
    forms: frozenset[str]
    pattern: re.Pattern[str]
    kinds: tuple[tuple[str, str], ...]
    """Slots and what must stand in them."""
    implied: tuple[_Implied, ...]


def entailed(clause: Clause) -> tuple[Clause, ...]:
    """Clauses that are true whenever this one is: "X won't touch anything but Y" -> "X eats Y"."""
    return _entailed(first_person(clause.words))


@lru_cache(maxsize=512)
def _entailed(sentence: str) -> tuple[Clause, ...]:
    read = parse_simple(sentence)
    clause = read_clause(read) if read is not None else None
    if clause is None or any(word.lower in _SPARING for word in clause.words):
        return ()
    found: dict[str, Clause] = {}
    for text, verb in _implied(clause):
        again = parse_simple(text)
        implied = read_clause(again) if again is not None else None
        if implied is not None and implied.lemma == verb and text.lower() != sentence.lower():
            found.setdefault(text.lower(), implied)
    return tuple(found.values())


def _implied(clause: Clause) -> Iterator[tuple[str, str]]:
    """Sentences, each with the base form of its verb."""
    told = _Told(clause)
    for rule in _rules().get(clause.lemma, ()) + _rules().get("*", ()):
        found = rule.pattern.match(told.text) if told.fits(rule) else None
        slots = told.slots(rule, found) if found is not None else None
        if found is None or slots is None:
            continue
        over = told.left_over(found.end())
        for implied in rule.implied if over is not None else ():
            verb = slots[implied.verb[1:-1]].split()[0] if "{" in implied.verb else implied.verb
            verb = clause.lemma if verb == "*" else base_form(verb)
            tail = implied.verb.format(**slots).split()[1:] if "{" in implied.verb else []
            owner = _definite(implied.subject.format(**slots)) or told.subject
            owner = _SUBJECTIVE.get(owner.lower(), owner)
            owner = owner.upper() if owner == "i" else owner
            several = told.several(slots, implied.subject) or owner.lower() in ("we", "they")
            forms = implied.forms if implied.forms - {"not"} else implied.forms | {told.form}
            group = _verb_group(verb, forms, owner.lower() == "i", several, told.adverbs)
            fall = _SPENT if implied.spent else ()
            fall = (*fall, "place", "topic") if implied.subject else fall
            kept = [text for role, text in over or () if role not in fall]
            rest = implied.rest.format(**slots)
            yield capital(spaced(owner, group, *tail, rest, *kept)) + ".", verb


class _Told:
    """A clause as rules read it: the verb's form, and the words behind it with their pieces."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.subject = mid_sentence(clause.subject)
        self.form = _form(clause)
        self.adverbs = [word.text for word in clause.adverbs if word.lower in _KEPT]
        gone = any(pair == ("no", "longer") for pair in pairwise(w.lower for w in clause.words))
        self.denied = clause.denied or gone
        starts = {piece.words[0].i for piece in clause.pieces}
        self.text, self._places = "", []
        for word in clause.words:
            if word.i > clause.verb.i and word.tag not in (".", ":", "``", "''"):
                self.text += "| " * (word.i in starts and bool(self.text))
                self._places.append((len(self.text), word))
                self.text += full_form(word) + " "
        self.text += "| any more " * gone

    def fits(self, rule: _Rule) -> bool:
        wanted = rule.forms
        fits = self.form in wanted and ("not" in wanted) is self.denied
        fits = fits and ("be" in wanted) is self.clause.passive
        return fits and (not rule.who or _is_of(list(self.clause.subject.words), rule.who))

    def slots(self, rule: _Rule, found: re.Match[str]) -> dict[str, str] | None:
        """What stands in the slots; None where something else should."""
        subject = _OBJECTIVE.get(self.subject.lower(), self.subject)
        slots = {"S": subject}
        for name in found.groupdict():
            spoken = self._between(*found.span(name))
            if not spoken:
                return None
            slots[name] = self._named(first_person(spoken))
            slots[name * 2] = _timed(slots[name])
        for name, kind in rule.kinds:
            if not _is_of(self._between(*found.span(name)), kind):
                return None
        self._found = found
        return slots

    def _named(self, text: str) -> str:
        """ "her baby" -> "my sister's baby": behind another subject it is no longer clear whose."""
        own = text.split(" ", 1)[0].lower() in ("his", "her", "their", "its")
        own = own and not self.clause.speaker
        return f"{possessive(self.clause)} {text.split(' ', 1)[1]}" if own else text

    def _between(self, start: int, end: int) -> list[Word]:
        return [word for place, word in self._places if start <= place < end]

    def left_over(self, end: int) -> list[tuple[str, str]] | None:
        """Pieces that the rule did not read; None where one of them may change the sense."""
        matched = {word.i for word in self._between(0, end)}
        over = []
        for piece in self.clause.pieces:
            if piece.words[0].i in matched or piece.text.lower() in _ANY_MORE:
                continue
            if piece.role not in _LEFT_OVER:
                return None
            over.append((piece.role, mid_sentence(piece)))
        return over

    def several(self, slots: dict[str, str], subject: str) -> bool:
        name = subject[1:-1]
        spoken = list(self.clause.subject.words)
        if name in slots and name != "S":
            spoken = self._between(*self._found.span(name))
        elif subject and name != "S":
            return False
        head = _head(spoken)
        return head.tag in ("NNS", "NNPS") or any(word.dep == "conj" for word in head.children)


def _form(clause: Clause) -> str:
    """now, ing, past, was, perf, perfing, had, or a modal: "will", "can"."""
    finite = clause.finite
    helpers = {full_form(word).lower() for word in clause.auxiliaries}
    running = clause.verb.tag == "VBG" or bool(helpers & {"being"})
    if finite in ("have", "has") and clause.auxiliaries:
        return "perfing" if clause.verb.tag == "VBG" else "perf"
    if finite == "had" and clause.auxiliaries:
        return "had"
    if finite in ("is", "are", "am", "was", "were") and clause.auxiliaries and running:
        return "was" if clause.past else "ing"
    if finite in ("do", "does", "did", "is", "are", "am", "was", "were"):
        return "past" if clause.past else "now"
    return finite


def _verb_group(
    verb: str, forms: frozenset[str], speaker: bool, several: bool, adverbs: list[str]
) -> str:
    form = next(iter(forms - {"not", "be"}))
    own, many = verb_form, several or speaker
    be = "am" if speaker else "are" if several else "is"
    was = "were" if several else "was"
    have = "have" if many else "has"
    do = "did" if form == "past" else "do" if many else "does"
    done = own("be", "VBN") + " " + own(verb, "VBN") if "be" in forms else own(verb, "VBN")
    bare = f"be {own(verb, 'VBN')}" if "be" in forms else verb
    match form:
        case "now" | "past" if verb == "be" or "be" in forms:
            helper, rest = was if form == "past" else be, own(verb, "VBN") if verb != "be" else ""
        case "now" | "past":
            tag = "VBD" if form == "past" else "VBP" if many else "VBZ"
            helper, rest = (do, verb) if "not" in forms else ("", own(verb, tag))
        case "ing":
            helper, rest = be, own(verb, "VBG")
        case "was":
            helper, rest = was, own(verb, "VBG")
        case "perf" | "perfing":
            helper, rest = have, done if form == "perf" else f"been {own(verb, 'VBG')}"
        case _:
            helper, rest = form, bare
    if "not" in forms:
        helper = negative(helper)
    return spaced(helper, *adverbs, rest)


def _timed(moment: str) -> str:
    """A time behind its preposition: "on Thursday", "in May", "at 3 pm", "next week"."""
    if _BARE.search(moment):
        return moment
    clock = _CLOCK.search(moment) or len(moment.split()) == 1 and moment.lower() in DIGITS
    return f"{'at' if clock else 'in' if _SPAN.search(moment) else 'on'} {moment}"


def _definite(subject: str) -> str:
    """What was just told of, as something known: "a spare key" -> "the spare key"."""
    return re.sub(r"^(?:an?|some|another) ", "the ", subject)


def _head(spoken: list[Word]) -> Word:
    return next((word for word in spoken if word.parent not in spoken), spoken[-1])


def _is_of(spoken: list[Word], kind: str) -> bool:
    """Whether a phrase is what a rule asks for: a person, a name, a time, a class of nouns."""
    head = _head(spoken)
    first = spoken[0]
    if head.tag in ("IN", "TO") and head.child("pobj") is not None:
        head = head.child("pobj") or head
    foreign = head.entity in ("FAC", "NORP", "ORG") or is_place_noun(head.text)
    named = head.is_proper and first.tag != "DT" and len(spoken) < 3 and not foreign
    person = (
        is_person(head) or named or any(is_person(w) for w in head.children if w.dep == "appos")
    )
    match kind:
        case "me":
            return head.lower in ("i", "we", "me", "us")
        case "person":
            return person
        case "other":
            return person and head.lower not in ("i", "we", "me", "us")
        case "living":
            return (
                person
                or is_animal_noun(head.text)
                or any(is_animal_noun(word.text) for word in spoken if word.is_noun)
            )
        case "thing":
            return head.is_noun and not person
        case "noun":
            return head.is_noun
        case "name":
            return head.is_proper and first.tag not in ("DT", "PRP$")
        case "time":
            timed = any(is_time(word) or word.entity in ("DATE", "TIME") for word in spoken)
            return timed or any(":" in word.text and word.tag == "CD" for word in spoken)
        case "place":
            return first.tag in ("IN", "RB", "RP") and not any(is_time(word) for word in spoken)
        case "money":
            amount = any(word.tag == "CD" for word in spoken)
            return amount and _MONEY.search(first_person(spoken)) is not None
        case "there":
            return head.lower == "there"
        case "object":
            return head.is_noun and not person and not is_animal_noun(head.text)
        case "body":
            return head.is_proper and not person
        case "home":
            return head.is_noun and (head.is_proper or is_place_noun(head.text)) and not person
        case "kind":
            return head.is_noun and first.tag not in ("DT", "PRP$")
        case "food":
            return is_a(head.text, "food", "fruit", "vegetable")
        case "doing":
            return first.lower.endswith("ing") and base_form(first.text) != first.lower
        case "all":
            return True
        case "done":
            return first.tag in ("VBN", "VBD") and len(spoken) == 1
        case "base":
            return first.tag in ("VB", "VBP") or base_form(first.text) == first.lower
    return kind in classes_of(head.text) or any(word.lower in kind.split(",") for word in spoken)


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    """The rules of the data file by verb."""
    found: dict[str, tuple[_Rule, ...]] = {}
    for line in lines("entailments.txt"):
        verbs, rule = _read(line)
        for verb in verbs:
            found[verb] = (*found.get(verb, ()), rule)
    return found


def _read(line: str) -> tuple[list[str], _Rule]:
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
        _Implied(one[1] or "", frozenset((one[2] or "").split()), one[3], one[4], bool(one[5]))
        for one in implied
        if one is not None
    )
    compiled = re.compile(f"(?i){pattern}(?=[|]|$)")
    return verbs.split("|"), _Rule(who, forms, compiled, kinds, told)


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
        case _:
            spoken = "[^|]+? "
    joins = after.startswith("{") and ":place" not in after and ":done" not in after
    return f"{_HERE}(?P<{slot[1]}>{spoken})" + r"(?=[|])" * joins
