""" "They" who are nobody in particular: what they did to the owner, told of the owner.

"They've moved me to Leeds" -> "I've been moved to Leeds". Knows strings.
"""

import re

from consolidation.english.wordlist import words

_DONE = words(
    "accepted admitted asked booked charged chosen deployed diagnosed fined fired given hired "
    "invited let made moved nominated offered paid posted prescribed promoted put refunded refused "
    "sacked selected sent shortlisted signed transferred turned upgraded"
)
_PAST = {"chosen": "chose", "given": "gave"}
_HAVE_GOT = re.compile(r"^They(?:'ve| have) got (me|us) (?=(?:on|in|at|down|doing|working|up) )")
_HAVE = re.compile(
    rf"^They(?:'ve| have) (?:just |finally |now )?({'|'.join(_DONE)}) (me|us)\b(?! up)"
)
_DID = re.compile(
    rf"^They (?:just |finally )?({'|'.join(_PAST.get(done, done) for done in _DONE)}) (me|us)\b"
)
_PRESENT = {"me": "I'm", "us": "we're"}
_PERFECT = {"me": "I've been", "us": "we've been"}
_SIMPLE = {"me": "I was", "us": "we were"}


def of_the_owner(text: str) -> str:
    """The sentence with the owner for its subject, or as it is."""
    got = _HAVE_GOT.match(text)
    if got is not None:
        return _told(_PRESENT[got[1]], text[got.end() :])
    have = _HAVE.match(text)
    if have is not None:
        return _told(f"{_PERFECT[have[2]]} {have[1]}", text[have.end() :])
    did = _DID.match(text)
    if did is not None:
        done = next((k for k, v in _PAST.items() if v == did[1]), did[1])
        return _told(f"{_SIMPLE[did[2]]} {done}", text[did.end() :])
    return text


def _told(opening: str, rest: str) -> str:
    return f"{opening[:1].upper()}{opening[1:]} {rest.strip()}"
