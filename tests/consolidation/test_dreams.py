"""Training views: many, distinct, natural, and true to what was said."""

import re
from datetime import UTC, datetime

import pytest

from consolidation.dreams import MOST, GrammarWriter, normalised, write_views
from consolidation.english.lexicon import frames
from consolidation.english.statements import read_statements
from memory.episode import Episode, NoveltyScore

MESSAGES = (
    "I moved to Lisbon last spring with my brother Tom.",
    "Our boiler was replaced by a guy called Duncan",
    "My landlord raised the rent by 80 euros",
    "I've been playing badminton every Wednesday for six years",
    "There's a leak in the bathroom ceiling",
    "I want to learn Japanese before my trip to Kyoto",
    "The wifi password at the cabin is heron42",
    "I don't drink coffee after lunch",
    "my parents got divorced when i was twelve",
    "I owe Marek 40 euros",
)


def prompts(message: str) -> list[str]:
    return [prompt for prompt, _, _ in write_views(message)]


@pytest.mark.parametrize("message", MESSAGES)
def test_a_fact_gives_many_distinct_views(message: str) -> None:
    views = prompts(message)
    assert len(views) >= 12
    assert len({normalised(prompt) for prompt in views}) == len(views)
    assert len(views) <= MOST * len(read_statements(message))


@pytest.mark.parametrize("message", MESSAGES)
def test_every_answer_is_a_statement_of_the_source(message: str) -> None:
    stated = {statement.text for statement in read_statements(message)}
    stated |= {text[0].lower() + text[1:] for text in stated}
    for _, answer, kind in write_views(message):
        bare = re.sub(r"^(?:Yes|No), ", "", answer)
        assert bare in stated
        assert (bare != answer) == (kind == "yes-no")


@pytest.mark.parametrize("message", MESSAGES)
def test_prompts_hold_no_word_for_the_owner_in_the_second_person(message: str) -> None:
    told = re.compile(r"\b(?:your|yours|yourself)\b")
    assert not [prompt for prompt in prompts(message) if told.search(prompt)]


def test_grammar_asks_for_each_part() -> None:
    views = set(prompts("I moved to Lisbon last spring with my brother Tom."))
    assert {"Where did I move?", "When did I move?", "Who did I move with?"} <= views


def test_the_passive_asks_for_its_agent_in_the_active_too() -> None:
    assert "Who replaced our boiler?" in prompts(MESSAGES[1])


def test_lexicon_asks_in_other_words() -> None:
    assert "What do I do for a living?" in prompts("I work as a nurse at St Thomas")
    assert "What is my allergy?" in prompts("I'm allergic to walnuts")
    assert "What is my brother's name?" in prompts("My brother is called Tom")


def test_both_names_of_someone_are_asked_by() -> None:
    views = prompts("My sister Ana lives in Porto")
    assert "Where does Ana live?" in views
    assert "Where does my sister live?" in views


def test_a_denied_fact_is_never_affirmed() -> None:
    views = write_views("I don't eat meat")
    assert ("Do I eat meat?", "No, you don't eat meat.", "yes-no") in views
    assert "Which food do I like?" not in [prompt for prompt, _, _ in views]


def test_kinds_are_mixed() -> None:
    kinds = {kind for _, _, kind in write_views("My sister Ana lives in Porto")}
    assert kinds == {"question", "reversed", "cue", "yes-no", "restatement", "mention"}


def test_the_same_text_gives_the_same_dreams() -> None:
    assert write_views(MESSAGES[0]) == write_views(MESSAGES[0])


def test_small_talk_gives_no_dream() -> None:
    assert write_views("Hello, how are you? Tell me a joke.") == []


def test_dreams_name_their_episode() -> None:
    episode = Episode(
        id=7,
        session_id="s",
        created_at=datetime(2026, 1, 2, tzinfo=UTC),
        user_text=MESSAGES[0],
        assistant_text="Noted.",
        model_version="m",
        novelty=NoveltyScore(1.0, 1.0, 9.0),
        state="waiting",
    )
    dreams = GrammarWriter().write(episode)
    assert dreams
    assert {dream.episode_ids for dream in dreams} == {(7,)}


def test_templates_for_dreams_and_for_probes_are_apart() -> None:
    every = {frame for same in frames().values() for frame in same}
    trained = {normalised(text) for frame in every for text in frame.trained}
    held = {normalised(text) for frame in every for text in frame.held}
    assert not trained & held


@pytest.mark.parametrize(
    "message, asked",
    (
        ("My wifi password is kestrel42", "How do I get online?"),
        ("I eat muesli in the morning", "What do I have for breakfast?"),
        ("I have a dentist appointment on Thursday", "When will someone look at my teeth?"),
        ("I have sold my motorbike", "What do I no longer own?"),
        ("My rent is 850 euros", "What does it cost me to live here?"),
    ),
)
def test_everyday_things_are_asked_for_in_other_words(message: str, asked: str) -> None:
    assert normalised(asked) in map(normalised, prompts(message))


@pytest.mark.parametrize(
    "message, asked",
    (
        ("The wifi password at my parents' place is oak5", "How do I get online?"),
        ("My sister's rent is 600 euros", "What does it cost me to live here?"),
        ("The garden is behind the house", "Where is the garden kept?"),
    ),
)
def test_what_is_asked_of_the_owner_is_not_asked_of_others(message: str, asked: str) -> None:
    assert normalised(asked) not in map(normalised, prompts(message))
