"""Probes: questions for the weights alone, in phrasings that no dream uses.

Their templates stand here and behind "?" in `frames.txt`; `consolidation.dreams` reads neither.
"""

from collections.abc import Container, Iterator, Sequence

from consolidation.dreams import (
    calendar_of,
    local_time,
    normalised,
    statements_of,
    write_views,
)
from consolidation.english.asking import asked, contexts, mid_sentence
from consolidation.english.calendar_words import DAYS_AND_MONTHS
from consolidation.english.clauses import Clause, Piece
from consolidation.english.dating import Calendar
from consolidation.english.hypernyms import is_a, is_animal_noun, spoken_class
from consolidation.english.keepsakes import keepsake, keepsake_question
from consolidation.english.marking import is_right
from consolidation.english.openings import openings
from consolidation.english.questions import subject_questions
from consolidation.english.rephrasing import held_out
from consolidation.english.statements import Part, Statement, key_of
from consolidation.english.turns import turns_of
from consolidation.english.utterances import heard
from consolidation.english.variants import plain
from memory.episode import Episode
from memory.records import Probe

__all__ = ["is_right", "write_probes"]

_RANK = (
    "place",
    "object",
    "agent",
    "complement",
    "topic",
    "companion",
    "time",
    "recipient",
    "duration",
    "subject",
    "frequency",
)
"""Roles that can be checked, the most informative first."""

_TITLES = ("mrs", "miss", "sir", "lady", "lord", "prof", "professor", "doctor", "uncle", "aunt")


_Candidate = tuple[str, tuple[str, ...]]


def write_probes(
    episode: Episode, before: Sequence[Episode] = (), gone: Container[str] = (), limit: int = 3
) -> list[Probe]:
    """At most `limit` probes of an episode's facts: the most telling part of each fact first.

    `before` are the earlier episodes of the same conversation, oldest first.
    """
    calendar = calendar_of(episode, before)
    told = write_views(episode.user_text, turns_of(before), insist=episode.pinned)
    trained = {normalised(view[0]) for view in told}
    statements = statements_of(episode, calendar, before, gone)
    rows = [list(_candidates(one, calendar)) for one in statements]
    probes: dict[str, Probe] = {}
    for rank in range(max((len(row) for row in rows), default=0)):
        for question, expected in (row[rank] for row in rows if rank < len(row)):
            kept = tuple(phrase for phrase in expected if not is_right(question, (phrase,)))
            leaks = expected[0] not in kept or normalised(question) in trained
            leaks = leaks or calendar.passes(question)
            if not leaks and len(probes) < limit:
                probes.setdefault(question, Probe(question, kept, "new", (episode.id,)))
    if episode.pinned and not probes and not gone:
        kept_whole = keepsake(heard(episode.user_text, turns_of(before), insist=True))
        asked_whole = keepsake_question(statements, kept_whole, local_time(episode))
        return [Probe(*one, "new", (episode.id,)) for one in asked_whole]
    return list(probes.values())


def _candidates(statement: Statement, calendar: Calendar) -> Iterator[_Candidate]:
    """Questions with their keys: one for each part, then second ones."""
    if statement.clause is None:
        return
    clause = plain(statement.clause)
    parts = [part for part in statement.parts if part.role in _RANK and part.key]
    parts = [part for part in parts if part.piece.head.lower not in ("me", "us")]
    parts.sort(key=lambda part: _RANK.index(part.role))
    lexical = held_out(clause)
    later: list[_Candidate] = []
    for part in parts:
        texts = [text for text, piece in lexical if piece.words == part.piece.words]
        named = _named(clause, part)
        texts += [named] if named else []
        expected = tuple(map(calendar.key, _expected(part.piece)))
        stated = is_right(statement.text, expected[:1])
        found = [(text, expected) for text in texts] if stated else []
        yield from found[:1]
        later += found[1:]
    yield from later


def _named(clause: Clause, part: Part) -> str | None:
    """ "Name the place where I keep my passport.": a form that dreams never take."""
    piece = part.piece
    if piece.role == "subject":
        return _subject_named(clause) if part.questions else None
    if piece.role == "complement" and clause.copular and not clause.of("chain"):
        return _complement_named(clause, piece)
    wh, stranded = next(iter(openings(clause, piece)), ("", ""))
    if not wh or (clause.denied and clause.lemma in ("have", "be")):
        return None
    whole = asked(clause, wh, contexts(clause, piece)[-1], stranded).embedded
    stated = whole[len(wh) :].strip()
    match piece.role:
        case "place":
            return f"Name the place {'' if stranded else 'where '}{stated}."
        case "time":
            since = wh.startswith("Since")
            return f"State {whole}." if since else f"Name the time or date when {stated}."
        case "duration" | "frequency" | "manner":
            return f"State {whole}."
    return f"State {whole}." if wh.startswith("How") else f"Name the {_kind(piece)} that {stated}."


def _subject_named(clause: Clause) -> str | None:
    told = subject_questions(clause)
    with_owner = any(word.lower in ("i", "we") for word in clause.subject.words)
    if not told or not clause.pieces or clause.copular or with_owner:
        return None
    animal = is_animal_noun(clause.subject.head.text)
    relative = (
        "person who" if clause.subject.is_person else "animal that" if animal else "thing that"
    )
    return f"Name the {relative} {told[0].embedded.split(' ', 1)[1].rstrip('.')}."


def _complement_named(clause: Clause, piece: Piece) -> str | None:
    if (
        clause.speaker
        or clause.subject.head.dep == "expl"
        or not (piece.head.is_noun or not piece.head.text.isalpha())
    ):
        return None
    subject = mid_sentence(clause.subject)
    if clause.subject.is_person or piece.is_person:
        return f"Complete this for me: {subject} {clause.finite} …"
    return f"I need {subject} for something. What was it?"


def _kind(piece: Piece) -> str:
    if piece.prep == "as" or (piece.role == "complement" and is_a(piece.head.text, "occupation")):
        return "job"
    if piece.is_person or piece.role == "recipient":
        return "person"
    return spoken_class(piece.head.text) or "thing"


def _expected(piece: Piece) -> tuple[str, ...]:
    """The key, and shorter phrases that are as right."""
    phrases = [key_of(piece)]
    head = piece.head
    number = head.child("nummod")
    if number is not None and piece.role == "object":
        phrases += [number.text]
    elif piece.role in ("time", "duration"):
        phrases += [word.text for word in piece.words if word.lower.rstrip("s") in DAYS_AND_MONTHS]
    elif head.is_proper and len(phrases[0].split()) > 1 and piece.is_person:
        names = [name for name in phrases[0].split() if len(name) > 2 and name[0].isupper()]
        phrases += [name for name in names if name.lower().rstrip(".") not in _TITLES]
    elif (
        piece.role not in ("frequency", "content")
        and head.is_noun
        and not head.is_proper
        and not head.child("conj", "appos", "oprd", "acl")
    ):
        phrases.append(head.text)
    return tuple(dict.fromkeys(phrases))
