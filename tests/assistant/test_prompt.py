"""Chat and training lay messages out alike, and memory stands behind what does not change."""

import pytest

from assistant.prompt import (
    chat_messages,
    training_messages,
    weights_only_messages,
)
from memory.records import Dream
from models.base import Message

SYSTEM = "You are Reverie."
HISTORY = (Message("user", "Hi"), Message("assistant", "Hello."))


def test_weights_alone_see_the_system_prompt_and_the_question() -> None:
    assert weights_only_messages(SYSTEM, "Who is my dentist?") == [
        Message("system", SYSTEM),
        Message("user", "Who is my dentist?"),
    ]


def test_a_dialogue_takes_turns_and_ends_with_the_user() -> None:
    roles = [m.role for m in weights_only_messages(SYSTEM, ("Hi", "Hello.", "Who is it?"))]
    assert roles == ["system", "user", "assistant", "user"]


@pytest.mark.parametrize("prompt", ["Who is it?", ("Hi", "Hello.", "Who is it?")])
def test_a_dream_is_the_prompt_that_a_probe_would_be_with_its_answer(
    prompt: str | tuple[str, ...],
) -> None:
    messages = training_messages(SYSTEM, Dream(prompt, "Dr. Kim.", "question", (1,)))
    assert messages[:-1] == weights_only_messages(SYSTEM, prompt)
    assert messages[-1] == Message("assistant", "Dr. Kim.")


def test_a_turn_without_memory_is_the_prompt_of_a_probe() -> None:
    assert chat_messages(SYSTEM, (), (), "Who is it?") == weights_only_messages(
        SYSTEM, "Who is it?"
    )


def test_notes_stand_in_the_last_message_and_nowhere_else() -> None:
    plain = chat_messages(SYSTEM, HISTORY, (), "Who is it?")
    messages = chat_messages(SYSTEM, HISTORY, ("I said so.", "It is Kim."), "Who is it?")
    assert messages[:-1] == plain[:-1] == [Message("system", SYSTEM), *HISTORY]
    assert messages[-1] == Message("user", "I said so.\nIt is Kim.\nWho is it?")
