"""Standing wishes to the assistant, and what is wanted only once."""

import re

import pytest

from consolidation.dreams import write_views
from consolidation.english.statements import read_statements
from consolidation.english.utterances import heard


def texts(message: str) -> list[str]:
    return [statement.text for statement in read_statements(message)]


def prompts(message: str) -> set[str]:
    return {re.sub(r"\W+$", "", prompt).lower() for prompt, _, _ in write_views(message)}


@pytest.mark.parametrize(
    ("message", "stated", "asked"),
    [
        (
            "Please don't ever recommend me horror films, I can't sleep for days afterwards.",
            "You never want to be recommended horror films.",
            "what should you never recommend to me",
        ),
        (
            "stop suggesting vegan recipes",
            "You do not want vegan recipes suggested.",
            "what kind of recipes do i not want suggested",
        ),
        (
            "Always call me Sam.",
            "You always want to be called Sam.",
            "what should you always call me",
        ),
        ("Call me Sam, please.", "You want to be called Sam.", "what should you call me"),
        ("Don't call me Charlie", "You do not want to be called Charlie.", ""),
        (
            "I'd rather you didn't bring up my ex.",
            "You do not want your ex brought up.",
            "what should you never bring up",
        ),
        ("Remind me never to lend Tom money again.", "You never want to lend Tom money again.", ""),
        ("Please never use emojis.", "You never want emojis used.", "what should you never use"),
        (
            "From now on, answer me in German.",
            "You always want to be answered in German.",
            "which language do i always want to be answered in",
        ),
        (
            "I'm vegetarian, so never recommend steak houses.",
            "You never want steak houses recommended.",
            "",
        ),
        (
            "Please stop sending me voice notes because I can't listen at work.",
            "You do not want to be sent voice notes.",
            "what do i not want sent",
        ),
        (
            "I'd prefer if you never used my surname.",
            "You never want your surname used.",
            "what should you never use",
        ),
        (
            "Always speak to me in Dutch please",
            "You always want to be addressed in Dutch.",
            "which language do i always want to be addressed in",
        ),
        (
            "Never book me window seats, I get up a lot.",
            "You never want to be booked window seats.",
            "what should you never book for me",
        ),
        ("Don't bring up politics with me.", "You do not want politics brought up.", ""),
        (
            "Don't ever ask me about my divorce.",
            "You never want to be asked about your divorce.",
            "what should you never ask me about",
        ),
    ],
)
def test_a_standing_wish_is_a_fact_of_its_owner(message: str, stated: str, asked: str) -> None:
    assert stated in texts(message)
    assert not asked or asked in prompts(message)


def test_the_reason_of_a_wish_is_told_with_it() -> None:
    message = "Please don't ever recommend me horror films, I can't sleep for days afterwards."
    both = "You never want to be recommended horror films. You can't sleep for days afterwards."
    assert both in texts(message)


@pytest.mark.parametrize(
    "message",
    [
        "Please translate this.",
        "Recommend me a film for tonight.",
        "Can you suggest a recipe?",
        "Please don't tell anyone.",
        "Write a poem about autumn. Don't use rhymes.",
        "Suggest a dinner, but don't use nuts",
        "Translate this, but don't translate the names.",
        "Summarise the text and never use more than ten words.",
        "Never mind.",
        "Stop it!",
        "Call me back tomorrow.",
        "Call me a taxi.",
        "Always look on the bright side of life.",
        "Never say never.",
        "Don't use that word here.",
        "Don't send it yet.",
        "please never give up on me",
        "Always brush your teeth",
        "Remind me to buy milk.",
        "remind me not to forget the milk",
        "Stop showing off",
        "Always play fair",
        "Stop adding emojis to the draft",
        "Never offer the dog chocolate",
        "Don't quote me on that",
    ],
)
def test_what_is_wanted_once_is_no_wish(message: str) -> None:
    assert not [one for one in heard(message) if one.is_fact]
    assert texts(message) == []
