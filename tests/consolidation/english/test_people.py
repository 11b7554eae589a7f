"""Persons in what the owner says: by title, given name, company and verb."""

import pytest

from consolidation.dreams import write_views
from consolidation.english.clauses import is_person
from consolidation.english.parsing import parse


def prompts(message: str) -> set[str]:
    return {prompt for prompt, _, _ in write_views(message)}


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Priya is leaving us to work for Ordnance Survey.", "Priya"),
        ("Chidi gave me his old tent.", "Chidi"),
        ("The piano is tuned by a Mrs Okafor.", "Okafor"),
        ("Nurse Adeyemi takes my blood every Tuesday.", "Adeyemi"),
        ("The allotment has been taken over by Ferdinand.", "Ferdinand"),
        ("Florence teaches me the cello on Mondays.", "Florence"),
    ],
)
def test_a_name_is_a_persons_by_title_given_name_or_verb(message: str, name: str) -> None:
    assert name in [word.text for word in parse(message)[0].words if is_person(word)]


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("I flew to Florence in May.", "Florence"),
        ("I live on Charlotte Street.", "Street"),
        ("Our tortoise Mildred eats dandelions.", "Mildred"),
        ("I work for Ordnance Survey.", "Survey"),
    ],
)
def test_streets_towns_firms_and_animals_are_no_persons(message: str, name: str) -> None:
    assert not [w for w in parse(message)[0].words if w.text == name and is_person(w)]


def test_a_bare_first_name_is_asked_for_with_who() -> None:
    asked = prompts("Priya is leaving us to work for Ordnance Survey.")
    assert "Who is leaving us to work for Ordnance Survey?" in asked
    assert not [prompt for prompt in asked if prompt.startswith("What is leaving")]


def test_a_title_is_no_thing_with_an_article() -> None:
    asked = prompts("The piano is getting tuned by a Mrs Okafor next week.")
    assert "Who is Mrs Okafor?" in asked
    assert not [prompt for prompt in asked if "the Mrs Okafor" in prompt]


def test_frames_for_things_are_not_used_for_persons() -> None:
    asked = prompts("Priya sits opposite me at the office.")
    assert not [one for one in asked if "kept" in one or "belong" in one or "to get" in one]


def test_nobody_asks_who_dad_is() -> None:
    asked = prompts("Dad can't have grapefruit any more because of his tablets.")
    assert [one for one in asked if "my dad" in one]
    assert not asked & {"Who is Dad?", "who's Dad again", "Do you know who Dad is?"}
