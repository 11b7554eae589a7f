"""Slots: a frame's questions filled with the words of a clause."""

from collections.abc import Sequence
from itertools import zip_longest

from consolidation.english.asking import mid_sentence, subject_text
from consolidation.english.clauses import Clause, Piece
from consolidation.english.everyday import renamed
from consolidation.english.hypernyms import spoken_class
from consolidation.english.statements import key_of

_POSSESSIVE = {"i": "my", "we": "our"}
_OBJECTIVE = {"i": "me", "we": "us"}


def possessive(clause: Clause) -> str:
    """ "my", "our", "my sister's"."""
    return _possessive(clause, subject_text(clause))


def _possessive(clause: Clause, subject: str) -> str:
    if with_speaker(clause):
        return "our"
    if subject.lower() in _POSSESSIVE:
        return _POSSESSIVE[subject.lower()]
    return f"{subject}'" if subject.endswith("s") and _several(clause) else f"{subject}'s"


def with_speaker(clause: Clause) -> bool:
    """ "my wife and I"."""
    return any(word.lower == "i" and word.dep == "conj" for word in clause.subject.words)


def _several(clause: Clause) -> bool:
    head = clause.subject.head
    joint = any(word.dep == "conj" for word in head.children)
    return head.lower == "we" or head.tag in ("NNS", "NNPS") or joint


def pieces_of(clause: Clause, role: str) -> list[Piece]:
    """The subject, or the pieces of another role."""
    if role == "subject":
        return [clause.subject]
    return [piece for piece in clause.pieces if piece.role == role]


def _piece(clause: Clause, role: str) -> Piece | None:
    return next(iter(pieces_of(clause, role)), None)


def filled(
    templates: tuple[str, ...], clause: Clause, names: Sequence[str] = (), first: int = 0
) -> list[str]:
    """The templates whose slots the clause fills; its things go by other names in turn."""
    called = [_slots(clause, name) for name in names or [subject_text(clause)]]
    others = [_slots(one, subject_text(one)) for one in renamed(clause)] if names else []
    pairs = zip_longest(called, others)
    slots = [one for pair in pairs for one in pair if one is not None]
    found = []
    for i, template in enumerate(templates):
        try:
            chosen = slots[(first + i) % len(slots)]
            long = "{Ss}" in template and " who " in chosen["S"]
            text = template.format_map(slots[0] if long else chosen)
        except KeyError:
            continue
        found.append(text[:1].upper() + text[1:])
    return found


def _slots(clause: Clause, subject: str) -> dict[str, str]:
    several = _several(clause)
    plural = several or subject.lower() == "i"
    past = clause.tense_tag == "VBD"
    be = ("were" if several else "was") if past else "are" if several else "am" if plural else "is"
    if past and subject.lower() == "i":
        be = "was"
    do = "did" if past else "do" if plural else "does"
    slots = {
        "S": subject,
        "Ss": _possessive(clause, subject),
        "O": "us" if with_speaker(clause) else _OBJECTIVE.get(subject.lower(), subject),
        "do": do,
        "Do": do.capitalize(),
        "did": "did",
        "have": "had" if past else "have" if plural else "has",
        "be": be,
        "Be": be.capitalize(),
        "name": "names" if _several(clause) else "name",
        "subject_head": clause.subject.head.text,
        "self_poss": _POSSESSIVE.get(subject.lower(), "their"),
    }
    slots |= _kinds(clause) | _owner(clause.subject)
    told = _piece(clause, "complement")
    if told is not None:
        slots["complement"] = mid_sentence(told)
    moment = _piece(clause, "time")
    if moment is not None and moment.prep in ("", "on", "at", "in"):
        slots["time"] = mid_sentence(moment)
    for role in ("object", "recipient", "companion", "topic"):
        piece = _piece(clause, role)
        if piece is not None and piece.head.lower not in ("me", "us"):
            slots[role] = definite(piece)
            slots[f"{role}_head"] = piece.head.text
            many = piece.head.tag in ("NNS", "NNPS")
            slots[f"{role}_be"] = "are" if many else "is"
            slots[f"{role}_was"] = "were" if many else "was"
            slots[f"{role}_do"] = "do" if many else "does"
            if role == "object" and piece.head.is_noun:
                slots[f"{role}_head"] = key_of(piece)
    return slots


def _kinds(clause: Clause) -> dict[str, str]:
    """What kind of thing is told of: {kind}, "herb"; {topic_kind} of what follows "with"."""
    kinds = {}
    for piece in clause.pieces:
        spoken = spoken_class(piece.head.text) if piece.head.is_noun else None
        if spoken is not None and piece.role in ("object", "topic", "complement"):
            kinds[f"{piece.role}_kind"] = spoken
            kinds.setdefault("kind", spoken)
    return kinds


def _owner(subject: Piece) -> dict[str, str]:
    """Whose it is, where it is another's: "Grandpa" of "Grandpa's favourite pudding"."""
    owner = subject.head.child("poss")
    if owner is None or owner.tag == "PRP$":
        return {}
    words = [word for word in owner.subtree() if word.tag != "POS"]
    text = mid_sentence(Piece("subject", tuple(words), owner))
    last = [word.text for word in subject.words if word.i > owner.i and word.tag != "POS"]
    kept = [word for word in last if word not in ("favourite", "favorite")]
    return {"owner": text, "favourite_noun": " ".join(kept)}


def definite(piece: Piece) -> str:
    """The noun phrase of a piece as something known: "a new job" -> "the new job"."""
    text = piece.noun if piece.prep else mid_sentence(piece)
    for article in ("a ", "an ", "some "):
        if text.startswith(article):
            return f"the {text[len(article) :]}"
    return text
