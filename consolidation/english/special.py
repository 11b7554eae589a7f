"""Special questions: of what there is, of the only thing, of what is forbidden or put off."""

from dataclasses import replace

from consolidation.english.asking import (
    Question,
    asked,
    capital,
    mid_sentence,
    spaced,
    subject_text,
)
from consolidation.english.clauses import Clause, Piece
from consolidation.english.inflection import base_form, verb_form
from consolidation.english.openings import SHIFTING, is_exception
from consolidation.english.person import full_form

_TARGETS = ("to", "until", "till", "for")
_HUMAN = ("anyone", "anybody", "nobody", "no-one", "none")


def special_questions(clause: Clause) -> list[Question]:
    """All of them that fit the clause."""
    return [
        *existential_questions(clause),
        *only_questions(clause),
        *forbidden_questions(clause),
        *postponed_questions(clause),
        *lacking_questions(clause),
    ]


def existential_questions(clause: Clause) -> list[Question]:
    """ "Where is the leak?", "What is in the ceiling?" from "There is a leak in the ceiling"."""
    thing = next(iter(clause.of("complement", "object")), None)
    place = next(iter(clause.of("place")), None)
    if clause.subject.head.lower != "there" or thing is None or place is None or clause.denied:
        return []
    if thing.words[0].lower in ("no", "nobody", "nothing", "not"):
        return []
    noun, be = thing.text, clause.finite
    for article in ("a ", "an ", "some "):
        noun = noun.removeprefix(article)
    found = [Question(f"Where {be} the {noun}?", f"where the {noun} {be}")]
    if be not in ("is", "are"):
        return found
    found += [
        Question(f"What is {place.text}?", f"what is {place.text}"),
        Question(f"Where would I find {thing.text}?", f"where I would find {thing.text}"),
        Question(f"Where do we have {thing.text}?", f"where we have {thing.text}"),
        Question(f"Do we have {thing.text}?", f"whether we have {thing.text}"),
    ]
    return found


def only_questions(clause: Clause) -> list[Question]:
    """ "What is the only thing that Mildred will touch?", of one who won't touch anything else."""
    only = any(word.lower == "only" for word in clause.adverbs)
    thing = next((p for p in clause.of("object") if only or is_exception(p)), None)
    if thing is None or thing.head.tag == "CD" or thing.head.child("nummod") is not None:
        return []
    human = thing.head.lower in _HUMAN or (only and thing.is_person)
    what = "who is the only person" if human else "what is the only thing"
    plain = _affirmed(clause)
    subject, verb = subject_text(clause), _stated(plain)
    beside = [p for p in clause.of("topic", "place", "recipient", "time") if p is not thing]
    rest = [mid_sentence(piece) for piece in beside]
    found = [spaced(what, "that", subject, verb, *rest), spaced(what, subject, verb, *rest)]
    questions = [Question(capital(text) + "?", text) for text in found]
    kept = [*clause.of("particle", "chain"), *beside]
    return [*questions, asked(plain, "Who" if human else "What", kept, "", thing)]


def _affirmed(clause: Clause) -> Clause:
    """Without its denial or limit."""
    kept = tuple(word for word in clause.adverbs if word.lower not in ("only", "never"))
    return replace(clause, negation=None, adverbs=kept)


def _stated(clause: Clause) -> str:
    """The verb group of an affirmed clause: "will touch", and "eats" for "does eat"."""
    helpers = [full_form(word).lower() for word in clause.auxiliaries]
    particles = [piece.text for piece in clause.of("particle", "chain")]
    if helpers in (["do"], ["does"], ["did"]):
        base = base_form(clause.verb.text)
        verb = base if clause.tense_tag == "VBP" else verb_form(base, clause.tense_tag)
        return spaced(verb, *particles)
    return spaced(clause.stated_verb(), *particles)


def forbidden_questions(clause: Clause) -> list[Question]:
    """ "What is Dad not allowed to have?" from "Dad can't have grapefruit any more"."""
    thing = next(iter(clause.of("object")), None)
    living = clause.speaker or clause.subject.is_living
    bound = clause.of("time", "companion", "chain", "particle", "topic")
    if clause.finite != "can" or not clause.denied or thing is None or not living or bound:
        return []
    if clause.lemma not in ("have", "eat", "drink", "take", "touch", "wear", "use") or thing.prep:
        return []
    subject = subject_text(clause)
    several = clause.subject.head.tag in ("NNS", "NNPS") or subject.lower() == "we"
    be = "am" if subject.lower() == "i" else "are" if several else "is"
    rest = f"not allowed to {clause.lemma}"
    return [Question(f"What {be} {subject} {rest}?", f"what {subject} {be} {rest}")]


def is_put_off(clause: Clause) -> bool:
    """ "My driving test has been pushed back to the 14th": what happens at another time now."""
    return _put_off(clause) is not None


def _put_off(clause: Clause) -> Piece | None:
    """What is put off, where it is told to when."""
    new = [p for p in clause.of("time") if p.prep in _TARGETS]
    thing = clause.subject if clause.passive else next(iter(clause.of("object")), None)
    shifted = clause.lemma in SHIFTING and not clause.denied
    if thing is None or not new or thing.is_person or not shifted:
        return None
    return thing


def postponed_questions(clause: Clause) -> list[Question]:
    """ "When is my driving test now?"."""
    thing = _put_off(clause)
    if thing is None:
        return []
    noun = mid_sentence(thing)
    be = "are" if thing.head.tag in ("NNS", "NNPS") else "is"
    return [
        Question(f"What is the new date of {noun}?", f"what the new date of {noun} is"),
        Question(f"When {be} {noun} now?", f"when {noun} {be} now"),
        Question(f"When does {noun} take place now?", f"when {noun} takes place now"),
    ][: 2 if be == "are" else 3]


def is_lacking(clause: Clause) -> bool:
    """ "Mum's flat has no lift": what it has not cannot be asked for with what it has."""
    return _lacked(clause) is not None


def _lacked(clause: Clause) -> Piece | None:
    return next((piece for piece in clause.of("object") if piece.words[0].lower == "no"), None)


def lacking_questions(clause: Clause) -> list[Question]:
    """ "What does Mum's flat not have?"."""
    thing = _lacked(clause)
    if thing is None or clause.denied or clause.of("chain"):
        return []
    subject, verb = subject_text(clause), clause.plain_verb()
    others = [mid_sentence(p) for p in clause.pieces if p is not thing and p.role != "rest"]
    wh = "Who" if thing.is_person else "What"
    direct = spaced(wh, clause.finite, subject, "not", verb, *others)
    embedded = spaced(wh.lower(), subject, clause.finite, "not", verb, *others)
    return [Question(direct + "?", embedded)]
