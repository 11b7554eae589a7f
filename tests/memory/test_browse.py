"""What an owner types among the words is a filter, and nothing in it is an operator."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from memory.browse import Browser, FilterUnread, Order, Sieve, sieve_of
from memory.database import Connections
from memory.episode import Episode
from memory.store import EpisodeStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
Remember = Callable[..., Episode]


def test_filters_are_taken_out_of_the_words() -> None:
    found = sieve_of('the rent state:Learned person:Anna place:"New York" is:pinned due')
    assert found == Sieve("the rent due", "learned", True, ("Anna", "New York"))
    assert sieve_of("rent') or 1:1 http://state").is_plain
    assert not found.is_plain


def test_days_are_whole_and_of_this_machine() -> None:
    found = sieve_of("since:2026-03-01 until:2026-03-02")
    assert found.since is not None and found.until is not None
    assert found.until - found.since in (timedelta(days=2), timedelta(days=2, hours=1))
    assert found.since.tzinfo is not None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("state:asleep", "state: is one of waiting, learned, muted"),
        ("since:yesterday", "since: wants a day, such as since:2026-03-31"),
        ("is:old", "is: can be followed by pinned alone"),
        ("person:", "person: wants a name"),
        ('place:""', "place: wants a name"),
    ],
)
def test_a_filter_that_says_nothing_says_what_it_could(text: str, reason: str) -> None:
    with pytest.raises(FilterUnread, match=reason):
        sieve_of(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [3, 2, 1]),
        ("person:zoe", [1]),
        ('place:"new york"', [2]),
        ("place:york person:new", [2]),
        ('person:a"b*', []),
        ("person:noted", []),  # what the reply says is not what the owner said
        ("state:learned", [2]),
        ("is:pinned", [3]),
        ("until:2026-03-01", [2, 1]),
        ("since:2026-03-05", [3]),
    ],
)
def test_what_goes_through(
    connections: Connections, store: EpisodeStore, remember: Remember, text: str, found: list[int]
) -> None:
    remember("Zoë is my sister")
    remember("I was in New York")
    remember("I bake", at=NOON + timedelta(days=9))
    store.set_state([2], "learned")
    store.set_pinned([3], True)
    assert Browser(connections).ids(sieve_of(text), "newest", 9) == found


@pytest.mark.parametrize(
    ("order", "ids"), [("newest", [3, 2, 1]), ("oldest", [1, 2, 3]), ("novel", [3, 2, 1])]
)
def test_pages_and_orders(
    connections: Connections, remember: Remember, order: Order, ids: list[int]
) -> None:
    for number in range(3):
        remember(f"fact {number}")
    browser = Browser(connections)
    assert browser.ids(Sieve(), order, 9) == ids
    assert browser.ids(Sieve(), order, 1, offset=1) == ids[1:2]
    assert browser.ids(Sieve(), order, 9, among=[1, 3, 99]) == [i for i in ids if i != 2]
