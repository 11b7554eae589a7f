"""Rephrasing: the frames of the lexicon that fit a clause, filled with its words."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from consolidation.english.clauses import Clause, Piece, is_person
from consolidation.english.hypernyms import classes_of, is_a, is_animal_noun
from consolidation.english.in_turn import in_turn
from consolidation.english.lexicon import ANY_VERB, Frame, frames
from consolidation.english.openings import is_exception
from consolidation.english.other_names import other_names
from consolidation.english.parsing import Word
from consolidation.english.phrase_kinds import is_unborn
from consolidation.english.slots import filled, pieces_of, with_speaker
from consolidation.english.special import is_lacking, is_put_off
from consolidation.english.wordlist import words

_NAMED = ("instrument", "sport", "game", "car", "language", "food", "drink")
"""Classes whose words may be written with a capital."""
_MONEY = frozenset(words("euro pound dollar quid buck pence cent franc crown £ $ € p"))
_LASTING = ("vehicle", "car", "device", "clothing", "pet", "dog", "cat", "jewellery", "plant")
_PRESENT_HELPERS = ("am", "is", "are", "have", "has", "do", "does")


def rephrased(clause: Clause, described: Sequence[str] = ()) -> list[str]:
    """Questions in other words than the statement's, for training; frames that fit take turns.

    So do the names of the subject: "my nephew Caspian", "Caspian", "my nephew"; those that
    describe it by other facts; and everyday names of the other things. Plain ones follow.
    """
    closest = sorted(_fitting(clause), key=_closeness)
    names = other_names(clause)
    names[2:2] = described
    rows = [filled(f.trained, clause, names, i) for i, f in enumerate(closest)]
    plainly = [filled(f.trained, clause) for f in closest]
    turns = (*zip_longest(*rows), *zip_longest(*plainly))
    return list(dict.fromkeys(text for turn in turns for text in turn if text is not None))


def topical(clause: Clause, names: Sequence[str]) -> list[str]:
    """Questions of the frames that go by words and subject only."""
    fitting = [frame for frame in _fitting(clause) if ANY_VERB in frame.verbs]
    rows = (filled(f.trained, clause, names, i) for i, f in enumerate(fitting))
    return list(in_turn(rows))


def _closeness(frame: Frame) -> tuple[bool, int]:
    """Frames that go by the topic lead, then those that know most of the fact: nouns, classes."""
    known = len(frame.needs) + sum("~" in need or "@" in need for need in frame.needs)
    return ANY_VERB not in frame.verbs, -known


def held_out(clause: Clause) -> list[tuple[str, Piece]]:
    """Questions that training never uses, each with the piece that answers it, for probes."""
    found = []
    for frame in _fitting(clause):
        piece = _answering(clause, frame)
        if piece is not None:
            found += [(text, piece) for text in filled(frame.held, clause)]
    return found


def _answering(clause: Clause, frame: Frame) -> Piece | None:
    """The piece of the frame's role that meets all it needs of that role."""
    needs = [need for need in frame.needs if re.match(rf"{frame.role}[=@~:]", need)]
    fitting = (p for p in pieces_of(clause, frame.role) if all(_meets(p, need) for need in needs))
    return next(fitting, None)


def _meets(piece: Piece, need: str) -> bool:
    for mark, test in _TESTS.items():
        _, found, value = need.partition(mark)
        if found:
            return test(piece, value)
    return True


@lru_cache(maxsize=256)
def _fitting(clause: Clause) -> tuple[Frame, ...]:
    return tuple(_that_fit(clause))


def _that_fit(clause: Clause) -> Iterator[Frame]:
    if _would_mislead(clause):
        return
    for frame in (*frames().get(ANY_VERB, ()), *frames().get(clause.lemma, ())):
        wants_denial = "denied" in frame.needs
        fits = ("either" in frame.needs or clause.denied is wants_denial) and _tense_fits(
            frame, clause
        )
        if fits and all(_has(clause, need) for need in frame.needs):
            yield frame


def _would_mislead(clause: Clause) -> bool:
    """Whether a frame would leave out what limits the fact."""
    if is_put_off(clause) or is_lacking(clause):
        return True
    limited = any(p.prep in ("after", "before") for p in clause.of("time"))
    return clause.denied and (limited or any(map(is_exception, clause.pieces)))


def _tense_fits(frame: Frame, clause: Clause) -> bool:
    topical = "loose" in frame.needs or _goes_by_words(frame)
    chained = {"chain", "complement@occupation"} & set(frame.needs)
    if clause.of("chain") and not (topical or chained):
        return False
    if clause.finite in ("would", "could", "might", "may"):
        return False
    if clause.finite in ("should", "must"):
        return topical
    if frame.tense == "now":
        helped = bool(clause.auxiliaries) and clause.finite not in _PRESENT_HELPERS
        modal = clause.negation is not None and clause.finite == "can"
        return clause.tense_tag in ("VBZ", "VBP") and (not helped or modal)
    return frame.tense == "any" or clause.tense_tag == "VBD"


def _goes_by_words(frame: Frame) -> bool:
    """Whether it asks for words rather than for a verb."""
    return ANY_VERB in frame.verbs and any(need.startswith("says") for need in frame.needs)


def _has(clause: Clause, need: str) -> bool:
    match need:
        case "loose":
            return True
        case "happening":
            return not is_a(clause.subject.head.text, *_LASTING)
        case "current":
            return not clause.past
        case "denied":
            return clause.denied
        case "either":
            return True
        case "passive":
            return clause.passive
        case "speaker":
            return clause.speaker
        case "person":
            return clause.speaker or clause.subject.is_person
        case "other":
            return clause.subject.is_person and not with_speaker(clause) and not clause.speaker
        case "patient":
            return _has(clause, "other") and not is_a(clause.subject.head.text, "medic")
        case "grown":
            return _has(clause, "other") and not is_unborn(clause.subject.words)
        case "animal":
            living = not clause.subject.is_person and not clause.speaker
            return living and any(
                w.is_noun and is_animal_noun(w.text) for w in clause.subject.words
            )
        case "thing":
            return not (
                clause.speaker or clause.subject.is_person or clause.subject.head.dep == "expl"
            )
        case "simple":
            return not clause.progressive
        case "alone":
            return not (clause.passive or clause.of("object"))
        case "noparticle":
            return not clause.of("particle")
        case "nocomplement":
            return not clause.of("complement")
        case "event":
            return clause.past or clause.progressive or clause.finite == "will"
        case "coming":
            return not clause.past and (clause.progressive or clause.finite == "will")
        case "done":
            return clause.past or (clause.finite in ("have", "has") and not clause.progressive)
    if need.startswith("says~"):
        return any(_is_among(word, need[5:]) for word in clause.words)
    if need.startswith("says@"):
        return any(word.is_noun and _is_of_class(word, need[5:]) for word in clause.words)
    if need == "money":
        return any(word.lemma.lower() in _MONEY for word in clause.words)
    role = re.split("[=@~:]", need)[0]
    return any(_meets(piece, need) for piece in pieces_of(clause, role))


def _has_prep(piece: Piece, value: str) -> bool:
    return piece.prep == value.replace("_", " ")


def _has_class(piece: Piece, value: str) -> bool:
    return _is_of_class(_content(_noun_of(piece)), value)


_MEASURES = frozenset(
    words(
        "glass cup mug bowl pint bottle slice piece bit plate can handful spoonful spoon dash lot"
    )
)


def _content(head: Word) -> Word:
    """ "sherry" of "a glass of sherry"."""
    of = next((w for w in head.children if w.dep == "prep" and w.lower == "of"), None)
    inner = of.child("pobj") if of is not None and head.lower in _MEASURES else None
    return inner or head


def _is_of_class(head: Word, value: str) -> bool:
    compound = " ".join(
        [w.text for w in head.children if w.dep in ("compound", "amod")] + [head.text]
    )
    wanted = set(value.split(","))
    common = not head.is_proper or head.text.islower() or not wanted.isdisjoint(_NAMED)
    return common and not wanted.isdisjoint(classes_of(head.text) | classes_of(compound))


def _has_noun(piece: Piece, value: str) -> bool:
    return _is_among(piece.head, value) or _is_among(_noun_of(piece), value)


def _noun_of(piece: Piece) -> Word:
    """The head; of "our cleaner Danuta" the cleaner."""
    head = piece.head
    titles = [w for w in piece.words if w.is_noun and not w.is_proper and w.parent is head]
    return titles[-1] if head.is_proper and titles and titles[-1].i < head.i else head


def _is_among(word: Word, nouns: str) -> bool:
    return not {word.lemma.lower(), word.lower}.isdisjoint(nouns.split(","))


def _has_trait(piece: Piece, value: str) -> bool:
    if value == "number":
        counted = piece.head.tag == "CD" or (piece.head.lower == "old")
        return counted and not any(
            c.isalpha() and c.isascii() for c in piece.head.text if c.isdigit()
        )
    if value == "owned":
        return any(w.lower in ("my", "our", "the") for w in piece.words)
    if value == "mine":
        return any(w.dep == "poss" and w.lower in ("my", "our") for w in piece.head.children)
    if value == "others":
        owner = piece.head.child("poss")
        return owner is not None and owner.tag != "PRP$" and is_person(owner)
    if value == "lifeless":
        return not piece.is_living and piece.head.lower not in ("me", "us")
    if value == "ours":
        owners = [w.lower for w in piece.words if w.dep == "poss"]
        return all(owner in ("my", "our") for owner in owners)
    if value == "price":
        return piece.head.tag == "CD" or piece.head.lemma.lower() in _MONEY
    if value == "coloured":
        return any("colour" in classes_of(w.lower) for w in piece.words)
    if value == "amount":
        return any(w.tag == "CD" for w in piece.words)
    if value == "date":
        return piece.head.entity in ("DATE", "TIME")
    if value == "thing":
        return not piece.is_person
    if value == "noun":
        return piece.head.is_noun
    if value == "hosted":
        return piece.words[-1].tag == "POS"  # "at Thora's"
    if value == "located":
        return piece.prep != "from" and piece.prep != "to"
    if value == "named":
        return piece.head.is_proper and piece.words[0].tag != "DT"
    if value == "age":
        return _is_own_age(piece)
    return any(w.lower in ("favourite", "favorite") for w in piece.words if value == "favourite")


def _is_own_age(piece: Piece) -> bool:
    """ "when I was nine", "since the age of nine"."""
    last = piece.words[-1]
    counted = last.tag == "CD" or last.lower == "old" or "-" in last.text
    own = any(word.lower == "i" for word in piece.words)
    being = own and piece.head.child("acomp", "attr") is not None
    return counted and (being or piece.head.lemma == "age")


_TESTS = {"=": _has_prep, "@": _has_class, "~": _has_noun, ":": _has_trait}
