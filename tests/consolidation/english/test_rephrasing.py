from consolidation.english.rephrasing import rephrased
from consolidation.english.statements import read_statements


def asked_of(text: str) -> list[str]:
    clauses = [one.clause for one in read_statements(text, ())]
    return [question for clause in clauses if clause is not None for question in rephrased(clause)]


def test_the_owners_own_dentist_is_asked_for_by_what_dentists_do() -> None:
    assert "Who looks after my teeth?" in asked_of("My dentist is Dr Moss.")
    assert "Who looks after my teeth?" not in asked_of("My aunt's dentist is Dr Moss.")


def test_a_boss_who_is_a_dane_has_no_name() -> None:
    assert "Who do I report to?" in asked_of("My boss is called Freya.")
    assert "Who do I report to?" not in asked_of("My boss is a Dane.")


def test_only_an_age_is_asked_for_as_an_age() -> None:
    asked = "How old was I when I became vegetarian?"
    assert asked in asked_of("I have been vegetarian since I was twelve.")
    assert asked not in asked_of("I have been vegetarian since 2012.")


def test_who_did_it_is_asked_for_other_people_only() -> None:
    assert "Who got the boiler working again?" in asked_of("My brother fixed the boiler.")
    assert "Who got the boiler working again?" not in asked_of("I fixed the boiler.")


def test_frames_take_turns() -> None:
    first = asked_of("My mechanic is called Stu.")[:4]
    assert "What is my mechanic's name?" in first
    assert "Who repairs my car?" in first
