"""Questions: what can be asked of a clause by grammar alone, in the owner's first person."""

import re

from consolidation.english.asking import (
    Question,
    asked,
    capital,
    contexts,
    core,
    leads_last,
    mid_sentence,
    spaced,
    subject_text,
    told,
)
from consolidation.english.clauses import Clause, Piece, negative
from consolidation.english.doers import active_questions, causing_questions, is_firm
from consolidation.english.happenings import LASTING, mishaps
from consolidation.english.hypernyms import is_animal_noun, spoken_class
from consolidation.english.inflection import base_form
from consolidation.english.openings import openings
from consolidation.english.wishes import SERVICES


def piece_questions(clause: Clause, piece: Piece) -> list[Question]:
    """All wh-questions for one piece, the plainest first."""
    found: list[Question] = []
    opened = openings(clause, piece)
    for kept in contexts(clause, piece):
        for wh, stranded in opened:
            one = asked(clause, wh, kept, stranded, piece)
            if not stranded or f" {stranded} {stranded} " not in one.direct:
                found.append(one)
    if piece.role == "agent":
        found = [*active_questions(clause), *causing_questions(clause, piece), *found]
    if piece.role == "object" and piece.is_person and piece is clause.pieces[0]:
        found = [*causing_questions(clause, piece), *found]
    if (
        piece.role == "companion"
        and clause.speaker
        and not clause.copular
        and piece.is_person
        and not clause.denied
        and piece.prep == "with"
    ):
        kept = [other for other in contexts(clause, piece)[-1] if other.role != "companion"]
        text = spaced("who", clause.stated_verb(True), *[other.text for other in kept], "with me")
        found.append(Question(capital(text) + "?", text))
    return list(dict.fromkeys(found))


def subject_questions(clause: Clause) -> list[Question]:
    """ "Who lives in Porto?" from "My sister lives in Porto"."""
    if clause.speaker or clause.subject.head.dep == "expl" or not clause.subject.head.is_noun:
        return []
    if clause.copular and not _tells_subject(clause):
        return []
    if clause.copular and _is_worldly(clause):
        thing = clause.of("complement")[0].text
        asked_of = f"What {clause.finite} {thing} to me?"
        return [Question(asked_of, f"what {thing} {clause.finite} to me")]
    if clause.joint:
        return _mate_questions(clause)
    owned = clause.subject.words[0].lower in ("my", "our")
    named = clause.lemma in ("call", "name") or owned
    named = named and is_animal_noun(clause.subject.head.text)
    firm = _is_acting_firm(clause)
    wh = "Who" if clause.subject.is_person or named or firm else "What"
    verb = clause.stated_verb(third_person=True)
    kind = _kind_of_subject(clause)
    ways = [(wh, told(clause)), (wh, core(clause)), *([(kind, core(clause))] if kind else [])]
    found = []
    for opening, kept in ways:
        says = any(piece.role not in ("particle", "chain") for piece in kept)
        if says or not told(clause):
            rest = [mid_sentence(piece) for piece in leads_last(clause, kept)]
            text = spaced(opening, verb, *rest)
            inside = spaced(opening, *rest, verb) if _is_definite_copula(clause) else text
            found.append(Question(capital(text) + "?", inside[:1].lower() + inside[1:]))
    spoken = spoken_class(clause.subject.head.text) if wh == "What" and not clause.copular else None
    if spoken:
        least = [mid_sentence(piece) for piece in leads_last(clause, core(clause))]
        text = spaced("which", spoken, verb, *least)
        found.insert(1, Question(capital(text) + "?", text))
    return list(dict.fromkeys(found))


def _kind_of_subject(clause: Clause) -> str:
    """ "Which animal", "Which relative": the class of what the clause tells of, where it is one."""
    head = clause.subject.head
    if _is_acting_firm(clause) and len(clause.subject.words) > 1:
        return "Which team" if clause.lemma in ("beat", "thrash", "defeat") else "Which company"
    if clause.copular or head.is_proper or head.tag == "NNS" or clause.lemma in ("call", "name"):
        return ""
    spoken = "animal" if is_animal_noun(head.text) else spoken_class(head.text)
    return f"Which {spoken}" if spoken in ("animal", "relative", "instrument", "vehicle") else ""


def _is_acting_firm(clause: Clause) -> bool:
    """ "Iberia lost my case": who did, and not what."""
    subject = clause.subject
    named = subject.words[0].is_proper and subject.head.entity == "ORG" and is_firm(subject)
    return named and not clause.passive and _acts(clause)


def _acts(clause: Clause) -> bool:
    acted = clause.of("object", "recipient") or clause.progressive
    return bool(acted) and clause.lemma not in LASTING and not clause.copular


def _mate_questions(clause: Clause) -> list[Question]:
    """ "Who has decided on sage green with me?" from "Mira and I have decided on sage green"."""
    if clause.copular or clause.of("companion"):
        return []
    verb = clause.stated_verb(third_person=True)
    found = []
    for kept in (told(clause), core(clause)):
        rest = [mid_sentence(piece) for piece in leads_last(clause, kept)]
        text = spaced("who", verb, *rest, "with me")
        found.append(Question(capital(text) + "?", text))
    return list(dict.fromkeys(found))


def _is_definite_copula(clause: Clause) -> bool:
    """ "Tom is my brother": inside a sentence, "who my brother is"."""
    first = next((piece.words[0] for piece in clause.of("complement")), None)
    definite = first is not None and (
        first.tag == "PRP$" or first.is_proper or first.lower == "the"
    )
    return definite and clause.copular and len(clause.pieces) == 1


def _is_worldly(clause: Clause) -> bool:
    """ "My favourite book is Dune": what Dune is, the world knows better."""
    complement = next(iter(clause.of("complement")), None)
    if complement is None or clause.subject.is_person or len(clause.pieces) != 1:
        return False
    code = any(character.isdigit() for character in complement.text)
    return complement.head.is_noun and not code


def _tells_subject(clause: Clause) -> bool:
    """Whether "What is …?" with the complement of a copula leads back to this subject only."""
    complement = next(iter(clause.of("complement")), None)
    if complement is None:
        return bool(clause.of("place", "topic"))
    head = complement.head
    if head.tag == "CD" or head.entity in ("DATE", "TIME", "CARDINAL"):
        return False
    if any(word.lower in ("called", "named") for word in complement.words):
        return False
    indefinite = complement.words[0].lower in ("a", "an") and not clause.subject.is_person
    if head.is_noun:
        return not (clause.denied or indefinite)
    code = not head.text.isalpha() and head.text.isalnum() and not head.text.isdigit()
    return code or len(clause.pieces) > 1 or (len(head.text) > 5 and head.text.isdigit())


def vp_questions(clause: Clause) -> list[Question]:
    """ "What did the doctor tell me to do?", "What can't I do?"."""
    chains = clause.of("chain")
    found = []
    if (
        not clause.pieces
        and clause.subject.is_person
        and not (clause.speaker or clause.passive or clause.auxiliaries)
    ):
        found.append(
            Question(
                f"What {clause.finite} {subject_text(clause)} do?",
                f"what {subject_text(clause)} {clause.finite}",
            )
        )
    bare = clause.passive and all(piece.role == "time" for piece in clause.pieces)
    over = bare and clause.finite in ("has", "have", "was", "were") and not clause.denied
    over = over and len(clause.subject.words) < 5
    if over and clause.subject.is_person and not (clause.speaker or clause.joint):
        happened = "has happened" if clause.finite in ("has", "have") else "happened"
        who = f"{happened} to {subject_text(clause)}"
        found.append(Question(f"What {who}?", f"what {who}"))
    found += mishaps(clause)
    if chains and chains[0].words[0].lower == "to" and _is_doing(chains[0]):
        place = clause.pieces.index(chains[0])
        before = list(clause.pieces[:place])
        after = clause.of("time")
        question = asked(clause, "What", before, "to do")
        found.append(question)
        found += [
            asked(clause, "What", before, f"to do {piece.text}")
            for piece in after
            if piece not in before
        ]
    if clause.finite in ("can", "could") and not clause.pieces:
        finite = negative(clause.finite) if clause.denied else clause.finite
        subject = subject_text(clause)
        found.append(Question(f"What {finite} {subject} do?", f"what {subject} {finite} do"))
    return found


def _is_doing(chain: Piece) -> bool:
    """ "to play" can be asked for with "to do"; "to be", "to be called" cannot."""
    return chain.head.lemma != "be" and not any(word.dep == "auxpass" for word in chain.words)


def wish_questions(clause: Clause) -> list[Question]:
    """ "What should you never recommend to me?", of what the owner wants the assistant to do."""
    chain = next(iter(clause.of("chain")), None)
    if (
        not clause.speaker
        or clause.lemma != "want"
        or chain is None
        or chain.head.tag not in ("VBN", "VBD")
    ):
        return []
    if base_form(chain.head.text) not in SERVICES:
        return []
    particles = [w.text for w in chain.head.children if w.dep == "prt"]
    done = spaced(chain.head.text, *particles)
    verb = spaced(base_form(chain.head.text), *particles)
    when = "never" if clause.denied else "always" if clause.words[1].lower == "always" else ""
    thing = next(iter(clause.of("object")), None)
    found = []
    if chain.head.lower == "called" and clause.of("complement", "object"):
        found = [spaced("what should you", when, "call me")]
        found += [] if clause.denied else ["what name do I go by"]
    elif thing is not None:
        me = "me" if verb in ("tell", "ask", "teach", "remind") else "to me"
        me = "for me" if verb in ("book", "buy", "order", "cook", "make") else me
        me = me if any(w.lower == "be" for w in chain.words) else ""
        wanted = "do I not want" if clause.denied else "do I want"
        found = [spaced("what should you", when, verb, me), f"what {wanted} {done}"]
        if any(child.dep in ("amod", "compound") for child in thing.head.children):
            found.append(f"what kind of {thing.head.text} {wanted} {done}")
    for about in clause.of("topic") if thing is None else ():
        found.append(spaced("what should you", when, verb, "me", about.prep))
    return [Question(capital(text) + "?", _indirectly(text)) for text in found]


def _indirectly(text: str) -> str:
    """ "what should you call me" -> "what you should call me"."""
    return re.sub(r"\b(should|do|does) (you|I)( not)?\b", _turned, text, count=1)


def _turned(found: re.Match[str]) -> str:
    helper = found[1] if found[1] == "should" or found[3] else ""
    return spaced(found[2], helper, found[3] or "")
