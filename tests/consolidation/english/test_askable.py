"""What of a statement can be asked for."""

import pytest

from consolidation.english.askable import askable_parts


@pytest.mark.parametrize(
    ("statement", "parts"),
    [
        ("Your sister Elena works as a vet in Porto.", {"Elena", "Porto", "vet"}),
        ("You are allergic to penicillin.", {"penicillin"}),
        ("You sold your flute to Marek for 300 euros.", {"Marek", "300 euros"}),
        ("The dentist is on Thursday 4 March 2027.", {"Thursday 4 March 2027"}),
    ],
)
def test_the_parts_that_answer_questions(statement: str, parts: set[str]) -> None:
    assert parts <= set(askable_parts(statement))


def test_parts_stand_in_the_statement_as_they_are() -> None:
    statement = (
        "Your brother's van, a white Trafic, is at the garage in Leeds until Friday 5 March."
    )
    assert all(part in statement for part in askable_parts(statement))


def test_a_date_is_one_part() -> None:
    parts = askable_parts("The exam is on Monday 29 June 2026 in Graz.")
    assert not {"June", "29", "Monday", "June 2026"} & set(parts)


def test_a_long_statement_has_at_most_seven() -> None:
    names = "Ann, Ben, Cleo, Dov, Eva, Finn, Gus, Hal and Ida"
    assert 0 < len(askable_parts(f"You met {names} in Rome, Oslo and Bonn.")) <= 7
