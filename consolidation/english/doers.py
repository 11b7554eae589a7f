"""Doers: who did what was done, or what the owner had done: "Who is mending my roof?"."""

from collections.abc import Sequence

from consolidation.english.asking import (
    ADJUNCTS,
    Question,
    capital,
    mid_sentence,
    spaced,
    subject_text,
)
from consolidation.english.clauses import Clause, Piece
from consolidation.english.hypernyms import is_a, is_animal_noun, is_place_noun, spoken_class
from consolidation.english.inflection import base_form, singular, verb_form
from consolidation.english.parsing import Word
from consolidation.english.person import full_form
from consolidation.english.wordlist import words

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
    return [
        *_asked(_active(helpers, clause.verb), agent, subject, rest),
        *_hired(agent, base_form(clause.verb.text), subject),
    ]


def causing_questions(clause: Clause, doer: Piece) -> list[Question]:
    """ "Who is mending my roof?" from "I'm having my roof mended by Stefan"."""
    chain = next(iter(clause.of("chain")), None)
    things = [piece for piece in clause.of("object") if piece is not doer]
    if clause.lemma not in CAUSING or chain is None or not things or clause.negation is not None:
        return []
    helpers = [full_form(word).lower() for word in (*clause.auxiliaries, clause.verb)]
    rest = [piece for piece in clause.pieces if piece not in (doer, chain, things[0])]
    thing = mid_sentence(things[0])
    return [
        *_asked(_caused(helpers, chain.head), doer, thing, rest),
        *_hired(doer, base_form(chain.head.text), thing),
    ]


def _asked(verbs: Sequence[str], doer: Piece, thing: str, rest: Sequence[Piece]) -> list[Question]:
    """The doer asked for with every form of the verb, with all that is told and with the least."""
    particles = [piece.text for piece in rest if _is_particle(piece)]
    behind = [piece for piece in rest if not _is_particle(piece)]
    least = [mid_sentence(piece) for piece in behind if piece.role not in ADJUNCTS]
    told = [mid_sentence(piece) for piece in behind]
    openings = who_words(doer)
    ways = [(wh, verb, least) for verb in verbs for wh in openings]
    ways[1:1] = [(openings[0], verb, told) for verb in verbs[:1]]
    ways += [(openings[0], verb, told) for verb in verbs[1:]]
    texts = dict.fromkeys(spaced(wh, verb, *particles, thing, *tail) for wh, verb, tail in ways)
    return [Question(capital(text) + "?", text) for text in texts]


def who_words(doer: Piece) -> list[str]:
    """How a doer is asked for: "who" and "which company", "what" and "which animal"."""
    head = doer.head
    if doer.is_person:
        post = is_a(head.text, "occupation") and not head.is_proper and _is_named(doer)
        return ["who", *([f"which {singular(head.text)}"] if post else [])]
    if is_firm(doer):
        known = head.is_proper or head.lower in ("firm", "company", "business", "agency", "people")
        if not (head.is_proper or _is_named(doer)):
            return ["who"]
        return ["who", f"which {'company' if known else singular(head.text)}"]
    spoken = spoken_class(head.text)
    animal = "animal" if spoken in ("dog", "cat") or is_animal_noun(head.text) else None
    kind = animal or spoken
    return ["what", *([f"which {kind}"] if kind else [])]


def _is_named(doer: Piece) -> bool:
    """ "a builder called Owen Pugh", "the plumber Stan": one of many, told by name."""
    return any(word.is_proper for word in doer.words)


def is_firm(doer: Piece) -> bool:
    """A company, as far as one can tell: it does what people do."""
    head = doer.head
    if doer.is_person or head.entity == "PERSON":
        return False
    force = any(is_a(word.text, "weather") or word.lower in _FORCES for word in doer.words)
    named = head.is_proper and not is_place_noun(head.text)
    return not force and (named or head.entity == "ORG" or is_a(head.text, "business"))


_FORCES = frozenset(words("hurricane typhoon cyclone flood fire lightning earthquake train bus"))
_MENDING = frozenset(
    words(
        "mend repair fix service install fit insulate paint decorate tile plaster convert build "
        "rebuild rewire redo do clean replace lay renovate restore fence landscape cut design "
        "extend refurbish carpet plumb tune move look clear prune sweep"
    )
)
"""What people are hired for."""


def _hired(doer: Piece, verb: str, thing: str) -> list[Question]:
    """ "Who did we get for the attic?", of what the owner's own have had done to them."""
    person = doer.is_person or is_firm(doer)
    if verb not in _MENDING or not person or thing in ("me", "us"):
        return []
    me = "we" if thing.split()[0].lower() in ("our", "the") else "I"
    if thing.split()[0].lower() not in ("my", "our", "the"):
        return []
    return [Question(f"Who did {me} hire for {thing}?", f"who {me} hired for {thing}")]


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
