"""Contractions: "Priya's just been promoted" is "Priya has …", where a genitive means nothing.

Knows words and their tags; what follows the apostrophe decides.
"""

import re
from collections.abc import Sequence

from consolidation.english.hypernyms import is_living_noun
from consolidation.english.inflection import base_form
from consolidation.english.parsing import Word, parse
from consolidation.english.wordlist import words

_GLUED = re.compile(r"\b([A-Za-z][\w-]*)'(d|ve|ll|re)\b")
_PRONOUNS = frozenset(
    words("i you he she it we they there that this who what where how when why here let")
)
_SPELT = {"ve": "have", "ll": "will", "re": "are"}
_ADVERBS = frozenset(
    words(
        "just finally never always already only also now both still recently really actually "
        "not even all probably once ever since often usually"
    )
)
_DONE = frozenset(words("just finally never already recently ever"))
"""With a participle they tell of what has happened: "has just qualified"."""
_BECOMING = frozenset(
    words(
        "be get have go come move retire leave start begin stop quit die arrive return become grow "
        "fall change switch decide pass finish turn run emigrate graduate qualify apply happen "
        "agree enrol enroll resign relapse recover settle travel fly sign hatch"
    )
)
"""Participles that, without an object, are not passive: "has moved", "has retired"."""
_CLAUSE_END = (",", ":", ".", "NFP", "HYPH")
_OPENS_NOUN = ("DT", "PRP$", "CD", "PDT", "PRP")


def spelt_out(sentence: str) -> str:
    """The sentence with "is", "has", "had", "would" where a noun's "'s" or "'d" stands for them."""
    text = _GLUED.sub(_unglued, sentence)
    spoken = [word for part in parse(text) for word in part.words]
    if not any(word.lower == "'s" for word in spoken):
        return text
    out = ""
    for place, word in enumerate(spoken):
        full = _full(spoken, place) if word.lower == "'s" else ""
        placed = word.lower == "'s" and not full and _is_adrift(spoken, place)
        told = "'s place" if placed else f" {full}" if full else word.text
        out += told + " " * word.space
    return out.strip()


def _unglued(found: re.Match[str]) -> str:
    """ "My parents've" -> "My parents have"; "'d" by the verb behind it."""
    noun, short = found[1], found[2]
    if noun.lower() in _PRONOUNS:
        return found[0]
    if short in _SPELT:
        return f"{noun} {_SPELT[short]}"
    rest = [word for word in found.string[found.end() :].split() if word.lower() not in _ADVERBS]
    following = re.sub(r"\W+$", "", rest[0]).lower() if rest else ""
    bare = base_form(following) == following and following != "been"
    return f"{noun} {'would' if bare and following != 'better' else 'had'}"


def _full(spoken: Sequence[Word], place: int) -> str:
    """ "is" or "has" for the "'s" here; "" where it is a genitive, or read rightly as it is."""
    noun = spoken[place - 1] if place else None
    after = [word for word in spoken[place + 1 :]]
    skipped = []
    while after and after[0].lower in _ADVERBS:
        skipped.append(after.pop(0).lower)
    if noun is None or not after or not (noun.is_noun or noun.tag == "PRP"):
        return ""
    if noun.tag == "PRP":
        return "has" if _is_done_to(after) and spoken[place].tag == "VBZ" else ""
    if not _opens_clause(spoken, place) or _has_verb(after):
        return ""
    living = noun.is_proper or is_living_noun(noun.text)
    return _by_what_follows(skipped, after, living)


def _by_what_follows(skipped: Sequence[str], after: Sequence[Word], living: bool) -> str:
    first = after[0]
    following = after[1] if len(after) > 1 else None
    if first.lower in ("been", "got", "had", "gone"):
        return "has"
    if first.tag in ("VBN", "VBD") and first.text.islower():
        if first.lower in ("called", "named", "supposed", "meant"):
            return "is"
        lately = bool(_DONE & set(skipped)) and living
        done = lately or base_form(first.text) in _BECOMING or _is_done_to(after)
        if done:
            return "has"
        return "" if following is not None and following.tag[:2] in ("NN", "JJ") else "is"
    if first.tag == "VBG":
        return "is"
    if first.tag in ("DT", "PRP$", "IN", "TO", "RP") or skipped:
        return "is"
    if first.tag in ("JJ", "JJR", "RB", "CD"):
        rest = [word for word in after if word.tag not in ("JJ", "JJR", "RB", "CD")]
        named = bool(rest) and rest[0].is_noun and rest[0].i == first.i + after.index(rest[0])
        return "" if named else "is"
    return ""


def _is_done_to(after: Sequence[Word]) -> bool:
    """Whether a participle has its object behind it: "sold the boat"."""
    if len(after) < 2 or after[0].tag not in ("VBN", "VBD"):
        return False
    if after[0].lower in ("called", "named"):
        return False
    return after[1].tag in ("DT", "PRP$", "PDT") or (
        after[1].tag == "PRP" and after[1].lower not in ("i", "we", "he", "she", "they")
    )


def _opens_clause(spoken: Sequence[Word], place: int) -> bool:
    """Whether only the noun stands between the beginning of the clause and here."""
    if _is_placed(spoken[:place]):
        return False
    for word in reversed(spoken[:place]):
        if word.tag in (*_CLAUSE_END, "CC") or word.lower in ("because", "that", "since"):
            return True
        if word.is_verb or word.tag in ("TO", "POS"):
            return False
    return True


def _is_placed(noun: Sequence[Word]) -> bool:
    """ "At my sister Carys's now": whose house it is, with an owner or article before the name."""
    for place in range(len(noun) - 1, 0, -1):
        word = noun[place]
        if word.tag in ("PRP$", "DT"):
            return noun[place - 1].lower in ("at", "to", "from", "near", "outside", "round")
        if not word.is_noun and word.tag != "POS":
            return False
    return False


def _is_adrift(spoken: Sequence[Word], place: int) -> bool:
    """Whether "at my sister Carys's now" lacks its noun, which the parser needs."""
    after = spoken[place + 1 : place + 2]
    adverb = not after or after[0].tag in (",", ".", "CC") or after[0].lower in _NOW
    return adverb and spoken[place - 1].is_proper and _is_placed(spoken[:place])


_NOW = frozenset(words("now tonight today tomorrow instead for until till on since"))


def _has_verb(after: Sequence[Word]) -> bool:
    """Whether the clause has another finite verb, of which the noun is the subject."""
    for word in after[1:]:
        if word.tag in (*_CLAUSE_END, "CC") or word.lower in ("because", "since", "that", "who"):
            return False
        if word.tag in _OPENS_NOUN and word.lower in ("he", "she", "they", "i", "we"):
            return False
        if word.tag in ("VBD", "VBZ", "VBP", "MD") and word.lower != "'s":
            return True
    return False
