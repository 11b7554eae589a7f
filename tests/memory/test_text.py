import pytest

from memory.text import clean_text, content_words


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\ud800", "\udfff", "\u202e", "\u2066"],
)
def test_what_could_drive_a_terminal_or_break_utf8_is_taken_out(character: str) -> None:
    assert clean_text(f"a{character}b") == "ab"


def test_line_ends_become_line_feeds_and_tabs_stay() -> None:
    assert clean_text("a\r\nb\rc\n\td") == "a\nb\nc\n\td"


def test_ordinary_text_of_any_script_is_left_alone() -> None:
    text = "Füße, naïve, 你好, مرحبا, 👩‍👩‍👧, e\u0301"
    assert clean_text(text) == text


def test_content_words_are_distinct_and_leave_out_function_words() -> None:
    assert content_words("What's my dog's name? The DOG's!") == ["dog", "name"]


def test_a_text_of_function_words_has_no_content() -> None:
    assert content_words("Who are you? -- *** \"'") == []
