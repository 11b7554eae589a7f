import time

from assistant.repeats import Said, without_loop, without_repeats


def test_says_each_sentence_once() -> None:
    loop = "Paris is lovely. I'm glad to hear that.\nI'm glad to hear that. I'm glad to"
    assert without_repeats([loop]) == ["Paris is lovely. I'm glad to hear that."]


def test_leaves_out_what_an_earlier_reply_said() -> None:
    first, second = "I'm glad to hear that.", "Your cat is Pudim. I'm glad to hear that."
    assert without_repeats([first, second, first]) == [first, "Your cat is Pudim.", ""]


def test_leaves_whole_what_repeats_nothing() -> None:
    replies = ["Yes.\n\n  1. one\n  2. two ", "Yes. Yes. No!", "", "  what?  "]
    assert without_repeats(replies) == replies


def test_leaves_code_whole() -> None:
    code = "```\nx = next(it) or None\nx = next(it) or None\n```"
    assert without_repeats([code]) == [code]


def test_ends_a_loop_after_its_first_round() -> None:
    round_trip = " I'm glad to hear that.\n"
    for loop in (round_trip * 4, round_trip * 4 + " I'm gl", (round_trip * 4).rstrip()):
        assert without_loop("Hello." + loop) == "Hello. I'm glad to hear that."
    assert without_loop("and " + "the and " * 20 + "the and") == "and the"


def test_leaves_what_is_said_for_good_reasons() -> None:
    for reply in ("Ha, ha, ha, ha, ha!", "Wait...", "", "No. " * 5, "a b c d e f g " * 2):
        assert without_loop(reply) == reply


def test_a_long_reply_is_looked_at_in_no_time() -> None:
    began = time.perf_counter()
    without_loop("ab" * 900 + "c" + "ab" * 200 + "d")
    assert time.perf_counter() - began < 5


def test_knows_a_reply_that_begins_as_an_earlier_one_did() -> None:
    said = Said(["Hello. I'm glad to hear that. Yes.", "What a day!"])
    assert said.opens("I'm  glad to hear that. And more")
    assert not said.opens("Hello. I'm glad to hear that.")
    assert not said.opens("Yes.")
    assert said.may_open("") and said.may_open("I'm gl") and not said.may_open("I'm sad")
    assert not Said([]).may_open("")
