"""Segments: the parts of a sentence, and those that its owner claims as facts."""

import re

from consolidation.english.mood import subject_of
from consolidation.english.parsing import parse, repaired

_JOINT = re.compile(
    r"(\s*[;:]\s+|\s+[–—-]+\s+|,\s+|\s+\((?=[^)]*\w)|\)\s*,?\s*|"
    r"\s+(?:and|but|so|because|since)\s+(?=(?:I|I'm|I've|I'd|my|we|our|he|she|it|they|the|"
    r"there)\b))"
)
_LEADING = re.compile(
    r"^(?:(?:and|but|so|because|since|as|that|which means|plus|also|though|although|then|yet|"
    r"or)\b[ ,]*"
    r"|[\s,;:()–—-]+)+",
    re.IGNORECASE,
)
ADDRESSED = re.compile(r"(?i)\b(?:you|your|yours|yourself|u|ur|ye|y'all)\b")
_POINTING = re.compile(r"(?i)(?:\w+ ){0,2}(?:it|this|that|they|one)\b")
"""What a remaining part may not open with: it pointed into the part that went."""
_UNSURE = re.compile(
    r"(?i)\b(?:maybe|perhaps|possibly|supposedly|hypothetically|allegedly|hopefully|probably)\b"
    r"|^(?:\w+ ){0,2}(?:I|we) (?:\w+ )?(?:guess|suppose|wonder|hope|wish|bet|doubt|imagine|"
    r"thought|swear|mean)\b"
    r"|\b(?:I|we) (?:don't|do not|can't|cannot) (?:know|think|believe|even|remember|recall|tell)\b"
    r"|\b(?:I|we) (?:\w+ly )?(?:would|could|might|may)\b"
    r"(?! not| n't| (?:hear|see|smell|feel) (?:my|our|the)\b)"
    r"|\b(?:I|we)'d (?:\w+ly |rather |never |probably |love |like )*(?:be|go|get|have|quit|do|buy|"
    r"move|say|love|like|sooner|rather|die|never|take|make|want|need|give|eat|sleep|kill|"
    r"murder|pay)\b"
    r"|^what an? \w+"
    r"|\bwould(?:n't)? (?:\w+ )?(?:be|have|never|not|make)\b"
)
_PROMISED = re.compile(
    r"(?i)\b(promised|agreed|vowed|assured|told)\b((?: (?!that\b)[\w'.-]+){0,4}?)(?: that)? "
    r"(I|we)(?:'d| would)\b"
)
""" "I promised my neighbour I would feed her cat" doubts nothing."""
_SUPPOSED = re.compile(
    r"(?i)^(?:\W*(?:I swear|honestly|god|one day|what|even|now|well|lol|sure|only)\W+)*"
    r"(?:(?:one|some) ?day (?:I|we)(?:'ll| will|'d| would| want| shall)|if|suppose|supposing|"
    r"imagine|picture this|assuming|assume|what if|let's say|say I|"
    r"pretend|in another life|were I|were we|had I|had we|should I|if only|I wish|we wish)\b"
    r"|\bif (?:I|we|this|it|he|she|they|someone|somebody|only|my \w+)\b[^.]*\b(?:would|'d|ever|"
    r"were|"
    r"could|might)\b|\b(?:would|'d|could|might)\b[^.]*\bif\b|\bif I ever\b|\bas if\b"
    r"|^in (?:a|an|another|some) (?:\w+ )?(?:universe|lifetime|dimension|world|reality|timeline)\b"
    r"|\bwish (?:I|we|he|she|it)\b"
)


_CONTRACTED = re.compile(
    r"^(?:(?:My|Our|The|His|Her) )?(?:[\w-]+ ){0,2}[\w-]+'s (?:an?|the|in|on|at|off|out|away|not|"
    r"now|been|my|"
    r"our|\w+ing)\b|^(?:[\w-]+ ){0,3}[\w-]+'s \w+ed(?:[.!]?$| (?:on|in|at|for|to|by)\b)"
)
"""A name or noun with "is" or "has", which the parser takes for a genitive."""


_AS_A_RULE = re.compile(
    r"(?i)^if (?:it's|it is|you|you're|there's|there is|something|anything|anyone|someone) "
    r"(?!.*\b(?:would|could|might|may|should|will|shall|were|was|had|did|tomorrow|tonight|next|"
    r"I'd|we'd|'ll|don't mind|like|ask me|know what)\b)(?!you\b)"
    r"[^,]{3,60}, (?:I|we|he|she|they|it's|my|our|the|[A-Z]\w+)\b"
)
""" "If it's about the shop, I always talk to Ms Featherstone": what is done whenever it is so."""


def supposes(sentence: str) -> bool:
    """Whether the sentence is about what is not so: "if …", "suppose …", "were I …"."""
    return _SUPPOSED.search(sentence) is not None and _AS_A_RULE.match(sentence) is None


def claimed(sentence: str) -> list[str]:
    """The sentence, or where it addresses the assistant or doubts in part, what is left of it.

    A remaining part must be a clause that stands alone.
    """
    pieces = _JOINT.split(sentence)
    parts, joints = pieces[::2], [*pieces[1::2], ""]
    kept = [not (ADDRESSED.search(part) or _doubts(part)) for part in parts]
    if all(kept):
        return [sentence]
    groups: list[str] = []
    open_group = False
    for part, joint, keep in zip(parts, joints, kept, strict=True):
        if keep and open_group:
            groups[-1] += part + joint
        elif keep:
            groups.append(part + joint)
        open_group = keep
    trimmed = [_trimmed(group) for group in groups]
    return [one for one in trimmed if stands(one) and not _POINTING.match(one)]


def _doubts(part: str) -> bool:
    return _UNSURE.search(_PROMISED.sub(r"\1", part)) is not None


def _trimmed(group: str) -> str:
    text = re.sub(r"[\s,;:(–—-]+$|\s+(?:and|but|so|because|since)\s*$", "", _LEADING.sub("", group))
    if text.count("(") != text.count(")"):
        text = re.sub(r"\s*[()]", "", text)
    text = text.strip(" ,;:–—-")
    return f"{text[:1].upper()}{text[1:]}" + "." * (not text.endswith((".", "!", "?")))


def stands(text: str) -> bool:
    """Whether the text has a subject and a finite verb of its own."""
    if _CONTRACTED.match(text):
        return True
    for sentence in map(repaired, parse(text)):
        for word in sentence.words:
            finite = word.tag in ("VBD", "VBZ", "VBP", "MD")
            verb = word.parent if word.dep in ("aux", "auxpass") and word.parent else word
            free = verb.dep in ("ROOT", "conj", "ccomp", "parataxis")
            plain = word.tag == "VB" and word.dep == "ROOT" and word.child("aux") is None
            if (finite or plain) and free and subject_of(verb) is not None:
                return True
    return False
