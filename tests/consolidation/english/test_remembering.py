"""Who asks to be remembered is heard; who only talks of remembering is not."""

import pytest

from consolidation.english.remembering import asks_to_remember


@pytest.mark.parametrize(
    "message",
    [
        "Remember that my dog is called Rex.",
        "Please remember: the code is 4471.",
        "remember, I'm vegetarian",
        "Remember my sister is Ana.",
        "Can you remember that I hate olives?",
        "I want you to remember that the gate sticks.",
        "Don't forget that the bins go out on Monday.",
        "Don’t forget: the bins go out on Monday.",
        "do not forget my mum's birthday is in May",
        "Never forget that I am allergic to nuts.",
        "Please note my new number is 555 1235.",
        "Note: I moved to Leith.",
        "For the record, I hate olives.",
        "I hate olives, for the record.",
        "Keep in mind that I'm vegetarian.",
        "Please bear in mind we have no car.",
        "My locker is 12. Please make a note.",
        "My locker is 12, write this down",
        "Hi! Remind me that Ana is away in June.",
        "My locker is 12. Remember this.",
    ],
)
def test_a_wish_to_be_remembered_is_heard(message: str) -> None:
    assert asks_to_remember(message)


@pytest.mark.parametrize(
    "message",
    [
        "Do you remember that my dog is called Rex?",
        "I remember my first school.",
        "I can't remember the name of my dentist.",
        "I always forget that the gate sticks.",
        "I don't remember my old number.",
        "Don't remember this.",
        "Remind me to buy milk.",
        "Don't forget to call my mum.",
        "Remember the time we went to Oban?",
        "She left a note on the table.",
        "I keep my keys in the blue bowl.",
        'My mum always says "remember that the early bird catches the worm".',
        "I never forget a face.",
        "My dog is called Rex.",
        "",
    ],
)
def test_talk_of_remembering_is_no_wish(message: str) -> None:
    assert not asks_to_remember(message)
