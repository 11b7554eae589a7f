"""A message may end what a fact joins only where it names both, and never what is another's."""

import pytest

from consolidation.english.named_again import is_of_others, joins_again

WORKS = "Your best friend Catriona is on the staff at the town museum."


def test_a_message_that_names_both_ends_of_a_fact_may_end_it() -> None:
    assert joins_again("Catriona has left the museum for the bookshop.", WORKS)
    assert joins_again("The greenhouse isn't 4836 now.", "The code of your greenhouse is 4836.")


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("Catriona got a medal for swimming.", WORKS),
        ("My niece Marisol is studying nursing.", "Your niece Marisol loves fish and chips."),
        ("Our aunt Mo is called Maureen at work.", "Your aunt is called Mo."),
        ("I keep the key for the kiln in a jar.", "You keep the key for the van in a drawer."),
        ("My goldfish Ned eats carrots.", "Your goldfish Ned is 50 months old."),
    ],
)
def test_one_end_alone_ends_nothing(message: str, fact: str) -> None:
    assert not joins_again(message, fact)


def test_two_things_of_a_kind_are_told_apart() -> None:
    fact = "The dance contest is supported with money from Oakhurst Insurance."
    assert not joins_again("The pumpkin contest is supported with money from Copperfield.", fact)
    assert joins_again("The contest no longer gets money from anyone.", fact)


def test_two_people_with_names_are_not_one_another() -> None:
    assert is_of_others("My boss Hetty moved to Lewes.", "Your cousin Ama moved to Leeds.")
    assert is_of_others("My cat Bo sees Dr Iqbal.", "Your dog Rex sees Dr Iqbal.")
    assert not is_of_others("Book club is at the Crown now.", "Book club meets at the Anchor.")
    assert not is_of_others("She moved to Lewes.", "Your cousin Ama moved to Leeds.")


def test_where_something_is_is_part_of_its_name() -> None:
    fact = "The chemist's on Mill Lane has been shut since 2019."
    assert not joins_again("The baker's on Mill Lane is now by the bus station.", fact)
    assert joins_again("The chemist's on Mill Lane has been open since 2019.", fact)


def test_where_something_is_is_part_of_the_name_of_what_belongs_to_it() -> None:
    fact = "The owner of the bookshop on Quay Street is Mr Gallagher."
    assert not joins_again("The bookshop on Quay Street was established in 1994.", fact)
    assert joins_again("Mr Gallagher has sold the bookshop on Quay Street.", fact)
