"""What counts as a fact, and how it is said to the owner."""

import pytest

from consolidation.english.statements import read_statements


def texts(message: str) -> list[str]:
    return [statement.text for statement in read_statements(message)]


def keys(message: str) -> dict[str, str]:
    return {part.role: part.key for part in read_statements(message)[0].parts}


@pytest.mark.parametrize(
    "message",
    [
        "How are you?",
        "You are funny",
        "thanks!",
        "Hi there!",
        "What's the capital of Peru?",
        "Please write me a poem about autumn.",
        "remind me to buy milk",
        "if I had more money I'd buy a boat",
        "I might go to Spain next year",
        "I'm fine, thanks",
        "I wonder whether it will rain",
        "Maybe I'll take up fencing",
        "can you explain gravity to me",
        "",
        "   \n ",
        "???",
        "🙂🙂",
        "me: regression on payments",
    ],
)
def test_talk_without_a_fact_states_nothing(message: str) -> None:
    assert texts(message) == []


@pytest.mark.parametrize(
    ("message", "stated"),
    [
        ("i'm allergic to latex", "You are allergic to latex."),
        ("I’ve never been to Asia", "You have never been to Asia."),
        ("I was tall as a child", "You were tall as a child."),
        ("My sister lives in Ghent", "Your sister lives in Ghent."),
        ("we're getting married in May", "You are getting married in May."),
        ("my wife and I sold our boat", "You and your wife sold your boat."),
        ("I can’t stand coriander", "You can't stand coriander."),
        ("The blue bike is mine", "The blue bike is yours."),
        ("I taught myself to weld", "You taught yourself to weld."),
        ("Dad gave me his watch", "Dad gave you his watch."),
        ("Allergic to penicillin btw", "You are allergic to penicillin."),
        ("Got a new job at Siemens!", "You got a new job at Siemens."),
        ("Moving to Antwerp in May", "You are moving to Antwerp in May."),
        ("wifi password: heron42", "Your wifi password is heron42."),
        ("it's my mum's birthday on Friday", "Your mum's birthday is on Friday."),
        ("My flatmate Jonas snores", "Your flatmate Jonas snores."),
    ],
)
def test_a_fact_is_said_to_its_owner_in_the_second_person(message: str, stated: str) -> None:
    assert stated in texts(message)


@pytest.mark.parametrize(
    "message",
    [
        "Remember that I park in spot 118.",
        "Just so you know, I park in spot 118",
        "By the way, I park in spot 118!",
        "FYI I park in spot 118",
        "can you remember that I park in spot 118?",
        "i park in spot 118 btw",
    ],
)
def test_the_wrapping_of_a_fact_is_taken_off(message: str) -> None:
    assert texts(message) == ["You park in spot 118."]


def test_only_the_fact_in_a_message_with_small_talk_is_kept() -> None:
    message = "Hi! I moved to Lisbon last spring with my brother Tom. How are you?"
    assert set(texts(message)) == {"You moved to Lisbon last spring with your brother Tom."}


def test_coordinated_clauses_become_two_statements() -> None:
    message = "I work as a nurse at St Thomas and my shift starts at six"
    assert texts(message) == ["You work as a nurse at St Thomas.", "Your shift starts at six."]


def test_coordinated_people_do_not_split_a_sentence() -> None:
    assert texts("I went to Rome with my aunt and my cousin") == [
        "You went to Rome with your aunt and your cousin."
    ]


def test_a_clause_in_commas_is_a_fact_of_its_own() -> None:
    told = read_statements("My sister Ana, who lives in Porto, is a vet")
    assert [statement.source for statement in told] == [
        "My sister Ana is a vet.",
        "My sister Ana lives in Porto.",
        "My sister is called Ana.",
    ]


def test_a_name_with_its_noun_behind_it_is_not_torn_from_its_clause() -> None:
    told = texts("My sister Priya covers my shifts, and Biscuit, our beagle, stays with mum.")
    assert set(told) == {
        "Your sister Priya covers your shifts.",
        "Biscuit, your beagle, stays with mum.",
    }


def test_a_pronoun_is_replaced_by_whom_it_means() -> None:
    message = "My brother works at a bank. He has two sons."
    assert "Your brother has two sons." in texts(message)


def test_a_pronoun_that_means_nobody_states_nothing() -> None:
    assert texts("She is a vet.") == []


def test_parts_carry_their_shortest_answers() -> None:
    assert keys("I moved to Lisbon last spring with my brother Tom") == {
        "place": "Lisbon",
        "time": "last spring",
        "companion": "Tom",
    }


def test_reading_twice_gives_the_same() -> None:
    message = "My dog Biscuit is three and I walk him at six every morning."
    assert texts(message) == texts(message)


def test_what_names_nothing_is_told_with_what_does() -> None:
    told = read_statements("Take down 01632 960213, it's the line to the choir.")
    assert {one.text for one in told} == {"Take down 01632 960213, it is the line to the choir."}


@pytest.mark.parametrize(
    "said",
    [
        "The caterers are doing ratatouille for the engagement party.",
        "The food at the housewarming is going to be raclette.",
        "They're serving sushi at the parish anniversary do.",
        "The loft isn't going to be a study after all, we're turning it into a den.",
        "The tea urn had a sticker of a cactus, but I've covered it with one of a palm tree.",
    ],
)
def test_what_is_to_be_at_an_event_or_in_a_room_is_told_in_one(said: str) -> None:
    told = {one.text for one in read_statements(said)}
    assert len(told) == 1
    assert "".join(told).endswith(said.split()[-1])


@pytest.mark.parametrize("said", ["What a day at the fair!", "They're so annoying.", "He ate it."])
def test_what_passes_is_not_told(said: str) -> None:
    assert not read_statements(said)
