"""Take-backs: sentences that tell the assistant to drop what was told, and state nothing.

"Scrap what I said about Monday." is no doing of its owner. Knows strings only.
"""

import re

_VERB = (
    r"(?:scrap|scratch|forget|ignore|drop|strike|disregard|delete|erase|undo|skip|cancel|cross(?: "
    r"out| off)?|rub out|take back|wipe|remove|unsay|nix|bin)"
)
_OBJECT = (
    r"(?:what|whatever|everything|anything|all|that|this|it|the|about|"
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b"
)
_TAKEN_BACK = re.compile(
    rf"(?i)^(?:(?:and|so|oh|ok|okay|no|wait|actually|sorry|please|just|well|hm+)[ ,]+)*{_VERB} "
    rf"{_OBJECT}[^,;:.!?–—]*"
)


def taken_back(sentence: str) -> tuple[str, str]:
    """The order to drop something that a sentence opens with, and what follows it; "" for none."""
    found = _TAKEN_BACK.match(sentence)
    if found is None:
        return "", sentence
    rest = sentence[found.end() :].strip(" ,;:.!?–—-")
    if rest and re.search(r"[.!?]", sentence[found.end() : found.end() + 1]) is None:
        return found[
            0
        ], f"{rest[:1].upper()}{rest[1:]}{sentence[-1:] if sentence[-1:] in '.!?' else '.'}"
    return found[0], ""
