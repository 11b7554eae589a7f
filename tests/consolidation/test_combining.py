"""Combining: dreams that need more than one fact."""

from consolidation.combining import Sourced, combined
from consolidation.english.entities import entities
from consolidation.english.statements import Statement, read_statements
from memory.records import Dream


def told(*texts: str) -> list[Sourced]:
    return [
        Sourced(statement, (number,))
        for number, text in enumerate(texts, start=1)
        for statement in read_statements(text)
    ]


def statements(*texts: str) -> list[Statement]:
    return [one.statement for one in told(*texts)]


def of_kind(dreams: list[Dream], kind: str) -> list[Dream]:
    return [dream for dream in dreams if dream.kind == kind]


def test_two_facts_of_one_person_are_of_one_entity() -> None:
    found = entities(statements("My sister Freya lives in Oslo.", "Freya plays the viola."))
    assert [set(entity.names) for entity in found] == [{"my sister Freya", "Freya", "my sister"}]


def test_what_is_mine_is_one_thing_whatever_it_is() -> None:
    found = entities(statements("We got our harvest wreath from Skye.", "Our harvest wreath fell."))
    assert [entity.names for entity in found] == [("our harvest wreath",)]
    assert not entities(statements("I changed my mind.", "The sofa is on my mind."))


def test_a_kin_noun_stands_for_the_only_one_who_bears_it() -> None:
    found = entities(statements("My sister Freya lives in Oslo.", "My sister plays the viola."))
    assert len(found) == 1


def test_two_sisters_stay_two() -> None:
    found = entities(
        statements(
            "My sister Freya lives in Oslo.",
            "My sister Ines plays the viola.",
            "My sister has a cold.",
        )
    )
    assert found == []


def test_a_recombined_question_names_one_fact_to_ask_for_the_other() -> None:
    dreams = combined(told("My sister Freya lives in Oslo.", "Freya plays the viola."))
    prompts = {dream.prompt: dream for dream in of_kind(dreams, "recombined")}
    dream = prompts["Where does my sister who plays the viola live?"]
    assert "Oslo" in dream.answer and "viola" in dream.answer
    assert set(dream.episode_ids) == {1, 2}


def test_a_summary_tells_all_of_a_person_and_cites_all_its_sources() -> None:
    dreams = combined(told("My sister Freya lives in Oslo.", "Freya plays the viola."))
    for dream in of_kind(dreams, "summary"):
        assert "Oslo" in dream.answer and "viola" in dream.answer
        assert dream.episode_ids == (1, 2)
    assert of_kind(dreams, "summary")


def test_a_dialogue_goes_on_to_another_fact_and_answers_that_alone() -> None:
    (dream,) = of_kind(
        combined(told("My sister Freya lives in Oslo.", "Freya plays the viola.")), "dialogue"
    )
    assert isinstance(dream.prompt, tuple) and len(dream.prompt) == 3
    assert ("Oslo" in dream.answer) != ("viola" in dream.answer)


def test_a_contrast_offers_the_other_facts_answer_and_gives_its_own() -> None:
    dreams = of_kind(combined(told("Tom lives in Oslo.", "Priya lives in Leith.")), "contrast")
    assert dreams
    for dream in dreams:
        assert (
            "Oslo or Leith" in dream.prompt
            or "Leith or Oslo" in dream.prompt
            or "Tom" in (dream.prompt)
        )
        assert not ("Oslo" in dream.answer and "Leith" in dream.answer)


def test_one_fact_alone_has_nothing_to_combine() -> None:
    assert combined(told("My sister Freya lives in Oslo.")) == []


def test_a_word_that_comes_again_makes_a_summary_of_fragments() -> None:
    dreams = combined(told("Knee op's booked.", "Hospital rang – op's shifted to the 28th."))
    (answer,) = {dream.answer for dream in of_kind(dreams, "summary")}
    assert "booked" in answer and "28th" in answer
    assert all(dream.episode_ids == (1, 2) for dream in of_kind(dreams, "summary"))


def test_what_one_message_alone_tells_makes_none() -> None:
    assert not of_kind(combined(told("Knee op's booked.", "Sold the van.")), "summary")


def test_a_statement_with_its_own_beginning_is_no_summary() -> None:
    part, whole = told("We are going to Tenerife."), told("We are going to Tenerife! Ten nights.")
    cited = [Sourced(one.statement, (2,)) for one in whole]
    assert not of_kind(combined([*part, *cited]), "summary")


def test_things_told_apart_by_their_words_make_no_summary() -> None:
    dreams = combined(told("My black cat purrs at night.", "Our tabby cat sleeps in a box."))
    assert not of_kind(dreams, "summary")


def answers(dreams: list[Dream]) -> set[str]:
    return {dream.answer for dream in of_kind(dreams, "summary")}


def test_whose_a_changed_fact_is_stands_with_it() -> None:
    rest = told("My pug is called Mochi.", "Mochi now weighs 3.8 kilos.")
    assert answers(combined(rest)) == {"Your pug is called Mochi. Mochi now weighs 3.8 kilos."}


def test_what_somebody_is_called_is_not_said_twice() -> None:
    dreams = combined(told("My flatmate Ngozi sings.", "Ngozi paints.", "My flatmate is Ngozi."))
    assert all("called" not in answer for answer in answers(dreams))


def test_whoever_was_named_in_full_is_named_for_short_after_it() -> None:
    dreams = combined(
        told(
            "My sister's dog Monty sleeps till ten.",
            "My sister's dog Monty's best friend is Tilly.",
            "My sister's dog Monty weighs 7.9 kilos.",
        )
    )
    whole = (
        "Your sister's dog Monty sleeps till ten. Monty's best friend is Tilly. "
        "Monty weighs 7.9 kilos."
    )
    named = [d.answer for d in of_kind(dreams, "summary") if "Monty" in str(d.prompt)]
    assert named and set(named) == {whole}


def test_a_thing_that_is_told_of_again_is_it() -> None:
    dreams = combined(
        told("The karaoke night starts at nine.", "The karaoke night is 165 minutes long.")
    )
    assert answers(dreams) == {"The karaoke night starts at nine. It is 165 minutes long."}
