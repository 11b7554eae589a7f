"""Entities: statements about the same person or thing stand together, those of others apart."""

from consolidation.english.entities import entities
from consolidation.english.statements import read_statements


def told(*messages: str) -> list[list[str]]:
    statements = [one for message in messages for one in read_statements(message)]
    return [[one.text for one in entity.statements] for entity in entities(statements)]


def test_a_name_ties_statements() -> None:
    assert told("My sister Freya lives in Oslo.", "My sister Freya plays the viola.") == [
        ["Your sister Freya lives in Oslo.", "Your sister Freya plays the viola."]
    ]


def test_the_only_one_of_a_role_is_meant_by_it() -> None:
    assert told("My sister Freya lives in Oslo.", "My sister plays the viola.") == [
        ["Your sister Freya lives in Oslo.", "Your sister plays the viola."]
    ]


def test_a_window_cleaner_is_not_the_cleaner() -> None:
    assert not told(
        "Our cleaner Graciela gives up her hours at the hospital radio.",
        "Station Parade is the street our window cleaner Dougal lives on.",
    )
