"""Frontings: a clause or state in front of its sentence, put behind it or told apart.

"Until he retired, Uncle Bo drove trams" -> "Uncle Bo drove trams until he retired". Knows words.
"""

import re
from collections.abc import Sequence

from consolidation.english.inflection import base_form
from consolidation.english.naming import names_living
from consolidation.english.parsing import Word
from consolidation.english.segments import stands
from consolidation.english.wording import inside, is_finite, said, spoken, told
from consolidation.english.wordlist import words

_LINKS = re.compile(
    r"(?i)^(?P<link>until|till|before|after|when|whenever|while|as soon as|ever since|since|once|"
    r"because|although|even though|by the time|every time|the (?:day|moment|year)) "
    r"(?P<clause>[^,]+), (?P<main>.+)$"
)
_WHAT_WITH = re.compile(
    r"(?i)^what with (?P<cause>[^,]+?)(?: and (?:all|everything))?, (?P<main>[^,]+)$"
)
_STATE = re.compile(r"^(?P<state>(?P<first>\w[\w-]*) [^,]+), (?P<main>[A-Zwmot][^,]+)$")
_BEING = re.compile(r"(?i)^being (?P<state>[^,]+), (?P<main>(?P<who>I|we)\b[^,]+)$")
_SEVERAL = re.compile(r"(?i)\b(?:and|but|so) (?:i|we|my|our|he|she|it|they|the)\b")
_PHRASE = re.compile(
    r"^(?P<front>(?:As|Unlike|Like|Apart from|Despite|Thanks to|Instead of|Besides|Due to|With|"
    r"Because of|In|On|At|After|Before|Since|During|For|Without|From|By|Until|Under|Over|Between|"
    r"Around|About|Every|Last|Next|This|Most|Once|Twice) (?:[^\s,]+ ?){1,6}), "
    r"(?P<main>(?:I|we|he|she|they|it)(?:'\w+)? [^,]+)$"
)
_GROWING = re.compile(
    r"(?i)^(?:when |while )?growing up(?P<where> [^,]+)?, (?P<main>(?P<who>I)\b[^,]+)$"
)
_HAVING = re.compile(
    r"(?i)^having (?P<done>(?!(?:a|an|the|my|our|no|to|two|three|kids)\b)[^,]+), "
    r"(?P<main>(?P<who>I|we)\b[^,]+)$"
)
_ABOUT = re.compile(
    r"(?i)^(?:as for|about|regarding|concerning|re|on the subject of|with regards? to) "
    r"(?P<noun>(?:my|our|the|that) [\w' -]+)[,:] (?:it|he|she|they)(?P<short>'s|'re)?"
    r"(?P<rest> [^,]+)$"
)
_THIRD = frozenset(words("he she they it"))
_MEN = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}


def unfronted(text: str) -> list[str]:
    """The sentences that it makes with the main clause in front; none where nothing is to move."""
    text = text.rstrip(" .!")
    cause = _WHAT_WITH.match(text)
    if cause is not None:
        return [told(cause["main"], "because of", cause["cause"])]
    moved = _opening_phrase(text)
    if moved:
        return moved
    linked = _LINKS.match(text)
    if linked is not None:
        return _behind(linked["link"].lower(), linked["clause"], linked["main"])
    return _states(text)


def _opening_phrase(text: str) -> list[str]:
    """ "As a child, I had a stammer" -> "I had a stammer as a child."; "Having …", "As for …"."""
    grown = _GROWING.match(text)
    if grown is not None and stands(grown["main"] + "."):
        return [told(grown["main"], f"when {grown['who']} was growing up{grown['where'] or ''}")]
    having = _HAVING.match(text)
    if having is not None and stands(having["main"] + "."):
        return [told(having["who"], "have", having["done"]), told(having["main"])]
    about = _ABOUT.match(text)
    if about is not None:
        verb = {"'s": " is", "'re": " are"}.get(about["short"] or "", "")
        return [told(f"{about['noun']}{verb}{about['rest']}")]
    phrase = _PHRASE.match(text)
    if phrase is None or _SEVERAL.search(phrase["main"]) or not stands(phrase["main"] + "."):
        return []
    front = spoken(phrase["front"])
    if (
        re.search(r"(?i)\byou\b", phrase["front"])
        or is_finite(front)
        or any(word.is_verb and word.tag != "VBG" for word in front)
    ):
        return []
    return [told(phrase["main"], inside(front))]


def _behind(link: str, clause: str, main: str) -> list[str]:
    before, after = spoken(f"{clause[:1].upper()}{clause[1:]}"), spoken(main)
    if "," in main or _SEVERAL.search(main) or not stands(main + ".") or not before:
        return []
    first = before[0]
    if first.tag != "VBG" and not (is_finite(before) and stands(told(said(before)))):
        return []
    swapped = _named_first(before, after)
    if swapped is not None:
        clause, main = swapped
    elif after[0].lower in _THIRD and before[0].lower not in ("i", "we"):
        return []
    return [told(main, link, clause)]


def _named_first(before: Sequence[Word], after: Sequence[Word]) -> tuple[str, str] | None:
    """Name and pronoun changed over: "When Mum was young", "she sang" -> "… she …", "Mum sang"."""
    pronoun = after[0]
    subject = next((w for w in before if w.dep in ("nsubj", "nsubjpass")), None)
    if pronoun.lower not in _THIRD or pronoun.tag != "PRP" or subject is None:
        return None
    phrase = [word for word in subject.subtree() if word.i <= subject.i]
    living = names_living(subject) or subject.is_proper
    if phrase[0] is not before[0] or subject.tag == "PRP" or (pronoun.lower == "it") == living:
        return None
    if phrase[0].tag not in ("PRP$", "NNP", "DT"):
        return None
    rest = said(before[len(phrase) :])
    return f"{pronoun.lower} {rest}", f"{said(phrase)} {said(after[1:])}"


def _states(text: str) -> list[str]:
    """ "Fed up with the noise, we moved" -> "We were fed up with the noise.", "We moved."."""
    being = _BEING.match(text)
    found = being or _STATE.match(text)
    if found is None or not stands(found["main"] + "."):
        return []
    spoke, main = spoken(found["state"]), spoken(found["main"])
    if is_finite(spoke[1:]) or (being is None and not _is_state(spoke)):
        return []
    subject = next((w for w in main if w.dep in ("nsubj", "nsubjpass")), None)
    verb = next((word for word in main if word.tag in ("VBD", "VBZ", "VBP", "MD")), None)
    if subject is None or subject.subtree()[0] is not main[0] or verb is None or verb.i < subject.i:
        return []
    several = subject.lower in ("we", "they") or subject.tag in ("NNS", "NNPS")
    is_now = ("are", "were") if several else ("am" if subject.lower == "i" else "is", "was")
    who = said([word for word in main if word.i < verb.i and word in subject.subtree()])
    return [told(who, is_now[verb.tag == "VBD"], inside(spoke)), told(found["main"])]


def _is_state(spoke: Sequence[Word]) -> bool:
    """ "Tired of the city", "Raised by my gran", "Fed up with it"."""
    first, follows = spoke[0], spoke[1] if len(spoke) > 1 else None
    if follows is None or follows.tag not in ("IN", "RP", "TO", "RB"):
        return False
    if first.tag == "JJ":
        return any(word.tag == "IN" for word in spoke)
    done = first.tag[:2] == "VB" and base_form(first.lower) != first.lower
    return done and first.tag not in ("VBG", "VBZ") and first.lower not in _OWN_READERS


_OWN_READERS = ("born", "given", "based", "compared")
