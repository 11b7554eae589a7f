"""A "you" that means anybody tells of the owner; one that speaks to the assistant does not."""

import pytest

from consolidation.english.generic_you import as_owners


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("You'll find the spare fuses in the pantry.", "I'll find the spare fuses in the pantry."),
        ("You have to ring Bogna about the choir.", "I have to ring Bogna about the choir."),
        ("On Sundays you can only park by the mill.", "On Sundays I can only park by the mill."),
        ("You need a badge to get into the pool.", "I need a badge to get into the pool."),
    ],
)
def test_what_holds_for_anybody_is_told_of_the_owner(told: str, read: str) -> None:
    assert as_owners(told) == read


@pytest.mark.parametrize(
    "said",
    [
        "You can call me Ruth.",
        "You'll love our new kitchen.",
        "You have to help with the list.",
        "You can find your answer in the text above.",
        "You'll find it if you look.",
        "Can you book the table?",
        "My sister says you win.",
    ],
)
def test_what_is_said_to_the_listener_stays(said: str) -> None:
    assert as_owners(said) == said
