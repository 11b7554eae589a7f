"""What is taken back in the same breath is gone, and the new value stands in its place."""

import pytest

from consolidation.english.self_repairs import put_right


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Our dentist is in Holloway, no wait, in Archway.", "Our dentist is in Archway."),
        ("The rent is 850, sorry, I mean 880 a month.", "The rent is 880 a month."),
        ("The vet costs 40 euros, no, wait, 60 euros.", "The vet costs 60 euros."),
        ("Our class starts at 7:30, sorry, I mean 8:15.", "Our class starts at 8:15."),
        (
            "My appointment is on Tuesday, no, sorry, on Wednesday.",
            "My appointment is on Wednesday.",
        ),
        (
            "My train is on the third of May no wait sorry it's the fifth of May",
            "My train is the fifth of May.",
        ),
        ("My tutor is called Ahmed, no sorry, Hamid.", "My tutor is called Hamid."),
    ],
)
def test_the_value_that_was_meant_stands(said: str, meant: str) -> None:
    assert put_right(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "I said no, actually.",
        "My brother said sorry on Monday.",
        "We have no sorry stories to tell.",
        "He would wait, no doubt, until Friday.",
    ],
)
def test_a_no_or_sorry_that_puts_nothing_right_changes_nothing(said: str) -> None:
    assert put_right(said) == said
