"""Questions by grammar alone: of passives, causatives, denials, exceptions and what there is."""

import pytest

from consolidation.dreams import write_views


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
    assert asked.lower() in {prompt.lower() for prompt in prompts(message)}
