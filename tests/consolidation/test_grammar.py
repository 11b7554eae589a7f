"""Forms of everyday English that the reader and the asker must get right."""

import re

import pytest

from consolidation.dreams import write_views
from consolidation.english.contractions import spelt_out
from consolidation.english.statements import read_statements


def texts(message: str) -> list[str]:
    return [statement.text for statement in read_statements(message)]


def prompts(message: str) -> set[str]:
    return {re.sub(r"\W+$", "", prompt).lower() for prompt, _, _ in write_views(message)}


PLACES = [
    (
        "We're off to Slovenia for two weeks in July, camping with the kids.",
        {
            "where are we off to",
            "where are we going",
            "which country are we off to",
            "how long are we off to slovenia for",
        },
    ),
    ("I'm off to Berlin on Friday.", {"where am i off to", "when am i off to berlin"}),
    ("My parents are away in Greece until Sunday.", {"where are my parents"}),
    ("My brother is up in Aberdeen this week.", {"when is my brother up in aberdeen"}),
    ("We are down at the lake in August.", {"when are we down at the lake"}),
    ("We're over at my sister's tonight.", {"where are we tonight"}),
    ("Tom is back from Chile on Sunday.", {"where is tom back from"}),
    ("My sister is over in Canada with her kids.", {"where is my sister"}),
    ("We're heading off to Cornwall in May.", {"where are we heading"}),
    ("I drove up to Inverness with Dad last week.", {"who did i drive with up to inverness"}),
    (
        "We're flying out to Tenerife on the 3rd with my parents.",
        {"when are we flying out to tenerife"},
    ),
    ("I moved back in with my parents in June.", {"who did i move back in with"}),
    ("My keys are back in the drawer.", {"where are my keys"}),
]


@pytest.mark.parametrize(("message", "asked"), PLACES)
def test_an_adverb_of_way_belongs_to_its_place(message: str, asked: set[str]) -> None:
    assert asked <= prompts(message)


@pytest.mark.parametrize("message", [message for message, _ in PLACES])
def test_no_question_breaks_off_behind_a_copula(message: str) -> None:
    cut = re.compile(r"(?i)^(?:how long|when) (?:am|are|is|was|were) (?:I|we)$|about being$")
    assert not [prompt for prompt in prompts(message) if cut.search(prompt)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Cousin Priya's just been promoted!", "Cousin Priya has just been promoted!"),
        ("Gran's moved into a care home.", "Gran has moved into a care home."),
        ("Dad's finally sold the boat.", "Dad has finally sold the boat."),
        ("Otto's passed his driving test!", "Otto has passed his driving test!"),
        ("She's sold the boat.", "She has sold the boat."),
        ("Our parrot's called Admiral.", "Our parrot is called Admiral."),
        ("Tom's allergic to nuts.", "Tom is allergic to nuts."),
        ("Mum's having her knee done in May.", "Mum is having her knee done in May."),
        ("My brother'd never been abroad.", "My brother had never been abroad."),
        ("My mum'd love a cat.", "My mum would love a cat."),
        ("My parents've bought a caravan.", "My parents have bought a caravan."),
        ("The kids've got nits.", "The kids have got nits."),
    ],
)
def test_a_short_verb_is_spelt_out(said: str, meant: str) -> None:
    assert spelt_out(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Mum's cooking is great.",
        "My brother's car broke down.",
        "My sister's new car, a Fiat, is red.",
        "I sold my brother's old bike.",
        "Mum's best friend Carol died.",
        "We stayed at Tom's and it rained.",
        "My son's school called me.",
        "It's my sister's birthday on Friday.",
    ],
)
def test_a_genitive_stays(said: str) -> None:
    assert spelt_out(said) == said


def test_bare_kin_are_the_owners_own() -> None:
    assert {
        "who has been promoted",
        "what has happened to priya",
        "what has happened to my cousin priya",
        "what has happened to my cousin",
    } <= prompts("Cousin Priya's just been promoted!")
    assert "what has my dad sold" in prompts("Dad's finally sold the boat.")


@pytest.mark.parametrize(
    ("message", "half"),
    [
        (
            "Our parrot's called Admiral and the only thing he ever says is 'bonsoir'.",
            "Your parrot is called Admiral.",
        ),
        (
            "Our cat's called Miso and all she ever does is sleep on the router.",
            "Your cat is called Miso.",
        ),
        (
            "My teacher is called Mr. Hale but good luck understanding him.",
            "Your teacher is called Mr. Hale.",
        ),
        (
            "My brother lives in Perth and what he does there nobody knows.",
            "Your brother lives in Perth.",
        ),
        ("I bought a kayak and boy was it heavy.", "You bought a kayak."),
    ],
)
def test_the_half_that_stands_is_a_fact(message: str, half: str) -> None:
    assert half in texts(message)


def test_a_topic_begins_in_lower_case() -> None:
    asked = [p for p, _, _ in write_views("My mother the 20 december, for a week in Lyon")]
    assert not [prompt for prompt in asked if " My " in prompt]


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (
            "Mira and I have decided on sage green for the living room walls.",
            {
                "who has decided on sage green for the living room walls with me",
                "what have we decided on",
                "which colour have mira and i decided on",
                "what have mira and i decided on for the walls",
            },
        ),
        (
            "Ana and I chose a cot for the nursery.",
            {"what did we choose", "who chose a cot with me"},
        ),
        ("Sofia and I are getting married in June.", {"when are we getting married"}),
        ("My wife and I picked blue tiles for the bathroom.", {"what did we pick"}),
        ("My girlfriend and I broke up in March.", {"when did we break up"}),
        ("Bo and I have bought a tent.", {"who has bought a tent with me"}),
        ("My brother and I share a flat in Leeds.", {"where do we share a flat"}),
        ("Dad and I are building a shed.", {"what are we building"}),
    ],
)
def test_who_is_joined_with_the_owner_is_a_person(message: str, asked: set[str]) -> None:
    found = prompts(message)
    assert asked <= found
    assert not [prompt for prompt in found if prompt.startswith(("what has", "what shares"))]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "I've switched dentists, I'm with Dr. Okafor on Mill Street now and she's so much "
            "gentler than the last one.",
            [
                "You have switched dentists and are with Dr. Okafor on Mill Street now.",
                "Your dentist is Dr. Okafor.",
            ],
        ),
        (
            "I've changed therapists. I'm with Dr. Lind now.",
            [
                "You have changed therapists and are with Dr. Lind now.",
                "Your therapist is Dr. Lind.",
            ],
        ),
        ("I've switched banks, I'm with Nordea now.", ["Your bank is Nordea."]),
        ("I have a new physio. It's Tom Hale.", ["Your physio is Tom Hale."]),
        ("I've found a new piano teacher, Mr. Adeyemi.", ["Your piano teacher is Mr. Adeyemi."]),
        ("I got a new boss, she's called Ingrid Vos.", ["Your boss is Ingrid Vos."]),
        ("My landlord changed, it's Mr. Kemp now.", ["Your landlord is Mr. Kemp."]),
        (
            "We found a new childminder, her name is Petra.",
            ["You found a new childminder. Your new childminder's name is Petra."],
        ),
    ],
)
def test_who_took_a_role_is_said(message: str, told: list[str]) -> None:
    assert set(told) <= set(texts(message))


def test_he_as_a_noun_is_nobody_who_was_named() -> None:
    message = "Our tortoise is fifty and still nobody knows whether it's a he."
    assert not [text for text in texts(message) if "a your" in text]


def test_what_was_switched_is_no_person() -> None:
    assert "what have i switched" in prompts("I've switched dentists.")


def test_a_purchase_opens_no_role() -> None:
    assert texts("I got a new car. I'm with Ana now.") == [
        "You got a new car.",
        "You are with Ana now.",
    ]


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("I had a row with Stefan from upstairs again.", "who did i have a row with"),
        ("I went for a drink with Anna from work.", "who did i go for a drink with"),
        ("I'm seeing a guy from my choir.", "who am i seeing"),
        ("I finally met the new neighbour from downstairs.", "who did i meet"),
        ("I borrowed a drill from Stefan.", "who did i borrow a drill from"),
    ],
)
def test_where_somebody_is_from_stays_with_them(message: str, asked: str) -> None:
    found = prompts(message)
    assert asked in found
    fleeting = re.compile(r"\b(?:again|finally|just|row from|drink from)\b")
    kinds = {prompt.lower() for prompt, _, kind in write_views(message) if kind == "question"}
    assert not [prompt for prompt in kinds if fleeting.search(prompt)]
