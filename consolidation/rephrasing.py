"""Rephrasing: the frames of the lexicon that fit a clause, filled with its words."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from consolidation.asking import mid_sentence, subject_text
from consolidation.clauses import Clause, Piece
from consolidation.hypernyms import classes_of, is_a, is_animal_noun
from consolidation.lexicon import Frame, frames
from consolidation.openings import is_exception
from consolidation.parsing import Word
from consolidation.special import is_lacking, is_put_off
from consolidation.statements import key_of

_POSSESSIVE = {"i": "my", "we": "our"}
_OBJECTIVE = {"i": "me", "we": "us"}
_NAMED = ("instrument", "sport", "game", "car", "language", "food", "drink")
"""Classes whose words may be written with a capital."""
_LASTING = ("vehicle", "car", "device", "clothing", "pet", "dog", "cat", "jewellery", "plant")
_PRESENT_HELPERS = ("am", "is", "are", "have", "has", "do", "does")


def rephrased(clause: Clause) -> list[str]:
    """Questions in other words than the statement's, for training; frames that fit take turns."""
    closest = sorted(_fitting(clause), key=lambda frame: -len(frame.needs))
    turns = zip_longest(*(_filled(frame.trained, clause) for frame in closest))
    return list(dict.fromkeys(text for turn in turns for text in turn if text is not None))


def held_out(clause: Clause) -> list[tuple[str, Piece]]:
    """Questions that training never uses, each with the piece that answers it, for probes."""
    found = []
    for frame in _fitting(clause):
        piece = _answering(clause, frame)
        if piece is not None:
            found += [(text, piece) for text in _filled(frame.held, clause)]
    return found


def _answering(clause: Clause, frame: Frame) -> Piece | None:
    """The piece of the frame's role that meets all it needs of that role."""
    needs = [need for need in frame.needs if re.match(rf"{frame.role}[=@~:]", need)]
    fitting = (p for p in _pieces(clause, frame.role) if all(_meets(p, need) for need in needs))
    return next(fitting, None)


def _meets(piece: Piece, need: str) -> bool:
    for mark, test in _TESTS.items():
        _, found, value = need.partition(mark)
        if found:
            return test(piece, value)
    return True


def possessive(clause: Clause) -> str:
    """ "my", "our", "my sister's"."""
    subject = subject_text(clause)
    if _with_speaker(clause):
        return "our"
    if subject.lower() in _POSSESSIVE:
        return _POSSESSIVE[subject.lower()]
    return f"{subject}'" if subject.endswith("s") and _several(clause) else f"{subject}'s"


def _with_speaker(clause: Clause) -> bool:
    """ "my wife and I"."""
    return any(word.lower == "i" and word.dep == "conj" for word in clause.subject.words)


def _several(clause: Clause) -> bool:
    head = clause.subject.head
    joint = any(word.dep == "conj" for word in head.children)
    return head.lower == "we" or head.tag in ("NNS", "NNPS") or joint


def _fitting(clause: Clause) -> Iterator[Frame]:
    if _would_mislead(clause):
        return
    for frame in (*frames().get(clause.lemma, ()), *frames().get("*", ())):
        wants_denial = "denied" in frame.needs
        fits = clause.denied is wants_denial and _tense_fits(frame, clause)
        if fits and all(_has(clause, need) for need in frame.needs):
            yield frame


def _would_mislead(clause: Clause) -> bool:
    """Whether a frame would leave out what limits the fact."""
    if is_put_off(clause) or is_lacking(clause):
        return True
    limited = any(p.prep in ("after", "before") for p in clause.of("time"))
    return clause.denied and (limited or any(map(is_exception, clause.pieces)))


def _tense_fits(frame: Frame, clause: Clause) -> bool:
    if clause.of("chain") and not {"chain", "complement@occupation", "loose"} & set(frame.needs):
        return False
    if clause.finite in ("would", "should", "must", "could", "might", "may"):
        return False
    if frame.tense == "now":
        helped = bool(clause.auxiliaries) and clause.finite not in _PRESENT_HELPERS
        modal = clause.negation is not None and clause.finite == "can"
        return clause.tense_tag in ("VBZ", "VBP") and (not helped or modal)
    return frame.tense == "any" or clause.tense_tag == "VBD"


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
        case "passive":
            return clause.passive
        case "speaker":
            return clause.speaker
        case "person":
            return clause.speaker or clause.subject.is_person
        case "other":
            return clause.subject.is_person and not _with_speaker(clause) and not clause.speaker
        case "animal":
            return is_animal_noun(clause.subject.head.text) and not clause.subject.is_person
        case "thing":
            return not (
                clause.speaker or clause.subject.is_person or clause.subject.head.dep == "expl"
            )
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
        wanted = set(need[5:].split(","))
        return any(w.is_noun and not wanted.isdisjoint(classes_of(w.text)) for w in clause.words)
    role = re.split("[=@~:]", need)[0]
    return any(_meets(piece, need) for piece in _pieces(clause, role))


def _has_prep(piece: Piece, value: str) -> bool:
    return piece.prep == value.replace("_", " ")


def _has_class(piece: Piece, value: str) -> bool:
    head = piece.head
    compound = " ".join([w.text for w in head.children if w.dep == "compound"] + [head.text])
    wanted = set(value.split(","))
    common = not head.is_proper or head.text.islower() or not wanted.isdisjoint(_NAMED)
    return common and not wanted.isdisjoint(classes_of(head.text) | classes_of(compound))


def _has_noun(piece: Piece, value: str) -> bool:
    return _is_among(piece.head, value)


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
    if value == "ours":
        owners = [w.lower for w in piece.words if w.dep == "poss"]
        return all(owner in ("my", "our") for owner in owners)
    if value == "coloured":
        return any("colour" in classes_of(w.lower) for w in piece.words)
    if value == "amount":
        return any(w.tag == "CD" for w in piece.words)
    if value == "date":
        return piece.head.entity in ("DATE", "TIME")
    if value == "noun":
        return piece.head.is_noun
    if value == "hosted":
        return piece.words[-1].tag == "POS"  # "at Thora's"
    if value == "thing":
        return not piece.is_person
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


def _pieces(clause: Clause, role: str) -> list[Piece]:
    if role == "subject":
        return [clause.subject]
    return [piece for piece in clause.pieces if piece.role == role]


def _piece(clause: Clause, role: str) -> Piece | None:
    return next(iter(_pieces(clause, role)), None)


def _filled(templates: tuple[str, ...], clause: Clause) -> list[str]:
    slots = _slots(clause)
    found = []
    for template in templates:
        try:
            text = template.format_map(slots)
        except KeyError:
            continue
        found.append(text[:1].upper() + text[1:])
    return found


def _slots(clause: Clause) -> dict[str, str]:
    subject = subject_text(clause)
    several = _several(clause)
    plural = several or subject.lower() == "i"
    past = clause.tense_tag == "VBD"
    be = ("were" if several else "was") if past else "are" if several else "am" if plural else "is"
    if past and subject.lower() == "i":
        be = "was"
    do = "did" if past else "do" if plural else "does"
    slots = {
        "S": subject,
        "Ss": possessive(clause),
        "O": "us" if _with_speaker(clause) else _OBJECTIVE.get(subject.lower(), subject),
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


def definite(piece: Piece) -> str:
    """The noun phrase of a piece as something known: "a new job" -> "the new job"."""
    text = piece.noun if piece.prep else mid_sentence(piece)
    for article in ("a ", "an ", "some "):
        if text.startswith(article):
            return f"the {text[len(article) :]}"
    return text
