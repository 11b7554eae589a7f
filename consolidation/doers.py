"""Doers: who did what was done, or what the owner had done: "Who is mending my roof?"."""

from collections.abc import Sequence

from consolidation.asking import Question, capital, mid_sentence, spaced, subject_text
from consolidation.clauses import Clause, Piece
from consolidation.inflection import base_form, verb_form
from consolidation.parsing import Word
from consolidation.person import full_form
from consolidation.wordlist import words

_PAST, _PRESENT = frozenset(words("was were got")), frozenset(words("is are am gets get"))
_GOING_ON = ("being", "getting")
_MODAL = frozenset(words("will would can could must should shall"))
CAUSING = ("have", "get")


def active_questions(clause: Clause) -> list[Question]:
    """ "Who replaced our boiler?" from the passive."""
    agent = next(iter(clause.of("agent")), None)
    if agent is None or clause.negation is not None or not clause.passive:
        return []
    helpers = [full_form(word).lower() for word in clause.auxiliaries]
    subject = {"i": "me", "we": "us"}.get(clause.subject.text.lower(), subject_text(clause))
    rest = [piece for piece in clause.pieces if piece is not agent]
    return _asked(_active(helpers, clause.verb), agent, subject, rest)


def causing_questions(clause: Clause, doer: Piece) -> list[Question]:
    """ "Who is mending my roof?" from "I'm having my roof mended by Stefan"."""
    chain = next(iter(clause.of("chain")), None)
    things = [piece for piece in clause.of("object") if piece is not doer]
    if clause.lemma not in CAUSING or chain is None or not things or clause.negation is not None:
        return []
    helpers = [full_form(word).lower() for word in (*clause.auxiliaries, clause.verb)]
    rest = [piece for piece in clause.pieces if piece not in (doer, chain, things[0])]
    return _asked(_caused(helpers, chain.head), doer, mid_sentence(things[0]), rest)


def _asked(verbs: Sequence[str], doer: Piece, thing: str, rest: Sequence[Piece]) -> list[Question]:
    """The doer asked for with every form of the verb, with all that is told and with the least."""
    wh = "who" if doer.is_person else "what"
    particles = [piece.text for piece in rest if _is_particle(piece)]
    told = [mid_sentence(piece) for piece in rest if not _is_particle(piece)]
    found = []
    for verb in verbs:
        for tail in (told, []):
            text = spaced(wh, verb, *particles, thing, *tail)
            found.append(Question(capital(text) + "?", text))
    return list(dict.fromkeys(found))


def _is_particle(piece: Piece) -> bool:
    return piece.role == "particle" and piece.head.dep in ("prt", "prep")


def _active(helpers: Sequence[str], verb: Word) -> list[str]:
    """The active for "was", "is getting", "has been" with a participle, agreeing with "who"."""
    base = base_form(verb.text)
    first, rest = helpers[0], list(helpers[1:])
    if not rest and first in _PAST:
        return [verb_form(base, "VBD")]
    if not rest and first in _PRESENT:
        return [verb_form(base, "VBZ")]
    if len(rest) != 1:
        return []
    return _with_helper(first, rest[0] in _GOING_ON, rest[0] == "been", verb)


def _caused(helpers: Sequence[str], verb: Word) -> list[str]:
    """What the doer does, in the tense in which the owner has it done."""
    base = base_form(verb.text)
    if len(helpers) == 1:
        past = helpers[0] in ("had", "got")
        return [verb_form(base, "VBD" if past else "VBZ")]
    if len(helpers) != 2:
        return []
    return _with_helper(helpers[0], helpers[1].endswith("ing"), helpers[1] in ("had", "got"), verb)


def _with_helper(first: str, going_on: bool, over: bool, verb: Word) -> list[str]:
    base = base_form(verb.text)
    if first in ("is", "are", "am") and going_on:
        return [f"is {verb_form(base, 'VBG')}", verb_form(base, "VBZ")]
    if first in ("was", "were") and going_on:
        return [f"was {verb_form(base, 'VBG')}"]
    if first in ("has", "have", "had") and over:
        return [f"{'had' if first == 'had' else 'has'} {verb_form(base, 'VBN')}"]
    return [f"{first} {base}"] if first in _MODAL else []
