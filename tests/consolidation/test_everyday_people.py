import pytest

from consolidation.dreams import normalised, write_views
from consolidation.english.loosely import loosely_asked
from consolidation.english.parsing import parse
from consolidation.english.statements import read_statements


def prompts(text: str) -> set[str]:
    return {prompt for prompt, _, _ in write_views(text)}


@pytest.mark.parametrize(
    "message, asked",
    (
        ("My nephew Olu is allergic to shellfish.", "What mustn't I cook for my nephew?"),
        ("My nephew Olu is allergic to shellfish.", "Which seafood is Olu allergic to?"),
        ("The doctor has given me naproxen for my knee.", "What am I taking?"),
        ("My tablets are called ramipril.", "Which drug am I on?"),
        ("My aunt's favourite cake is lemon drizzle.", "What should I make for my aunt?"),
        ("My landlady, Mrs Pemberton, is ninety-one.", "How old is Mrs Pemberton?"),
    ),
)
def test_people_and_their_health_are_asked_for_in_everyday_words(message: str, asked: str) -> None:
    assert any(normalised(text).endswith(normalised(asked)) for text in prompts(message))


def test_a_favourite_of_another_is_not_the_owners() -> None:
    assert not any("do I like" in text for text in prompts("Grandpa's favourite cake is parkin."))


def test_who_is_meant_goes_by_several_names_in_questions() -> None:
    asked = prompts("My mother-in-law has arthritis.")
    assert any("my partner's mother" in text for text in asked)


def test_whom_a_message_describes_is_asked_for_by_the_description() -> None:
    asked = prompts("My sister Freya, who lives in Oslo, is allergic to nuts.")
    assert any("my sister who lives in Oslo" in text for text in asked)


def test_a_name_given_in_passing_does_not_crowd_out_what_was_told() -> None:
    first = [view[0] for view in write_views("My niece Ada is scared of wasps.")][:12]
    assert sum("name" in text or "call" in text for text in first) <= 4


def test_what_was_told_whole_is_asked_for_by_its_topics() -> None:
    words = parse("My son can't sleep unless the hall light is on.")[0].words
    assert any("sleep" in text for text in loosely_asked(words))


@pytest.mark.parametrize(
    "message, key",
    (
        ("I wake up at half past five.", "at half past five"),
        ("I get up at quarter to six.", "at quarter to six"),
    ),
)
def test_the_hours_of_the_clock_stay_whole(message: str, key: str) -> None:
    parts = read_statements(message)[0].parts
    assert key in [part.phrase for part in parts]


def test_because_of_stays_whole() -> None:
    told = read_statements("Because of my reflux I take omeprazole.")[0]
    assert told.text == "Because of your reflux you take omeprazole."


def test_who_has_a_name_is_called_no_thing() -> None:
    for told in ("My trainer Delroy is ill.", "My trainer is called Delroy."):
        prompts = " ".join(str(prompt).lower() for prompt, _, _ in write_views(told))
        assert "shoe" not in prompts
        assert "footwear" not in prompts
