"""Roles: whether a phrase with a preposition is a place, a time, a companion, a topic."""

import re

from consolidation.english.clauses import Role, is_person
from consolidation.english.hypernyms import is_a, is_place_noun
from consolidation.english.inflection import base_form
from consolidation.english.mending import SUSCEPTIBLE
from consolidation.english.parsing import Word
from consolidation.english.person import full_form
from consolidation.english.wordlist import words

SAYING = frozenset(
    words(
        "say tell think believe hear know hope promise mean feel find learn decide realise "
        "realize notice claim warn insist suggest agree expect remember read dream worry "
        "guess discover admit swear"
    )
)
_TIME_NOUNS = frozenset(
    words(
        "year month week weekend day hour minute second morning afternoon evening night noon "
        "midnight midday spring summer autumn winter fall monday tuesday wednesday thursday "
        "friday saturday sunday january february march april may june july august september "
        "october november december today tomorrow yesterday tonight christmas easter decade "
        "century lunchtime breakfast lunch dinner term semester weekday o'clock am pm a.m. "
        "p.m. ago time age childhood youth quarter holidays"
    )
)
_LOCATIVE = frozenset(
    words(
        "under near behind above below beside beneath inside outside opposite between across "
        "around along past through underneath next by towards toward off onto"
    )
)
_STATIC = frozenset(words("at in on within into"))
_POSITION = frozenset(
    words(
        "keep put leave hide park store live be sit lose find hang lie stand stay stash place "
        "bury pack lock meet see buy work moor plant leave spot mount sleep spend wait stop "
        "break fall get take catch"
    )
)
_MOTION = frozenset(
    words(
        "move go travel fly relocate drive emigrate return commute come sail head walk cycle "
        "run hike migrate leave depart"
    )
)
_UNITS = frozenset(words("year month week day hour minute second decade night weekend"))
_MONEY = frozenset(
    words("euro pound dollar quid buck pence cent franc krona yen crown zloty rupee grand")
)


def role_of_phrase(name: str, noun: Word, verb: Word) -> Role:
    """The role of the preposition `name` and its noun below this verb."""
    last = name.split()[-1]
    if name in ("because of", "due to", "thanks to"):
        return "reason"
    if name in ("for", "at") and noun.lower in ("time", "moment", "now", "good", "ever"):
        return "rest"
    if noun.lemma.lower() in _UNITS and name == "for":
        return "duration"
    if name == "by" and noun.lemma.lower() in _UNITS and noun.child("nummod") is not None:
        return "manner"
    if (is_time(noun) and name not in ("to", "of", "about", "for", "with", "than", "over")) or (
        name == "for" and noun.entity in ("DATE", "TIME") and noun.lemma.lower() not in _UNITS
    ):
        return "time"
    numbered = re.fullmatch(r"\d+(?:st|nd|rd|th)", noun.lower) is not None
    if numbered and name in ("on", "by", "until", "till"):
        return "time"
    shifted = base_form(verb.text) in ("push", "put", "move", "bring", "shift", "postpone")
    if name == "to" and noun.tag == "CD" and shifted:
        return "time"  # "brought forward to six"
    if name == "between" and noun.tag == "CD":
        return "time"
    dated = noun.entity in ("DATE", "TIME") or numbered
    if dated and name in ("from", "to", "between") and not is_a(noun.lower, "event"):
        return "time"
    if name in ("since", "until", "till", "during", "before", "after"):
        return "topic" if is_person(noun) else "time"
    if name == "with":
        return "companion" if is_person(noun) else "topic"
    passive = verb.child("auxpass") is not None
    if name == "over" and is_time(noun):
        return "rest" if passive else "time"
    if last == "by":
        lying = base_form(full_form(verb)) == "be" and not (noun.is_proper or is_person(noun))
        place = (is_placelike(noun) or lying) and not passive
        return "place" if place else "agent" if passive else "manner"
    moving = base_form(full_form(verb)) in _MOTION
    if name == "in" and is_a(noun.lower, "language"):
        return "topic"
    if name in ("in", "on", "by", "with") and moving and is_a(noun.lower, "vehicle"):
        return "manner"
    above = noun.parent.parent if noun.parent is not None else None
    if last == "to" and above is not None and above.lower in SUSCEPTIBLE:
        return "topic"  # "allergic to Naproxen"
    if last in ("to", "from") and moving and noun.is_proper and noun.child("poss") is None:
        return "place"
    if last == "to" and is_person(noun):
        return "topic"
    if last in ("to", "from"):
        return "place" if is_placelike(noun) and not is_person(noun) else "topic"
    if name in ("as", "about", "of", "for", "like", "than", "without", "against", "over"):
        return "topic"
    if last in _LOCATIVE or name.split()[0] in _LOCATIVE:
        return "topic" if is_person(noun) and not noun.is_proper else "place"
    if last in _STATIC:
        located = is_placelike(noun) or (base_form(full_form(verb)) in _POSITION and last != "into")
        return "place" if located and not is_abstract(noun) else "topic"
    return "topic"


def is_abstract(noun: Word) -> bool:
    """Whether one is "in" or "at" it without being anywhere."""
    return noun.tag == "VBG" or noun.lower in (
        "rent",
        "cash",
        "love",
        "fact",
        "case",
        "danger",
        "total",
        "general",
        "person",
        "advance",
        "mind",
        "trouble",
        "diet",
        "strike",
    )


def is_time(noun: Word) -> bool:
    """Whether a noun or number denotes a time."""
    if noun.entity in ("DATE", "TIME") and noun.lemma.lower() not in _MONEY:
        return True
    clock = any(w.tag == "CD" for w in noun.subtree()) or (
        noun.parent is not None and any(w.tag == "CD" for w in noun.parent.subtree())
    )
    if noun.lower in ("half", "past", "quarter") and clock:
        return True
    if noun.lemma.lower() in _TIME_NOUNS or noun.lower in _TIME_NOUNS:
        return True
    if re.fullmatch(
        r"(?:\d0s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|teens)",
        noun.lower,
    ):
        return True
    if (
        re.fullmatch(r"\d{1,2}(?:[:.]\d\d)?(?:am|pm)?", noun.lower)
        and noun.parent
        and noun.parent.lower in ("at", "by")
    ):
        return True
    above = noun.parent.lower if noun.parent is not None else ""
    alone = not any(word.is_noun for word in noun.subtree())
    return (
        noun.tag == "CD"
        and noun.dep == "pobj"
        and alone
        and above in ("at", "in", "by", "since", "until", "from", "around", "past", "about")
    )


def is_placelike(noun: Word) -> bool:
    """Whether a noun can be the answer to "where"."""
    named = noun.entity in ("GPE", "LOC", "FAC", "ORG") and noun.text[:1].isupper()
    if named or is_place_noun(noun.lower):
        return True
    above = noun.parent.lower if noun.parent is not None else ""
    if noun.lower in ("work", "bed", "home") or (
        is_a(noun.lower, "bodypart") and above in ("on", "in")
    ):
        return True
    if above in ("to", "from"):
        return False
    return (
        noun.is_proper
        and noun.text[:1].isupper()
        and not (
            noun.entity == "PERSON"
            and (noun.parent is None or noun.parent.lower not in ("at", "in"))
        )
    )


def is_rate(words: tuple[Word, ...]) -> bool:
    """ "twice a week", "a month", "three times a year"."""
    text = " ".join(word.lower for word in words)
    if words[0].lower in ("every", "once", "twice", "each") or re.fullmatch(r"\w+ times", text):
        return words[-1].is_noun or words[-1].tag == "RB"
    return bool(
        re.fullmatch(
            r"(?:(?:once|twice|\w+ times) )?(?:a|an|per|every|each) (?:\w+ )?"
            r"(?:day|week|month|year|night|morning|evening|weekend|hour|fortnight)",
            text,
        )
    )


def clausal_role(child: Word) -> Role:
    """The role of a clause below the verb: when, why, what was said."""
    mark = child.child("mark", "advmod")
    word = mark.lower if mark is not None and mark.i < child.i else child.lower
    if word in ("because", "as") or (word == "since" and child.tag != "VBD"):
        return "reason"
    if word in ("when", "before", "after", "while", "until", "since", "once", "whenever", "till"):
        return "time"
    said = child.parent is not None and child.parent.lemma in SAYING
    return "content" if child.dep == "ccomp" and said else "rest"
