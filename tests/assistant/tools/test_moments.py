"""A moment is found in a request, and is the one that people mean, by the wall clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.tools.base import ToolRefused
from assistant.tools.moments import Split, moment_of, moment_words, split_moment

SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def at(when: str) -> str:
    return f"{moment_of(when, SATURDAY, UTC):%a %d %b %H:%M}"


@pytest.mark.parametrize(
    ("when", "moment"),
    [
        ("in 20 minutes", "Sat 28 Nov 10:20"),
        ("in an hour and a half", "Sat 28 Nov 11:30"),
        ("in 2 hours and 15 minutes", "Sat 28 Nov 12:15"),
        ("in half an hour", "Sat 28 Nov 10:30"),
        ("10 minutes", "Sat 28 Nov 10:10"),
        ("ten minutes", "Sat 28 Nov 10:10"),
        ("at 7", "Sat 28 Nov 19:00"),
        ("at 10am", "Sun 29 Nov 10:00"),
        ("at half past six", "Sat 28 Nov 18:30"),
        ("tomorrow", "Sun 29 Nov 09:00"),
        ("tomorrow at 9", "Sun 29 Nov 09:00"),
        ("tomorrow at 3", "Sun 29 Nov 15:00"),
        ("at quarter to seven tomorrow morning", "Sun 29 Nov 06:45"),
        ("tomorrow evening at 8", "Sun 29 Nov 20:00"),
        ("in the morning", "Sun 29 Nov 09:00"),
        ("tonight", "Sat 28 Nov 20:00"),
        ("at 9 o'clock tonight", "Sat 28 Nov 21:00"),
        ("the day after tomorrow", "Mon 30 Nov 09:00"),
        ("on Friday at 5pm", "Fri 04 Dec 17:00"),
        ("Saturday", "Sat 05 Dec 09:00"),
        ("on the 19th", "Sat 19 Dec 09:00"),
        ("5 December at 8:30", "Sat 05 Dec 08:30"),
        ("on December 5th, 2026 at 17:00", "Sat 05 Dec 17:00"),
        ("in three weeks", "Sat 19 Dec 09:00"),
        ("next month", "Mon 28 Dec 09:00"),
        ("on 2026-12-01 at 8:00", "Tue 01 Dec 08:00"),
        ("at midnight", "Sun 29 Nov 00:00"),
    ],
)
def test_words_mean_a_moment(when: str, moment: str) -> None:
    assert at(when) == moment


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("today at 9am", "is over"),
        ("today", "at what time today"),
        ("every day at 9", "I can ring once"),
        ("at 25:00", "there is no time"),
        ("on 31 February at 8", "there is no day"),
        ("whenever", "I don't know when 'whenever' is"),
        ("in 99 years", "more than ten years away"),
    ],
)
def test_what_names_no_moment_ahead_is_refused(when: str, reason: str) -> None:
    with pytest.raises(ToolRefused, match=reason):
        at(when)


@pytest.mark.parametrize(
    ("request_", "when", "rest"),
    [
        ("to call mum tomorrow at 9", "tomorrow at 9", "to call mum"),
        ("in 20 minutes to take the bread out", "in 20 minutes", "to take the bread out"),
        ("about the Monday meeting at 5pm", "at 5pm", "about the Monday meeting"),
        ("to call Anna on Monday about the cake", "on Monday", "to call Anna about the cake"),
    ],
)
def test_a_request_is_split_into_moment_and_rest(request_: str, when: str, rest: str) -> None:
    assert split_moment(request_) == Split(when, rest)


@pytest.mark.parametrize("text", ["to buy 3 eggs", "to read page 20", "what my dog is called"])
def test_a_request_without_a_moment_has_none(text: str) -> None:
    assert split_moment(text) is None


def test_tomorrow_is_the_same_hour_of_the_wall_clock_across_a_change_of_the_clock() -> None:
    """On 29 March 2026 the clock jumps from 2 to 3: that day has 23 hours."""
    evening = datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN)
    due = moment_of("tomorrow at 8pm", evening, BERLIN)
    assert (due - evening.astimezone(UTC)).total_seconds() == 23 * 3_600
    assert moment_words(due, BERLIN) == "Sunday 29 March 2026 at 20:00"


def test_an_hour_that_the_clock_skips_falls_as_much_later() -> None:
    due = moment_of("tomorrow at 02:30", datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN), BERLIN)
    assert moment_words(due, BERLIN) == "Sunday 29 March 2026 at 03:30"


def test_a_length_of_time_passes_by_ticks_across_a_change_of_the_clock() -> None:
    """On 25 October 2026 three o'clock becomes two o'clock."""
    before = datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN)
    due = moment_of("in 2 hours", before, BERLIN)
    assert (due - before.astimezone(UTC)).total_seconds() == 2 * 3_600
    assert moment_words(due, BERLIN) == "Sunday 25 October 2026 at 02:30"
