"""Inversions: "Parked outside is Dad's van", "Never have I seen it", in plain order.

Knows words and their tags. Where it is not sure, nothing is made of the sentence.
"""

import re
from collections.abc import Sequence

from consolidation.english.hypernyms import is_person_noun
from consolidation.english.inflection import base_form, verb_form
from consolidation.english.parsing import Word
from consolidation.english.wording import (
    inside,
    is_being,
    is_finite,
    only_then,
    opens_noun,
    said,
    spoken,
    told,
)
from consolidation.english.wordlist import words

_RANKED = frozenset(words("next first last top second third high also"))
_AROUND = frozenset(
    words("inside outside upstairs downstairs underneath opposite up down out over just right in")
)
_POSTURES = frozenset(
    words("stand hang lie sit live sleep wait perch grow park come join star feature lurk")
)
_STATIC = {"stands": "is", "sits": "is", "lies": "is", "stood": "was", "sat": "was", "lay": "was"}
"""Verbs that say of a thing only where it is."""
_FEATS = frozenset(
    words(
        "joy pain nightmare pleasure dream challenge bore hobby job habit way thing fun idea goal "
        "mistake delight chore hell bliss secret risk struggle"
    )
)
_SHUT = ("gone", "enclosed", "attached", "included", "missing", "pictured")
_LIMITED = re.compile(
    r"(?i)^(?:(?P<never>never|rarely|seldom|hardly ever|not once|nowhere)|"
    r"(?P<not>not (?=(?:until|till|since|before)\b))|"
    r"(?=only (?:on|in|at|after|when|with|once|then|since|by|during|if|before|for)\b))"
)
_HELPERS = frozenset(
    words("do does did have has had am is are was were can could will would should must")
)
_DO = {"do": "VBP", "does": "VBZ", "did": "VBD"}
_SUBJECTS = frozenset(words("i we he she they it"))


def uninverted(text: str) -> str:
    """The sentence with its subject in front; "" where it is not inverted."""
    spoke = spoken(text)
    if len(spoke) < 4:
        return ""
    limited = _LIMITED.match(text)
    if limited is not None:
        return _unlimited(limited, spoke)
    return _turned(spoke)


def _turned(spoke: Sequence[Word]) -> str:
    """ "Next on my list is Iceland" -> "Iceland is next on my list."."""
    if spoke[0].tag in ("PRP", "DT", "PRP$", "WP", "WRB", "EX", "CC", "CD"):
        return ""
    place = next((i for i, word in enumerate(spoke) if i and _is_turning(word)), None)
    if place is None:
        return ""
    end = place + 1
    if end < len(spoke) and spoke[end].lower in ("be", "been"):
        end += 1
    front, verb, subject = spoke[:place], spoke[place:end], spoke[end:]
    bare = base_form(verb[0].text) not in _POSTURES
    if not subject or is_finite(front) or any(w.tag in (",", ":", "CC") for w in front):
        return ""
    if front[0].lower == "among" and is_being(verb[0]) and len(verb) == 1:
        past = verb[0].lower in ("was", "were")
        return told(said(front[1:]), "included" if past else "include", inside(subject))
    if not opens_noun(subject) or subject[0].tag == "PRP" or subject[0].lower == "that":
        return ""
    if is_finite(subject) and not any(w.dep == "relcl" for w in subject):
        return ""
    if front[0].lower in ("also", "and"):
        front = front[1:]
    if not front or not (_is_around(front, verb[0]) or (bare and _is_state(front, subject))):
        return ""
    state = _STATIC.get(verb[0].lower, said(verb))
    around = inside(front)
    if front[0].lower in _AROUND:
        around = around[:1].lower() + around[1:]
    return told(_as_subject(subject), state, around)


def _is_turning(word: Word) -> bool:
    if is_being(word) or word.lower in ("will", "has"):
        return True
    return word.tag in ("VBZ", "VBD", "VBP") and base_form(word.text) in _POSTURES


def _as_subject(subject: Sequence[Word]) -> str:
    return inside(subject) if subject[0].is_proper else said(subject)


def _is_around(front: Sequence[Word], verb: Word) -> bool:
    """Whether a place or a rank alone stands in front: "On my desk", "Next on my list"."""
    lower = front[0].lower
    if lower in _RANKED:
        return len(front) > 1 and any(word.tag == "IN" for word in front)
    if len(front) == 1:
        return lower in _AROUND
    preposition = next((w for w in front if w.tag == "IN" or w.lower in _AROUND), None)
    if preposition is None or (front[0] is not preposition and lower not in _AROUND):
        return False
    if front[0] is preposition and _is_simple(front[1:]):
        return True
    below = {word for one in front if one.tag in ("IN", "RB", "RP") for word in one.subtree()}
    return all(word in below or word.lower in _AROUND for word in front)


def _is_simple(noun: Sequence[Word]) -> bool:
    """One noun phrase with its determiner, and nothing behind it: "our house"."""
    inner = all(w.tag in ("JJ", "NN", "NNS", "POS", "CD", "VBN") for w in noun[1:])
    return noun[0].tag in ("DT", "PRP$") and len(noun) > 1 and inner and noun[-1].tag[:2] == "NN"


def _is_state(front: Sequence[Word], subject: Sequence[Word]) -> bool:
    """ "Parked outside", "Hanging in my hallway", "Best man": what the subject is or does."""
    first, head = front[0], _head(subject)
    if first.lower in _SHUT:
        return True
    if first.tag in ("VBN", "VBD") and len(front) > 1 and front[1].tag in ("IN", "RB", "RP", "TO"):
        return True
    if first.tag == "VBG" or first.lower.endswith("ing"):
        return base_form(first.text) in _POSTURES and head.lower not in _FEATS and len(front) > 1
    named = any(w.is_proper for w in subject) and (head.is_proper or is_person_noun(head.text))
    role = any(is_person_noun(word.text) for word in front if word.tag == "NN")
    return first.tag in ("NN", "JJ", "JJS", "NNP") and role and named and first.dep != "poss"


def _head(phrase: Sequence[Word]) -> Word:
    return next((w for w in phrase if w.tag[:2] == "NN" and w.dep != "compound"), phrase[0])


def _unlimited(limited: re.Match[str], spoke: Sequence[Word]) -> str:
    """ "Only on Sundays do I eat meat" -> "I eat meat only on Sundays."."""
    place = next(
        (
            i
            for i, word in enumerate(spoke[:-2])
            if i and word.lower in _HELPERS and _opens_subject(spoke[i + 1])
        ),
        None,
    )
    if place is None:
        return ""
    start = place + 1
    end = start + 1
    if spoke[start].lower not in _SUBJECTS:
        end = next((i for i in range(start, len(spoke)) if spoke[i].is_verb), start)
    helper, subject, rest = spoke[place], spoke[start:end], spoke[end:]
    if not subject or not rest:
        return ""
    does = helper.lower in _DO
    who = "I" if subject[0].lower == "i" else inside(subject)
    front = inside(spoke[:place])
    if does and not rest[0].is_verb:
        return ""
    verb = verb_form(rest[0].lower, _DO[helper.lower]) if does else helper.lower
    after = said(rest[1:] if does else rest)
    if limited["not"]:
        then = only_then(" ".join((who, verb, after)), spoke[2:place])
        return told(then) if then and spoke[1].lower in ("until", "till") else ""
    if limited["never"] and place == len(limited[0].split()):
        return told(who, front, verb, after) if does else told(who, verb, front, after)
    return told(who, verb, after, front) if not limited["never"] else ""


def _opens_subject(word: Word) -> bool:
    return word.lower in _SUBJECTS or word.tag in ("PRP$", "NNP")
