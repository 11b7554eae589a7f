"""Idioms: prepositions that a verb takes as part of its sense, and so are never left out.

"put me on iron tablets" tells of no place; without "on iron tablets" it tells nothing.
"""

from dataclasses import replace

from consolidation.english.clauses import Piece
from consolidation.english.hypernyms import is_a, is_place_noun
from consolidation.english.inflection import base_form
from consolidation.english.parsing import Word
from consolidation.english.wordlist import words

QUARRELLING = frozenset(words("fall argue row fight disagree quarrel clash talk speak chat"))
"""What one does with somebody over something."""
_BECOMING = frozenset(words("turn change convert transform make divide translate grow develop"))
_TREATMENT = frozenset(
    words(
        "diet tablet tablets pill pills medication medicine drops drop steroid steroids course "
        "dose blocker blockers inhaler injection injections drip list waitlist rota shift shifts "
        "leave plan regime supplement supplements antibiotic antibiotics painkillers hrt trial "
        "treatment probation"
    )
)
_SCORES = frozenset(words("penalties points aggregate average countback"))
_BOUND = {
    "put": ("onto", "forward for", "down for"),
    "rely": ("on", "upon"),
    "depend": ("on", "upon"),
    "swear": ("by",),
    "live": ("off",),
    "fall": ("for", "into", "behind with"),
    "come": ("across", "into", "down with", "up with", "round to"),
    "get": ("over", "through", "around", "round"),
    "go": ("through", "off", "by", "under", "without"),
    "look": ("after", "into", "through", "past"),
    "stand": ("by",),
    "pull": ("through", "out of"),
    "take": ("after", "over from", "on"),
    "use": ("to",),
    "work": ("on", "through", "around"),
    "sign": ("up to", "up for", "on to"),
    "see": ("through",),
    "settle": ("on",),
    "build": ("on",),
    "be": ("into", "off", "over"),
}
"""Prepositions that are often a place's, behind verbs that make them something else."""


_STATES = {
    "in": "touch charge contact love league line trouble debt favour favor control possession",
    "on": "terms behalf top leave loan",
    "under": "contract pressure treatment",
    "at": "odds war risk",
}
""" "in charge of the raffle": with its own preposition, of which the state is a part."""
_ALWAYS = ("use", "rely", "depend")


def as_idioms(pieces: list[Piece], verb: Word) -> list[Piece]:
    """Pieces with the role that the idiom gives them."""
    lemma = base_form(verb.text)
    passive = verb.child("nsubjpass")
    met = passive is not None and _is_someone(passive)
    met = met or any(p.role in ("object", "recipient") and _is_someone(p.head) for p in pieces)
    return [_as_idiom(piece, lemma, met) for piece in _with_states(pieces)]


def _with_states(pieces: list[Piece]) -> list[Piece]:
    """ "in touch" and "with a genealogist" as one."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and _is_state_of(last, piece):
            words = (*last.words, *piece.words)
            found[-1] = Piece("topic", words, piece.head, f"{last.text.lower()} {piece.prep}")
        else:
            found.append(piece)
    return found


def _is_state_of(last: Piece, piece: Piece) -> bool:
    follows = last.words[-1].i + 1 == piece.words[0].i and len(last.words) == 2
    return follows and _is_state(last) and piece.prep in ("with", "of", "from", "to")


def _is_state(piece: Piece) -> bool:
    noun = piece.head
    bare = noun.child("poss", "det") is None
    return bare and noun.lower in _STATES.get(piece.prep, "").split()


def _as_idiom(piece: Piece, lemma: str, met: bool) -> Piece:
    if piece.role == "manner" and lemma == "swear":
        return replace(piece, role="topic")
    if piece.role not in ("place", "rest", "topic") or not piece.prep:
        return piece
    noun = piece.head
    if _is_state(piece):
        return _in_state(piece)
    if piece.prep == "on" and noun.lower in _SCORES:
        return replace(piece, role="manner")
    if piece.role == "topic":
        return piece
    treated = lemma == "put" and met and _is_treatment(noun)
    started = lemma in ("be", "go", "start", "come") and _is_treatment(noun)
    if piece.prep in ("on", "off", "back on") and (treated or started):
        return replace(piece, role="topic")
    if piece.prep == "into" and lemma in _BECOMING:
        return replace(piece, role="topic")
    spot = is_place_noun(noun.text) and lemma not in _ALWAYS
    held = piece.prep in _BOUND.get(lemma, ()) and not spot
    named = noun.is_proper and noun.entity in ("GPE", "LOC", "FAC")
    return replace(piece, role="topic") if held and not named else piece


def _in_state(piece: Piece) -> Piece:
    """ "in charge of" as the preposition of "the raffle"; "in debt" says how one is."""
    behind = next((w for w in piece.words if w.dep == "prep" and w.parent is piece.head), None)
    thing = behind.child("pobj") if behind is not None else None
    if behind is None or thing is None:
        return replace(piece, role="rest")
    opened = [word.lower for word in piece.words if word.i <= behind.i]
    return Piece("topic", piece.words, thing, " ".join(opened))


def _is_treatment(noun: Word) -> bool:
    return noun.lower in _TREATMENT or is_a(noun.text, "medicine")


def _is_someone(word: Word) -> bool:
    piece = Piece("object", (word,), word)
    return word.lower in ("me", "us", "i", "we", "him", "her", "them") or piece.is_living
