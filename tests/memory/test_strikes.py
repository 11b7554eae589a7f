"""What is struck stays struck until it is restored, and goes with what it was made from."""

from datetime import timedelta
from pathlib import Path

from memory.database import Connections
from memory.nights import NightStore
from memory.records import Dream, Struck
from memory.store import EpisodeStore

from .conftest import NOON, Remember

LATER = NOON + timedelta(minutes=5)


def test_a_dreams_name_is_of_its_words_alone() -> None:
    dream = Dream("Who is Kim?", "Your dentist.", "question", (1,))
    assert dream.key == Dream("Who is Kim?", "Your dentist.", "cue", (7, 8)).key
    assert dream.key == Dream("Who is\x1b Kim?", "Your dent\ud800ist.", "question", (1,)).key
    assert len(dream.key) == 8 and int(dream.key, 16) >= 0
    others = [
        Dream("Who is Kim", "Your dentist.", "question", (1,)),
        Dream("Who is Kim?", "Your doctor.", "question", (1,)),
        Dream(("Who is Kim?",), "Your dentist.", "question", (1,)),
        Dream(("Hi", "Hello", "Who is Kim?"), "Your dentist.", "question", (1,)),
    ]
    assert len({dream.key, *(other.key for other in others)}) == 5


def test_a_dreams_name_is_the_same_tomorrow() -> None:
    assert Dream("Who is Kim?", "Your dentist – näh.", "question", (1,)).key == "c8129bb3"


def test_struck_dreams_read_back_until_they_are_restored(
    nights: NightStore, remember: Remember
) -> None:
    a, b = remember("a").id, remember("b").id
    one = Dream(("Hi", "Hello", "And?"), "So\u2028.", "dialogue", (b, a))
    other = Dream("What?", "It.", "question", (a,))
    nights.strike([one], NOON)
    nights.strike([other, one, other], LATER)
    assert nights.struck() == [Struck(one, NOON), Struck(other, LATER)]
    nights.restore([one.key, "nowhere"])
    assert nights.struck() == [Struck(other, LATER)]


def test_what_is_struck_is_stored_clean_under_the_same_name(
    nights: NightStore, remember: Remember
) -> None:
    dream = Dream(("\x00a", "b\udfff", "c"), "d\x1b", "k", (remember().id,))
    nights.strike([dream], NOON)
    (struck,) = nights.struck()
    assert (struck.dream.prompt, struck.dream.answer) == (("a", "b", "c"), "d")
    assert struck.dream.key == dream.key


def test_forgetting_an_episode_takes_what_was_struck_of_it_along(
    store: EpisodeStore, nights: NightStore, remember: Remember, home: Path
) -> None:
    a, b = remember("a").id, remember("b").id
    both = Dream("Secret?", "Marzipan.", "question", (b, a))
    kept = Dream("What?", "It.", "question", (b,))
    nights.strike([both, kept], NOON)
    store.forget(a)
    assert [one.dream for one in nights.struck()] == [kept]
    nights.strike([both], LATER)
    assert [one.dream for one in nights.struck()] == [kept]
    assert not any(b"Marzipan" in file.read_bytes() for file in home.iterdir())


def test_what_two_episodes_tell_stays_struck_when_one_is_forgotten(
    store: EpisodeStore, nights: NightStore, remember: Remember
) -> None:
    a, b = remember("a").id, remember("b").id
    told = [Dream("What?", "It.", "question", (episode_id,)) for episode_id in (a, b)]
    nights.strike(told, NOON)
    store.forget(a)
    assert [one.dream for one in nights.struck()] == told[1:]
    nights.restore([told[0].key])
    assert nights.struck() == []


def test_strikes_are_seen_by_the_next_who_opens_the_home(
    nights: NightStore, remember: Remember, connections: Connections
) -> None:
    dream = Dream("What?", "It.", "question", (remember().id,))
    nights.strike([dream], NOON)
    with Connections(connections.file) as others:
        assert [one.dream for one in NightStore(others).struck()] == [dream]


def test_a_report_says_how_many_dreams_were_struck(nights: NightStore) -> None:
    night = nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NOON
    )
    nights.record_struck(night, 3)
    report = nights.show(night)
    assert report is not None and report.struck == 3
