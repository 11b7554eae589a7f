"""Plain requests are understood; whatever only resembles one is left to talk."""

import time

import pytest

from assistant.tools.rules import ANSWER_BEFORE, plain_calls


def asked(text: str) -> list[tuple[str, dict[str, str]]]:
    return [(call.name, dict(call.arguments)) for call in plain_calls(text)]


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("What time is it?", "time", {}),
        ("Hey Reverie, what’s the time in New York?", "time", {"place": "New York"}),
        ("What is 12*7?", "calc", {"expression": "12*7"}),
        ("what's twenty-one times three hundred", "calc", {"expression": "21 * 300"}),
        ("whats 8*9", "calc", {"expression": "8*9"}),
        ("Multiply 12 by 13", "calc", {"expression": "12 * 13"}),
        ("subtract 5 from 12", "calc", {"expression": "12 - 5"}),
        ("144 / 12 =", "calc", {"expression": "144 / 12"}),
        ("what's 20% off 60", "calc", {"expression": "60 * (1 - 20 / 100)"}),
        ("convert 5 miles to km", "convert", {"amount": "5", "from": "miles", "to": "km"}),
        ("How many feet is a mile?", "convert", {"amount": "1", "from": "mile", "to": "feet"}),
        (
            "Could you remind me tomorrow at 9 to call mum, please?",
            "remind",
            {"text": "call mum", "when": "tomorrow at 9"},
        ),
        (
            "In 10 minutes, remind me to check the oven",
            "remind",
            {"text": "check the oven", "when": "In 10 minutes"},
        ),
        (
            "Don't let me forget the parents' evening on Thursday evening",
            "remind",
            {"text": "the parents' evening", "when": "on Thursday evening"},
        ),
        ("Set an alarm for 7 tomorrow", "remind", {"text": "timer", "when": "at 7 tomorrow"}),
        ("Set a timer for 10 minutes", "remind", {"text": "timer", "when": "10 minutes"}),
        ("Remind me to call mum", "remind", {"text": "call mum"}),
        ("Note that the cake is for me.", "note", {"text": "the cake is for me"}),
        ("add oat milk to my notes", "note", {"text": "oat milk"}),
        ("show me my notes", "notes", {}),
        ("What do my notes say about the key?", "notes", {"about": "the key"}),
        ("do I have any reminders?", "reminders", {}),
        ("cancel reminder 3", "remove", {"kind": "reminder", "number": "3"}),
        ("Search my memory for the dentist", "find", {"query": "the dentist"}),
        ("Read todo.txt", "read", {"file": "todo.txt"}),
        ("Find invoice in my files", "files", {"words": "invoice"}),
    ],
)
def test_a_plain_request_asks_for_its_tool(text: str, name: str, arguments: dict[str, str]) -> None:
    assert asked(text) == [(name, arguments)]


@pytest.mark.parametrize(
    "text",
    [
        "I have a reminder app called Bell.",
        "You remind me of my aunt.",
        "Remind me what my dog is called.",
        "Remind me of my mother's birthday.",
        "Remind me how old I am tomorrow.",
        "What time does the shop open?",
        "What time did I get up today?",
        "What's the time in my favourite book?",
        "We are on call 24/7.",
        "What is 9/11?",
        "My number is 555-0182.",
        "555-0182",
        "12-7-33",
        "2026-11-28",
        "3 - 2",
        "90 x 210",
        "How many people are in my family?",
        "How many eggs are in a cake?",
        "I ran 10 miles in 80 minutes.",
        "How do I convert a PDF into a Word file?",
        "Convert me to your religion.",
        "Add my sister to the list.",
        "Add insult and injury.",
        "Divide the cake by the number of guests.",
        "Write a note to the milkman cancelling two pints.",
        "Could you set a reminder for the barber, how frequent?",
        "Remember that my anniversary is on 4 June.",
        "I took a note of that.",
        "Note taking is a skill.",
        "Read more books, they said.",
        "Can you read minds?",
        "Delete note-taking from my habits.",
        "What is love?",
        "The sum was 12 * 7, she said.",
        "",
    ],
)
def test_what_only_resembles_a_request_is_talk(text: str) -> None:
    assert asked(text) == []


def test_a_long_message_is_no_request() -> None:
    assert asked(f"Note that {'we talked. ' * 40}") == []


@pytest.mark.parametrize(
    "part", ["in 5 minutes ", ", ,", "1h and ", "on on ", "next next ", "(", "5 * ", "? ! ", "a "]
)
@pytest.mark.parametrize("opening", ["", "remind me ", "what is ", "how many ", "note that "])
def test_no_message_takes_long_to_be_read(opening: str, part: str) -> None:
    text = (opening + part * 300)[:300]
    began = time.process_time()
    plain_calls(text)
    assert time.process_time() - began < 1.5


def test_several_requests_are_taken_in_order() -> None:
    assert asked("What time is it and what is 6*7?") == [
        ("time", {}),
        ("calc", {"expression": "6*7"}),
    ]


def test_a_result_can_be_noted_down() -> None:
    assert asked("Convert 10 km to miles and note it down")[1] == ("note", {"text": ANSWER_BEFORE})
    assert asked("Note it down") == []


def test_one_request_may_hold_an_and() -> None:
    assert asked("Note that salt and pepper are empty") == [
        ("note", {"text": "salt and pepper are empty"})
    ]
    assert asked("Remind me to buy glue tomorrow at 10 and show me my notes") == [
        ("remind", {"text": "buy glue", "when": "tomorrow at 10"}),
        ("notes", {}),
    ]


def test_a_request_beside_something_else_is_left_to_talk() -> None:
    assert asked("What time is it and why are you so slow?") == []
