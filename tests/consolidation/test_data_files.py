import json
import re
from importlib.resources import files
from typing import Any

from memory.text import content_words

PROMPTS = (
    files("consolidation.english").joinpath("anchor_prompts.txt").read_text("utf-8").splitlines()
)
QUESTIONS: list[dict[str, Any]] = json.loads(
    files("consolidation").joinpath("general_questions.json").read_text("utf-8")
)


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def test_anchor_prompts_are_distinct_and_of_one_line() -> None:
    assert len(PROMPTS) >= 200
    assert len({plain(prompt) for prompt in PROMPTS}) == len(PROMPTS)
    assert all(prompt and prompt == prompt.strip() for prompt in PROMPTS)


def test_there_are_120_distinct_general_questions_with_answers() -> None:
    assert len(QUESTIONS) == 120
    assert len({plain(item["question"]) for item in QUESTIONS}) == 120
    for item in QUESTIONS:
        assert set(item) == {"question", "expected"}
        assert item["question"].endswith("?")
        assert item["expected"]
        assert all(text and text == text.strip() for text in item["expected"])


def test_no_question_gives_its_answer_away() -> None:
    for item in QUESTIONS:
        for text in item["expected"]:
            pattern = rf"(?<!\w){re.escape(text)}(?!\w)"
            assert not re.search(pattern, item["question"], re.IGNORECASE), item


def test_no_anchor_prompt_trains_on_a_question() -> None:
    for item in QUESTIONS:
        asked = set(content_words(item["question"]))
        for prompt in PROMPTS:
            words = set(content_words(prompt))
            shared = len(asked & words) / len(asked | words) if asked | words else 0.0
            assert shared < 0.5, (item["question"], prompt)
            for text in item["expected"]:
                told = f" {plain(text)} " in f" {plain(prompt)} "
                assert not (told and asked & words), (item["question"], prompt)
