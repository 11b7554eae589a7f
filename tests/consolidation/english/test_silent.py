"""A sentence without a subject may be of somebody else, one without an object says too little."""

import pytest

from consolidation.english.silent import is_of_another, lacks_object
from consolidation.english.statements import read_statements


def stated(message: str) -> list[str]:
    return [statement.text for statement in read_statements(message)]


@pytest.mark.parametrize(
    ("message", "wrong"),
    [
        ("My niece Orla is here at last! Born in May, 3.4 kilos.", "You were born"),
        ("My uncle is coming in June. Driving up with his new dog.", "You are driving"),
        ("My son Ravi got into Bristol. Moved out in May.", "You moved"),
    ],
)
def test_what_another_does_is_never_told_of_the_owner(message: str, wrong: str) -> None:
    assert stated(message)
    assert not any(text.startswith(wrong) for text in stated(message))


def test_what_another_does_is_told_behind_who_it_is() -> None:
    told = stated("My uncle is coming in June. Driving up with his new dog.")
    assert "Your uncle is coming in June. Driving up with his new dog." in told


def test_the_owner_who_acts_on_another_stays_the_owner() -> None:
    assert not is_of_another("Bought him a heater.", "My dad got a shed.")
    assert "You bought your dad a heater for it." in stated(
        "My dad got a shed. Bought him a heater for it."
    )


def test_the_owner_goes_on_after_a_sentence_of_the_owner() -> None:
    assert "You moved to Leeds in 2010." in stated("I was born in Cork. Moved to Leeds in 2010.")


@pytest.mark.parametrize("text", ["Sold in December.", "I bought on Tuesday."])
def test_what_was_sold_must_be_said(text: str) -> None:
    assert lacks_object(text)


@pytest.mark.parametrize("text", ["Sold the van.", "I sold up.", "The van was sold in May."])
def test_a_thing_a_particle_or_a_passive_is_enough(text: str) -> None:
    assert not lacks_object(text)


def test_a_sale_is_told_with_what_was_sold() -> None:
    told = stated("We had a caravan in Tenby, did I mention? Sold in June.")
    assert any("Tenby" in text and "old in June" in text for text in told)
    assert "You sold in June." not in told
