"""Passing: what one drinks, laughs at or thinks of as one writes, and what strangers ask.

True for an hour, and nothing that anybody could ask about tomorrow. Knows strings and word classes.
"""

import re

from consolidation.english.hypernyms import is_a

_HELD = re.compile(
    r"(?i)^(?:I|we)(?:'ve| have)(?: just| finally)?(?: got)? (?:my|our|a|some|the) "
    r"(?:\w+ )??(?P<what>\w+)(?: and (?:my|our|a|some|the) (?:\w+ )??(?P<other>\w+))?\b"
    r"(?! (?:at|on|in|with|allergy)\b)"
)
""" "I've got my tea and my crossword"."""
_LAUGHED = re.compile(
    r"(?i)^(?:and |but |so )?(?:I|we) (?:\w+ )?(?:laughed|giggled|chuckled|cackled|grinned|smiled|"
    r"snorted|howled|blushed|cringed|yawned|sighed|shivered|nearly died)\b"
)
_THOUGHT = re.compile(
    r"(?i)^(?:I|we)(?:'m|'re| was| were| am| are)(?: just| only)? "
    r"(?:thinking|reminded|dreaming|musing) (?:of|about) (?!\w+ing\b)"
)
""" "I was thinking of my old matron"; not "thinking of moving"."""
_ASKED = re.compile(
    r"(?i)^(?:(?:and|but|so|then|today|yesterday|just now) )?(?:an?|some|one|this) (?:\w+ )"
    r"{1,3}?(?:asked|wanted to know|inquired|enquired)"
    r"(?: from)?(?: me| us)?,? (?:if|whether|what|why|how|where|when|for) (?P<asked>.+)$"
)
""" "A lady asked me if …": a stranger, of whom nothing else is told."""
_OWN = re.compile(r"(?i)\b(?:I|I'm|me|my|we|us|our|mine|ours)\b")
_LEAVING = re.compile(
    r"(?i)^(?:(?:I am|I'm) (?:going|off|away)|off|away|back)(?: now)? to "
    r"(?:my|the|our) (?P<what>\w+)[.!]*$"
)
_TABLE = ("food", "drink")


def is_passing(text: str) -> bool:
    """Whether a sentence tells of the moment of its writing, or of a stranger's question."""
    leaving = _LEAVING.match(text)
    if leaving is not None:
        return is_a(leaving["what"], *_TABLE) or leaving["what"].lower() in ("bed", "sofa", "couch")
    held = _HELD.match(text)
    if held is not None and is_a(held["what"], *_TABLE):
        return held["other"] is not None or len(text[held.end() :].split()) < _FEW or "," in text
    asked = _ASKED.match(text)
    if asked is not None:
        return _OWN.search(asked["asked"]) is None
    return (_LAUGHED.match(text) or _THOUGHT.match(text)) is not None


_FEW = 3
"""Words behind "I've got my tea" that add nothing."""
