"""What speaks for learning an episode outweighs what it sounds like, and is said plainly."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from consolidation.worth import is_known, why_nothing, why_taken, worth
from memory.episode import Episode, NoveltyScore
from memory.records import Signals

PLAIN = Signals(facts=1, dreams=24)
AT = datetime(2026, 3, 5, 12, tzinfo=UTC)


def episode(novelty: float) -> Episode:
    score = NoveltyScore(novelty, novelty, 5.0)
    return Episode(9, "s", AT, "It's Thursday.", "Noted.", "base", score, "waiting")


@pytest.mark.parametrize("novelty", [0.0, 0.02, 0.5, 1.0])
def test_a_plain_fact_is_worth_its_novelty(novelty: float) -> None:
    assert worth(novelty, PLAIN) == pytest.approx(novelty)


@pytest.mark.parametrize("found", [{"wished": True}, {"corrects": (3,)}])
def test_a_wish_or_a_correction_outweighs_what_is_new(found: dict[str, object]) -> None:
    heeded = replace(PLAIN, **found)  # type: ignore[arg-type]
    assert worth(0.02, heeded) > worth(0.75, PLAIN)
    assert worth(0.5, heeded) > worth(0.02, heeded)


def test_what_was_told_before_is_worth_less_and_a_further_fact_more() -> None:
    scores = [
        worth(0.5, replace(PLAIN, retold=True)),
        worth(0.5, PLAIN),
        worth(0.5, replace(PLAIN, facts=2)),
        worth(0.5, replace(PLAIN, changing=True)),
        worth(0.5, replace(PLAIN, wished=True, corrects=(3,))),
        worth(0.5, replace(PLAIN, pinned=True)),
    ]
    assert all(one < other for one, other in pairwise(scores))
    assert scores[-1] == 1.0


def test_what_gives_no_dream_is_worth_nothing_even_pinned() -> None:
    assert worth(0.9, Signals("question", wished=True, pinned=True)) == 0.0


def test_only_what_nobody_heeds_is_known() -> None:
    retold = replace(PLAIN, retold=True)
    assert is_known(0.1, retold, 0.25)
    assert not is_known(0.1, PLAIN, 0.25)
    assert not is_known(0.3, retold, 0.25)
    for found in ({"wished": True}, {"changing": True}, {"corrects": (1,)}, {"pinned": True}):
        assert not is_known(0.1, replace(retold, **found), 0.25)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({}, "new to me (novelty 0.81), 24 dreams"),
        ({"facts": 2}, "new to me (novelty 0.81), 2 facts, 24 dreams"),
        ({"wished": True}, "you asked me to remember it; new to me (novelty 0.81), 24 dreams"),
        ({"changing": True}, "says that something changed; new to me (novelty 0.81), 24 dreams"),
        (
            {"corrects": (3,), "changing": True},
            "corrects what you said on 3 March; new to me (novelty 0.81), 24 dreams",
        ),
        (
            {"corrects": (2, 3, 4)},
            "corrects what you said on 31 December 2025, on 3 March and earlier that day; "
            "new to me (novelty 0.81), 24 dreams",
        ),
        ({"corrects": (8,)}, "corrects what you said before; new to me (novelty 0.81), 24 dreams"),
        ({"pinned": True}, "you pinned it; new to me (novelty 0.81), 24 dreams"),
    ],
)
def test_a_reason_to_take_it_reads_as_its_owner_speaks(
    found: dict[str, object], words: str
) -> None:
    told_at = {
        2: datetime(2025, 12, 31, 9, tzinfo=UTC),
        3: datetime(2026, 3, 3, 9, tzinfo=UTC),
        4: datetime(2026, 3, 5, 9, tzinfo=UTC),
    }
    assert why_taken(episode(0.81), replace(PLAIN, **found), told_at) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Signals("question"), "asks something: nothing to learn"),
        (Signals("request"), "asks for something to be done: nothing to learn"),
        (Signals("hypothetical"), "supposes something that is not so: nothing to learn"),
        (Signals("idle"), "is small talk: nothing in it could be asked about tomorrow"),
        (Signals("changed"), "what it says has changed since: nothing to learn"),
        (
            Signals("quotation", wished=True),
            "gives the words of others: nothing to learn; pin it, and it is told as it is",
        ),
        (
            Signals("vague", changing=True),
            "says too little by itself to be asked about: nothing to learn; "
            "pin it, and it is told as it is",
        ),
        (
            Signals("question", pinned=True),
            "pinned, but it only asks something: there is no fact in it to learn",
        ),
        (
            Signals("request", pinned=True),
            "pinned, but it only asks for something to be done: there is no fact in it to learn",
        ),
        (Signals("idle", pinned=True), "pinned, but there are no words in it to learn"),
        (Signals("changed", pinned=True), "pinned, but what it says has changed since"),
    ],
)
def test_a_reason_to_leave_it_says_what_it_is(found: Signals, words: str) -> None:
    assert why_nothing(found) == words
