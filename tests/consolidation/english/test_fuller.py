"""Parts of a statement are answered with the whole of it."""

from consolidation.english.fuller import with_fuller_answers, without_twins
from memory.records import Dream

PART = Dream("What did I sell?", "You sold the van.", "question", (2,))
WHOLE = Dream("How much?", "You sold the van. Nine and a half grand.", "cue", (2, 1))


def test_a_part_is_answered_with_the_whole() -> None:
    fuller, whole = with_fuller_answers([PART, WHOLE])
    assert fuller == Dream(PART.prompt, WHOLE.answer, "question", (2, 1))
    assert whole == WHOLE


def test_whole_words_only() -> None:
    other = Dream("Which?", "You sold the vanilla pods.", "cue", (2,))
    assert with_fuller_answers([PART, other]) == [PART, other]


def test_other_episodes_keep_their_own() -> None:
    elsewhere = Dream("How much?", WHOLE.answer, "cue", (7,))
    assert with_fuller_answers([PART, elsewhere]) == [PART, elsewhere]


def test_an_answer_that_would_be_cut_off_is_nobodys() -> None:
    long = Dream("How much?", WHOLE.answer + " And so on" * 12, "cue", (2,))
    assert with_fuller_answers([PART, long]) == [PART, long]


def test_what_confirms_or_tells_a_change_stays() -> None:
    yes = Dream("Did I sell the van?", "You sold the van.", "yes-no", (2,))
    assert with_fuller_answers([yes, WHOLE])[0] == yes


def test_the_same_asked_and_answered_alike_stands_once() -> None:
    again = Dream("what did I sell", PART.answer, "cue", (3,))
    other = Dream("What did I sell?", "You sold the boat.", "question", (4,))
    assert without_twins([PART, again, other]) == [PART, other]


def test_what_a_summary_answers_is_left_to_it() -> None:
    cue = Dream("Tell me about the van.", "You sold the van.", "cue", (2,))
    summary = Dream("Tell me about the van.", WHOLE.answer, "summary", (2, 1))
    assert without_twins([PART, cue], [summary]) == [PART]


NAMING = Dream("What is my flatmate called?", "Your flatmate is called Tomasz.", "question", (3,))
AIRPORT = "They have taken your flatmate Tomasz on at the airport."


def test_who_somebody_is_is_answered_with_the_one_statement_on_them() -> None:
    told = Dream("What about the airport?", AIRPORT, "cue", (3,))
    assert [dream.answer for dream in with_fuller_answers([NAMING, told])] == [AIRPORT, AIRPORT]


def test_who_somebody_is_stands_alone_where_several_things_are_told_of_them() -> None:
    told = Dream("What about the airport?", AIRPORT, "cue", (3,))
    other = Dream("What about the cat?", "Your flatmate Tomasz has a cat.", "cue", (3,))
    assert with_fuller_answers([NAMING, told, other])[0] == NAMING


def test_what_something_is_called_without_its_name_elsewhere_stands_alone() -> None:
    told = Dream("What about the airport?", "Your flatmate works at the airport.", "cue", (3,))
    assert with_fuller_answers([NAMING, told])[0] == NAMING


def test_who_somebody_is_gives_way_whatever_the_role() -> None:
    named = Dream("Who is Delroy?", "Your personal trainer is called Delroy.", "cue", (2,))
    married = "Your personal trainer Delroy is married to Gunnar."
    told = Dream("Who is he married to?", married, "question", (2,))
    assert {dream.answer for dream in with_fuller_answers([named, told])} == {married}
