from collections.abc import Sequence

import pytest

from benchmarks.late_questions import late, passages_of
from memory.records import DreamPrompt, Probe

PROBES = [Probe("What is the capital of France?", ("Paris",), "general")] * 2
SAID = [f"Message {number}." for number in range(8)]


@pytest.mark.parametrize(
    ("history", "turns"), [(0, [1] * 5), (1, [1, 3, 3, 3, 3]), (-1, [1, 3, 5, 7, 9])]
)
def test_so_much_of_the_conversation_stands_before_each_message(
    history: int, turns: list[int]
) -> None:
    asked: list[Sequence[DreamPrompt]] = []

    def ask(prompts: Sequence[DreamPrompt]) -> list[str]:
        asked.append(prompts)
        return ["It is Paris.", "I am sorry for your loss but I cannot help."]

    assert late(ask, PROBES, SAID, history, as_said=True) == (1, 4)
    assert [[len(prompt) for prompt in prompts] for prompts in asked] == [[n, n] for n in turns]
    assert [prompts[1][-1] for prompts in asked] == [*SAID[4:], PROBES[1].question]


def test_as_in_the_program_a_reply_that_begins_as_another_did_is_written_anew() -> None:
    asked: list[Sequence[DreamPrompt]] = []

    def ask(prompts: Sequence[DreamPrompt]) -> list[str]:
        asked.append(prompts)
        return ["That is in Paris.", "I am sorry for your loss."][: len(prompts)]

    late(ask, PROBES, SAID, 1)
    assert asked[2] == [SAID[1], SAID[5]]
    assert len(asked) == 9


def test_passages_are_runs_of_eight_words() -> None:
    assert passages_of("One two three four five six seven.") == set()
    assert len(passages_of("one " * 9)) == 1
