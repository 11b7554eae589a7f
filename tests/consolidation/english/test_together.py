"""What one sentence told of one thing is answered whole."""

import pytest

from consolidation.dreams import write_views
from consolidation.english.statements import read_statements
from consolidation.views import spread
from memory.records import Dream


def answers(message: str) -> list[str]:
    return list(dict.fromkeys(statement.text for statement in read_statements(message)))


def test_a_name_given_in_passing_has_the_answer_of_its_sentence() -> None:
    views = write_views("My tortoise Mildred eats dandelions")
    asked_name = next(answer for prompt, answer, _ in views if prompt.endswith("tortoise called?"))
    assert asked_name == "Your tortoise Mildred eats dandelions."
    assert {answer.removeprefix("Yes, y").lower()[-30:] for _, answer, _ in views} == {
        "r tortoise mildred eats dandelions."[-30:]
    }


def test_clauses_about_one_thing_are_answered_together() -> None:
    assert answers("Priya, who sits opposite me, works for a bank.") == [
        "Priya works for a bank. Priya sits opposite you."
    ]


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        (
            "Remus no longer likes the shelf, the favourite spot is the compost heap.",
            "Remus no longer likes the shelf. The favourite spot is the compost heap.",
        ),
        (
            "Tilly isn't registered with Bexley Vets any more, Harcourt House has her file now.",
            "Tilly isn't registered with Bexley Vets any more. Harcourt House has her file now.",
        ),
        (
            "We got a green rug and my dog already sleeps on it.",
            "You got a green rug. Your dog already sleeps on it.",
        ),
        (
            "My bank is closing its branch, so the account moves to Hexham.",
            "Your bank is closing its branch. The account moves to Hexham.",
        ),
    ],
)
def test_a_clause_that_leans_on_its_neighbour_is_answered_with_it(
    message: str, answer: str
) -> None:
    assert answers(message) == [answer]


@pytest.mark.parametrize(
    "message",
    [
        "I swim on Mondays and my wife plays the cello.",
        "My aunt grows leeks, and our neighbour keeps bees.",
    ],
)
def test_clauses_that_stand_alone_are_answered_apart(message: str) -> None:
    assert len(answers(message)) == 2


def test_clauses_about_unlike_things_are_answered_apart() -> None:
    assert answers("I sold the canoe and my brother bought a piano") == [
        "You sold the canoe.",
        "Your brother bought a piano.",
    ]


def test_an_answer_does_not_grow_long() -> None:
    home = "My sister Ana moved to a small white house behind the old station of Porto in spring"
    message = f"{home} and my sister Ana works as a vet in the big clinic beside the sea"
    assert all(len(answer.split()) <= 34 for answer in answers(message))


def test_facts_with_one_answer_share_a_nights_views() -> None:
    views = write_views("My sister Ana, who lives in Porto, is a vet")
    dreams = [Dream(*view, (1,)) for view in views]
    chosen = spread(dreams, 10)
    assert len(chosen) == 10
    prompts = " ".join(dream.prompt for dream in chosen if isinstance(dream.prompt, str))
    assert "live" in prompts
    assert "do for" in prompts or "vet" in prompts
