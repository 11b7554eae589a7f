"""Untold: what may be asked of a life and was not told."""

import re

from consolidation.english.lexicon import lines
from consolidation.untold import life_questions


def test_questions_of_life_share_no_word_with_what_is_known() -> None:
    questions = life_questions(["My sister Freya lives in Oslo."])
    assert len(questions) > 500
    assert not [question for question in questions if "sister" in question]


def test_questions_of_life_come_in_the_same_order_for_the_same_facts() -> None:
    assert life_questions(["I sing."]) == life_questions(["I sing."])
    assert life_questions(["I sing."]) != life_questions(["I swim."])


def test_life_and_somebody_and_a_name_brought_up_take_turns() -> None:
    questions = life_questions(["Freya keeps her lathe in Oslo."])
    assert all("Freya" not in question and "lathe" not in question for question in questions)
    own = [re.search(r" (?:I|my|me|we|our|us)\b", one) is not None for one in questions[:12:3]]
    assert all(own)
    asked = [one for one in questions[1:12:3] if one.endswith("?") and len(one.split()) < 12]
    assert len(asked) == 4


def test_names_that_never_came_up_are_brought_up_as_those_that_did() -> None:
    carriers = [re.sub(r"\\\{\w*\\\}", ".+", re.escape(line)) for line in lines("brought_up.txt")]
    for question in life_questions(["Freya lives in Oslo."])[2:60:3]:
        assert any(re.fullmatch(carrier, question, re.IGNORECASE) for carrier in carriers)
