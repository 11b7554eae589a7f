"""What goes by one name stands together, in a clause or in what is told whole."""

import pytest

from consolidation.english.statements import read_statements
from consolidation.named_alike import named_alike


def grouped(*messages: str) -> list[tuple[str, ...]]:
    told = [
        (statement, number)
        for number, text in enumerate(messages)
        for statement in read_statements(text)
    ]
    return [entity.names for entity in named_alike(told)]


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("The telescope lives in the loft.", "I polished my brass telescope.", "the telescope"),
        ("My boss Ruaridh turned 60.", "Ruaridh has taken up weightlifting.", "Ruaridh"),
        ("We park beside the toy library.", "The toy library shuts at five.", "the toy library"),
        ("The quiz night is full.", "Jo runs the quiz night.", "the quiz night"),
        ("Uncle Dragan eats porridge.", "My uncle Dragan's holidays are over.", "Uncle Dragan"),
    ],
)
def test_what_two_messages_name_is_one(first: str, second: str, name: str) -> None:
    assert any(name in names for names in grouped(first, second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("My black cat purrs.", "Our tabby cat hisses."),
        ("I saw Tom's passport.", "Ida's passport is lost."),
        ("I changed my mind.", "My mind wanders."),
        ("The night was long.", "I slept through the night."),
        ("Mr Finch eats porridge.", "Mrs Finch's holidays are over."),
    ],
)
def test_what_is_told_apart_stays_two(first: str, second: str) -> None:
    assert not grouped(first, second)


def test_what_everything_names_is_nobody() -> None:
    assert not grouped(
        *(f"I took the {thing} to the shop." for thing in ("bag", "cup", "mop", "pot", "jug"))
    )
