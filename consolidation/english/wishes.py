"""Wishes: what the owner asks of the assistant once and for all, as a fact about the owner.

"Please never recommend me horror films" is a preference; "recommend me a film" is a request.
Knows strings, forms of verbs, and what a noun is.
"""

import re
from dataclasses import dataclass

from consolidation.english.inflection import base_form, verb_form
from consolidation.english.parsing import parse
from consolidation.english.wordlist import words

_LEAD = (
    r"(?:(?:please|pls|kindly|and|but|so|also|just|oh|hey|(?:can|could|would|will) you|"
    r"i want you to|i'd like you to)[ ,]+)*"
)
_FORBIDDEN = (
    r"(?P<never>(?:do not|don't)(?: you)?(?: ever(?: again)?| again)?|never(?: ever| again)?|"
    r"i(?:'d| would) (?:rather|prefer(?: it)?)(?: that| if)? you (?:didn't|don't|did not|do not|"
    r"never)(?: ever)?|i (?:don't|do not|never) want you to(?: ever)?|i (?:don't|do not) like it "
    r"when you)"
)
_STOPPED = r"(?P<stop>(?:stop|quit))"
_LASTING = r"(?P<always>always|from now on,?(?: always)?|in future,?(?: always)?)"
_OPENING = rf"{_LEAD}(?:{_FORBIDDEN}|{_STOPPED}|{_LASTING}) (?:please )?"
_WISH = re.compile(rf"(?i)^{_OPENING}(?P<verb>[a-z]+)\b(?P<rest>[^?!]*)[.?!]*$")
_NAMED = re.compile(
    rf"^(?i:{_LEAD})(?i:call me) (?P<name>[A-Z][\w'-]+)(?i:,? (?:please|from now on))*[.!]*$"
)
_RESOLVED = re.compile(r"(?i)^(?:please )?remind me never to (?P<deed>(?!forget)[^?!]+?)[.!]*$")
_JOINT = re.compile(
    r"\s*[,;]\s+(?=\w)(?!please\b|thanks\b|ever\b)|\s+[–—-]+\s+"
    r"|\s+(?=(?:because|since|as|cos|bc|I|I'm|it's|they|it) )|:\s+"
)
_SPLICE = re.compile(
    rf"(?i)(?:\s*[,;]\s+|\s+[–—-]+\s+|\s+(?=(?:and|but|so) ))(?={_OPENING}[a-z]+\b)"
)
_BECAUSE = re.compile(r"(?i)^(?:because|since|as|cos|bc|and|but|so)\b[ ,]*")
_TAIL = re.compile(
    r"(?i)(?:[ ,]+(?:please|(?:ever )?again|any ?more|ever|from now on|in future|at all|with me|"
    r"thanks|thank you|always|to me|for me))+$"
)
_ONCE = re.compile(
    r"(?i)\b(?:this|that|it|these|those|them|him|her|today|tonight|yet|tomorrow|later|"
    r"(?<!from )now|here|above|below|so|such|you|your)\b"
)
_FIRM = re.compile(r"(?i)\b(?:ever|never|again|any ?more|always|from now on|in future)\b")
_GIVEN = frozenset(
    words(
        "recommend send show give tell ask offer call remind teach wake address contact correct "
        "book buy order quote sell cook make"
    )
)
"""What can be done to "me" with something more behind it: "be sent voice notes"."""
_DONE = frozenset(
    words("recommend suggest show offer use mention play serve propose discuss bring advertise")
)
"""What can be done with a thing: "emojis used"."""
_SPOKEN = {verb: "answered" for verb in ("answer", "reply", "respond")} | {
    verb: "addressed" for verb in ("talk", "speak", "write")
}
SERVICES = _GIVEN | _DONE | {"answer", "address"}
"""What an assistant does for its owner."""
_PASSING = frozenset(
    words(
        "tell ask send show write call wake contact correct translate include explain repeat "
        "add put"
    )
)
"""Said with a plain "don't", these mean the matter in hand."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A standing wish in a sentence, and what the sentence says beside it."""

    before: str
    fact: str
    """In the owner's person: "I never want to be recommended horror films."."""
    reason: str


def standing_wish(sentence: str, *, asked_for: bool = False) -> Wish | None:
    """The standing wish of a sentence; None for all that is wanted once.

    `asked_for`: something was asked for just before, to which a plain "don't" belongs.
    """
    for start in (0, *(joint.end() for joint in _SPLICE.finditer(sentence))):
        wish, reason = _split(sentence[start:])
        fact = _fact(wish, asked_for)
        if fact:
            before = sentence[:start].rstrip(" ,;–—-")
            return Wish(f"{before}." if before else "", fact, reason)
    return None


def _split(text: str) -> tuple[str, str]:
    """The wish and its reason: "don't suggest fish, I'm allergic to it"."""
    opening = re.match(rf"(?i){_OPENING}", text)
    joint = _JOINT.search(text, opening.end() if opening else 0)
    if joint is None:
        return text, ""
    reason = _BECAUSE.sub("", text[joint.end() :])
    told = re.search(r"\w", reason) is not None and " " in reason.strip()
    return text[: joint.start()], f"{reason[:1].upper()}{reason[1:]}" if told else ""


def _fact(wish: str, asked_for: bool) -> str:
    named = _NAMED.match(wish)
    if named is not None:
        return f"I want to be called {named['name']}."
    resolved = _RESOLVED.match(wish)
    if resolved is not None:
        return "" if _ONCE.search(resolved["deed"]) else f"I never want to {resolved['deed']}."
    found = _WISH.match(wish)
    if found is None or _ONCE.search(found["rest"]):
        return ""
    gerund = found["verb"].lower().endswith("ing") and base_form(found["verb"]) != found["verb"]
    inflected = found["stop"] or (found["never"] or "").lower().startswith("i")
    verb = base_form(found["verb"].lower()) if inflected else found["verb"].lower()
    if bool(found["stop"]) != gerund:
        return ""
    firm = _FIRM.search(wish) is not None
    passing = verb in _PASSING and not (found["stop"] or re.match(r" me [A-Z]", found["rest"]))
    if not firm and (asked_for or passing):
        return ""
    if found["always"] and re.match(r"(?i) (?:the|an?)\b", found["rest"]):
        return ""  # "Always read the small print": advice, as one gives it to anybody
    if asked_for and not re.search(r"(?i)\b(?:ever|from now on|in future|always)\b", wish):
        return ""
    wanted = _wanted(verb, _TAIL.sub("", found["rest"].strip(" .,")).strip())
    mood = "I always want" if found["always"] else "I never want" if firm else "I do not want"
    return f"{mood} {wanted}." if wanted else ""


def _wanted(verb: str, rest: str) -> str:
    """ "to be recommended horror films", "emojis used", "to be answered in German"."""
    done = verb_form(verb, "VBN")
    me = re.match(r"(?i)(?:to )?(?:me|us)\b\s*", rest)
    behind = rest[me.end() :] if me else rest
    if verb in _SPOKEN and (me is not None or re.match(r"(?i)(?:in|with|like) ", rest)):
        return f"to be {_SPOKEN[verb]} {behind}" if behind else ""
    if me is not None:
        return f"to be {done} {behind}" if verb in _GIVEN and behind else ""
    particle = re.match(r"(?i)(?:up|in|out) ", rest)
    thing = rest[particle.end() :] if particle else rest
    opens = re.match(r"(?i)(?:to|me|us|on|in|with|about|up)\b", thing) is not None
    if verb not in _DONE or not thing or opens or (verb == "give" and particle):
        return ""
    at_hand = re.match(r"(?i)(?:the|an?)\b", thing) and verb not in ("mention", "bring", "discuss")
    if at_hand or not _names_a_thing(f"I want {thing} {done}."):
        return ""
    thing = re.sub(r"(?i)^any ", "", thing)
    return f"{thing} {done} {particle[0].strip()}" if particle else f"{thing} {done}"


def _names_a_thing(fact: str) -> bool:
    """Whether there is a noun in it: "emojis", and not "off", "fair"."""
    return any(word.is_noun for part in parse(fact) for word in part.words)
