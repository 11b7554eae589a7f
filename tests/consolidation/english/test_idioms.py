"""Idioms, doers and terse questions: nothing is left out that the verb needs."""

import pytest

from consolidation.dreams import normalised, write_views


def prompts(message: str) -> set[str]:
    return {normalised(prompt) for prompt, _, _ in write_views(message)}


@pytest.mark.parametrize(
    ("message", "asked", "never"),
    [
        (
            "Dr Lindqvist has put me on iron tablets.",
            "What has Dr Lindqvist put me on?",
            "Who has put me?",
        ),
        (
            "The spare room has turned into a home office.",
            "What has the spare room turned into?",
            "Where has the spare room turned?",
        ),
        (
            "We lost to Harwood Rovers on penalties last Sunday.",
            "Who beat us?",
            "Where did we lose to Harwood Rovers?",
        ),
        (
            "My aunt put me in touch with a genealogist.",
            "Who did my aunt put me in touch with?",
            "Where did my aunt put me?",
        ),
        (
            "My mate Dave is in charge of the raffle.",
            "What is my mate Dave in charge of?",
            "Where is my mate Dave?",
        ),
    ],
)
def test_a_verb_keeps_what_belongs_to_it(message: str, asked: str, never: str) -> None:
    found = prompts(message)
    assert normalised(asked) in found
    assert normalised(never) not in found


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("My case got lost by Iberia.", "Who lost my case?"),
        ("My case got lost by Iberia.", "Which company lost my case?"),
        ("Our boiler was serviced by Northgate Heating.", "Who did we hire for our boiler?"),
        ("My flatmate has been sacked by the bakery.", "Who has sacked my flatmate?"),
        ("My nephew got bitten by a spaniel.", "Which animal bit my nephew?"),
        (
            "We've had solar panels fitted by a company called SunLoft.",
            "Who has fitted solar panels?",
        ),
        ("I'm getting my teeth whitened in Budapest.", "Where am I getting my teeth whitened?"),
        ("My parents' cottage got flooded in January.", "What happened to my parents' cottage?"),
        ("The bins go out on Thursday.", "bin day?"),
        ("My dentist is called Dr Achterberg.", "dentist's name?"),
        ("Our vet's surgery shuts at half past five.", "vet's surgery closing time?"),
        ("My shoe size is 41.", "shoe size?"),
    ],
)
def test_it_is_asked_as_people_ask(message: str, asked: str) -> None:
    assert normalised(asked) in prompts(message)


def test_a_fall_of_nature_is_no_firm() -> None:
    assert not any(
        "company" in prompt for prompt in prompts("Our shed was wrecked by Storm Eunice.")
    )
