"""Dislocations: "My bike, it got nicked", "Tomatoes I can't eat", "He's a vet, my cousin Leo".

What stands outside its clause is put back into it. Knows words and their tags.
"""

import re
from collections.abc import Sequence

from consolidation.english.anchors import is_dated
from consolidation.english.hypernyms import is_person_noun
from consolidation.english.inflection import base_form
from consolidation.english.mood import subject_of
from consolidation.english.naming import names_living
from consolidation.english.parsing import Word, parse
from consolidation.english.segments import stands
from consolidation.english.wording import filled, inside, is_finite, opens_noun, said, spoken, told
from consolidation.english.wordlist import words

_THIRD = frozenset(words("he she it they"))
_ACTED = frozenset(words("him her it them"))
_OWNED = frozenset(words("his her its their"))
_TIMES = frozenset(
    words(
        "day days week weekend weekends month year years time times morning mornings evening "
        "afternoon night nights moment summer winter spring autumn hour today way bit lot"
    )
)
_POINTS = frozenset(words("my our the that this those these his her their"))
_MOST = 7
"""Words of a phrase outside its clause."""


def relocated(text: str) -> str:
    """The sentence with its loose phrase back in place; "" where it has none."""
    if text.count(", ") == 1:
        spoke = spoken(text)
        comma = next((i for i, word in enumerate(spoke) if word.text == ","), 0)
        before, after = spoke[:comma], spoke[comma + 1 :]
        if not before or not after:
            return ""
        return _from_left(before, after) or _from_right(before, after)
    return _topic(spoken(text)) if "," not in text else ""


def _from_left(noun: Sequence[Word], clause: Sequence[Word]) -> str:
    """ "My old phone", "it died on Sunday" -> "My old phone died on Sunday."."""
    if not _is_phrase(noun) or not is_finite(clause):
        return ""
    first = clause[0].lower
    if first in _THIRD:
        return told(said(noun), said(clause[1:])) if len(clause) > 2 else ""
    if first in _OWNED and clause[0].tag == "PRP$" and len(noun) < 4:
        own = "'" if noun[-1].text.endswith("s") else "'s"
        return told(said(noun) + own, said(clause[1:]))
    meant = [i for i, w in enumerate(clause) if w.lower in _ACTED and w.tag == "PRP"]
    others = first not in _THIRD and clause[0].tag in ("PRP$", "NNP")
    if not (first in ("i", "we") or others) or len(meant) != 1:
        return ""
    place = meant[0]
    if others and clause[place].lower not in ("it", "them"):
        return ""
    return told(said(clause[:place]), inside(noun), said(clause[place + 1 :]))


def _from_right(clause: Sequence[Word], noun: Sequence[Word]) -> str:
    """ "He is a vet", "my cousin Leo" -> "My cousin Leo is a vet."."""
    first = clause[0].lower
    if first not in _THIRD or not is_finite(clause) or clause[-1].is_proper:
        return ""
    if not _is_phrase(noun, joint=first == "they") or not stands(said(clause) + "."):
        return ""
    living = any(names_living(w) or is_person_noun(w.text) or w.is_proper for w in noun)
    if (first in ("he", "she")) != living and first != "they":
        return ""
    return told(said(noun), said(clause[1:]))


def _is_phrase(noun: Sequence[Word], joint: bool = False) -> bool:
    """A definite noun phrase that is no time."""
    definite = noun[0].lower in _POINTS or noun[0].is_proper
    timed = noun[-1].lower in _TIMES or is_dated(said(noun))
    loose = any(w.tag == "CC" for w in noun) and not joint
    bare = not loose and not any(w.is_verb or w.tag in ("WP", "WDT", "PRP", ".") for w in noun)
    return definite and bare and not timed and len(noun) <= _MOST and opens_noun(noun)


def _topic(spoke: Sequence[Word]) -> str:
    """ "Tomatoes I can't eat" -> "I can't eat tomatoes."."""
    place = next((i for i, w in enumerate(spoke) if i and w.lower in ("i", "we")), 0)
    noun, clause = spoke[:place], spoke[place:]
    if not noun or len(noun) > 4 or not opens_noun(noun) or len(clause) < 2:
        return ""
    timed = any(w.lower in _TIMES for w in noun) or is_dated(said(noun))
    odd = any(w.is_verb or w.tag in ("IN", "CC", "RB", "WDT", "PRP") for w in noun)
    if timed or odd or noun[-1].tag == "CD" or len([w for w in clause if _is_main(w)]) != 1:
        return ""
    verb = next(w for w in clause if _is_main(w))
    behind = [w for w in clause if w.i > verb.i]
    placed = bool(behind) and behind[0].tag == "IN" and base_form(verb.text) in _TAKING
    open_end = not behind or placed or all(w.tag in ("IN", "RB", "JJ", "RP") for w in behind)
    telling = base_form(verb.text) in _TAKING or (behind and behind[-1].tag == "IN")
    return told(filled(clause, inside(noun))) if open_end and telling else ""


def _is_main(word: Word) -> bool:
    return word.is_verb and word.tag != "MD" and word.dep not in ("aux", "auxpass")


_TAKING = frozenset(
    words(
        "eat drink like love hate loathe adore stand bear enjoy play take have buy wear read see "
        "watch know get miss want need understand detest prefer dislike avoid do make speak own "
        "sell finish visit try touch stomach tolerate abide face keep wash iron cook "
        "collect learn afford"
    )
)
_SPLICE = re.compile(r", (?=(?:the|this|that|my|our|a|an|I|we|he|she|it|they|[A-Z][a-z]+)\b)")
_LINKED = re.compile(
    r"(?i)^(?:if|when|whenever|while|until|till|before|after|since|because|although|though|once|"
    r"as|unless|what|who|where|why|how|whether|even|not|both|either|neither|for|in|on|at|with)\b"
    r"|\b(?:said|says|told|think|say|thinks|and|or|but|whether|if|that)\b[^,]*$"
)


def unspliced(text: str) -> list[str]:
    """The two sentences that a mere comma joins; the text itself where none does."""
    if "," not in text or text.count(", ") > 2 or text.endswith("?") or ":" in text:
        return [text]
    for joint in _SPLICE.finditer(text):
        left, right = text[: joint.start()] + ".", text[joint.end() :]
        right = right[:1].upper() + right[1:]
        pronoun = re.match(r"(?:I|We|He|She|It|They)\b", right)
        if pronoun and not _topic(spoken(left)):
            continue  # `consolidation.english.propositions` parts it
        if not _LINKED.search(left[:-1]) and _is_main_clause(left) and _is_main_clause(right):
            return [left, right]
    return [text]


def _is_main_clause(text: str) -> bool:
    found = parse(text)
    if len(found) != 1 or not stands(text):
        return False
    root = found[0].root
    subject = subject_of(root)
    finite = root.tag in ("VBD", "VBZ", "VBP") or root.child("aux", "auxpass") is not None
    if not root.is_verb or not finite or subject is None or subject.i > root.i:
        return False
    opening = found[0].words[0]
    noun = opening.tag[:2] in ("NN", "DT", "PR") and opening.dep not in ("advmod", "npadvmod")
    return not noun or opening in subject.subtree()
