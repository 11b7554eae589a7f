"""Happenings: what somebody did, or what happened, at a time; what came to grief."""

from consolidation.english.asking import Question, mid_sentence, spaced, subject_text
from consolidation.english.clauses import Clause
from consolidation.english.person import full_form
from consolidation.english.wordlist import words

LASTING = frozenset(
    words(
        "be have own know love hate like prefer need want live owe cost weigh mean seem "
        "belong stand dislike adore suffer hear see feel believe think contain hold lie keep "
        "remember fear"
    )
)
"""Verbs of what is so, and not of what is done."""


def what_done(clause: Clause) -> list[Question]:
    """ "What did I do last spring?", for what people do at a time or with someone."""
    doer = clause.speaker or clause.subject.is_person
    if not doer:
        return _what_happens(clause)
    owning = clause.lemma == "get" and bool(clause.of("object"))
    if owning or not doer or clause.lemma in LASTING or clause.passive or clause.denied:
        return []
    verb = (
        {"VBG": "doing", "VBN": "done"}.get(clause.verb.tag, "do") if clause.auxiliaries else "do"
    )
    helpers = " ".join(full_form(word) for word in clause.auxiliaries[1:])
    found = []
    chain = next(iter(clause.of("chain")), None)
    for piece in clause.of("time", "companion", "frequency"):
        if chain is not None and piece.role == "frequency" and piece.words[0].i > chain.head.i:
            continue  # "told me to ice my knee twice a day": the owner does it
        if piece.role == "frequency" and (
            len(piece.words) < 2 or piece.words[0].lower in ("a", "an")
        ):
            continue  # "What do I do often?" asks for nothing in particular
        direct = (
            spaced("What", clause.finite, subject_text(clause), helpers, verb, mid_sentence(piece))
            + "?"
        )
        stated = {"did": "did", "does": "does", "do": "do"}.get(clause.finite)
        verbs = stated if stated else spaced(clause.finite, helpers, verb)
        found.append(
            Question(direct, spaced("what", subject_text(clause), verbs, mid_sentence(piece)))
        )
    return found


_GOING_ON = {"VBD": "happened", "VBZ": "happens", "VBP": "happens"}


def _what_happens(clause: Clause) -> list[Question]:
    """ "What happens on Thursdays?", of a thing and a time."""
    happening = _GOING_ON.get(clause.tense_tag)
    rated = [p for p in clause.of("frequency") if len(p.words) > 1 and p.words[0].lower != "a"]
    if clause.denied or happening is None or clause.subject.head.dep == "expl":
        return []
    if clause.lemma in LASTING and not clause.copular:
        return []
    found = []
    for piece in [*clause.of("time"), *rated]:
        if piece.prep in ("since", "until", "till") or piece.head.is_verb:
            continue
        when = mid_sentence(piece)
        coming = clause.finite in ("is", "are") and not clause.passive
        if clause.copular and coming:
            found.append(Question(f"What do I have {when}?", f"what I have {when}"))
        elif clause.finite in ("do", "does", "did", "was", "were") or clause.passive:
            found.append(Question(f"What {happening} {when}?", f"what {happening} {when}"))
    return found


_MISHAPS = frozenset(
    words(
        "flood break damage steal lose burgle destroy burn leak crash tow confiscate cancel "
        "scratch dent vandalise smash fail blow collapse fall die crack burst snap sink rob "
        "wreck delay"
    )
)


def mishaps(clause: Clause) -> list[Question]:
    """ "What happened to my van?", of what came to grief."""
    short = len(clause.subject.words) < 5 and not (clause.speaker or clause.joint)
    person = clause.subject.is_person or clause.subject.head.dep == "expl"
    done = clause.passive or not clause.of("object")
    over = clause.past or (clause.finite in ("has", "have") and not clause.progressive)
    if clause.lemma not in _MISHAPS or clause.denied or person or not (short and done and over):
        return []
    who = f"happened to {subject_text(clause)}"
    return [Question(f"What {who}?", f"what {who}")]
