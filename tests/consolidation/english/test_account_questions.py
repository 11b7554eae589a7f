"""Account questions: what is told whole is asked about by what it mentions and holds."""

from consolidation.dreams import write_views
from consolidation.english.account_questions import account_questions
from consolidation.english.parsing import parse


def asked(text: str) -> list[str]:
    return account_questions([word for sentence in parse(text) for word in sentence.words])


def test_every_name_is_asked_about_first() -> None:
    questions = asked("Two apprentices now. Tilly – started Monday – on lamination.")
    assert "Who is Tilly?" in questions and "What does Tilly do?" in questions


def test_a_day_is_asked_for_where_one_is_named() -> None:
    assert "When is the knee op?" in asked("Knee op's booked: right one. 14 July.")
    assert not [one for one in asked("Knee op's booked: right one.") if one.startswith("When")]


def test_a_price_is_asked_for_where_one_is_named() -> None:
    assert "How much is the van?" in asked("Sold the van, finally. Nine and a half grand.")


def test_several_are_asked_about_as_several() -> None:
    assert "When are the croissants?" in asked("Croissants – started Monday.")


def test_what_is_told_whole_is_asked_with_question_words() -> None:
    views = write_views("Two apprentices now. Tilly – started Monday – on lamination (croissants).")
    whole = [view for view in views if "Tilly" in view[1]]
    assert sum(view[2] == "question" for view in whole) >= 8
