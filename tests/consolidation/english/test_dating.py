from datetime import datetime, timedelta

from consolidation.english.dating import Calendar

THURSDAY = datetime(2026, 11, 26, 18, 0)


def test_a_day_of_the_week_gets_its_date() -> None:
    calendar = Calendar("Mum fell on Tuesday and broke her wrist.", THURSDAY)
    assert calendar.dated("Mum fell on Tuesday.") == "Mum fell on Tuesday 24 November 2026."
    assert calendar.dated("Mum broke her wrist.") == "Mum broke her wrist."


def test_a_date_at_the_beginning_keeps_its_capital() -> None:
    calendar = Calendar("Next week the piano gets tuned.", THURSDAY)
    told = calendar.dated("Next week the piano gets tuned.")
    assert told == "In the week of 30 November 2026 the piano gets tuned."


def test_prompts_with_days_that_pass_are_known() -> None:
    calendar = Calendar("We're flying to Oslo tomorrow morning.", THURSDAY)
    assert calendar.passes("Where are we flying tomorrow morning?")
    assert not calendar.passes("Where are we flying?")


def test_a_month_may_be_asked_with() -> None:
    calendar = Calendar("She's having twins in August.", THURSDAY)
    assert not calendar.passes("Who is having twins in August?")
    assert calendar.dated("She is having twins in August.").endswith("in August 2027.")


def test_an_answer_is_the_date_itself() -> None:
    calendar = Calendar("We're flying to Oslo tomorrow.", THURSDAY)
    assert calendar.key("tomorrow") == "27 November 2026"
    assert calendar.key("Oslo") == "Oslo"


def test_without_a_time_nothing_is_dated() -> None:
    calendar = Calendar("We're flying to Oslo tomorrow.", None)
    assert calendar.dated("You are flying to Oslo tomorrow.") == "You are flying to Oslo tomorrow."


def test_sentence_of_an_earlier_message_is_dated_by_its_own_day() -> None:
    earlier = [("I have a scan tomorrow at nine.", THURSDAY)]
    calendar = Calendar("Passed.", THURSDAY + timedelta(days=3), earlier)
    assert "tomorrow" not in calendar.recalled("You have a scan tomorrow at nine.", (1,))


def test_sentence_that_no_earlier_message_told_stays_as_it_is() -> None:
    assert Calendar("Passed.", THURSDAY).recalled("You have a scan.", (1,)) == "You have a scan."
