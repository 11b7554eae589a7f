import pytest

from consolidation.english.passing import is_passing


@pytest.mark.parametrize(
    "text",
    [
        "I've got my coffee and my toast.",
        "I giggled the whole morning.",
        "I was thinking of my old matron this morning.",
        "Today a man asked me if a croissant is a type of bun.",
        "Away to my soup!",
    ],
)
def test_moment_of_writing_is_passing(text: str) -> None:
    assert is_passing(text)


@pytest.mark.parametrize(
    "text",
    [
        "I've got my grandmother's ring now.",
        "I'm thinking of moving to Leeds.",
        "Today a doctor told me that I have high blood pressure.",
        "A colleague asked me if I want her allotment.",
        "I'm off to my mother's on Friday.",
    ],
)
def test_what_lasts_is_not_passing(text: str) -> None:
    assert not is_passing(text)
