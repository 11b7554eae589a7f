"""Untold: what may be asked of somebody and was not told."""

import re

from consolidation.statements import read_statements
from consolidation.untold import life_questions, matters, untold_questions


def asked(text: str, *known: str) -> list[str]:
    return untold_questions(read_statements(text), [text, *known])


def test_what_was_not_told_of_a_person_is_asked() -> None:
    assert "How old is Freya?" in asked("My sister Freya lives in Oslo.")


def test_what_was_told_is_not_among_it() -> None:
    questions = asked("My sister Freya lives in Oslo.")
    assert not [question for question in questions if " live?" in question]


def test_what_another_message_told_is_not_among_it() -> None:
    questions = asked("My sister Freya lives in Oslo.", "Freya is forty years old.")
    assert "How old is Freya?" not in questions
    assert "How old is my sister?" in untold_questions(
        read_statements("My sister lives in Oslo."), ["Freya is forty years old."]
    )


def test_every_kind_of_thing_has_matters_with_questions() -> None:
    kinds = {matter.kind for matter in matters()}
    assert kinds == {"person", "pet", "event", "room", "business", "thing"}
    for matter in matters():
        assert matter.questions
        assert all(re.search(r"\{Ss?\}", question) for question in matter.questions)


def test_questions_of_life_share_no_word_with_what_is_known() -> None:
    questions = life_questions(["My sister Freya lives in Oslo."])
    assert len(questions) > 500
    assert not [question for question in questions if "sister" in question]


def test_questions_of_life_come_in_the_same_order_for_the_same_facts() -> None:
    assert life_questions(["I sing."]) == life_questions(["I sing."])
    assert life_questions(["I sing."]) != life_questions(["I swim."])


def test_every_second_question_is_about_somebody_who_never_came_up() -> None:
    questions = life_questions(["Freya lives in Oslo."])
    assert all("Freya" not in question for question in questions)
    assert [re.search(r" (?:I|my|me|we|our|us)\b", one) is None for one in questions[:8:2]].count(
        True
    ) == 0
