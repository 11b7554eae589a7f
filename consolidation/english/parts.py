"""Parts: the clauses of a fact that is told whole, each as a sentence of its own.

What changes is seldom all that a long sentence says: one part of it goes, the others stay.
"""

import re
from functools import lru_cache

from consolidation.english.content import content
from consolidation.english.hypernyms import is_person_noun
from consolidation.english.inflection import is_listed
from consolidation.english.person import sentence_case
from consolidation.english.segments import stands
from consolidation.english.sentences import sentences_of

_OPENS = (
    r"(?:you|your|he|she|it|they|we|there|the|his|her|their|my|our|I|I'm|I've|now)\b"
    r"|[\w-]+['’]s (?:[a-z-]+ ){1,3}(?:is|are|was|has|have|will)\b"
    r"|(?-i:[A-Z][\w'’]+)(?:, [^,]{2,40},)? (?:is|are|was|has|have|had|will|can|cannot|\w+n't|"
    r"\w{2,}s)\b"
)
_LINK = r"(?:and|but|so|because|since|although|(?:even )?though|while|whereas|which means)"
_BESIDE = r"(?:your|the|his|her|my|our) [^,.;]{2,40}, (?:is|are|was|has|have|will|can|who|which)\b"
"""What only says who is meant: "Fatuma, your friend from college, is …"."""
_DASH = r"\s*[;:]\s+|\s+[–—-]+\s+|\s+\((?=[^)]*\w)|\)\s*,?\s*"
_SINCE = r"(?:since|until|before|after) (?:(?:the|last|next) )?\S+ (?:\d\S* )?"
_JOINT = re.compile(
    rf"({_DASH}|,?\s+{_LINK}(?:,|\s)\s*(?={_OPENS})"
    rf"|,\s+(?:(?:for|at|to|on|in) which\s+)?(?={_OPENS})(?!{_BESIDE})"
    rf"|,\s+(?={_SINCE}(?:your|my|he|she|it|they|you|I)\b)"
    r"|\s+(?=(?:it|it's) (?:(?:is|will be) )?(?:now )?(?:on|at) )"
    r"|(?<=\w)\s+(?=(?:he|she) (?:is|has|was|will|must|comes|lives|stays|works)\b))",
    re.IGNORECASE,
)
_CLEFT = re.compile(
    r"^It (?:is|was|will be) (?P<who>(?!on |at |in |not |to |a |an )[^,]+?) (?:who|that) "
    r"(?P<does>.+)$"
)
_DATED = re.compile(
    r"^It (?:is|was|will be) (?P<when>(?:on|at) (?:(?!you)[\w:]+ ){1,7})(?:that )?"
    r"(?P<does>you [^,]+?)(?P<rest>,.*)?\.$"
)
_NAMED = re.compile(
    r"(?P<role>(?:Your|My) (?:[A-Za-z-]+ ){1,2}?)?(?P<name>[A-Z][a-z]+)(?:['’]s (?P<of>\w+))? \w"
)
_OTHERS = re.compile(r"\b(?:him|her)\b")
"""Someone else whom "she" may be."""
_LABEL = 4
"""Words of an opening that only names the topic: "Terraces update"."""


@lru_cache(maxsize=4096)
def parts_of(fact: str) -> tuple[str, ...]:
    """The clauses that stand by themselves, in the order of the text; a plain fact is its only one.

    "She" that opens a part is the person that the part before opens with.
    """
    chunks = [part for sentence in sentences_of(fact) for part in _clauses(sentence)]
    if len(chunks) < 2:
        return (_plain(fact),)
    named = ""
    parts: list[str] = []
    for chunk in chunks:
        part = sentence_case(chunk)
        if named and not _OTHERS.search(parts[-1]):
            part = re.sub(r"^(?:He|She)\b(?!')", named, part)
        named = _person(part) or named
        parts.append(_plain(part))
    return tuple(parts)


def _clauses(sentence: str) -> list[str]:
    """A piece that does not stand goes with the one before it."""
    pieces = _JOINT.split(sentence)
    found: list[str] = []
    label = pieces[0]
    if stands(label):
        found.append(label)
        label = ""
    for joint, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if not piece.strip(" .!"):
            continue
        if stands(piece) or (found and ";" in joint and len(piece.split()) > _LABEL):
            whole = len(label.split()) > _LABEL and not label.lower().startswith("not ")
            found.append(f"{label}{joint}{piece}" if label and whole else piece)
            label = ""
        elif found:
            found[-1] += f"{joint}{piece}"
        else:
            label += f"{joint}{piece}"
            if stands(label):
                found.append(label)
                label = ""
    return found or [sentence]


def _plain(part: str) -> str:
    """ "It is Jean who sings the solo." says "Jean sings the solo."."""
    dated = _DATED.match(part)
    if dated is not None:
        said = f"{dated['does']} {dated['when'].strip()}{dated['rest'] or ''}."
        return said[:1].upper() + said[1:]
    cleft = _CLEFT.match(part)
    said = f"{cleft['who']} {cleft['does']}" if cleft is not None else part
    return said[:1].upper() + said[1:]


def _person(part: str) -> str:
    """The name that a part opens with: "Nikhil" of "Nikhil's flight is changed"."""
    name = _NAMED.match(part)
    if name is None or is_listed(name["name"].lower()) or not content(name["name"]):
        return ""
    if name["of"]:
        return "" if is_person_noun(name["of"]) else name["name"]
    return f"{name['role'] or ''}{name['name']}"
