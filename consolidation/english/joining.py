"""Joining: pieces of a clause that are one constituent to the ear."""

from consolidation.english.clauses import Piece, Role, is_person
from consolidation.english.hypernyms import is_person_noun
from consolidation.english.inflection import base_form
from consolidation.english.parsing import Word
from consolidation.english.wordlist import words

GROUPED = (
    *("fan", "member", "owner", "supporter", "treasurer", "chair", "captain", "secretary"),
    *("founder", "youngest", "oldest", "eldest", "president", "head", "leader", "parent"),
)
"""Nouns whose "of" phrase can be asked for: "What am I a fan of?"."""
_HALVES = ("morning", "afternoon", "evening", "night")
_ENDS = ("to", "until", "till")


WAYS = frozenset(("off", "away", "back", "over", "out", "up", "down", "round", "through", "along"))
"""Adverbs that make one place with the phrase behind them: "off to Slovenia", "up in Aberdeen"."""


def joined(pieces: list[Piece], verb: Word) -> list[Piece]:
    """Pieces that belong together: "4471#", "1.78 m tall", "a tattoo of a swallow"."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        role = _joint_role(last, piece) if last is not None else None
        if last is not None and _hails_from(last, piece, verb):
            role = last.role
        if last is None or role is None:
            merged.append(piece)
        else:
            way = _is_way(last, piece)
            adjective = way or piece.head.tag.startswith("JJ") or role == "content"
            head = piece.head if adjective else last.head
            prep = f"{last.words[0].lower} {piece.prep}" if way else last.prep
            merged[-1] = Piece(role, (*last.words, *piece.words), head, prep)
    return merged


def _joint_role(last: Piece, piece: Piece) -> Role | None:
    """The role of two pieces as one; None when they are two."""
    if last.head.lower == "it" and piece.role == "time" and piece.head.is_verb:
        return "content"
    if last.words[-1].i + 1 != piece.words[0].i:
        return None
    if _is_way(last, piece):
        return "place"
    if last.role == piece.role == "time" and last.prep == "from" and piece.prep in _ENDS:
        return "time"
    if last.role == piece.role == "time" and last.head.tag == "CD" and piece.head.lower in _HALVES:
        return "time"  # "at two in the afternoon"
    if last.role == "time" and piece.text.lower() in ("am", "pm", "a.m.", "p.m."):
        return "time"  # "for 5am"
    if last.head.lower in ("quarter", "half", "minutes") and piece.prep in ("past", "to"):
        return last.role  # "at a quarter past seven"
    located = last.head.dep == "attr" and piece.role == "place" and last.role == "complement"
    there = last.head.parent is not None and last.head.parent.child("expl") is not None
    if located and not there and not is_person_noun(last.head.text):
        return "complement"
    whole = last.role in ("object", "complement") and last.head.is_noun
    if whole and piece.prep == "of" and last.head.lower not in GROUPED:
        return last.role
    return "complement" if last.role == piece.role == "complement" else None


_PHRASAL = frozenset(
    (verb, particle)
    for particle, verbs in (
        ("up", "grow end wind split break meet sign wake show turn set pull pack dress"),
        ("out", "hang eat start pass"),
        ("down", "settle calm break lie sit"),
        ("over", "sleep stay"),
    )
    for verb in words(verbs)
)
"""Verbs that mean nothing, or another thing, without their particle: "grow up"."""

_WITHOUT_ORIGIN = frozenset(
    words(
        "borrow buy steal take hear collect order receive learn move come go travel fly drive "
        "walk return escape run get inherit save rescue know remember keep protect hide differ"
    )
)
"""Verbs that have a "from" of their own."""
_SETTINGS = frozenset(
    words(
        "upstairs downstairs work school uni university college church choir class team office "
        "gym club accounts door"
    )
)
"""Where one knows somebody from: they tell who it is, whatever the verb."""


def _hails_from(last: Piece, piece: Piece, verb: Word) -> bool:
    """ "from upstairs" behind "with Stefan": it tells who Stefan is."""
    if piece.prep != "from" or last.words[-1].i + 1 != piece.words[0].i or piece.role == "time":
        return False
    if not is_person(last.head) or last.role == "particle":
        return False
    free = base_form(verb.text) not in _WITHOUT_ORIGIN
    told = last.prep == "with" or not last.head.is_proper
    return (free and told) or piece.head.lower in _SETTINGS


def _is_way(last: Piece, piece: Piece) -> bool:
    """ "off" in front of "to Slovenia"."""
    way = len(last.words) == 1 and last.words[0].lower in WAYS and last.role != "object"
    verb = last.head.parent
    if verb is not None and (base_form(verb.text), last.words[0].lower) in _PHRASAL:
        return False
    going = piece.role == "topic" and piece.prep == "to" and not piece.head.is_verb
    bound = going and last.words[0].lower in ("off", "away") and piece.head.is_noun
    return way and (piece.role == "place" or bound) and bool(piece.prep)
