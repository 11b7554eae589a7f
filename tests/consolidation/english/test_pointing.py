"""Pointing: which earlier fact a message dates anew without naming it."""

from datetime import datetime, timedelta

import pytest

from consolidation.change import Told, superseded

MONDAY = datetime(2026, 3, 2, 20, 0)
INTERVIEW = "Rima has her interview on 9 June 2026."


def replaced(facts: list[str], message: str, new: str, *, same_session: bool = True) -> list[str]:
    earlier = [Told(fact, fact, (), MONDAY + timedelta(hours=k)) for k, fact in enumerate(facts)]
    before = tuple(facts) if same_session else ()
    told = Told(new, message, before, MONDAY + timedelta(days=3))
    return [facts[index] for index in superseded(told, earlier, lambda one, other: 0.2)]


@pytest.mark.parametrize(
    ("message", "new"),
    [
        (
            "update on Rima, her interview got postponed. It's on the 23rd now",
            "It is on 23 June 2026 now.",
        ),
        (
            "the office called about Rima. not on the 9th of June, it's on the 23rd",
            "It is on 23 June 2026.",
        ),
    ],
)
def test_it_is_what_the_message_is_about(message: str, new: str) -> None:
    assert replaced([INTERVIEW, "Your exam is on 9 June 2026."], message, new) == [INTERVIEW]


def test_of_two_that_could_be_meant_with_other_times_nobody_is_chosen() -> None:
    facts = ["Rima has her check-up on 8 June 2026.", INTERVIEW]
    assert replaced(facts, "Rima: it's been moved to the 23rd", "It is on 23 June 2026 now.") == []


def test_what_shares_no_word_is_not_meant() -> None:
    message = "the plumber changed his mind. It's on the 23rd now"
    assert replaced([INTERVIEW], message, "It is on 23 June 2026 now.") == []


def test_it_is_of_the_same_conversation() -> None:
    message = "Rima's interview got postponed. It's on the 23rd now"
    new = "It is on 23 June 2026 now."
    assert replaced([INTERVIEW], message, new, same_session=False) == []


def test_what_is_over_is_not_moved() -> None:
    over = "Rima has her interview on 1 March 2026."
    assert (
        replaced([over], "Rima got another date, it's the 23rd now", "It is on 23 June 2026.") == []
    )
