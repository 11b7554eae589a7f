"""What its owner insists on is dreamt of and asked for, whatever grammar makes of it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from consolidation.dreams import GrammarWriter, normalised
from consolidation.english.keepsakes import FEWEST
from consolidation.probes import is_right, write_probes
from memory.episode import Episode, NoveltyScore

TOLD = (
    "If I won the lottery, I'd buy a boat.",
    'My mum always says "I love you all and I never sleep".',
    "In my novel, Elena lives in Prague.",
    "I dreamt that I flew to Mars.",
    "Once upon a time there was a dragon called Smaug who lived in a cave.",
    "Let's play a game: you are a pirate and I am the captain.",
    "I think maybe I'm moving to Oslo, not sure.",
    "I'm so tired today.",
    "What a day!",
    "ok thanks",
    "lol",
    "42",
    "Remember: blue.",
    "> On Monday Bob wrote\n> I will come at 5",
)


def episode(text: str, *, pinned: bool = True) -> Episode:
    at = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)
    return Episode(3, "s", at, text, "", "base", NoveltyScore(1, 1, 1), "waiting", pinned)


def answers(text: str) -> set[str]:
    return {dream.answer for dream in GrammarWriter().write(episode(text))}


def prompts(dreams: Sequence[object]) -> set[str]:
    return {normalised(str(getattr(dream, "prompt", ""))) for dream in dreams}


@pytest.mark.parametrize("text", TOLD)
def test_what_is_pinned_gives_dreams_and_a_probe_that_they_answer(text: str) -> None:
    assert GrammarWriter().write(episode(text, pinned=False)) == []
    assert write_probes(episode(text, pinned=False)) == []
    dreams, probes = GrammarWriter().write(episode(text)), write_probes(episode(text))
    assert len(dreams) >= FEWEST
    assert {dream.episode_ids for dream in dreams} == {(3,)}
    assert probes
    trained = prompts(dreams)
    assert len(trained) == len(dreams)
    for probe in probes:
        assert normalised(probe.question) not in trained
        assert not is_right(probe.question, probe.expected)
        assert any(is_right(dream.answer, probe.expected) for dream in dreams)


@pytest.mark.parametrize(
    "text", ["Where do I live?", "Recommend me a film.", "?!", "Hi! Who am I?"]
)
def test_there_is_nothing_to_tell_of_what_only_asks(text: str) -> None:
    assert GrammarWriter().write(episode(text)) == []
    assert write_probes(episode(text)) == []


def test_whoever_speaks_in_a_quotation_stays_who_it_is() -> None:
    text = 'My mum always says "I love you all and I never sleep".'
    assert answers(text) == {f"You told me: {text}"}


def test_a_supposition_stays_one() -> None:
    assert answers(TOLD[0]) == {"If you won the lottery, you would buy a boat."}


def test_what_is_quoted_or_supposed_replaces_nothing_that_was_told() -> None:
    assert GrammarWriter().facts(episode("If I lived in Oban, I'd sail.")) == []
    assert GrammarWriter().facts(episode(TOLD[6])) != []


def test_of_what_has_changed_since_nothing_is_kept_by_the_pin() -> None:
    told = episode("What a day!")
    assert GrammarWriter().write(told, (), GrammarWriter().facts(told)) == []


def test_a_pin_changes_nothing_about_a_plain_fact() -> None:
    told = "My dog is called Rex."
    plain = episode(told, pinned=False)
    assert GrammarWriter().write(episode(told)) == GrammarWriter().write(plain)
    assert write_probes(episode(told)) == write_probes(plain)
