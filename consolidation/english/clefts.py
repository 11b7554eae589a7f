"""Clefts: "What I can't stand is beetroot", "It's Ravi who taught me", told plainly.

Knows words and their tags. Where it is not sure, nothing is made of the sentence.
"""

import re
from collections.abc import Sequence

from consolidation.english.gaps import (
    completed,
    dated,
    done,
    explained,
    is_placed,
    parted,
    placed,
    with_owner,
)
from consolidation.english.hypernyms import is_a, spoken_class
from consolidation.english.parsing import Word
from consolidation.english.wording import (
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
from consolidation.english.wordlist import words

_HEADS = re.compile(
    r"(?i)^(?:(?P<all>all)(?: that)?|(?:the|one) (?P<only>only |one |single )?"
    r"(?P<head>thing|one|person|people|man|woman|guy|bloke|lady|girl|boy)(?: that| who| which)?|"
    r"the (?:main |real |only |big )?(?P<why>reason)(?: why| that)?|"
    r"the (?P<where>place)(?: where| that)?|the (?P<when>day|year|month)"
    r"(?: that| when)?) (?=\w)"
)
_DENIED = re.compile(
    r"(?i)^it(?:'s| is| was) not [^,]+? (?P<link>who|that) (?P<clause>[^,]+), (?:but|it's|it is|"
    r"it was) (?P<real>[^,]+?)[.!]*$"
)
_ONE_THING = re.compile(
    r"(?i)^the (?:one|only|only one|single|first|last)? ?(?:thing|food|drink|dish|person|one|place)"
    r" (?:that |which |who )?(?=(?:I|we|he|she|they|my|our)\b)"
)
_WHEN = {"day": "on", "year": "in", "month": "in"}
_VAGUE = frozenset(words("time day fact case pity shame wonder thing reason way place"))
_POINTING = frozenset(words("it that this these those there here which what who"))
_SURE = frozenset(words("actually really simply just exactly precisely probably"))
_SUBJECTS = frozenset(words("i we he she they"))
_LINKING = frozenset(words("that who which where when whom"))


def uncleft(text: str) -> str:
    """The sentence without its cleft; "" where it has none, or it is not surely read."""
    spoke = spoken(text)
    if len(spoke) < 5:
        return ""
    first = spoke[0].lower
    denied = _DENIED.match(text)
    if denied is not None:
        return uncleft(f"It is {denied['real']} {denied['link']} {denied['clause']}.")
    if first == "it":
        return _it_cleft(spoke)
    if first in ("what", "where", "why", "who", "how"):
        return _opening_cleft(first, spoke[1:])
    headed = _HEADS.match(text)
    if headed is not None:
        return _headed(headed, spoken(text[headed.end() :]))
    return _classed(spoke) or _closing_cleft(spoke)


def unexclaimed(text: str) -> str:
    """ "How I hate Mondays!", "What a garden my aunt has!", as plain statements; or ""."""
    how = re.match(
        r"(?i)^how (?P<told>(?:I|we) (?:do )?(?:love|hate|miss|loathe|adore) [^?]+)$", text
    )
    if how is not None:
        return told(how["told"].rstrip(" .!").replace(" do ", " ", 1))
    if re.match(r"(?i)^what an? [^?,]+$", text) is None:
        return ""
    spoke = spoken(text)[1:]
    place = next((i for i, w in enumerate(spoke) if i > 1 and w.tag in ("PRP", "PRP$", "NNP")), 0)
    noun, clause = spoke[:place], spoke[place:]
    if not place or is_finite(noun) or not is_finite(clause) or noun[-1].tag[:2] != "NN":
        return ""
    return _told(filled(clause, said(noun)))


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
    if not joints and not opens:
        return _unlinked(spoke) if not negated else ""
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


def _unlinked(spoke: Sequence[Word]) -> str:
    """ "(It's) the number 43 bus I catch to work" -> "I catch the number 43 bus to work."."""
    for i, word in enumerate(spoke):
        if i > 1 and word.lower in _SUBJECTS and spoke[i - 1].tag[:2] in ("NN", "CD"):
            focus, clause = spoke[:i], spoke[i:]
            clear = is_finite(clause) and _is_meant(focus, "that") and opens_noun(focus)
            return _told(filled(clause, inside(focus))) if clear else ""
    return ""


def _is_meant(focus: Sequence[Word], link: str) -> bool:
    """Whether "it" only points to the focus: a definite one, or a person "who …"."""
    definite = focus[0].tag in ("PRP$", "NNP", "PRP") or focus[0].lower in ("the", "this", "that")
    genitive = any(word.tag == "POS" for word in focus)
    vague = focus[-1].lower in _VAGUE or is_finite(focus)
    return (definite or genitive or link == "who") and not vague


def _opening_cleft(wh: str, spoke: Sequence[Word]) -> str:
    """ "What I can't stand is beetroot" -> "I can't stand beetroot."."""
    both = parted(spoke)
    if both is None:
        return ""
    clause, focus = both
    if wh == "where":
        return _told(placed(clause, focus))
    if wh == "why":
        return _told(explained(clause, focus))
    if wh == "how":
        return told(said(clause), inside(focus)) if focus[0].lower in ("by", "with") else ""
    clause, focus = with_owner(clause, focus)
    acted = done(clause, focus)
    if not acted and clause[-1].lower in ("do", "does", "did", "say", "said", "mean"):
        return ""
    plain = acted or completed(clause, focus)
    if not plain and wh == "what":
        return told("The thing that", said(clause), "is", said(focus))
    return _told(plain)


def _headed(head: re.Match[str], spoke: Sequence[Word]) -> str:
    """ "The one who got me into climbing was Ravi" -> "Ravi got me into climbing."."""
    both = parted(spoke)
    if both is None:
        return ""
    clause, focus = both
    if head["why"]:
        return _told(explained(clause, focus))
    if head["where"]:
        return _told(placed(clause, focus))
    if head["when"]:
        return told(said(clause), _WHEN[head["when"].lower()], inside(focus))
    if head["all"] and lacks_subject(clause):
        return ""
    acted = done(clause, focus)
    if not acted and not opens_noun(focus):
        return ""  # "The man who runs the chip shop is from Cyprus"
    return _told(acted or completed(clause, focus, bool(head["all"] or head["only"])))


def _classed(spoke: Sequence[Word]) -> str:
    """ "The language my kids speak is Welsh" -> "My kids speak Welsh."."""
    if spoke[0].lower != "the":
        return ""
    start = 2 if spoke[1].lower == "only" else 1
    head, rest = spoke[start], spoke[start + 1 :]
    if rest[:1] and rest[0].lower in ("that", "which", "who"):
        rest = rest[1:]
    opens = bool(rest) and (rest[0].tag in ("PRP", "PRP$", "NNP") or rest[0].lower == "the")
    both = parted(rest) if head.tag in ("NN", "NNS") and opens else None
    if both is None:
        return ""
    clause, focus = both
    last = focus[-1]
    kind = is_a(last.lower, head.lower) or spoken_class(last.text) == head.lower
    definite = focus[0].tag == "PRP$" or focus[0].lower == "the"
    if (
        not opens_noun(focus)
        or not (kind or definite or last.is_proper or focus[0].text[:1].isupper())
        or is_finite(focus)
    ):
        return ""
    named = last.is_proper or focus[0].text[:1].isupper()
    bare = named and focus[0].tag not in ("DT", "PRP$") and not kind
    noun = f"the {head.text} {said(focus)}" if bare else inside(focus)
    return _told(filled(clause, "only " * (start == 2) + noun))


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
    if not rest or focus[0].lower in _POINTING:
        return ""
    thing = _ONE_THING.match(said(rest))
    if thing is not None:
        liked = spoken(said(rest)[thing.end() :])
        surely = opens_noun(focus) and not is_finite(focus) and is_finite(liked)
        return _told(completed(liked, focus)) if surely else ""
    if rest[0].tag not in ("WRB", "WP"):
        return ""
    clause = rest[1:]
    if is_finite(focus) or not is_finite(clause):
        return ""
    match rest[0].lower:
        case "where":
            return _told(placed(clause, focus))
        case "when":
            return _told(dated(clause, focus))
        case "why":
            return _told(explained(clause, focus))
        case "how":
            by = "by " if focus[0].tag == "VBG" else ""
            return told(said(clause), by + inside(focus)) if by or is_placed(focus) else ""
        case _:
            return _told(completed(clause, focus)) if opens_noun(focus) else ""


def _told(text: str) -> str:
    return told(text) if text else ""
