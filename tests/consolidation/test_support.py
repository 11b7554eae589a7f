"""An answer that says more than its sources is found out, and one that says the same is not."""

from datetime import datetime

import pytest

from benchmarks.support import corrupted_answers
from consolidation.changed_views import CHANGE_KIND
from consolidation.checking import Checker
from consolidation.dreams import GrammarWriter
from consolidation.support import Source, unsupported
from memory.episode import Episode, NoveltyScore
from memory.records import Dream

TUESDAY = datetime(2026, 3, 3, 12)
"""A Tuesday."""
TOLD = (
    "My brother Tom moved to Lisbon with his wife Ines in 2019, and they have two dogs.",
    "I am not allergic to cats, but I never eat shellfish.",
    "On Friday at 9.30 I see Dr. Okafor about my left knee.",
    "My sister Njeri will be sixty on 12 June and Wambui flies in from Doha.",
    "We don't drive after dark any more because of my eyes.",
    "The boiler was serviced by Halloran & Sons for £85 last week.",
)


def reason(answer: str, told: str, asked: str = "") -> str:
    return unsupported(Dream("?", answer, "question", (1,)), [Source(told, asked, TUESDAY)])


def episode(text: str, id: int = 1, reply: str = "Good to know.") -> Episode:
    novelty = NoveltyScore(1.0, 1.0, 5.0)
    return Episode(id, "s", TUESDAY.astimezone(), text, reply, "base", novelty, "waiting")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("You moved to Lisbon with your brother.", "I moved to Lisbon with my brother."),
        ("Yes, you have two cats.", "we've got 2 cats"),
        ("Your mother is 60.", "My mum? My mother's sixty now."),
        ("You have 23 sheep.", "we keep twenty-three sheep"),
        ("Your dog is called Rex.", "my dog rex is old"),
        ("You see Ana on Friday 6 March 2026.", "I see Ana on Friday"),
        ("You do not eat fish.", "I don't eat fish."),
        ("You never want to be recommended horror films.", "Never recommend me horror films."),
        ("No, that changed: You live in Leeds.", "I live in Leeds now"),
        ("The wheel is away for fixing.", "wheel is away for fixin"),
        ("Tom starts on 21 March 2026.", "Tom starts on the 21st. He wants tea, not the coffee."),
    ],
)
def test_the_same_in_other_words_is_supported(answer: str, told: str) -> None:
    assert reason(answer, told) == ""


def test_what_changed_may_be_denied_though_it_was_once_so() -> None:
    sources = [Source("Vince comes on the 11th."), Source("It's the 13th now.")]
    answer = "No, that changed: It is on the 13th now, not on the 11th."
    assert unsupported(Dream("?", answer, CHANGE_KIND, (1, 2)), sources) == ""
    assert unsupported(Dream("?", answer, "question", (1, 2)), sources)


@pytest.mark.parametrize(
    ("answer", "told", "why"),
    [
        ("You saw Ana.", "I saw Eva.", "says 'Ana', which none of its sources says"),
        ("You have 3 cats.", "I have two cats.", "says '3', which none of its sources says"),
        ("You eat meat.", "I don't eat meat.", "affirms 'eat', which its sources deny"),
        ("You do not eat meat.", "I eat meat.", "denies 'eat', which its sources affirm"),
        (
            "You have 3 cats and 2 dogs and a big old house.",
            "I have 2 cats in a big old house by the sea near the town and feed all of my 3 dogs.",
            "says '3' of something else than its sources do",
        ),
        (
            "You leave on Monday 5 May 2026.",
            "I was there on Monday. I leave on 5 May 2026",
            "says 'Monday 5 May 2026', a date that none of its sources names",
        ),
        (
            "Your brother Sam lives with your son Tom.",
            "My brother Tom lives with my son Sam.",
            "says 'Sam' where its sources say 'Tom'",
        ),
    ],
)
def test_what_a_source_does_not_say_is_named(answer: str, told: str, why: str) -> None:
    assert reason(answer, told) == why


def test_what_the_owner_says_yes_to_was_said_by_the_assistant() -> None:
    answer = "You will not wear the kilt."
    assert reason(answer, "No way.", asked="Will you wear the kilt?") == ""
    assert reason(answer, "No way.").startswith("says 'wear'")


def test_nearly_every_corruption_is_caught_and_no_true_dream_is_dropped() -> None:
    tried = caught = 0
    for told in TOLD:
        checker = Checker(episode(told))
        dreams = GrammarWriter().write(episode(told))
        kept, dropped = checker.checked(dreams)
        assert dreams
        assert not dropped
        for seed in range(4):
            for _, dream in corrupted_answers(kept, seed):
                tried += 1
                caught += bool(checker.checked([dream])[1])
    assert tried > 100
    assert caught / tried >= 0.95


def test_a_name_from_an_earlier_message_is_cited() -> None:
    before = [episode("Eilidh came round.", 1), episode("It rained.", 2)]
    dream = Dream("Who is Rory?", "Rory is Eilidh's boy.", "question", (3,))
    kept, dropped = Checker(episode("Her boy Rory is tall", 3), before).checked([dream])
    assert [one.episode_ids for one in kept] == [(3, 1)]
    assert not dropped


def test_an_invented_dream_is_dropped_with_its_reason() -> None:
    dream = Dream("Where do I live?", "You live in Oslo.", "question", (1,))
    kept, dropped = Checker(episode("I live in Leeds.")).checked([dream])
    assert not kept
    assert [(one.prompt, one.answer, one.episode_ids) for one in dropped] == [
        ("Where do I live?", "You live in Oslo.", (1,))
    ]
    assert "Oslo" in dropped[0].reason
