"""Asking: a question put together from a question word and the rest of a clause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consolidation.english.clauses import Clause, Piece, negative
from consolidation.english.wordlist import words

ADJUNCTS = (
    "place",
    "time",
    "duration",
    "frequency",
    "companion",
    "reason",
    "agent",
    "manner",
    "rest",
)
_LATE = (
    *("place", "time", "duration", "frequency", "companion", "reason", "agent", "manner"),
    "rest",
)
_VAGUE = frozenset(words("have get do take keep go make see put bring"))
_SETTLED = frozenset(
    words("live work stay reside be study grow park dwell wait sleep stand lie sit")
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question in two forms: "Where did I move?" and "where I moved"."""

    direct: str
    embedded: str


CHOOSING = frozenset(
    words("decide choose pick buy order get book plan make bake knit sew reserve settle go find")
)
"""What one does "for" something or someone, that can be left out: "tiles for the bathroom"."""


def asked(
    clause: Clause,
    wh: str,
    kept: Iterable[Piece],
    stranded: str = "",
    gap: Piece | None = None,
) -> Question:
    """The question that `wh` opens, about a gap beside the `kept` pieces."""
    subject = subject_text(clause)
    finite, denied = clause.finite, ""
    if clause.subject.head.dep == "expl" and wh == "What":
        finite = {"are": "is", "were": "was"}.get(finite, finite)
    if clause.negation is not None:
        if clause.negation.lower == "n't" and finite != "am":
            finite = negative(finite)
        else:
            denied = "not"
    ordered = leads_last(clause, kept)
    late_roles = _LATE if stranded else ()
    if wh == "How long":
        late_roles = ()  # "How long are we off to Slovenia for?"
    behind = [
        piece
        for piece in ordered
        if piece.role in late_roles or (late_roles and gap is not None and _is_behind(piece, gap))
    ]
    near = [mid_sentence(piece) for piece in ordered if piece not in behind]
    late = [mid_sentence(piece) for piece in behind]
    direct = spaced(wh, finite, subject, denied, clause.plain_verb(), *near, stranded, *late)
    embedded = spaced(wh, subject, clause.stated_verb(), *near, stranded, *late)
    return Question(capital(direct) + "?", embedded[:1].lower() + embedded[1:])


def _is_behind(piece: Piece, gap: Piece) -> bool:
    """ "for the walls" behind "on sage green": "What have we decided on for the walls?"."""
    return piece.role == "topic" and piece.words[0].i > gap.words[0].i


def yes_no(clause: Clause, kept: Iterable[Piece]) -> str:
    """ "Did I move to Lisbon?"; asked without the negation."""
    rest = [mid_sentence(piece) for piece in leads_last(clause, kept)]
    return capital(spaced(clause.finite, subject_text(clause), clause.plain_verb(), *rest)) + "?"


def core(clause: Clause) -> list[Piece]:
    """The pieces without which the clause is not whole."""
    return [piece for piece in clause.pieces if is_core(clause, piece)]


def is_core(clause: Clause, piece: Piece) -> bool:
    """Whether the clause is incomplete without the piece ("in Porto" with "live")."""
    if piece is predicate(clause):
        return True
    if piece.role == "place":
        if len(piece.prep.split()) > 1 and piece.prep.split()[-1] in ("to", "from"):
            return True  # "up to Inverness", "off to Slovenia"
        return clause.lemma in _SETTLED and not clause.of("object", "topic")
    if piece.prep == "for" and clause.lemma in CHOOSING:
        chosen = clause.of("object", "topic")[:1]
        return not chosen or chosen[0] is piece
    return piece.role not in ADJUNCTS


def predicate(clause: Clause) -> Piece | None:
    """What a copula says of a person, where it is no complement: "with Ana", "off to bed"."""
    living = clause.speaker or clause.subject.is_person
    if not (clause.copular and living) or clause.of("complement", "topic", "place"):
        return None
    first = clause.pieces[0] if clause.pieces else None
    return first if first is not None and first.role in ("rest", "companion", "manner") else None


def contexts(clause: Clause, piece: Piece) -> list[list[Piece]]:
    """What to keep beside the gap: the core, then one adjunct more, then everything."""
    others = [other for other in clause.pieces if other is not piece]
    others = [other for other in others if not _is_loose(other)]
    if piece.role == "place":
        others = [other for other in others if other.role != "place"]
    least = [other for other in others if is_core(clause, other) or _is_way_to(piece, other)]
    vague = clause.lemma in _VAGUE or (
        clause.copular and clause.speaker and not piece.prep.endswith(" to")
    )  # "Where am I?" may mean anything
    vague = vague and not (clause.denied and clause.finite == "can")
    vague = vague and piece.role in ("object", "place", "topic") and not least
    found = [] if vague and others else [least]
    for extra in others:
        if extra not in least and extra.role not in ("rest", "reason", "frequency"):
            found.append([other for other in others if other in least or other is extra])
    if others not in found and (len(others) < 5 or not found):
        found.append(others)
    return found


def _is_way_to(piece: Piece, other: Piece) -> bool:
    """ "to work" with "by kayak": "How does Dmitri get to work?"."""
    return piece.role == "manner" and other.role == "place" and other.prep in ("to", "into")


def told(clause: Clause) -> list[Piece]:
    """All pieces but loose additions."""
    return [piece for piece in clause.pieces if not _is_loose(piece)]


def _is_loose(piece: Piece) -> bool:
    """An addition that no question should drag along: "no lift", "so nobody sleeps"."""
    if piece.role == "reason" and any(word.lower == "otherwise" for word in piece.words[:2]):
        return True
    clausal = piece.head.is_verb and len(piece.words) > 3
    return piece.role == "rest" and (clausal or piece.words[0].lower == "no")


def subject_text(clause: Clause) -> str:
    """The subject inside a sentence: lower case unless it is "I" or a name."""
    return mid_sentence(clause.subject)


def mid_sentence(piece: Piece) -> str:
    """The piece inside a sentence: without the capital of a sentence's first word."""
    text = piece.text
    first = piece.words[0]
    if first.lower == "i" or first.is_proper or first.i > 0:
        return text
    return text[:1].lower() + text[1:]


def leads_last(clause: Clause, kept: Iterable[Piece]) -> Sequence[Piece]:
    """Pieces in order, those before the subject moved to the end."""
    start = clause.subject.words[0].i
    pieces = list(kept)
    return [p for p in pieces if p.words[0].i > start] + [p for p in pieces if p.words[0].i < start]


def spaced(*parts: str) -> str:
    """The parts that are not empty, one space between them."""
    return " ".join(part.strip() for part in parts if part and part.strip())


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
