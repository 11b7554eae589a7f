"""Untold: what may be asked of a life and was not told."""

import re

from consolidation.untold import life_questions


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
