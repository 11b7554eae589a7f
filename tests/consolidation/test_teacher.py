"""A teacher adds questions that hold against their source, and nothing else."""

import json
from collections.abc import Container, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from consolidation.plain_words import TEACHERS, left_out_words
from consolidation.teacher import KIND, TeacherWriter
from consolidation.teacher_checks import fault, rounds
from memory.episode import Episode, NoveltyScore
from memory.records import Dream, Dropped, Probe
from models.base import JsonSchema, Message, ReplyCutOff, Sampling, WeightsMissing

TOLD = "I moved to Lisbon last spring with my brother Tom."
FACT = "You moved to Lisbon last spring with your brother Tom."


class ScriptedTeacher:
    """Proposes the given questions once, and answers them back from a table."""

    def __init__(
        self, proposed: list[tuple[str, str]], back: dict[str, str], fact: str = ""
    ) -> None:
        self._proposed = list(proposed)
        self._back = back
        self._fact = fact
        self.loaded: list[Path] = []
        self.seeds: list[int] = []
        self.failure: RuntimeError | None = None

    def load(self, gguf: Path) -> None:
        if self.failure is not None:
            raise self.failure
        self.loaded.append(gguf)

    def compose(self, messages: Sequence[Message], schema: JsonSchema, sampling: Sampling) -> str:
        self.seeds.append(sampling.seed)
        if schema["type"] == "array":
            pairs, self._proposed = self._proposed[:2], self._proposed[2:]
            if not pairs:
                raise ReplyCutOff("no end")
            return json.dumps([{"question": q, "answer": a} for q, a in pairs])
        if "fact" in schema["properties"]:
            return json.dumps({"fact": self._fact})
        question = messages[-1].content
        found = [answer for asked, answer in self._back.items() if asked in question]
        return json.dumps({"answer": found[0] if found else "I do not know."})


class OneFact:
    """A writer that finds one fact, or none."""

    def __init__(self, answer: str = FACT) -> None:
        self._answer = answer

    def write(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Container[str] = ()
    ) -> list[Dream]:
        known = self._answer and self._answer not in gone
        return (
            [Dream("Where did I move?", self._answer, "question", (episode.id,))] if known else []
        )

    def facts(self, episode: Episode, before: Sequence[Episode] = ()) -> list[str]:
        return [self._answer] if self._answer else []


def no_probes(
    episode: Episode, before: Sequence[Episode] = (), gone: Container[str] = ()
) -> list[Probe]:
    return []


def held_out(
    episode: Episode, before: Sequence[Episode] = (), gone: Container[str] = ()
) -> list[Probe]:
    return [Probe("Which city did I move to?", ("Lisbon",), "new", (episode.id,))]


def episode(text: str = TOLD) -> Episode:
    at = datetime(2026, 3, 3, 12, tzinfo=UTC)
    return Episode(1, "s", at, text, "Noted.", "base", NoveltyScore(1.0, 1.0, 5.0), "waiting")


def teacher(model: Any, writer: Any = None, probes: Any = no_probes) -> TeacherWriter:
    gguf = Path("teacher.gguf")
    return TeacherWriter(writer or OneFact(), probes, model, gguf, name="t.gguf", views=8)


def test_a_question_that_holds_is_dreamt_with_the_grammars_own_answer() -> None:
    model = ScriptedTeacher(
        [("Who moved to Lisbon with me?", "my brother Tom"), ("Is it sunny?", "yes")],
        {"Who moved": "your brother Tom"},
    )
    writer = teacher(model)
    dreams = writer.write(episode())
    assert dreams[1:] == [Dream("Who moved to Lisbon with me?", FACT, KIND, (1,))]
    assert model.loaded == [Path("teacher.gguf")]
    assert writer.said == "The teacher t.gguf was asked for 2 questions; 1 passed the checks."


@pytest.mark.parametrize(
    ("question", "phrase", "why"),
    [
        ("I moved with Tom", "Lisbon", "is no question"),
        ("Did I move to Lisbon?", "Tom", "wants a yes or no"),
        ("Where do you live with Tom?", "Lisbon", "asks about 'you' instead of its owner"),
        ("Where did I move?", "Lisbon", "is asked already, or kept for the test"),
        ("Which city did I move to?", "Lisbon", "is asked already, or kept for the test"),
        ("Who moved with me?", "Sam", "is answered with 'Sam', which the statement does not say"),
        ("Can you tell me where in Lisbon I moved?", "Lisbon", "holds its own answer"),
        ("What did I tell you?", FACT, "is answered with the whole statement"),
        ("What is the weather?", "Lisbon", "names nothing of what it asks about"),
        ("When did I move?", "Tom", "asks for something else than 'Tom'"),
        ("Where did my brother move?", "last spring", "asks for something else than 'last spring'"),
        ("How many brothers moved?", "Tom", "asks for something else than 'Tom'"),
        (
            "Which city did I move to with Otto?",
            "Lisbon",
            "takes 'Otto' for granted, which none of its sources says",
        ),
        (
            "Who moved to a bakery in Lisbon?",
            "Tom",
            "takes 'bakery' for granted, which none of its sources says",
        ),
        ("With whom did I move?", "Tom", "is answered with 'I do not know.', asked back"),
    ],
)
def test_a_question_that_fails_a_check_is_dropped_with_the_reason(
    question: str, phrase: str, why: str
) -> None:
    writer = teacher(ScriptedTeacher([(question, phrase)], {}), probes=held_out)
    assert len(writer.write(episode())) == 1
    assert writer.dropped == [Dropped(question, FACT, f"{TEACHERS} {why}", (1,))]


def test_a_parroted_message_is_no_answer() -> None:
    assert rounds("Tom", "your brother Tom") is False
    assert rounds("my brother Tom", "your brother Tom")
    assert not rounds(TOLD, "Tom")


def test_the_same_question_is_taken_once() -> None:
    same = [("Who moved to Lisbon with me?", "Tom")] * 2
    writer = teacher(ScriptedTeacher(same, {"Who moved": "Tom"}))
    assert len(writer.write(episode())) == 2
    assert "is asked already" in writer.dropped[0].reason


def test_the_teacher_may_state_what_the_grammar_did_not_find() -> None:
    model = ScriptedTeacher(
        [("Who moved to Lisbon with me?", "Tom"), ("When did I move to Lisbon?", "last spring")],
        {"Who moved": "Tom", "When did": "last spring"},
        fact=FACT,
    )
    writer = teacher(model, OneFact(""))
    dreams = writer.write(episode())
    assert dreams == [Dream("Who moved to Lisbon with me?", FACT, KIND, (1,))]
    assert writer.facts(episode()) == [FACT]
    assert [probe.question for probe in writer.write_probes(episode())] == [
        "When did I move to Lisbon?"
    ]


@pytest.mark.parametrize("fact", ["You moved to Rome.", "My brother is Tom.", "", "You?"])
def test_a_stated_fact_that_the_message_does_not_say_is_not_dreamt(fact: str) -> None:
    writer = teacher(ScriptedTeacher([("Who came?", "Tom")], {}, fact), OneFact(""))
    assert writer.write(episode()) == []
    assert writer.facts(episode()) == []


def test_a_question_or_a_joke_is_not_made_a_fact() -> None:
    model = ScriptedTeacher([], {}, "You like Lisbon.")
    assert teacher(model, OneFact("")).write(episode("Do I like Lisbon?")) == []
    assert model.seeds == []


def test_what_is_gone_is_not_asked_for() -> None:
    model = ScriptedTeacher([("Who moved to Lisbon with me?", "Tom")], {"Who moved": "Tom"})
    assert teacher(model).write(episode(), gone=(FACT,)) == []


def test_without_its_weights_grammar_dreams_alone_and_says_so() -> None:
    model = ScriptedTeacher([], {})
    model.failure = WeightsMissing("teacher.gguf cannot be loaded by llama.cpp")
    writer = teacher(model)
    assert len(writer.write(episode())) == 1
    assert writer.said == (
        "The teacher t.gguf could not be used, so grammar dreamt alone: teacher.gguf cannot be "
        "loaded by llama.cpp."
    )


def test_the_same_seed_asks_in_the_same_way() -> None:
    seeds = []
    for _ in range(2):
        model = ScriptedTeacher([("Who moved to Lisbon with me?", "Tom")], {"Who moved": "Tom"})
        teacher(model).write(episode())
        seeds.append(model.seeds)
    assert seeds[0] == seeds[1]
    assert len(set(seeds[0])) > 1


def test_a_fitting_question_has_no_fault() -> None:
    assert fault("Who moved to Lisbon with me?", "your brother Tom", FACT, ()) == ""
    assert fault("Can you tell me when I moved?", "last spring", FACT, ()) == ""


def test_what_was_left_out_is_told_apart() -> None:
    own = Dropped("?", "a", "says 'b', which none of its sources says", (1,))
    asked = Dropped("?", "a", f"{TEACHERS} is no question", (1,))
    assert left_out_words([own]) == "1 dream was left out: it said more than you told me."
    assert left_out_words([own, own, asked]) == (
        "2 dreams were left out: they said more than you told me. "
        "1 question of the teacher's did not pass the checks."
    )
