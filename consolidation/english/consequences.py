"""Consequences: "…, otherwise I lie awake" said as the reason that it is."""

import re

from consolidation.english.segments import stands

_SUBJECT = (
    r"(?:I|I'm|I'll|I've|we|we're|we'll|he|she|it|they|my|our|his|her|their|the|there|"
    r"nobody|everything|everyone|nothing|she'll|he'll|it'll|they'll)\b"
)
_JOINT = re.compile(
    r"(?:\s*[,;]|\s+[–—-])?\s+(?:(?P<sure>(?:or|because|cos) (?:else|otherwise)|otherwise|else),?"
    rf"\s+(?={_SUBJECT}|[A-Z])|or,?\s+(?={_SUBJECT}))"
)
_BOUND = re.compile(
    r"(?i)n't\b|\b(?:not|never|no longer|cannot|must|have to|has to|had to|need to|needs to|always|"
    r"ought to|only|better|should)\b"
)
"""What has a consequence behind "or": a duty, a denial, a habit."""


def with_reason(text: str) -> str:
    """ "I must eat at six, or I feel sick" as "I must eat at six because otherwise I feel sick"."""
    for joint in _JOINT.finditer(text):
        left, right = text[: joint.start()], text[joint.end() :]
        parted = "," in joint[0] or joint["sure"]
        bound = joint["sure"] or _BOUND.search(left)
        if parted and bound and stands(f"{left}.") and stands(right[:1].upper() + right[1:]):
            return f"{left} because otherwise {right}"
    return text
