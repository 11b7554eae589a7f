"""Joining: pieces of a clause that are one constituent to the ear."""

from consolidation.clauses import Piece, Role
from consolidation.hypernyms import is_person_noun

GROUPED = (
    *("fan", "member", "owner", "supporter", "treasurer", "chair", "captain", "secretary"),
    *("founder", "youngest", "oldest", "eldest", "president", "head", "leader", "parent"),
)
"""Nouns whose "of" phrase can be asked for: "What am I a fan of?"."""
_ENDS = ("to", "until", "till")


WAYS = frozenset(("off", "away", "back", "over", "out", "up", "down", "round", "through", "along"))
"""Adverbs that make one place with the phrase behind them: "off to Slovenia", "up in Aberdeen"."""


def joined(pieces: list[Piece]) -> list[Piece]:
    """Pieces that belong together: "4471#", "1.78 m tall", "a tattoo of a swallow"."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        role = _joint_role(last, piece) if last is not None else None
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
    located = last.head.dep == "attr" and piece.role == "place" and last.role == "complement"
    there = last.head.parent is not None and last.head.parent.child("expl") is not None
    if located and not there and not is_person_noun(last.head.text):
        return "complement"
    whole = last.role in ("object", "complement") and last.head.is_noun
    if whole and piece.prep == "of" and last.head.lower not in GROUPED:
        return last.role
    return "complement" if last.role == piece.role == "complement" else None


def _is_way(last: Piece, piece: Piece) -> bool:
    """ "off" in front of "to Slovenia"."""
    way = len(last.words) == 1 and last.words[0].lower in WAYS and last.role != "object"
    return way and piece.role == "place" and bool(piece.prep)
