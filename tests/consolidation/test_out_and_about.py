import pytest

from consolidation.dreams import normalised, write_views
from consolidation.english.lexicon import synonyms


@pytest.mark.parametrize(
    "message, asked",
    (
        ("We rehearse in the old mill.", "Where is practice?"),
        ("I sing tenor in a chamber choir.", "Which choir am I in?"),
        ("I cycle to the office.", "How do I get to work?"),
        ("My first day at the bank is the second of March.", "When do I start my new job?"),
        ("I've been put in charge of the Hull depot.", "What am I in charge of?"),
        ("My son got into Leeds to do law.", "Which university is my child going to?"),
        (
            "We're sailing from Hook to Harwich.",
            "Which port, station or airport are we leaving from?",
        ),
        ("I sit next to Olga at work.", "Who do I sit next to?"),
        ("My bike got nicked at the station.", "Where was my bike stolen?"),
        ("I play prop for Selby.", "Which team do I play for?"),
    ),
)
def test_work_and_leisure_are_asked_for_in_plain_words(message: str, asked: str) -> None:
    assert normalised(asked) in [normalised(prompt) for prompt, _, _ in write_views(message)]


@pytest.mark.parametrize(
    "message, asked",
    (
        ("I commute to Reading by train.", "Which hobby do I commute to?"),
        ("Our flight to Lisbon leaves at six.", "What time does Lisbon leave?"),
        ("I passed my grade five piano.", "How many piano did I pass?"),
        ("I bought a book in the gift shop.", "Where did I buy a novel?"),
        ("I bought it in the gift shop.", "Did I buy it in the present shop?"),
    ),
)
def test_what_nobody_would_ask_is_not_asked(message: str, asked: str) -> None:
    assert asked not in [prompt for prompt, _, _ in write_views(message)]


def test_a_wider_word_stands_for_a_narrower_one_only() -> None:
    assert "book" in synonyms("n", "novel")
    assert "novel" not in synonyms("n", "book")


@pytest.mark.parametrize(
    "message, asked",
    (
        ("Bea from payroll is retiring in May.", "When is Bea from payroll retiring?"),
        ("I'm a conservator at the museum.", "Where do I work?"),
        ("Our gig at the Leadmill is on Friday.", "When is the concert or show?"),
        ("We're having a week on Skye in May.", "What are we having on Skye?"),
    ),
)
def test_what_the_parser_takes_amiss_is_asked_for_all_the_same(message: str, asked: str) -> None:
    assert normalised(asked) in [normalised(prompt) for prompt, _, _ in write_views(message)]
