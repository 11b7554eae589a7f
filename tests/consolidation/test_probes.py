"""Probes: unseen phrasings, keys that do not leak, and fair marking."""

import re
from datetime import UTC, datetime

import pytest

from consolidation.dreams import normalised, write_views
from consolidation.english.carriers import INDIRECT, PRIVATE, PUBLIC, SPOKEN
from consolidation.probes import is_right, write_probes
from memory.episode import Episode, NoveltyScore

CARRIERS = (*INDIRECT, *SPOKEN, *PRIVATE, *PUBLIC)
MESSAGES = (
    "I moved to Lisbon last spring with my brother Tom.",
    "I work as a nurse at St Thomas and my shift starts at six",
    "Our boiler was replaced by a guy called Duncan",
    "The wifi password at the cabin is heron42",
    "I owe Marek 40 euros",
    "My sister Ana, who lives in Porto, is a vet",
    "I'm allergic to walnuts",
    "My flight leaves at 6:40 on the second of March.",
    "The spare key is under the blue pot",
    "I've been working at the same bakery since 2016",
)


def episode(text: str) -> Episode:
    return Episode(
        id=3,
        session_id="s",
        created_at=datetime(2026, 1, 2, tzinfo=UTC),
        user_text=text,
        assistant_text="",
        model_version="m",
        novelty=NoveltyScore(1.0, 1.0, 9.0),
        state="waiting",
    )


@pytest.mark.parametrize("message", MESSAGES)
def test_no_probe_is_a_trained_prompt(message: str) -> None:
    trained = {normalised(prompt) for prompt, _, _ in write_views(message)}
    probes = write_probes(episode(message))
    assert probes
    assert not trained & {normalised(probe.question) for probe in probes}


@pytest.mark.parametrize("message", MESSAGES)
def test_no_probe_gives_its_answer_away(message: str) -> None:
    for probe in write_probes(episode(message)):
        assert not is_right(probe.question, probe.expected)


@pytest.mark.parametrize("message", MESSAGES)
def test_the_trained_answers_would_pass_the_probe(message: str) -> None:
    answers = " ".join(answer for _, answer, _ in write_views(message))
    assert all(is_right(answers, probe.expected) for probe in write_probes(episode(message)))


def test_probes_use_no_carrier_of_dreams() -> None:
    carriers = [re.escape(text).replace(r"\{\}", ".+") for text in CARRIERS if text != "{}?"]
    for message in MESSAGES:
        for probe in write_probes(episode(message), limit=9):
            assert not [carrier for carrier in carriers if re.fullmatch(carrier, probe.question)]


def test_probes_keep_to_their_limit_and_group() -> None:
    probes = write_probes(episode(MESSAGES[0]), limit=2)
    assert len(probes) == 2
    assert {probe.group for probe in probes} == {"new"}
    assert {probe.episode_ids for probe in probes} == {(3,)}


def test_small_talk_is_not_probed() -> None:
    assert write_probes(episode("Hello! How are you?")) == []


@pytest.mark.parametrize(
    ("answer", "expected", "right"),
    [
        ("You live in Lisbon.", ("Lisbon",), True),
        ("LISBON!", ("lisbon",), True),
        ("Lisbonne", ("Lisbon",), False),
        ("You owe him forty euros.", ("40 euros",), True),
        ("She is twenty-one.", ("21",), True),
        ("She is 21.", ("twenty one",), True),
        ("It is one hundred.", ("100",), True),
        ("It is under the blue pot.", ("a blue pot",), True),
        ("Your sister's name is Zoë.", ("Zoe\u0308",), True),
        ("Your sister's name is Zoe.", ("Zoë",), False),
        ("At 6:40.", ("6:40",), True),
        ("At 6:45.", ("6:40",), False),
        ("Anything", (), False),
        ("Anything", ("",), False),
        ("a", ("the",), False),
    ],
)
def test_marking_is_by_whole_words(answer: str, expected: tuple[str, ...], right: bool) -> None:
    assert is_right(answer, expected) is right
