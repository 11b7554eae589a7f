"""An exam asks the weights alone, and asks twice only what it may not keep."""

import json
import stat
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from consolidation.conversing import held_prompts
from consolidation.exam import (
    ANCHOR_TOKENS,
    ANSWER_TOKENS,
    FIRMLY,
    Examiner,
    compare,
    general_probes,
    questions_of,
    write_anchors,
)
from memory.records import Dream, Probe
from models.base import Message
from models.registry import ModelVersion

SHA = "0123456789abcdef" * 4
OTHER_SHA = "f" * 64


class ScriptedModel:
    """Answers from a table, the last question first, as desks that end early do."""

    def __init__(self) -> None:
        self.table: dict[str, str] = {}
        self.loaded: list[Path] = []
        self.heard: list[list[Message]] = []
        self.limits: list[int] = []

    def load(self, gguf: Path) -> None:
        self.loaded.append(gguf)

    def answers(
        self, conversations: Sequence[Sequence[Message]], *, max_tokens: int
    ) -> Iterator[tuple[int, str]]:
        for index, messages in reversed(list(enumerate(conversations))):
            self.heard.append(list(messages))
            self.limits.append(max_tokens)
            question = messages[-1].content
            yield index, self.table.get(question, f" Answer to {question} ")

    @property
    def asked(self) -> list[str]:
        return [messages[-1].content for messages in self.heard]


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def examiner(model: ScriptedModel, cache: Path) -> Examiner:
    return Examiner(model, "Be brief.", cache)  # type: ignore[arg-type]


@pytest.fixture
def base(tmp_path: Path) -> ModelVersion:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    gguf = tmp_path / "base.gguf"
    return ModelVersion("base", None, gguf, SHA, 1, None, None, SHA, None, now)


def keep_all(_: str) -> bool:
    return True


def test_answers_come_in_the_order_of_the_questions(
    examiner: Examiner, model: ScriptedModel, tmp_path: Path
) -> None:
    answers = examiner.answers(tmp_path / "a.gguf", SHA, ["One?", "Two?", "One?"])
    assert answers == ["Answer to One?", "Answer to Two?", "Answer to One?"]
    assert model.loaded == [tmp_path / "a.gguf"]
    assert sorted(model.asked) == ["One?", "Two?"]


def test_the_weights_are_asked_without_any_memory(
    examiner: Examiner, model: ScriptedModel, tmp_path: Path
) -> None:
    examiner.answers(tmp_path / "a.gguf", SHA, ["One?"], max_tokens=9)
    assert model.heard == [[Message("system", "Be brief."), Message("user", "One?")]]
    assert model.limits == [9]


def test_what_may_be_kept_is_asked_once_and_the_model_is_then_not_even_loaded(
    examiner: Examiner, model: ScriptedModel, tmp_path: Path
) -> None:
    first = examiner.answers(tmp_path / "a.gguf", SHA, ["One?"], keep=keep_all)
    assert examiner.answers(tmp_path / "a.gguf", SHA, ["One?"], keep=keep_all) == first
    assert model.asked == ["One?"]
    assert len(model.loaded) == 1


def test_what_holds_the_owners_facts_is_not_written_down(
    examiner: Examiner, cache: Path, tmp_path: Path
) -> None:
    questions = ["One?", "Who is my dentist?"]
    examiner.answers(tmp_path / "a.gguf", SHA, questions, keep=lambda q: q == "One?")
    kept = "".join(file.read_text() for file in cache.iterdir())
    assert "One?" in kept
    assert "dentist" not in kept


def test_what_was_kept_stays_kept_when_other_questions_are_asked(
    examiner: Examiner, model: ScriptedModel, tmp_path: Path
) -> None:
    examiner.answers(tmp_path / "a.gguf", SHA, ["One?", "Two?"], keep=keep_all)
    examiner.answers(tmp_path / "a.gguf", SHA, ["One?", "Mine?"], keep=lambda q: q == "One?")
    examiner.answers(tmp_path / "a.gguf", SHA, ["Two?"], keep=keep_all)
    assert sorted(model.asked) == ["Mine?", "One?", "Two?"]


def test_kept_answers_belong_to_the_weights_the_prompt_and_the_length(
    examiner: Examiner, model: ScriptedModel, cache: Path, tmp_path: Path
) -> None:
    gguf = tmp_path / "a.gguf"
    examiner.answers(gguf, SHA, ["One?"], keep=keep_all)
    examiner.answers(gguf, OTHER_SHA, ["One?"], keep=keep_all)
    examiner.answers(gguf, SHA, ["One?"], keep=keep_all, max_tokens=9)
    other_prompt = Examiner(model, "Be long.", cache)  # type: ignore[arg-type]
    other_prompt.answers(gguf, SHA, ["One?"], keep=keep_all)
    assert model.asked == ["One?"] * 4


def test_the_kept_answers_of_a_discarded_version_are_dropped_and_no_others(
    examiner: Examiner, model: ScriptedModel, tmp_path: Path
) -> None:
    gguf = tmp_path / "a.gguf"
    for sha in (SHA, OTHER_SHA):
        examiner.answers(gguf, sha, ["One?"], keep=keep_all)
    examiner.forget_answers(SHA)
    examiner.answers(gguf, OTHER_SHA, ["One?"], keep=keep_all)
    assert len(model.asked) == 2
    examiner.answers(gguf, SHA, ["One?"], keep=keep_all)
    assert len(model.asked) == 3


def test_a_damaged_file_of_kept_answers_is_made_anew(
    examiner: Examiner, model: ScriptedModel, cache: Path, tmp_path: Path
) -> None:
    gguf = tmp_path / "a.gguf"
    examiner.answers(gguf, SHA, ["One?"], keep=keep_all)
    (file,) = cache.iterdir()
    for damage in ("", '{"One?": "Ans', "[1, 2]", "null"):
        file.write_text(damage)
        assert examiner.answers(gguf, SHA, ["One?"], keep=keep_all) == ["Answer to One?"]
        assert json.loads(file.read_text()) == {"One?": "Answer to One?"}
    assert len(model.asked) == 5


def test_kept_answers_are_the_owners_alone(examiner: Examiner, cache: Path, tmp_path: Path) -> None:
    examiner.answers(tmp_path / "a.gguf", SHA, ["One?"], keep=keep_all)
    (file,) = cache.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700


def test_progress_counts_what_is_kept_as_done(examiner: Examiner, tmp_path: Path) -> None:
    gguf = tmp_path / "a.gguf"
    heard: list[int] = []
    examiner.answers(gguf, SHA, ["One?", "Two?"], keep=keep_all, on_answer=heard.append)
    assert heard == [1, 2]
    heard.clear()
    questions = ["One?", "Two?", "Three?", "Four?"]
    examiner.answers(gguf, SHA, questions, keep=keep_all, on_answer=heard.append)
    assert heard == [3, 4]


def test_both_versions_answers_are_scored_in_pairs() -> None:
    probes = [
        Probe("Who is my dentist?", ("Dr. Kim",), "new", (1,)),
        Probe("What is the capital of France?", ("Paris",), "general"),
    ]
    results = compare(probes, ["I cannot know.", "Paris!"], ["It is dr kim.", "London"])
    marks = [(r.before_right, r.after_right) for r in results]
    assert marks == [(False, True), (True, False)]
    assert [r.probe for r in results] == probes
    assert results[0].after_answer == "It is dr kim."


def test_answers_that_do_not_fit_the_probes_are_a_bug() -> None:
    with pytest.raises(ValueError, match="shorter"):
        compare([Probe("One?", ("1",), "new")], ["1"], [])


def test_no_night_is_held_to_a_general_question_that_the_base_cannot_answer(
    examiner: Examiner, model: ScriptedModel, base: ModelVersion
) -> None:
    france, italy = "What is the capital of France?", "What is the capital of Italy?"
    model.table = {
        france: "It is Paris.",
        FIRMLY.format(france): "Paris.",
        italy: "It is Rome, by luck.",
    }
    spain = "What is the capital of Spain?"
    rambling = "The answer is a classic example of a riddle. Some say that it is Madrid."
    model.table |= {spain: rambling, FIRMLY.format(spain): "Madrid."}
    russia = "What is the capital of Russia?"
    model.table |= {
        russia: "Sure! The capital is Moscow. It is cold.",
        FIRMLY.format(russia): "Moscow",
    }
    probes = general_probes(examiner, base)
    assert questions_of(probes) == [france, russia]
    assert probes[0].group == "general"
    assert probes[0].episode_ids == ()


def test_the_base_is_asked_the_general_questions_on_one_night_only(
    examiner: Examiner, model: ScriptedModel, base: ModelVersion
) -> None:
    general_probes(examiner, base)
    asked = len(model.asked)
    assert asked == len(
        json.loads(_data("general_questions.json"))
    )  # none is right, none asked again
    assert set(model.limits) == {ANSWER_TOKENS}
    general_probes(examiner, base)
    assert len(model.asked) == asked


def test_anchors_are_the_bases_own_words_to_everyday_prompts(
    examiner: Examiner, model: ScriptedModel, base: ModelVersion
) -> None:
    prompts = held_prompts()
    model.table = {prompts[0]: " Hello! ", prompts[1]: "  "}
    anchors = write_anchors(examiner, base)
    assert anchors[0] == Dream(prompts[0], "Hello!", "anchor", ())
    assert [anchor.prompt for anchor in anchors] == [prompts[0], *prompts[2:]]
    assert set(model.limits) == {ANCHOR_TOKENS}


def _data(name: str) -> str:
    return files("consolidation").joinpath(name).read_text(encoding="utf-8")
