"""Phrasings: the kinds of prompts that one statement can be asked with, each as a stream."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consolidation.english.account_questions import account_questions
from consolidation.english.asking import Question, core, yes_no
from consolidation.english.carriers import DOING, INDIRECT, NAMED, PERSON, PRIVATE, PUBLIC, SPOKEN
from consolidation.english.clauses import Clause
from consolidation.english.describing import descriptions
from consolidation.english.entailments import entailed
from consolidation.english.happenings import what_done
from consolidation.english.in_turn import in_turn
from consolidation.english.loosely import loosely_asked
from consolidation.english.mentioned import Topic
from consolidation.english.parsing import parse
from consolidation.english.questions import (
    piece_questions,
    subject_questions,
    vp_questions,
    wish_questions,
)
from consolidation.english.rephrasing import held_out, rephrased
from consolidation.english.special import special_questions
from consolidation.english.statements import Statement
from consolidation.english.terse import terse_questions
from consolidation.english.topics import topics_of
from consolidation.english.variants import gerund, plain, variants

View = tuple[str, str, str]
"""Prompt, answer, kind."""


def normalised(prompt: str) -> str:
    """A prompt as it is compared: without case and punctuation."""
    return re.sub(r"[^\w' ]+", "", prompt.lower()).strip()


def questions_of(statement: Statement, chance: random.Random) -> Iterator[View]:
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
    for rank, (kind, question) in enumerate(in_turn(rows)):
        plainest = rank < sum(bool(row) for row in rows)
        yield _register(question.direct, plainest, chance), statement.text, kind


def _implied_questions(clause: Clause) -> Iterator[list[tuple[str, Question]]]:
    """The questions of what the clause implies, but for those that probes ask of it."""
    held = held_by_probes(clause)
    for implied in map(plain, entailed(clause)):
        asked = [piece_questions(implied, piece) for piece in implied.pieces]
        row = [("question", one) for one in in_turn(asked)]
        told = [("reversed", one) for one in subject_questions(implied)]
        turned = implied.subject.text.lower() != clause.subject.text.lower()
        told.sort(key=lambda view: len(view[1].direct))
        row = [*told[:1], *row, *told[1:]] if turned else [*row, *told]
        yield [(kind, one) for kind, one in row if normalised(one.direct) not in held]


def held_by_probes(clause: Clause) -> set[str]:
    """What probes ask of a clause: no dream may ask it."""
    return {normalised(text) for text, _ in held_out(clause)}


def in_other_words(statement: Statement, told_with: Sequence[Statement]) -> list[str]:
    """Questions by the frames; what was told with it describes whom it is about."""
    if statement.clause is None:
        spoken = statement.sentence.words
        return list(in_turn([loosely_asked(spoken), account_questions(spoken)]))
    described = descriptions(statement, told_with)
    implied = [rephrased(plain(clause)) for clause in entailed(statement.clause)]
    return list(in_turn([rephrased(plain(statement.clause), described), *implied]))


def rephrasings(
    statement: Statement, others: Sequence[str], chance: random.Random
) -> Iterator[View]:
    """Questions in other words; now and then as one asks casually."""
    for rank, text in enumerate(others):
        yield _register(text, rank < 2, chance), statement.text, "question"


def terse(statement: Statement) -> Iterator[View]:
    """Two or three words: "dentist's name?"."""
    for clause in (statement.clause, *entailed(statement.clause)) if statement.clause else ():
        for text in terse_questions(plain(clause)):
            yield text, statement.text, "question"


def reworded(statement: Statement) -> Iterator[View]:
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
    held = held_by_probes(plain(statement.clause))
    for question in in_turn(rows):
        if normalised(question.direct) not in held:
            yield question.direct, statement.text, "question"


def indirect(statement: Statement, others: Sequence[str], chance: random.Random) -> Iterator[View]:
    """Questions inside other sentences: "Can you tell me where I moved?"; `others` in turn."""
    carriers, spoken = list(INDIRECT), list(SPOKEN)
    chance.shuffle(carriers)
    chance.shuffle(spoken)
    asked = list(in_turn(part.questions[:2] for part in statement.parts))
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


def cues_of(statement: Statement, chance: random.Random) -> Iterator[View]:
    """Topics and doings brought up without a question word for the answer."""
    rows = [_carried(topic, chance) for topic in topics_of(statement)]
    doing = gerund(statement.clause) if statement.clause is not None else None
    if doing is not None:
        rows.append([carrier.format(doing) for carrier in chance.sample(DOING, len(DOING))])
    for prompt in in_turn(rows):
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


def yes_or_no(statement: Statement) -> Iterator[View]:
    """ "Did I move to Lisbon?" and its answer."""
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
