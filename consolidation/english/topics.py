"""Topics: the noun phrases of a statement by which the owner may bring it up again."""

from typing import Literal

from consolidation.english.clauses import Clause, Piece
from consolidation.english.hypernyms import is_a
from consolidation.english.mentioned import Topic, topics_in
from consolidation.english.people import is_titled
from consolidation.english.slots import definite
from consolidation.english.statements import Statement, key_of
from consolidation.english.variants import plain, short_forms

_PUBLIC = ("GPE", "LOC", "ORG", "NORP", "FAC", "LANGUAGE", "WORK_OF_ART", "EVENT", "PRODUCT")
_SKIPPED = (
    "time",
    "duration",
    "frequency",
    "reason",
    "chain",
    "particle",
    "rest",
    "content",
    "manner",
)


def topics_of(statement: Statement) -> list[Topic]:
    """Distinct topics, the subject's first."""
    if statement.clause is None:
        return topics_in(statement.sentence.words)
    clause = plain(statement.clause)
    found: dict[str, Topic] = {}
    for piece in [*(() if clause.speaker else (clause.subject,)), *clause.pieces]:
        if piece.role in _SKIPPED or not piece.head.is_noun or _predicates(clause, piece):
            continue
        for form in (piece, *short_forms(piece)):
            topic = _topic(clause, form)
            if topic is not None:
                found.setdefault(topic.text.lower(), topic)
    return list(found.values())


def _predicates(clause: Clause, piece: Piece) -> bool:
    """ "a vet" in "is a vet" names nothing; "40 euros" and "eight" are no topics either."""
    if (
        piece.role == "complement"
        and clause.subject.head.dep != "expl"
        and (clause.copular or clause.of("chain"))
        and not piece.head.is_proper
    ):
        return True
    return piece.prep == "as" or piece.head.child("nummod") is not None


def _topic(clause: Clause, piece: Piece) -> Topic | None:
    words = piece.words[len(piece.prep.split()) :]
    if is_titled(piece.head) and words[0].lower in ("a", "an", "the"):
        words = words[1:]
    if any(word.lower in ("i", "we", "me", "us") for word in words) and len(words) < 5:
        return None
    if words[0].lower in (
        "his",
        "her",
        "their",
        "its",
        "no",
        "every",
        "any",
        "what",
        "more",
        "own",
        "anything",
        "nothing",
        "anyone",
        "nobody",
    ):
        return None
    owned = any(word.lower in ("my", "our") for word in words)
    article = words[0].lower in ("the", "a", "an", "some", "this", "that")
    named = piece.head.is_proper and not owned and not article
    if not named:
        return Topic(definite(piece), owned or article, "thing")
    key = key_of(piece)
    private = piece.is_person or _names_own(clause)
    if any(word.entity in _PUBLIC for word in words) and not (private and _names_own(clause)):
        private = piece.is_person
    if piece.role == "place":
        private = False
    if not any(character.isalpha() for character in key) or any(c.isdigit() for c in key):
        return None
    kind: Literal["person", "named", "thing"] = "thing"
    if private:
        human = clause.subject.is_person if _names_own(clause) else piece.is_person
        kind = "person" if human else "named"
    if is_a(words[-1].lower, "kin"):
        kind = "thing"  # nobody asks who "Dad" is
    if any(word.dep == "conj" for word in words):
        kind = "thing"
    return Topic(key, private, kind)


def _names_own(clause: Clause) -> bool:
    """ "My boat is called Esmeralda"."""
    return clause.lemma in ("call", "name") and clause.passive
