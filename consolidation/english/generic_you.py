"""Generic "you": what holds for anybody who goes there, told to nobody in particular.

"You'll find the key in the umbrella stand" tells of the owner's life as "I'll find …" does, and is
read so; "You'll love it" and "You can tell me" speak to the one who listens.
"""

import re

from consolidation.english.segments import ADDRESSED
from consolidation.english.wordlist import words

_LISTENING = re.compile(r"(?i)\b(?:me|us|please|if|assistant|chatbot|bot)\b|\?\s*$")
_GENERIC = re.compile(
    r"(?i)^(?P<lead>(?:[\w'-]+ ){0,4}?,? ?)you"
    r"(?P<modal>'ll| will| can| can't| cannot| could| have to|'ve got to| need to| must|)"
    r"(?: always| only| never| usually| just| still| often)? (?P<verb>[a-z]+)\b(?=.* )"
)
_DONE = frozenset(
    words(
        "find get go speak talk win reach catch take park enter open use turn need bring pay book "
        "order wear leave drive walk cross ring call phone knock buy collect pick drop return "
        "put keep push pull press feed climb lock unlock dial type join register"
    )
)
"""What anybody does who follows the owner's ways."""


def as_owners(sentence: str) -> str:
    """The sentence with "I" for a "you" that means anybody; else as it is."""
    match = _GENERIC.match(sentence)
    if match is None or len(ADDRESSED.findall(sentence)) > 1 or _LISTENING.search(sentence):
        return sentence
    if match["verb"].lower() not in _DONE or (not match["modal"] and match["verb"] != "need"):
        return sentence
    return f"{match['lead']}I{sentence[match.start('modal') :]}"
