"""Names in careless typing."""

import pytest

from consolidation.english.names import capitalised, with_names
from consolidation.english.parsing import parse


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("my cousin haruka does the music", "my cousin Haruka does the music"),
        ("my sister line wants the car", "my sister Line wants the car"),
        ("tetsu does the sprites now", "Tetsu does the sprites now"),
        ("she is called signe", "she is called Signe"),
        ("my brother works at a bank", "my brother works at a bank"),
        ("my dog loves cheese", "my dog loves cheese"),
        ("our guest bathroom is green", "our guest bathroom is green"),
        ("our neighbour dispute is over", "our neighbour dispute is over"),
        ("my mother tongue is Polish", "my mother tongue is Polish"),
        ("my therapist session was long", "my therapist session was long"),
        ("my sister lily is ill", "my sister Lily is ill"),
    ],
)
def test_a_name_is_known_by_its_place(typed: str, written: str) -> None:
    assert with_names(typed) == written


def test_a_name_that_was_written_with_a_capital_is_known_again() -> None:
    known = capitalised(["Is Njeri coming?"])
    assert with_names("I met njeri today", known) == "I met Njeri today"


def test_a_rare_name_is_parsed_as_a_name() -> None:
    sentence = parse("Otieno hurt his back on Sunday")[0]
    assert (sentence.words[0].text, sentence.words[0].dep) == ("Otieno", "nsubj")
