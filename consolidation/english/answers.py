"""Answers: a short answer made whole with the question that the assistant had asked.

Knows strings only. All in the owner's person: the assistant's "you" is the owner.
"""

import re

from consolidation.english.inflection import base_form, is_listed, verb_form, with_article

_QUESTION = re.compile(r"[^.!?–]*\?")
_WH = re.compile(
    r"^(?:\w+, |and |so |oh \w+, |but )*(?P<wh>where|when|who|whom|what|how long|how often|"
    r"how many|which(?: \w+)?|"
    r"what (?:time|day|kind|sort|colour|color)|since when|until when)(?P<s>'s|"
    r"'re)? ?(?P<rest>.*)\?$",
    re.IGNORECASE,
)
_AUX = r"(?P<aux>is|are|was|were|do|does|did|will|would|can|could|should|has|have|had)"
_SUBJECT = (
    r"(?P<subject>you|he|she|they|it|that|this|we|i|(?:your|the|his|her|their|this|that) "
    r"(?:[\w'-]+ )?[\w'-]+|[A-Z][\w'-]+)"
)
_INVERTED = re.compile(rf"^{_AUX} {_SUBJECT}(?P<more>(?: [\w'-]+)*)$", re.IGNORECASE)
_OWN = {"you": "I", "your": "my", "yours": "mine", "yourself": "myself", "are": "am", "were": "was"}
_PLACE = re.compile(
    r"(?i)^(?:in|at|to|near|by|on|from|behind|under|next to|opposite|up|down|over)\b"
)
_TIME = re.compile(
    r"(?i)^(?:on|at|in|from|until|till|since|after|before|next|last|this|tomorrow|yesterday|today|"
    r"every|the \d|\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|"
    r"may|june|july|august|september|october|november|december)|early|late)\b"
)
_SMALL = re.compile(
    r"(?i)(?:in|at|to|near|by|on|from|behind|under|next|opposite|up|down|over|for|about|since|"
    r"until|"
    r"till|after|before|last|this|tomorrow|yesterday|today|every|the|an?|early|late)$"
)
"""Words that an answer has with a capital only because it opens with them."""
_LENGTH = re.compile(
    r"(?i)^(?:for|about|since|until|till|\d|a |an |one|two|three|four|five|six|ten)"
)
_YES = re.compile(r"(?i)^(?:yes|yeah|yep|yup|sure|of course|definitely|indeed)\b[ ,.!]*")
_NO = re.compile(r"(?i)^(?:no way|no|nope|nah|never|not at all)\b[ ,.!]*")
_POLAR = re.compile(
    rf"^(?:\w+, |and |so |but )*{_AUX} {_SUBJECT}(?P<more>(?: [\w'-]+)*)\?$", re.IGNORECASE
)


def asked_last(assistant_text: str) -> str:
    """The last question of an answer, or "" where it ends without one."""
    found = [question.strip() for question in _QUESTION.findall(assistant_text)]
    return found[-1] if found and len(found[-1].split()) < 20 else ""


def completed(question: str, answer: str) -> str:
    """The answer as a sentence of the owner; "" where the two do not fit together surely."""
    answer = answer.strip(" .!")
    polar = _POLAR.match(question)
    if polar is not None and (_YES.match(answer) or _NO.match(answer)):
        return _affirmed(polar, _NO.match(answer) is None)
    found = _WH.match(question)
    if found is None or not answer:
        return ""
    wh, rest = found["wh"].lower(), found["rest"].strip()
    if found["s"]:
        rest = f"{'is' if found['s'] == chr(39) + 's' else 'are'} {rest}"
    if not _fits(wh, answer):
        return ""
    inverted = _INVERTED.match(rest)
    if inverted is None:
        return ""
    subject, more = inverted["subject"], inverted["more"].strip()
    if wh.startswith(("who", "what")) and not more and inverted["aux"].lower() in ("is", "are"):
        if subject.lower() in ("that", "this", "it", "they"):
            return ""
        return _sentence(f"{_own(subject)} is {_determined(answer)}")
    if wh.startswith("what") and not more.endswith(("called", "named")):
        return ""
    first = answer.split()[0]
    if _SMALL.match(first):
        answer = first.lower() + answer[len(first) :]
    return _sentence(f"{_told(inverted['aux'], subject, more)} {answer}")


def _determined(answer: str) -> str:
    """ "Ex flatmate" -> "an ex flatmate"; "My physio" and names as they are."""
    first = answer.split()[0].lower().strip(",.")
    if first in ("my", "our", "the", "a", "an", "his", "her", "their", "one", "just"):
        return answer[:1].lower() + answer[1:]
    noun = is_listed(first) and not answer[1:2].isupper()
    return with_article(answer[:1].lower() + answer[1:]) if noun else answer


def _fits(wh: str, answer: str) -> bool:
    """Whether the answer is of the kind that the question word wants."""
    if wh.startswith("where"):
        return _PLACE.match(answer) is not None
    if wh in ("when", "what time", "what day", "since when", "until when"):
        return _TIME.match(answer) is not None
    if wh.startswith("how"):
        return _LENGTH.match(answer) is not None
    return _PLACE.match(answer) is None or wh.startswith("which")


def _told(aux: str, subject: str, more: str) -> str:
    """The question's clause in the order of a statement: "do they land" -> "they land"."""
    lower, owner = aux.lower(), subject.lower() == "you"
    first, *others = more.split() or [""]
    rest = " ".join(_OWN.get(word, word) for word in others)
    first = _OWN.get(first, first)
    if lower in ("do", "does", "did"):
        tag = {"do": "VBP", "does": "VBZ", "did": "VBD"}[lower]
        verb = first if lower == "do" else verb_form(base_form(first), tag)
        return f"{_own(subject)} {verb} {rest}".strip()
    verb = _OWN.get(lower, lower) if owner else lower
    return f"{_own(subject)} {verb} {first} {rest}".replace("  ", " ").strip()


def _affirmed(polar: re.Match[str], affirmed: bool) -> str:
    """ "Will you wear it?" - "No way." -> "I will not wear it."."""
    subject, aux, more = polar["subject"], polar["aux"].lower(), polar["more"].strip()
    if subject.lower() == "i" or (not more and subject.lower() != "you"):
        return ""
    more = " ".join(_OWN.get(word, word) for word in more.split())
    aux = _OWN.get(aux, aux) if subject.lower() == "you" else aux
    if affirmed and aux in ("do", "does", "did"):
        return ""
    return _sentence(f"{_own(subject)} {aux} {'' if affirmed else 'not '}{more}")


def _own(subject: str) -> str:
    words = [_OWN.get(word.lower(), word) for word in subject.split()]
    return " ".join(words)


def _sentence(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return f"{text[:1].upper()}{text[1:]}."


def opens_as_answer(question: str, text: str) -> bool:
    """Whether a sentence begins with what the question asked for: a place, a time, "for …"."""
    found = _WH.match(question)
    wh = found["wh"].lower() if found else ""
    last = re.search(
        r"\b(?P<prep>for|to|with|from|in|at|about|by|on) (?:what|whom|who|where|which \w+)\?$",
        question,
    )
    if last is not None:
        return text.lower().startswith(f"{last['prep']} ")
    if wh.startswith("where"):
        return _PLACE.match(text) is not None
    return wh in ("when", "what time", "what day") and _TIME.match(text) is not None
