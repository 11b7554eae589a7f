"""Combining: dreams of several facts. Knows grammar and words, no model.

Recombined questions need two facts ("Where does my sister who plays the viola live?"), summaries
tell all of somebody, dialogues pass from one fact to the next, contrasts tell look-alikes apart.
"""

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from consolidation.english.asking import mid_sentence
from consolidation.english.describing import descriptions
from consolidation.english.entities import Entity, entities
from consolidation.english.fuller import spoken_words, what_is_asked, whom_named
from consolidation.english.person import second_person
from consolidation.english.shortened import shortened
from consolidation.english.statements import Part, Statement
from consolidation.english.threads import threads
from consolidation.english.variants import plain
from consolidation.named_alike import named_alike
from memory.records import Dream, DreamPrompt
from memory.text import lower_words

_SUMMARY_WORDS = 50
_EACH = 4
"""Recombined questions of one person or thing."""
_ABOUT = (
    "What do you know about {}?",
    "Tell me about {}.",
    "Sum up what I told you about {}.",
    "What have I told you about {} so far?",
    "Remind me of everything about {}.",
)
_AND = ("And {}", "Thanks. And {}", "Right, and {}", "Good, and {}")


@dataclass(frozen=True, slots=True)
class Sourced:
    """A statement and the episodes that it came from."""

    statement: Statement
    episode_ids: tuple[int, ...]


def combined(told: Sequence[Sourced], kinds: Sequence[str] = ()) -> list[Dream]:
    """Dreams that need more than one of the statements; `kinds` limits them to some.

    Kinds are "summary", "recombined", "dialogue" and "contrast". Prompts are distinct.
    """
    sources = {one.statement.text: one.episode_ids for one in told}
    statements = list({one.statement.text: one.statement for one in reversed(told)}.values())[::-1]
    every = entities([one.statement for one in told])
    living = [entity for entity in every if entity.kind in ("person", "pet")]
    numbered = [(one.statement, one.episode_ids[0]) for one in told]
    alike = named_alike(numbered)
    loose = threads(numbered, _words_of((*every, *alike)))
    known = [*living, *alike, *loose]
    rows = {
        "summary": (view for one in known for view in _summaries(_all_told(one, known))),
        "recombined": (view for entity in every for view in _recombined(entity)),
        "dialogue": (view for entity in (*every, *loose) for view in _dialogues(entity)),
        "contrast": _contrasts(statements),
    }
    dreams: dict[str, Dream] = {}
    for kind in kinds or rows:
        for prompt, answered in rows[kind]:
            key = what_is_asked(prompt)
            ids = tuple(dict.fromkeys(i for one in answered for i in sources[one.text]))
            shown = answered if isinstance(prompt, str) else answered[-1:]
            dreams.setdefault(key, Dream(prompt, _answer(shown), kind, ids))
    return list(dreams.values())


def _all_told(entity: Entity, known: Sequence[Entity]) -> Entity:
    """With all that is told of whom this is about by a name that it has, too: of "my sister's dog
    Monty" what is told of "Monty"."""
    told = {one.text for one in entity.statements}
    wider = [
        one
        for one in known
        if not set(one.names).isdisjoint(entity.names)
        and told < {other.text for other in one.statements}
    ]
    return replace(entity, statements=wider[0].statements) if wider else entity


def _words_of(known: Iterable[Entity]) -> set[str]:
    return {word for entity in known for name in entity.names for word in lower_words(name)}


_View = tuple[DreamPrompt, Sequence[Statement]]


def _answer(statements: Sequence[Statement]) -> str:
    """All that the statements say; what one tells with another is told once.

    So is "Your flatmate is called Ngozi." beside "Your flatmate Ngozi sings.".
    """
    texts = list(dict.fromkeys(one.text for one in statements))
    words = {text: spoken_words(text) for text in texts}
    words |= {text: spoken_words(called) for text in texts if (called := whom_named(text))}
    as_said = {one.text: set(lower_words(one.text)) for one in statements if one.clause is None}
    whole = [t for t in texts if not any(_is_told_by(t, o, words, as_said) for o in texts)]
    things = {one.text: _thing_told_of(one) for one in statements}
    return " ".join(shortened([(text, things[text]) for text in whole or texts[:1]]))


def _is_told_by(
    text: str, other: str, words: Mapping[str, str], as_said: Mapping[str, set[str]]
) -> bool:
    """Whether another statement has all of it: word for word, or in a message that is told whole,
    of which it was taken apart."""
    if text == other:
        return False
    said = as_said.get(other, set())
    return words[text] in words[other] or (text not in as_said and set(words[text].split()) <= said)


def _thing_told_of(statement: Statement) -> str:
    """The subject of a statement that is one thing, as it is told; "" for others."""
    clause = statement.clause
    if clause is None or statement.text != statement.fact:
        return ""
    subject, head = clause.subject, clause.subject.head
    living = subject.is_person or subject.is_living or head.is_proper
    several = any(word.dep == "conj" for word in subject.words) or head.tag in ("NNS", "NNPS")
    return "" if living or several or head.tag == "PRP" else second_person(subject.words)


def _summaries(entity: Entity) -> Iterator[_View]:
    chance = random.Random(entity.names[0])
    kept: list[Statement] = []
    for statement in entity.statements:
        if len(_answer([*kept, statement]).split()) <= _SUMMARY_WORDS:
            kept.append(statement)
    if _answer(kept) not in {one.text for one in kept}:
        forms = chance.sample(_ABOUT, 3)
        for form, name in zip(forms, _round(entity.names, 3), strict=True):
            yield form.format(name), kept


def _recombined(entity: Entity) -> Iterator[_View]:
    """Questions of one fact that name whom they are about by another."""
    count = 0
    for statement in entity.statements:
        for other in entity.statements:
            if other is statement or count == _EACH:
                continue
            for described in descriptions(statement, [other])[:1]:
                for question in _naming(statement, described):
                    count += 1
                    yield question, (statement, other)


def _naming(statement: Statement, described: str) -> Iterator[str]:
    """The first question of a statement whose subject is named by a description."""
    clause = statement.clause
    if clause is None:
        return
    name = mid_sentence(plain(clause).subject)
    pattern = re.compile(rf"\b{re.escape(name)}\b(?!['’]s)", re.IGNORECASE)
    for part in statement.parts:
        for question in part.questions[:1]:
            if part.role != "subject" and pattern.search(question.direct):
                yield pattern.sub(described, question.direct, count=1)
                return


def _dialogues(entity: Entity) -> Iterator[_View]:
    """One fact asked for after another of the same person or thing."""
    chance = random.Random(" ".join(entity.names))
    order = list(entity.statements)
    chance.shuffle(order)
    for first, then in pairwise(order):
        opening, following = _plainest(first), _plainest(then)
        if opening and following and first.text != then.text:
            second = chance.choice(_AND).format(_inside(following))
            yield (opening, first.text, second[:1].upper() + second[1:]), (first, then)


def _contrasts(statements: Sequence[Statement]) -> Iterator[_View]:
    """Two answers to choose from, of which the other belongs to a fact alike."""
    for i, statement in enumerate(statements):
        others = [*statements[i + 1 :], *statements[:i]]
        pair = next((p for other in others if (p := _alike(statement, other))), None)
        if pair is not None:
            mine, theirs = pair
            chance = random.Random(statement.text)
            keys = [mine.key, theirs.key]
            chance.shuffle(keys)
            question = mine.questions[0].direct.rstrip("?")
            yield f"{question}, {keys[0]} or {keys[1]}?", (statement,)


def _alike(one: Statement, other: Statement) -> tuple[Part, Part] | None:
    """A part of each that could be taken for the other's."""
    if one.text == other.text or one.clause is None or other.clause is None:
        return None
    for mine in one.parts:
        for theirs in other.parts:
            named = mine.piece.head.is_proper and theirs.piece.head.is_proper
            same = mine.role == theirs.role and mine.questions and named
            both = mine.piece.is_person == theirs.piece.is_person
            apart = set(lower_words(theirs.key)).isdisjoint(lower_words(one.text))
            if same and both and apart:
                return mine, theirs
    return None


def _plainest(statement: Statement) -> str:
    asked = [part.questions[0].direct for part in statement.parts if part.questions]
    return asked[-1] if asked else ""


def _inside(question: str) -> str:
    return question[:1].lower() + question[1:]


def _round(names: Sequence[str], count: int) -> list[str]:
    return [names[k % len(names)] for k in range(count)]
