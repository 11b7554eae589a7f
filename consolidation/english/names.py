"""Names: which words of a carelessly typed sentence are names, written with a capital."""

import re
from collections.abc import Iterable, Sequence

from consolidation.english.hypernyms import is_person_noun
from consolidation.english.inflection import base_form, is_listed
from consolidation.english.parsing import Sentence, Word, parse
from consolidation.english.people import is_given_name
from consolidation.english.wordlist import words

_FINITE = ("VBZ", "VBD", "MD")
_OPEN = ("NN", "NNS", "NNP", "JJ", "RB", "VB", "VBP", "VBD", "VBN", "FW", "UH")
_CHATTER = frozenset(
    words(
        "haha hahaha lol lmao omg okay yeah yep nope naw nah aye ugh ach wow hmm tbh idk btw fyi "
        "and but the with because since although whereas without until during everyone everybody "
        "someone somebody anyone anybody something anything nothing everything nobody whoever "
        "whatever whether would should could gonna wanna kinda sorta cos cuz bcs"
    )
)
_OF_PEOPLE = frozenset(
    words(
        "want love like hate say think know hope live work play study learn need prefer sing teach "
        "drive cook paint write read speak call ask tell marry retire graduate"
    )
)
"""What somebody does whose name is a word, and no baby monitor: "my sister line wants the car"."""
_OPENING = frozenset(words("so that because since when while if as though although"))
_PLACING = frozenset(words("in with from at to for and"))
_CAPITALISED = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][^\W\d_]{2,}\b")


def capitalised(texts: Iterable[str]) -> frozenset[str]:
    """Names that texts write with a capital inside a sentence and no dictionary lists, lowered."""
    found = {name.lower() for text in texts for name in _CAPITALISED.findall(text)}
    return frozenset(name for name in found if not _is_word(name))


def with_names(sentence: str, known: frozenset[str] = frozenset()) -> str:
    """The sentence with a capital on what is a name by its place or because it is known."""
    out = ""
    for part in parse(sentence):
        for place, word in enumerate(part.words):
            name = word.lower in known or _is_name(part.words, place, part)
            text = word.text[:1].upper() + word.text[1:] if name else word.text
            out += text + " " * word.space
        if out and not out.endswith(" "):
            out += " "
    return out.strip()


def _is_name(around: Sequence[Word], place: int, sentence: Sentence) -> bool:
    word = around[place]
    if not (word.text.isalpha() and word.text.islower() and len(word.text) > 2):
        return False
    if word.tag not in _OPEN:
        return False
    before = around[place - 1] if place else None
    after = around[place + 1] if place + 1 < len(around) else None
    if after is not None and after.tag == "RB" and place + 2 < len(around):
        after = around[place + 2]
    verb_next = after is not None and (after.tag in _FINITE or after.lower == "'s")
    if before is not None and before.tag in ("NN", "JJ") and is_person_noun(before.text):
        owner = place > 1 and around[place - 2].tag in ("PRP$", "JJ", "POS", "JJR", "JJS", "VBN")
        known = is_given_name(word.text.capitalize())
        does = after is not None and base_form(after.lower) in _OF_PEOPLE
        borne = verb_next and (known or (does and word.tag.startswith("NN")))
        return owner and (not _is_word(word.lower) or borne)
    if _is_word(word.lower):
        return False
    if before is not None and before.lower in ("called", "named"):
        return True
    if is_given_name(word.text.capitalize()):
        return True
    placed = before is not None and before.lower in _PLACING and word.tag in ("NN", "NNP")
    if placed and (after is None or after.tag in (".", ",", "CC", "IN", ":")):
        return True
    opens = before is None or before.tag in (",", ":", "CC", ".") or before.lower in _OPENING
    return opens and (verb_next or (after is not None and after.tag == "," and before is not None))


def _is_word(lower: str) -> bool:
    return lower in _CHATTER or is_listed(lower)
