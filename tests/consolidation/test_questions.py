"""Questions by grammar alone: of passives, causatives, denials, exceptions and what there is."""

import pytest

from consolidation.dreams import normalised, write_views


def prompts(message: str) -> set[str]:
    return {prompt for prompt, _, _ in write_views(message)}


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("The piano is getting tuned by a Mrs Okafor next week.", "Who is tuning the piano?"),
        ("The piano is getting tuned by Mrs Okafor next week.", "Who tunes the piano next week?"),
        ("The allotment has been taken over by Ferdinand.", "Who has taken over the allotment?"),
        ("The choir will be led by Miriam.", "Who will lead the choir?"),
        ("My laptop got stolen by a guy on the train.", "Who stole my laptop?"),
        ("My hair gets cut by Bev every six weeks.", "Who cuts my hair?"),
        ("I'm having my roof mended by Stefan.", "Who is mending my roof?"),
        ("I've had my eyes tested by Mr Patel.", "Who has tested my eyes?"),
        ("We had the kitchen done by Ana.", "Who did the kitchen?"),
        ("I got Ana to fix my bike.", "Who fixed my bike?"),
        ("I had Stefan repaint the hall in May.", "Who repainted the hall?"),
    ],
)
def test_who_did_it_is_asked_in_the_active(message: str, asked: str) -> None:
    assert normalised(asked) in map(normalised, prompts(message))


def test_what_happens_otherwise_is_the_reason() -> None:
    views = write_views(
        "I'm not drinking coffee after two in the afternoon any more, "
        "otherwise I lie awake half the night."
    )
    answers = {prompt: answer for prompt, answer, _ in views}
    assert {
        "When am I not drinking coffee?",
        "After when am I not drinking coffee?",
        "What am I not drinking after two in the afternoon?",
        "Why am I not drinking coffee after two in the afternoon?",
    } <= answers.keys()
    assert answers["Why am I not drinking coffee?"].endswith(
        "otherwise you lie awake half the night."
    )
    assert "Which beverage do I not touch?" not in answers


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (
            "I have to take the tablets with food, or I feel sick.",
            "Why do I have to take the tablets with food?",
        ),
        ("We never park on Mill Road, or we get a fine.", "Why do we never park on Mill Road?"),
        ("I must be home by six or else the dog chews the sofa.", "Why must I be home?"),
    ],
)
def test_or_else_gives_a_reason(message: str, asked: str) -> None:
    assert asked in prompts(message)


def test_or_between_two_plans_gives_none() -> None:
    assert not [one for one in prompts("We'll go to Rome in May, or we stay.") if "Why" in one]
