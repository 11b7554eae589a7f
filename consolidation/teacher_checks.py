"""Teacher checks: whether a question that a model wrote may be dreamt. Pure, and strict.

Each check says in plain words what is wrong, or nothing. Where in doubt, a question is left out:
the grammar has written others.
"""

import re
from collections.abc import Container, Sequence

from consolidation.english.hypernyms import is_person_noun
from consolidation.english.lexicon import synonyms
from consolidation.english.marking import is_right
from consolidation.english.phrasings import normalised
from consolidation.english.support_words import Spoken, forms, spoken
from consolidation.english.wordlist import words
from consolidation.support import Source

_MOST_WORDS = 25
_ASKS = re.compile(
    r"(?i)^(?:(?:hey|so|ok|okay|sorry|and|quick question)[,:]? )*(?:who|whom|whose|what|which|"
    r"where|when|why|how|since when|until when|can you|could you|do you|did|do|does|is|are|was|"
    r"were|has|have|will|remind me|tell me|in which|at which|for whom|with whom|from whom)\b"
)
_TO_ME = re.compile(
    r"(?i)\b(?:can|could|would|will) you\b|\bdo you (?:still )?(?:know|remember|recall)\b"
    r"|\b(?:tell|told) you\b"
)
_ABOUT_YOU = re.compile(r"(?i)\b(?:you|your|yours|yourself)\b")
_PERSON = {"i": "you", "me": "you", "my": "your", "mine": "yours", "our": "your", "we": "you"}
_POLAR = re.compile(
    r"(?i)^(?:did|do|does|is|are|was|were|has|have|will)\b(?! you remember| you know)"
)
_COUNTED = re.compile(r"(?i)\bhow (?:many|much|old|long|often|far|tall|big)\b")
_WHEN = re.compile(r"(?i)\b(?:when|what day|which day|what date|what time|since when)\b")
_WHO = re.compile(r"(?i)\b(?:who|whom)\b")
_WHERE = re.compile(r"(?i)\bwhere\b")
_TIMED = re.compile(
    r"(?i)\d|day|night|week|month|year|morning|evening|noon|spring|summer|autumn|winter|ago|since|"
    r"until|today|tomorrow|january|february|march|april|\bmay\b|june|july|august|september|october"
    r"|november|december|christmas|easter"
)


_ASKING = frozenset(
    words(
        "name day date time year month kind sort type way reason place town city country street "
        "person people thing tell know remember remind happen hey ok okay sorry quick question far "
        "often long many much old"
    )
)
"""Words that only ask, and take nothing for granted."""


def in_second_person(phrase: str) -> str:
    """ "my brother" -> "your brother"."""
    return re.sub(r"\b\w+\b", lambda one: _PERSON.get(one[0].lower(), one[0]), phrase)


def asks_about_you(question: str) -> bool:
    """ "Where do you live?", but not "Do you know where I live?"."""
    return _ABOUT_YOU.search(_TO_ME.sub("", question)) is not None


def fault(question: str, phrase: str, statement: str, taken: Container[str]) -> str:
    """What is wrong with a question and its answer phrase; `taken` are normalised prompts."""
    size = len(question.split())
    if not 2 <= size <= _MOST_WORDS or not question.endswith("?"):
        return "is no question"
    if size > 3 and not _ASKS.match(question):
        return "is no question"
    if _POLAR.match(question):
        return "wants a yes or no"
    if asks_about_you(question):
        return "asks about 'you' instead of its owner"
    if normalised(question) in taken:
        return "is asked already, or kept for the test"
    if not phrase or not is_right(statement, [phrase]):
        return f"is answered with '{phrase}', which the statement does not say"
    asked, answered, told = (_forms(text) for text in (question, phrase, statement))
    if not answered:
        return f"is answered with '{phrase}', which says nothing"
    if is_right(question, [phrase]) or answered <= asked:
        return "holds its own answer"
    if answered >= told:
        return "is answered with the whole statement"
    if not asked & (told - answered):
        return "names nothing of what it asks about"
    return _misfit(question, phrase)


def strange(question: str, sources: Sequence[Source]) -> str:
    """Why a question takes for granted what its sources do not say: "at a bakery in Lisbon"."""
    known = frozenset(f for one in sources for w in spoken(one.text) for f in forms(w.lower))
    for word in spoken(question):
        meant = forms(word.lower)
        near = {other for form in meant for kind in "nv" for other in synonyms(kind, form)}
        if word.says and meant.isdisjoint(_ASKING) and known.isdisjoint(meant | near):
            return f"takes '{word.text}' for granted, which none of its sources says"
    return ""


def rounds(reply: str, phrase: str) -> bool:
    """Whether a reply gives the phrase, and not much beside it."""
    given, wanted = spoken(reply), spoken(phrase)
    return is_right(in_second_person(reply), [phrase]) and len(given) <= 2 * len(wanted) + 3


def _misfit(question: str, phrase: str) -> str:
    """Why a phrase cannot be what a question asks for."""
    said = spoken(phrase)
    timed = _TIMED.search(phrase) is not None
    named = any(word.is_name or is_person_noun(word.lower) for word in said)
    counted = any(word.is_number for word in said)
    long = re.search(r"(?i)\bhow (?:long|often)\b", question) is not None
    wrong = (
        (_WHEN.search(question) and not timed)
        or (_COUNTED.search(question) and not (counted or (long and timed)))
        or (_WHO.search(question) and not (named or _yourself(said)))
        or (_WHERE.search(question) and (counted or timed or _is_person(said)))
    )
    return f"asks for something else than '{phrase}'" if wrong else ""


def _yourself(said: Sequence[Spoken]) -> bool:
    return any(word.lower == "you" for word in said)


def _is_person(said: Sequence[Spoken]) -> bool:
    heads = [word for word in said if word.says]
    return bool(heads) and is_person_noun(heads[-1].lower)


def _forms(text: str) -> frozenset[str]:
    """The content words of a text, one form of each, so that sets can be compared."""
    return frozenset(min(forms(word.lower)) for word in spoken(text) if word.says)
