"""What is told whole: sentences with what they point back to."""

import pytest

from consolidation.english.accounts import accounts
from consolidation.english.statements import read_statements
from consolidation.english.turns import Turn


def told(message: str, *before: Turn) -> list[str]:
    return [account.text for account in accounts(message, before)]


def texts(message: str, *before: Turn) -> list[str]:
    return [statement.text for statement in read_statements(message, before)]


@pytest.mark.parametrize(
    ("asked", "answer", "text"),
    [
        ("Lovely! Where are you staying?", "In Leith.", "I am staying in Leith."),
        ("When do you leave?", "on Friday", "I leave on Friday."),
        ("How long did he stay?", "for two weeks", "He stayed for two weeks."),
        ("Who is Ines?", "my physio", "Ines is my physio."),
        ("Who's Theo?", "Ex flatmate.", "Theo is an ex flatmate."),
        ("What's her name?", "Pepita", "Her name is Pepita."),
    ],
)
def test_an_answer_is_completed_with_the_question(asked: str, answer: str, text: str) -> None:
    before = Turn("We go to Scotland in August.", asked)
    assert told(answer, before)[0].endswith(text)


def test_an_answer_to_no_clear_question_is_told_with_what_it_answers() -> None:
    before = Turn("Knee op's booked.", "Good. Which knee, and when?")
    assert told("Right one. 14 July, at the Epworth.", before) == [
        "Knee op is booked: right one. 14 July, at the Epworth."
    ]


def test_a_sentence_that_points_back_stays_with_what_it_points_to() -> None:
    message = "my sister wants the caravan in june. the other one has asked for july"
    assert texts(message)[-1] == (
        "Your sister wants the caravan in June. The other one has asked for July."
    )


def test_whom_she_means_is_known_from_the_message_before() -> None:
    before = Turn("My daughter Maddie goes to Kyoto.", "Congratulations!")
    assert texts("She can't have shellfish.", before) == ["Maddie can't have shellfish."]


def test_between_two_who_could_be_meant_nobody_is_chosen() -> None:
    before = Turn("My sister Ana visits my aunt Rosa.", "Nice.")
    assert not [text for text in texts("She has a new car.", before) if text.startswith("Ana")]


def test_the_one_who_drives_is_not_the_one_who_is_driven() -> None:
    message = "Marcus has the orthodontist on Thursday so my brother Dwayne is driving him"
    assert not [text for text in texts(message) if "take the orthodontist" in text]
    assert not [text for text in texts(message) if "Dwayne is driving Dwayne" in text]


def test_a_message_that_draws_on_earlier_ones_names_them() -> None:
    before = (Turn("I work in Graz.", "Ok."), Turn("We go to Leith.", "When do you leave?"))
    assert accounts("on Friday", before)[0].drawn_on == (1,)


def test_an_outcome_is_told_with_what_it_is_the_outcome_of() -> None:
    before = Turn("Tomorrow I have the MOT for the Skoda.", "Good luck!")
    assert texts("Failed.", before) == ["Tomorrow you have the MOT for the Skoda. Failed."]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("Sold the van, finally.", "You sold the van, finally."),
        ("was at the dentist today", "You were at the dentist today."),
        ("dentist is Bodil", "Dentist is Bodil."),
        ("new boss: Karin", "Your new boss is Karin."),
    ],
)
def test_what_went_without_saying_is_said(message: str, text: str) -> None:
    assert text in texts(message)


@pytest.mark.parametrize(
    ("message", "garbled"),
    [
        ("My brother lives in Pune, who has become deaf", "Pune has"),
        ("museum's good, my sister Kana works there", "You have a"),
        ("sold the motorbike. 310,000 yen", "You have 310,000 yen."),
        ("I want it frozen on the 8th so I don't die", "You don't die."),
        ("listen it is not Friday any more Nives has telephoned", "Listen it is"),
    ],
)
def test_nothing_is_stated_that_was_not_said(message: str, garbled: str) -> None:
    assert not [text for text in texts(message) if text.startswith(garbled)]


def test_a_message_that_opens_with_what_points_nowhere_is_read() -> None:
    told = texts("I got her name wrong, the consultant is Dr. Mukherjee.")
    assert any("Dr. Mukherjee" in text for text in told)


def test_what_takes_the_place_of_what_is_over_stays_with_it() -> None:
    whole = "My aunt Bo no longer prefers red. The favourite colour is now teal."
    assert told(whole) == [whole]
    apart = "My aunt Bo no longer sings. The kitchen is blue."
    assert len(told(apart)) == 2


@pytest.mark.parametrize(
    "message",
    [
        "The yoga studio is no longer at number 81. It is at number 122 now.",
        "We swapped the pram for another. It is now one built in 1973, no longer in 1935.",
        "I was wrong about the loom. It was built in 1890, not in 1870.",
    ],
)
def test_sentences_of_one_change_have_one_answer(message: str) -> None:
    assert len(set(texts(message))) == 1
