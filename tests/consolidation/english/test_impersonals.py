import pytest

from consolidation.english.impersonals import of_the_owner


@pytest.mark.parametrize(
    "text, told",
    (
        (
            "They've got me on nights until the end of March.",
            "I'm on nights until the end of March.",
        ),
        ("They have moved us to the Leeds office.", "We've been moved to the Leeds office."),
        ("They gave me the corner desk.", "I was given the corner desk."),
        ("They've offered me the job in Cork.", "I've been offered the job in Cork."),
        ("They live next door to me.", "They live next door to me."),
        ("They've got a dog.", "They've got a dog."),
    ),
)
def test_what_nobody_in_particular_did_is_told_of_the_owner(text: str, told: str) -> None:
    assert of_the_owner(text) == told
