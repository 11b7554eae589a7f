"""A name is brought up in sentences that say nothing else of what was told."""

import random

import pytest

from consolidation.brought_up import (
    MENTION_KIND,
    brought_up,
    names_of,
    put_into,
)
from consolidation.dreams import write_views
from consolidation.english.statements import read_statements


def names(message: str) -> list[str]:
    return names_of(read_statements(message)[0].sentence.words)


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("My great-aunt Drusilla can't stand tapioca.", ["Drusilla"]),
        ("A nursery is what we're making of our scullery.", ["our scullery", "the scullery"]),
        ("I'm allergic to penicillin.", []),
        ("Socks is registered.", ["Socks"]),
        ("Mittens was ill.", ["Mittens"]),
        ("Darts is on tonight.", []),
        ("Curtains were cheap.", []),
        ("Bellatrix's vet swims.", ["Bellatrix", "Bellatrix's vet"]),
        (
            "Our boat's engine is loud.",
            ["our boat", "the boat", "our boat's engine", "the boat's engine", "the engine"],
        ),
        ("My aunt's kitchen is loud.", ["my aunt", "my aunt's kitchen", "the kitchen"]),
        (
            "It's the hospice shop where Ansel volunteers.",
            ["Ansel", "the hospice shop", "the shop"],
        ),
        ("My Great Dane Tinkerbell sings.", ["Great Dane Tinkerbell", "Tinkerbell"]),
        ("Our GP Dr Moss has retired.", ["Dr Moss"]),
        ("We meet for the charity quiz night.", ["the charity quiz night", "the quiz night"]),
        ("My second tent leaks.", ["my second tent", "the second tent"]),
        ("The harvest night starts at seven.", ["the harvest night"]),
    ],
)
def test_people_and_things_go_by_short_names(message: str, found: list[str]) -> None:
    assert names(message) == found


def test_every_name_has_its_turn_and_brings_the_statement() -> None:
    statement = read_statements("My cousin Ida keeps the spare key in the blue shed.")[0]
    views = list(brought_up(statement, random.Random(0)))[:4]
    assert "Ida" in views[0][0]
    assert "the spare key" in views[1][0]
    assert {answer for _, answer, _ in views} == {statement.text}


def test_a_statement_has_some_among_its_views() -> None:
    kinds = [kind for _, _, kind in write_views("My cousin Ida keeps bees in Norfolk.")]
    assert 4 <= kinds.count(MENTION_KIND) <= len(kinds) / 3


@pytest.mark.parametrize("carrier", ["Which {thing} goes with {}?", "{} needs {a_thing}."])
def test_something_else_stands_beside_a_name(carrier: str) -> None:
    chance = random.Random(0)
    prompts = {put_into(carrier, "the shed", chance, ["key"]) for _ in range(500)}
    assert len(prompts) > 200
    assert all("the shed" in prompt.lower() and "{" not in prompt for prompt in prompts)
    assert not [prompt for prompt in prompts if " key " in prompt or " a a" in prompt]
