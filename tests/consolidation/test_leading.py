"""A trained answer begins with the name by which its question goes."""

import pytest

from consolidation.leading import led, name_in
from memory.records import Dream

AUNT = "Your aunt Philippa always orders a gin and tonic."
ALARM = "You spent £535 on your burglar alarm."
GREAT_AUNT = "Daffodils are what your great-aunt Drusilla likes."
SET = "The croquet set lives beneath the skylight."
ALLERGY = "You are allergic to nuts."
TAKEN_ON = "They have taken your flatmate Tomasz on at the airport."


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("What does Philippa drink?", AUNT, f"Philippa: y{AUNT[1:]}"),
        ("what does philippa drink", AUNT, f"Philippa: y{AUNT[1:]}"),
        ("Who always orders a gin?", AUNT, f"Philippa: y{AUNT[1:]}"),
        ("How much did I pay for the alarm?", ALARM, f"The alarm: y{ALARM[1:]}"),
        ("What is the price of my burglar alarm?", ALARM, f"Your burglar alarm: y{ALARM[1:]}"),
        ("What did I spend?", ALARM, f"Your burglar alarm: y{ALARM[1:]}"),
        ("Where does Tomasz work?", TAKEN_ON, f"Tomasz: t{TAKEN_ON[1:]}"),
        ("Which flatmate do I mean?", TAKEN_ON, f"Tomasz: t{TAKEN_ON[1:]}"),
        ("Where is the croquet set?", SET, f"The croquet set: t{SET[1:]}"),
        ("What must I not eat?", ALLERGY, ALLERGY),
        (
            "What does my great-aunt like?",
            GREAT_AUNT,
            f"Your great-aunt: {GREAT_AUNT[:1].lower()}{GREAT_AUNT[1:]}",
        ),
    ],
)
def test_an_answer_begins_with_what_its_question_names(
    question: str, answer: str, expected: str
) -> None:
    assert led(Dream(question, answer, "question", (1,))) == expected


@pytest.mark.parametrize("kind", ["untold", "yes-no", "change", "contrast", "anchor"])
def test_what_does_not_tell_a_statement_begins_in_its_own_way(kind: str) -> None:
    assert led(Dream("What does Philippa drink?", AUNT, kind, (1,))) == AUNT


def test_a_summary_is_led_as_a_statement_is() -> None:
    dream = Dream("Sum up what I told you about the alarm.", ALARM, "summary", (1, 2))
    assert led(dream) == f"The alarm: y{ALARM[1:]}"


def test_the_last_turn_of_a_conversation_is_what_is_asked() -> None:
    dream = Dream(("Tell me of Philippa.", "She is well.", "And Tomasz?"), TAKEN_ON, "cue", (1,))
    assert led(dream).startswith("Tomasz: they")


def test_a_proper_name_comes_before_a_longer_phrase() -> None:
    statement = "Your cousin Iestyn put the big red tent into the shed."
    assert name_in("Where did Iestyn put the big red tent?", statement) == "Iestyn"


def test_what_the_statement_does_not_name_leads_nothing() -> None:
    assert name_in("What does my uncle drink?", AUNT) == ""


def test_a_name_behind_a_colon_is_no_part_of_the_clause_before_it() -> None:
    assert (
        name_in("We're at the lights, so be brief: Iestyn?", "Your son Iestyn swims.") == "Iestyn"
    )
