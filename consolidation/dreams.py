"""Dreams: an episode's facts as many training views. Knows grammar and words, no model."""

import random
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Protocol, TypeVar

from consolidation.asking import Question, core, yes_no
from consolidation.carriers import DOING, INDIRECT, NAMED, PERSON, PRIVATE, PUBLIC, SPOKEN
from consolidation.clauses import Clause
from consolidation.describing import descriptions
from consolidation.entailments import entailed
from consolidation.happenings import what_done
from consolidation.light_names import Lightened
from consolidation.loosely import loosely_asked
from consolidation.mentioned import Topic
from consolidation.parsing import parse
from consolidation.questions import (
    piece_questions,
    subject_questions,
    vp_questions,
    wish_questions,
)
from consolidation.rephrasing import held_out, rephrased
from consolidation.special import special_questions
from consolidation.statements import Statement, read_statements
from consolidation.terse import terse_questions
from consolidation.topics import topics_of
from consolidation.turns import Turn, turns_of
from consolidation.variants import gerund, plain, variants
from memory.episode import Episode
from memory.records import Dream, Probe

T = TypeVar("T")

MOST = 40
"""Views of one statement."""

_TOLD_WHOLE = 14
"""Cues to a statement that is told whole and has no questions."""

_LATER = 8
"""So many questions in other words stand by themselves; further ones are led up to."""

View = tuple[str, str, str]
"""Prompt, answer, kind."""


class DreamWriter(Protocol):
    """Writes training views of an episode; none when it states nothing about its owner."""

    def write(self, episode: Episode, before: Sequence[Episode] = ()) -> list[Dream]:
        """`before` are the earlier episodes of the same conversation, oldest first."""


class ProbeWriter(Protocol):
    """Writes questions that tell whether an episode's facts are known."""

    def __call__(self, episode: Episode, before: Sequence[Episode] = ()) -> list[Probe]:
        """`before` are the earlier episodes of the same conversation, oldest first."""


class GrammarWriter:
    """Writes dreams by parsing: the same text gives the same dreams."""

    def write(self, episode: Episode, before: Sequence[Episode] = ()) -> list[Dream]:
        """A dream cites its episode, and those before it that it drew on."""
        statements = read_statements(episode.user_text, turns_of(before))
        return [
            Dream(*view, (episode.id, *(before[-back].id for back in sorted(statement.drawn_on))))
            for statement, view in _viewed(statements)
        ]


def write_views(text: str, before: Sequence[Turn] = ()) -> list[View]:
    """Prompt, answer and kind for every view of the facts in `text`; prompts are distinct."""
    return [view for _, view in _viewed(read_statements(text, before))]


_PAUSE = 3
"""A name given in passing is asked for once in so many turns: it is not what was told."""


def _is_naming(statement: Statement) -> bool:
    clause = statement.clause
    return clause is not None and clause.lemma in ("call", "name") and clause.passive


def _thinned(row: Sequence[T]) -> list[T | None]:
    spread: list[T | None] = []
    for item in row:
        spread += [item, *[None] * (_PAUSE - 1)]
    return spread


def _viewed(statements: Sequence[Statement]) -> list[tuple[Statement, View]]:
    """Every statement's views; those of statements with one answer take turns."""
    answered: dict[str, list[Statement]] = {}
    for statement in statements:
        answered.setdefault(statement.text, []).append(statement)
    taken: set[str] = set()
    found: list[tuple[Statement, View]] = []
    for members in answered.values():
        rows: list[list[tuple[Statement, View] | None]] = []
        for statement in members:
            row = [(statement, view) for view in _chosen(statement, taken, statements)]
            taken |= {normalised(view[0]) for _, view in row}
            aside = len(members) > 1 and _is_naming(statement)
            rows.append(_thinned(row) if aside else list(row))
        found += _in_turn(rows)
    return found


def normalised(prompt: str) -> str:
    """A prompt as it is compared: without case and punctuation."""
    return re.sub(r"[^\w' ]+", "", prompt.lower()).strip()


def _chosen(
    statement: Statement, taken_before: Container[str], told_with: Sequence[Statement]
) -> list[View]:
    """At most `MOST` views, every kind in its share, in an order seeded by the text.

    The first of them are what a night trains: plain questions, short names, other words in turn.
    """
    chance = random.Random(statement.text)
    others = _in_other_words(statement, told_with)
    questions, rephrasings = _questions(statement, chance), _rephrasings(statement, others, chance)
    reworded, indirect = _reworded(statement), _indirect(statement, others[_LATER:], chance)
    cues, terse = _cues(statement, chance), _terse(statement)
    told = (view for view in _cues(statement, chance) if view[2] == "restatement")
    wanted = (
        (4, questions),
        (1, terse),
        (2, reworded),
        (6, rephrasings),
        (4, questions),
        (1, terse),
        (2, reworded),
        (6, rephrasings),
        (2, reworded),
        (1, indirect),
        (1, told),
        (2, cues),
        (1, indirect),
        (2, cues),
        (1, indirect),
        (7 if statement.clause is not None else _TOLD_WHOLE, cues),
        (1, _yes_no(statement)),
        (8, questions),
        (6, indirect),
    )
    sources = [one.source for one in told_with if one is not statement]
    lightened = Lightened(plain(statement.clause) if statement.clause else None, sources)
    shortens = statement.clause is not None and lightened.has_names
    held = _held(plain(statement.clause)) if statement.clause and shortens else set()
    chosen: dict[str, View] = {}
    for share, source in wanted:
        taken = 0
        while taken < share and len(chosen) < MOST and (view := next(source, None)) is not None:
            for prompt in lightened.said(view[0]):
                key = normalised(prompt)
                if key and key not in chosen and key not in taken_before and key not in held:
                    chosen[key] = (prompt, *view[1:])
                    taken += 1
                    break
    return list(chosen.values())


def _questions(statement: Statement, chance: random.Random) -> Iterator[View]:
    """Wh-questions, part by part in turn; some in careless typing."""
    rows: list[list[tuple[str, Question]]] = [
        [("reversed" if part.role == "subject" else "question", one) for one in part.questions]
        for part in statement.parts
    ]
    if statement.clause is not None:
        clause = plain(statement.clause)
        whole = [*special_questions(clause), *vp_questions(clause), *what_done(clause)]
        rows.insert(0, [("question", one) for one in wish_questions(clause)])
        rows += _implied_questions(clause)
        rows.append([("question", one) for one in whole])
    for rank, (kind, question) in enumerate(_in_turn(rows)):
        plainest = rank < sum(bool(row) for row in rows)
        yield _register(question.direct, plainest, chance), statement.text, kind


def _implied_questions(clause: Clause) -> Iterator[list[tuple[str, Question]]]:
    """The questions of what the clause implies, but for those that probes ask of it."""
    held = _held(clause)
    for implied in map(plain, entailed(clause)):
        asked = [piece_questions(implied, piece) for piece in implied.pieces]
        row = [("question", one) for one in _in_turn(asked)]
        told = [("reversed", one) for one in subject_questions(implied)]
        turned = implied.subject.text.lower() != clause.subject.text.lower()
        told.sort(key=lambda view: len(view[1].direct))
        row = [*told[:1], *row, *told[1:]] if turned else [*row, *told]
        yield [(kind, one) for kind, one in row if normalised(one.direct) not in held]


def _held(clause: Clause) -> set[str]:
    return {normalised(text) for text, _ in held_out(clause)}


def _in_turn(rows: Iterable[Iterable[T | None]]) -> Iterator[T]:
    for column in zip_longest(*rows):
        yield from (item for item in column if item is not None)


def _in_other_words(statement: Statement, told_with: Sequence[Statement]) -> list[str]:
    """Questions by the frames; what was told with it describes whom it is about."""
    if statement.clause is None:
        return loosely_asked(statement.sentence.words)
    described = descriptions(statement, told_with)
    implied = [rephrased(plain(clause)) for clause in entailed(statement.clause)]
    return list(_in_turn([rephrased(plain(statement.clause), described), *implied]))


def _rephrasings(
    statement: Statement, others: Sequence[str], chance: random.Random
) -> Iterator[View]:
    """Questions in other words; now and then as one asks casually."""
    for rank, text in enumerate(others):
        yield _register(text, rank < 2, chance), statement.text, "question"


def _terse(statement: Statement) -> Iterator[View]:
    """Two or three words: "dentist's name?"."""
    for clause in (statement.clause, *entailed(statement.clause)) if statement.clause else ():
        for text in terse_questions(plain(clause)):
            yield text, statement.text, "question"


def _reworded(statement: Statement) -> Iterator[View]:
    """Grammar's questions with short names and synonyms in them."""
    if statement.clause is None:
        return
    rows = []
    told = (statement.clause, *entailed(statement.clause))
    for clause in (other for one in told for other in variants(one, statement.aliases)):
        asked = [piece_questions(clause, piece)[:1] for piece in clause.pieces]
        asked = [row for row in asked if row]
        whole = [*subject_questions(clause)[:1], *(vp_questions(clause) if not asked else [])]
        rows.append([row[0] for row in asked] + whole)
    held = _held(plain(statement.clause))
    for question in _in_turn(rows):
        if normalised(question.direct) not in held:
            yield question.direct, statement.text, "question"


def _indirect(statement: Statement, others: Sequence[str], chance: random.Random) -> Iterator[View]:
    """Questions inside other sentences: "Can you tell me where I moved?"; `others` in turn."""
    carriers, spoken = list(INDIRECT), list(SPOKEN)
    chance.shuffle(carriers)
    chance.shuffle(spoken)
    asked = list(_in_turn(part.questions[:2] for part in statement.parts))
    if statement.clause is not None:
        asked += vp_questions(plain(statement.clause))[:1]
    for i, question in enumerate(asked * 3):
        if i % 4 == 3 or (i % 2 == 1 and others):
            direct = others[i // 2 % len(others)] if others else question.direct
            yield spoken[i // 2 % len(spoken)].format(_inside(direct)), statement.text, "cue"
        else:
            yield carriers[i % len(carriers)].format(question.embedded), statement.text, "cue"


_ASKING = re.compile(r"(?:Wh|How |Do |Does |Did |Is |Are |Was |Were |Has |Have |Will )")


def _inside(question: str) -> str:
    """Without the capital of a question word; a name keeps its own."""
    return question[:1].lower() + question[1:] if _ASKING.match(question) else question


def _cues(statement: Statement, chance: random.Random) -> Iterator[View]:
    """Topics and doings brought up without a question word for the answer."""
    rows = [_carried(topic, chance) for topic in topics_of(statement)]
    doing = gerund(statement.clause) if statement.clause is not None else None
    if doing is not None:
        rows.append([carrier.format(doing) for carrier in chance.sample(DOING, len(DOING))])
    for prompt in _in_turn(rows):
        restates = any(word in prompt for word in (" told ", " tell you ", " said ", " did I say "))
        yield prompt, statement.text, "restatement" if restates else "cue"


def _carried(topic: Topic, chance: random.Random) -> list[str]:
    carriers = list(PRIVATE if topic.private else PUBLIC)
    chance.shuffle(carriers)
    if topic.kind == "person":
        carriers[0:0] = chance.sample(PERSON, len(PERSON))
    elif topic.kind == "named":
        carriers[0:0] = NAMED
    return [carrier.format(topic.text) for carrier in carriers]


def _yes_no(statement: Statement) -> Iterator[View]:
    clause = statement.clause
    if clause is None or clause.subject.head.dep == "expl":
        return
    clause = plain(clause)
    text = statement.text
    if text.startswith("You") or not parse(text)[0].words[0].is_proper:
        text = text[:1].lower() + text[1:]
    kept = core(clause)
    if all(piece.role in ("chain", "particle") for piece in kept):
        kept = list(clause.pieces)
    if clause.denied:
        clause = _without_never(clause)
    word = "No" if statement.clause is not None and statement.clause.denied else "Yes"
    yield yes_no(clause, kept), f"{word}, {text}", "yes-no"


def _without_never(clause: Clause) -> Clause:
    return replace(clause, adverbs=tuple(w for w in clause.adverbs if w.lower != "never"))


def _register(question: str, plainest: bool, chance: random.Random) -> str:
    """Careless typing for some of the questions that are not the plainest."""
    if not plainest and chance.random() < 0.25:
        return question.rstrip("?").lower().replace("what is ", "whats ").replace("'", "")
    return question
