"""Clefts: "What I can't stand is beetroot", "It's Ravi who taught me", told plainly.

Knows words and their tags. Where it is not sure, nothing is made of the sentence.
"""

import re
from collections.abc import Sequence

from consolidation.calendar_words import WEEKDAYS
from consolidation.inflection import base_form, verb_form
from consolidation.parsing import Word
from consolidation.wording import (
    filled,
    inside,
    is_being,
    is_finite,
    lacks_subject,
    only_then,
    opens_noun,
    said,
    spoken,
    told,
    with_subject_of,
)
from consolidation.wordlist import words

_HEADS = re.compile(
    r"(?i)^(?:(?P<all>all)(?: that)?|(?:the|one) (?P<only>only |one |single )?"
    r"(?P<head>thing|one|person|people|man|woman|guy|bloke|lady|girl|boy)(?: that| who| which)?|"
    r"the (?:main |real |only |big )?(?P<why>reason)(?: why| that)?|"
    r"the (?P<where>place)(?: where| that)?|the (?P<when>day|year|month)"
    r"(?: that| when)?) (?=\w)"
)
_WHEN = {"day": "on", "year": "in", "month": "in"}
_VAGUE = frozenset(words("time day fact case pity shame wonder thing reason way place"))
_POINTING = frozenset(words("it that this these those there here which what who"))
_SURE = frozenset(words("actually really simply just exactly precisely probably"))
_ON = frozenset(words("farm island estate ranch beach boat coast allotment campsite ship hill"))
_INDOORS = frozenset(
    words(
        "house flat village town city country barn cottage kitchen bedroom garden garage shed loft "
        "attic cellar basement bathroom bath bed car van hospital studio apartment cabin caravan "
        "hut"
    )
)
_LINKING = frozenset(words("that who which where when whom"))
_IN = frozenset(
    words(
        "january february march april may june july august september october november december "
        "spring summer autumn winter"
    )
)


def uncleft(text: str) -> str:
    """The sentence without its cleft; "" where it has none, or it is not surely read."""
    spoke = spoken(text)
    if len(spoke) < 5:
        return ""
    first = spoke[0].lower
    if first == "it":
        return _it_cleft(spoke)
    if first in ("what", "where", "why", "who", "how"):
        return _opening_cleft(first, spoke[1:])
    headed = _HEADS.match(text)
    if headed is not None:
        return _headed(headed, spoken(text[headed.end() :]))
    return _closing_cleft(spoke)


def _it_cleft(spoke: Sequence[Word]) -> str:
    """ "It is my knee that is playing up" -> "My knee is playing up."."""
    if not is_being(spoke[1]):
        return ""
    negated = spoke[2].lower in ("n't", "not")
    spoke = spoke[3 if negated else 2 :]
    opens = spoke[0].lower in ("only", "not", "until") or spoke[0].tag in ("IN", "WRB")
    joints = [i for i, word in enumerate(spoke) if i and word.lower in _LINKING]
    if opens:
        joints = [i for i in joints if spoke[i].lower == "that"] or joints
    if not joints or joints[0] + 1 >= len(spoke):
        return ""
    focus, clause = spoke[: joints[0]], spoke[joints[0] + 1 :]
    if not is_finite(clause) or (negated and spoke[0].lower != "until"):
        return ""
    if negated:
        return _told(only_then(said(clause), focus[1:]))
    if opens or focus[0].tag == "RB" or focus[-1].entity in ("DATE", "TIME"):
        return told(said(clause), said(focus)) if not lacks_subject(clause) else ""
    if not _is_meant(focus, spoke[joints[0]].lower):
        return ""
    if lacks_subject(clause):
        return told(with_subject_of(said(focus), clause))
    return _told(filled(clause, inside(focus)))


def _is_meant(focus: Sequence[Word], link: str) -> bool:
    """Whether "it" only points to the focus: a definite one, or a person "who …"."""
    definite = focus[0].tag in ("PRP$", "NNP", "PRP") or focus[0].lower in ("the", "this", "that")
    genitive = any(word.tag == "POS" for word in focus)
    vague = focus[-1].lower in _VAGUE or is_finite(focus)
    return (definite or genitive or link == "who") and not vague


def _opening_cleft(wh: str, spoke: Sequence[Word]) -> str:
    """ "What I can't stand is beetroot" -> "I can't stand beetroot."."""
    parted = _parted(spoke)
    if parted is None:
        return ""
    clause, focus = parted
    if wh == "where":
        return _told(_placed(clause, focus))
    if wh == "why":
        return _told(_explained(clause, focus))
    if wh == "how":
        return told(said(clause), inside(focus)) if focus[0].lower in ("by", "with") else ""
    clause, focus = _with_owner(clause, focus)
    done = _done(clause, focus)
    if not done and clause[-1].lower in ("do", "does", "did", "say", "said", "mean"):
        return ""
    plain = done or _completed(clause, focus)
    if not plain and wh == "what":
        return told("The thing that", said(clause), "is", said(focus))
    return _told(plain)


def _headed(head: re.Match[str], spoke: Sequence[Word]) -> str:
    """ "The one who got me into climbing was Ravi" -> "Ravi got me into climbing."."""
    parted = _parted(spoke)
    if parted is None:
        return ""
    clause, focus = parted
    if head["why"]:
        return _told(_explained(clause, focus))
    if head["where"]:
        return _told(_placed(clause, focus))
    if head["when"]:
        return told(said(clause), _WHEN[head["when"].lower()], inside(focus))
    if head["all"] and lacks_subject(clause):
        return ""
    return _told(
        _done(clause, focus) or _completed(clause, focus, bool(head["all"] or head["only"]))
    )


def _closing_cleft(spoke: Sequence[Word]) -> str:
    """ "Up in the loft is where the tent ended up" -> "The tent ended up in the loft."."""
    for i, word in enumerate(spoke[:-3]):
        if i and is_being(word):
            break
    else:
        return ""
    focus, rest = spoke[:i], spoke[i + 1 :]
    while rest and rest[0].lower in _SURE:
        rest = rest[1:]
    if not rest or rest[0].tag not in ("WRB", "WP") or focus[0].lower in _POINTING:
        return ""
    clause = rest[1:]
    if is_finite(focus) or not is_finite(clause):
        return ""
    match rest[0].lower:
        case "where":
            return _told(_placed(clause, focus))
        case "when":
            return _told(_dated(clause, focus))
        case "why":
            return _told(_explained(clause, focus))
        case "how":
            by = "by " if focus[0].tag == "VBG" else ""
            return told(said(clause), by + inside(focus)) if by or _is_placed(focus) else ""
        case _:
            return _told(_completed(clause, focus)) if opens_noun(focus) else ""


def _told(text: str) -> str:
    return told(text) if text else ""


def _parted(spoke: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]] | None:
    """Clause and focus, on both sides of the "is" between them."""
    for i, word in enumerate(spoke):
        clause, focus = spoke[:i], spoke[i + 1 :]
        if is_being(word) and any(w.is_verb for w in clause) and not _is_helping(clause, focus):
            while focus and focus[0].lower in _SURE:
                focus = focus[1:]
            return (clause, focus) if focus else None
    return None


def _is_helping(clause: Sequence[Word], focus: Sequence[Word]) -> bool:
    """Whether the "is" belongs to a lower clause: "who I think is lying"."""
    return not focus or focus[0].tag == "VBN" or clause[-1].lower in ("think", "and", "who", "that")


def _completed(clause: Sequence[Word], focus: Sequence[Word], only: bool = False) -> str:
    if focus[0].lower in ("that", "how", "when", "whether", "what", "because"):
        return ""
    noun = "only " * only + inside(focus)
    if lacks_subject(clause):
        return with_subject_of(noun, clause)
    return filled(clause, noun)


def _done(clause: Sequence[Word], focus: Sequence[Word]) -> str:
    """ "What my mum does for a living is teach piano" -> "my mum teaches piano for a living"."""
    place = next((i for i, w in enumerate(clause) if w.is_verb and base_form(w.text) == "do"), None)
    start = 1 if focus[0].tag == "TO" and len(focus) > 1 else 0
    verb = focus[start]
    if place is None or not place or verb.tag not in ("VB", "VBP", "NN"):
        return ""
    if verb.tag == "NN" and place + 1 != len(clause):
        return ""
    if lacks_subject(clause) or any(word.is_verb for word in clause[place + 1 :]):
        return ""
    tag = clause[place].tag
    form = verb_form(base_form(verb.text), tag) if tag != "VB" else verb.text
    before, after = said(clause[:place]), said(clause[place + 1 :])
    return " ".join(p for p in (before, form, said(focus[start + 1 :]), after) if p)


def _with_owner(
    clause: Sequence[Word], focus: Sequence[Word]
) -> tuple[Sequence[Word], Sequence[Word]]:
    """ "bugs me about Ed", "his snoring" -> "bugs me", "Ed's snoring"."""
    place = next((i for i, word in enumerate(clause) if word.lower == "about"), 0)
    whose = clause[place + 1 :]
    if not place or focus[0].lower not in ("his", "her", "its", "their") or not opens_noun(whose):
        return clause, focus
    if focus[1].tag == "VBG":
        return clause[:place], spoken(f"The {said(focus[1:])} of {inside(whose)}")
    owned = spoken(f"{said(whose)}'s {said(focus[1:])}")
    return clause[:place], owned


def _is_placed(focus: Sequence[Word]) -> bool:
    return focus[0].tag in ("IN", "RB", "RP", "TO") or focus[0].lower in ("up", "down", "next")


def _placed(clause: Sequence[Word], focus: Sequence[Word]) -> str:
    """What happened, and where; "up" is said once."""
    if clause[-1].tag == "IN" and clause[-1].dep == "prep" and not _is_placed(focus):
        return f"{said(clause)} {inside(focus)}"
    if _is_placed(focus):
        twice = clause[-1].lower == focus[0].lower and len(focus) > 1
        return f"{said(clause)} {inside(focus[1:] if twice else focus)}"
    if not opens_noun(focus):
        return ""
    town = focus[-1].entity in ("GPE", "LOC") or (focus[-1].is_proper and focus[0].is_proper)
    head = next((word for word in focus if word.tag[:2] == "NN" and word.dep != "poss"), focus[-1])
    on = "on" if head.lower in _ON else "in" if town or head.lower in _INDOORS else "at"
    return f"{said(clause)} {on} {inside(focus)}"


def _dated(clause: Sequence[Word], focus: Sequence[Word]) -> str:
    if focus[0].tag in ("IN", "RB"):
        return f"{said(clause)} {inside(focus)}"
    last = focus[-1].lower
    if last.rstrip("s").capitalize() in WEEKDAYS or (last[:1].isdigit() and last[-1:].isalpha()):
        return f"{said(clause)} on {inside(focus)}"
    if last in _IN or re.fullmatch(r"(?:19|20)\d\d", last):
        return f"{said(clause)} in {inside(focus)}"
    return ""


def _explained(clause: Sequence[Word], focus: Sequence[Word]) -> str:
    if focus[0].lower in ("that", "because"):
        focus = focus[1:]
    if is_finite(focus) and not lacks_subject(focus):
        return f"{said(clause)} because {inside(focus)}"
    return f"{said(clause)} because of {inside(focus)}" if opens_noun(focus) else ""
