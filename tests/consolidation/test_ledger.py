from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from consolidation.dreams import GrammarWriter
from consolidation.english.parts import parts_of
from consolidation.ledger import ChangeFinder, Ledger
from memory.episode import Episode, NoveltyScore
from memory.records import Replaced

START = datetime(2026, 11, 23, 12, tzinfo=UTC)


def told(*texts: str) -> list[Episode]:
    return [
        Episode(
            i,
            f"s{i}",
            START + timedelta(days=i),
            text,
            "",
            "base",
            NoveltyScore(1, 1, 1),
            "waiting",
        )
        for i, text in enumerate(texts, 1)
    ]


def changes(episodes: Sequence[Episode]) -> list[Replaced]:
    finder = ChangeFinder(GrammarWriter(), lambda episode: [], lambda one, other: 0.9)
    return finder.found(episodes, lambda episode: [e for e in episodes if e.id < episode.id])


def test_a_move_replaces_where_the_owner_lived() -> None:
    found = changes(told("I live in Leith.", "My dog is called Rufus.", "I've moved to Oban."))
    assert [(one.episode_id, one.by_episode_id) for one in found] == [(1, 3)]
    assert "Oban" in found[0].by_fact and "Leith" in found[0].fact


def test_facts_that_stand_beside_each_other_replace_nothing() -> None:
    assert not changes(told("My sister lives in Leith.", "My brother lives in Oban."))


def test_what_is_gone_is_not_dreamt_and_what_stood_beside_it_is() -> None:
    old, new = told(
        "My dentist appointment is on Friday and my sister is called Ines.",
        "My dentist appointment is on Monday now.",
    )
    ledger = Ledger.of(changes([old, new]))
    assert ledger.gone(old.id) and not ledger.gone(new.id)
    answers = {dream.answer for dream in GrammarWriter().write(old, (), ledger.gone(old.id))}
    assert answers and all("Ines" in answer for answer in answers)
    assert not any("Friday" in answer for answer in answers)


def test_a_change_is_dreamt_with_both_sources() -> None:
    ledger = Ledger.of(changes(told("I live in Leith.", "I've moved to Oban.")))
    dreams = ledger.change_dreams(2)
    assert dreams and all(dream.episode_ids == (2, 1) for dream in dreams)
    assert all("Oban" in dream.answer and "Leith" not in dream.answer for dream in dreams)
    assert not ledger.change_dreams(1)


def test_of_a_long_fact_only_the_part_that_changed_goes() -> None:
    old = told(
        "Tooth again – the dentist has given me an appointment on Friday, and my sister Ines who "
        "works there is going to sit with me."
    )[0]
    facts = GrammarWriter().facts(old)
    part = next(part for fact in facts for part in parts_of(fact) if "appointment" in part)
    left = GrammarWriter().write(old, (), frozenset((part,)))
    assert any("Ines" in dream.answer for dream in left)
    assert not any("appointment" in dream.answer for dream in left)


def test_a_change_told_in_two_sentences_is_answered_with_both() -> None:
    whole = "The studio is no longer at number 81. It is at number 122 now."
    over = Replaced(1, "The studio is at number 81.", 2, "The studio is no longer at number 81.")
    dreams = Ledger.of([over]).change_dreams(2, [whole])
    assert dreams and all(dream.answer.endswith(whole) for dream in dreams)
