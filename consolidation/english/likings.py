"""Likings: "the one thing I'd happily eat for ever is plum cake" supposes, and yet tells a taste.

Knows strings.
"""

import re

_TAKE = r"(?P<verb>eat|drink|read|watch|listen to|wear|play|live on|look at|talk about)"
_ALWAYS = (
    r"(?:for ?ever(?: and ever)?|every (?:single )?(?:day|night|morning|week|meal|hour)|all day"
    r"(?: long)?|all night(?: long)?|at every meal|day in,? day out|"
    r"(?:over and over|again and) again|(?:for |all )(?:the rest of )?my (?:whole )?life|"
    r"(?:till|until) I (?:drop|burst|die)|round the clock|"
    r"(?:morning|breakfast),? (?:noon|lunch),? and (?:night|dinner|supper))"
)
_WOULD = r"I(?:'d| would| could)(?: (?:happily|gladly|easily|probably|always|quite|honestly))*"
_CLEFT = re.compile(
    rf"(?i)^(?:the )?(?:one|only|single) (?:[\w-]+)(?: that)? {_WOULD} {_TAKE} {_ALWAYS} (?:is|are|"
    r"would be|has to be) (?P<thing>[^,.;!?]{2,50})[.!]*$"
)
_PLAIN = re.compile(rf"(?i)^{_WOULD} {_TAKE} (?P<thing>[^,.;!?]{{2,50}}?) {_ALWAYS}[.!]*$")
_OPEN = re.compile(r"(?i)\b(?:it|this|that|them|these|those|you|your|if|anything|everything)\b")


def liked(text: str) -> str:
    """ "I love plum cake."; "" where the sentence tells no such taste."""
    found = _CLEFT.match(text) or _PLAIN.match(text)
    if found is None or _OPEN.search(found["thing"]):
        return ""
    return f"I love {found['thing'].strip()}."
