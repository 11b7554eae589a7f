"""Amendments: corrections that say only what changes."""

import pytest

from consolidation.english.amendments import amended


@pytest.mark.parametrize(
    ("told", "said", "meant"),
    [
        (
            "My dentist appointment is on Wednesday.",
            "Actually it's Thursday.",
            "My dentist appointment is on Thursday.",
        ),
        (
            "I'm meeting Carla at 5pm on Friday.",
            "Sorry, I meant 6pm.",
            "I'm meeting Carla at 6pm on Friday.",
        ),
        (
            "The plumber comes on Tuesday at nine.",
            "No wait, Wednesday.",
            "The plumber comes on Wednesday at nine.",
        ),
        (
            "We're having 40 people at the party.",
            "make that 50",
            "We're having 50 people at the party.",
        ),
        (
            "My exam is on the 14th of March.",
            "Actually, it's the 15th.",
            "My exam is on the 15th of March.",
        ),
        (
            "My new boss is called Hanna.",
            "It's Anna, not Hanna.",
            "My new boss is called Anna.",
        ),
        (
            "The rehearsal is at the town hall.",
            "Correction: at St Mary's, not the town hall",
            "The rehearsal is at St Mary's.",
        ),
    ],
)
def test_only_what_changes_was_said(told: str, said: str, meant: str) -> None:
    assert amended(said, [told]) == meant


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("I love tea.", "It's Friday!"),
        ("My exam is on the 14th.", "It's cold today."),
        ("I have three cats.", "No."),
        ("My exam is on Monday.", "My sister comes on Tuesday."),
        ("Is your shop open on Monday?", "Actually it's Thursday."),
        (
            "I like Mondays.",
            "Actually I have changed my mind about the whole thing, no more exams.",
        ),
    ],
)
def test_what_corrects_nothing_stays(told: str, said: str) -> None:
    assert amended(said, [told]) == said


def test_the_nearest_sentence_is_meant() -> None:
    told = ["The plumber comes on Tuesday.", "My exam is on Monday."]
    assert amended("Actually it's Friday.", told) == "The plumber comes on Friday."
