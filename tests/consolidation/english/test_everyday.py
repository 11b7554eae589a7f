import pytest

from consolidation.dreams import normalised, write_views
from consolidation.english.everyday import other_names
from consolidation.english.lexicon import frames
from consolidation.english.statements import read_statements
from consolidation.english.utterances import heard


def prompts(message: str) -> list[str]:
    return [normalised(prompt) for prompt, _, _ in write_views(message)]


@pytest.mark.parametrize(
    "message, asked",
    (
        ("The blue suitcase with the strap is in the cellar.", "Where is the luggage?"),
        ("I lent my drill to Tariq.", "Who has my power tool?"),
        ("Our dishwasher leaks.", "What's wrong with our dishwasher?"),
        ("The tap in the kitchen drips.", "What needs fixing at home?"),
        ("I left the spare key with Ines.", "Who can let me in if I lock myself out?"),
        ("Our cleaner Milena comes every other Friday.", "Who tidies our house?"),
        ("The roofer charges 400 euros.", "How much does the roofer cost?"),
        ("My son takes a size 9 in boots.", "What size is my son?"),
        ("My bike was stolen outside the gym.", "What got stolen?"),
        ("The gate code is 5310#.", "How do I get in?"),
        ("We are having the bathroom redone in May.", "When are we having the bathroom redone?"),
    ),
)
def test_things_of_the_house_are_asked_for_in_everyday_words(message: str, asked: str) -> None:
    assert normalised(asked) in prompts(message)


@pytest.mark.parametrize(
    "message, asked",
    (
        ("My wife takes a size 12.", "How much does my wife cost?"),
        ("My mechanic is called Stu.", "Which mechanic is called Stu?"),
        ("I lent my drill to Tariq from number 9.", "What did I lend my drill to Tariq from?"),
        ("I ordered a coat in medium.", "What did I order a coat in?"),
        ("Your house has a spare guest room.", "What has a spare spare room?"),
    ),
)
def test_nobody_asks_like_this(message: str, asked: str) -> None:
    assert normalised(asked) not in prompts(message)


def test_a_thing_that_breaks_in_the_heat_is_no_small_talk() -> None:
    assert heard("The freezer stopped working in the heatwave.")[0].is_fact
    assert heard("The washing machine leaks whenever it spins.")[0].is_fact


def test_a_promise_in_reported_words_is_a_fact() -> None:
    assert heard("I promised my neighbour I would feed her cat.")[0].is_fact
    assert not heard("I would feed her cat.")[0].is_fact


def test_where_somebody_lives_belongs_to_the_name() -> None:
    clause = read_statements("I lent my ladder to Ida from number 3.")[0].clause
    assert clause is not None
    assert "to Ida from number 3" in [piece.text for piece in clause.pieces]


def test_names_go_one_way_where_the_other_would_be_too_wide() -> None:
    assert "~luggage" in other_names("suitcase")
    assert "drill" not in other_names("tool")


def test_frames_of_any_verb_name_a_noun() -> None:
    for frame in frames()["*"]:
        assert any("~" in need or "@" in need for need in frame.needs)
