"""Newcomers: who or what took a role in the owner's life ("I've switched dentists, I'm with …").

Knows sentences in the owner's person, one fact each.
"""

import re

from consolidation.english.hypernyms import is_person_noun, is_place_noun
from consolidation.english.inflection import singular
from consolidation.english.wordlist import words

_HELPED = r"(?:have |had |just |finally |recently |now )*"
_SWITCHED = re.compile(
    rf"^(?P<who>I|We) {_HELPED}(?:switched|changed|swapped) (?:my |our )?(?:old )?"
    r"(?P<noun>[a-z][\w-]*s|(?-i:GPs))(?: (?:in|on|at|last|this|after)\b.*)?\.$"
)
_NEW = re.compile(
    rf"^(?P<who>I|We) {_HELPED}(?:got|get|found|have|hired|moved to|switched to|changed to|met|"
    r"started with|signed up with|registered with|chose|picked) (?:got )?(?:an? |my |our )(?:new|"
    r"different|another) (?P<noun>(?:[a-z][\w-]* ){0,2}?(?:[a-z][\w-]*|GP))(?:, (?P<name>[^,]+?))?"
    r"(?: (?:in|on|at|for|last|this|now)\b.*)?\.$"
)
_CHANGED = re.compile(
    rf"^(?P<who>My|Our) (?P<noun>[a-z][\w-]*) {_HELPED}(?:has |have )?changed\b.*\.$"
)
_NAME = r"(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? |[A-Z][\w'&-]+ ?)+)"
_HOLDING = re.compile(
    r"^(?:I|We) (?:now |have )?(?:(?:am|are|went|moved|switched|changed|go|goes|bank|train)"
    r" (?:now )?(?:with|at|to)|see|saw|have|use) "
    rf"{_NAME}(?:(?:on|in|at|near) .+?)?(?: ?\b(?:now|these days|instead))?\.$"
)
_NAMED = re.compile(
    rf"^(?:(?:It|He|She) is|(?:An?|The|My|Our) .+ is) (?:now )?(?:called |named )?{_NAME}"
    r"(?:now|these days)?\.$"
)
_FIRMS = frozenset(
    words("bank insurer provider supplier network broker pharmacy gym garage surgery practice team")
)


class Newcomers:
    """Roles that have changed hands in a message, as its facts come one by one."""

    def __init__(self) -> None:
        self._noun = ""
        self._whose = "My"

    def told(self, fact: str) -> list[str]:
        """What a fact tells of the last role that changed: "My dentist is Dr. Okafor."."""
        opened = _SWITCHED.match(fact) or _CHANGED.match(fact) or _NEW.match(fact)
        if opened is not None:
            return self._opened(opened)
        if not self._noun:
            return []
        held = _HOLDING.match(fact) or _NAMED.match(fact)
        if held is None:
            return []
        return [self._role(held["name"])]

    def owned(self, fact: str) -> str:
        """ "A new boss is called Ingrid", of a boss that the owner has, is "My new boss …"."""
        if not self._noun:
            return fact
        opening = re.compile(rf"^An? (?=(?:new |different )?{re.escape(self._noun)}\b)")
        return opening.sub(f"{self._whose} ", fact)

    def _opened(self, opened: re.Match[str]) -> list[str]:
        noun = opened["noun"] if opened.re is not _SWITCHED else singular(opened["noun"])
        head = noun.split()[-1]
        known = is_person_noun(head) or is_place_noun(head) or head.lower() in (*_FIRMS, "gp")
        self._noun = noun if known else ""
        self._whose = "My" if opened["who"] in ("I", "My") else "Our"
        name = opened.groupdict().get("name") or ""
        named = self._noun and re.fullmatch(_NAME, name)
        return [self._role(name)] if named else []

    def _role(self, holder: str) -> str:
        return f"{self._whose} {self._noun} is {holder.strip()}."
