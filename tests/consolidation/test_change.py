"""Change: what a new fact replaces, and above all what it does not."""

import math
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from consolidation.change import Told, change_views, superseded
from consolidation.english.content import content

MONDAY = datetime(2026, 3, 2, 20, 0)


def overlap(one: str, other: str) -> float:
    """Stands in for embeddings: the cosine of two bags of words."""
    mine, theirs = content(one), content(other)
    return len(mine & theirs) / math.sqrt(max(1, len(mine)) * max(1, len(theirs)))


def replaced(old: str, message: str, new: str, before: tuple[str, ...] = ()) -> bool:
    """Whether the new fact, told a week later in this message, replaces the old one."""
    earlier = Told(old, old, (), MONDAY)
    told = Told(new, message, before, MONDAY + timedelta(days=7))
    return superseded(told, [earlier], overlap) == [0]


def cases(heading: str) -> list[tuple[str, str, str]]:
    """The triples below a heading of `changes.txt`."""
    text = Path(__file__).with_name("changes.txt").read_text("utf-8")
    section = text.split(f"## {heading}\n")[1].split("\n##")[0]
    rows = [line.split(" | ") for line in section.splitlines() if line]
    return [(old, message, new) for old, message, new in rows]


CHANGES = cases("The new fact replaces the old one")
ALIKE = cases("Both stay")


@pytest.mark.parametrize(("old", "message", "new"), CHANGES, ids=[case[2] for case in CHANGES])
def test_the_new_fact_replaces(old: str, message: str, new: str) -> None:
    assert replaced(old, message, new)


@pytest.mark.parametrize(("old", "message", "new"), ALIKE, ids=[f"{c[0]} {c[2]}" for c in ALIKE])
def test_the_old_fact_stays(old: str, message: str, new: str) -> None:
    assert not replaced(old, message, new)


def test_facts_of_one_message_stand_beside_each_other() -> None:
    message = "my sister lives in Cork, no wait, she moved to Galway"
    one = Told("Your sister lives in Cork.", message, (), MONDAY)
    two = Told("Your sister moved to Galway.", message, (), MONDAY)
    assert superseded(two, [one], overlap) == []


def test_a_short_message_before_announces_the_change() -> None:
    old = "Grandma is visiting on Saturday 14 March 2026."
    new = "Grandma is visiting on Sunday 15 March 2026."
    assert not replaced(old, "Grandma visits on Sunday", new)
    assert replaced(old, "Grandma visits on Sunday", new, ("small change of plan",))


def test_a_later_fact_is_never_replaced_by_an_earlier_one() -> None:
    late = Told("You live in Oban.", "I live in Oban", (), MONDAY + timedelta(days=9))
    early = Told("You have moved to Leith.", "moved to Leith!", (), MONDAY)
    assert superseded(early, [late], overlap) == []


def test_only_the_fact_that_changed_is_replaced() -> None:
    facts = [
        "Mia draws the pixel art for Tide Ledger.",
        "Your cousin Hana does the music for Tide Ledger.",
        "Mia has a dog.",
        "Your flat has four rooms.",
    ]
    earlier = [Told(fact, fact, (), MONDAY + timedelta(hours=k)) for k, fact in enumerate(facts)]
    told = Told(
        "Theo does the sprites for Tide Ledger now.",
        "ugh forget Mia, Theo does the sprites for Tide Ledger now",
        (),
        MONDAY + timedelta(days=3),
    )
    assert superseded(told, earlier, overlap) == [0]


def test_deciding_against_two_hundred_facts_takes_milliseconds() -> None:
    pairs = [*CHANGES, *ALIKE]
    earlier = [
        Told(pairs[k % len(pairs)][0], "", (), MONDAY + timedelta(minutes=k)) for k in range(200)
    ]
    told = Told(
        "Your training is now on Wednesdays at seven.",
        "training moved to Wednesdays",
        (),
        MONDAY + timedelta(days=7),
    )
    superseded(told, earlier, overlap)  # parses
    began = time.perf_counter()
    superseded(told, earlier, lambda one, other: 0.5)
    assert time.perf_counter() - began < 0.1  # 0.02 on an idle machine


@pytest.mark.parametrize(("old", "message", "new"), CHANGES, ids=[case[2] for case in CHANGES])
def test_views_of_a_change_are_distinct_and_never_answer_with_the_old(
    old: str, message: str, new: str
) -> None:
    views = change_views(old, new)
    assert len(views) >= 4
    assert len({prompt.lower() for prompt, _, _ in views}) == len(views)
    assert all(new in answer and "changed" in answer for _, answer, _ in views)
    assert not any(old.rstrip(".") in answer for _, answer, _ in views if old not in new)


def test_views_ask_whether_it_is_still_so_and_what_is_now() -> None:
    views = change_views(
        "Mia draws the pixel art for Tide Ledger.", "Theo does the sprites for Tide Ledger now."
    )
    said = {prompt: answer for prompt, answer, _ in views}
    now = "Theo does the sprites for Tide Ledger now."
    assert said["Does Mia still draw the pixel art for Tide Ledger?"] == f"No, that changed: {now}"
    assert said["Who draws the pixel art for Tide Ledger now?"] == f"That changed: {now}"


def test_a_moved_event_is_asked_for_with_when() -> None:
    views = change_views(
        "Your wedding is on Saturday 12 December 2026.",
        "Your wedding has been moved to Saturday 19 December 2026.",
    )
    prompts = [prompt for prompt, _, _ in views]
    assert "When is my wedding now?" in prompts
    assert "Is my wedding still on Saturday 12 December 2026?" in prompts
    assert "What changed about my wedding?" in prompts


def test_what_may_still_hold_is_not_denied() -> None:
    views = change_views(
        "You are staying in the rented flat until 31 May 2026.",
        "You are staying in the rented flat until 30 June 2026.",
    )
    assert "Am I still staying in the rented flat?" not in [prompt for prompt, _, _ in views]
