"""A session keeps one conversation, and gives up its oldest exchange first."""

from dataclasses import replace
from datetime import UTC, datetime

from assistant.session import Session
from memory.episode import Episode, NoveltyScore
from memory.sessions import Voice
from models.base import Message

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_new_session_is_empty_and_has_an_id_of_its_own() -> None:
    first, second = Session.new(), Session.new()
    assert first.latest(-1) == ()
    assert first.session_id != second.session_id


def test_exchanges_are_kept_in_order() -> None:
    session = Session("s")
    session.add("one", "1")
    session.add("two", "2")
    assert session.latest(-1) == (
        Message("user", "one"),
        Message("assistant", "1"),
        Message("user", "two"),
        Message("assistant", "2"),
    )


def test_the_oldest_exchange_is_dropped_whole() -> None:
    session = Session("s")
    session.add("one", "1")
    session.add("two", "2")
    assert session.drop_oldest()
    assert session.latest(-1) == (Message("user", "two"), Message("assistant", "2"))


def test_an_empty_session_has_nothing_to_drop() -> None:
    session = Session("s")
    session.add("one", "1")
    assert session.drop_oldest()
    assert not session.drop_oldest()
    assert session.latest(-1) == ()


def test_messages_once_given_do_not_change() -> None:
    session = Session("s")
    session.add("one", "1")
    before = session.latest(-1)
    session.add("two", "2")
    assert len(before) == 2


def episode(number: int, text: str, reply: str = "Yes.") -> Episode:
    return Episode(number, "s", NOON, text, reply, "base", NoveltyScore(1, 1, 1), "waiting")


def test_a_resumed_session_has_the_latest_exchanges_that_have_room() -> None:
    told = [episode(number, "x" * 96) for number in range(1, 10)]
    session = Session.resumed("s", told, Voice(temperature=0.5), most_characters=350)
    assert [one.episode_id for one in session.exchanges] == [7, 8, 9]
    assert session.voice.temperature == 0.5
    assert len(Session.resumed("s", told, Voice(), most_characters=1).exchanges) == 1


def test_a_session_before_an_exchange_has_what_came_before_it_and_its_voice() -> None:
    session = Session("s", voice=Voice("Be brief."))
    for number in (4, 5, 6):
        session.add(f"text {number}", "ok", number)
    earlier = session.before(5)
    assert [one.episode_id for one in earlier.exchanges] == [4]
    assert earlier.voice == session.voice
    assert session.before(1).exchanges == ()
    assert [one.episode_id for one in session.without_latest(1).exchanges] == [4, 5]
    assert [one.episode_id for one in session.exchanges] == [4, 5, 6]
    assert session.without_latest(9).exchanges == ()
    fork = session.through(5, "fork")
    assert [one.episode_id for one in fork.exchanges] == [4, 5]
    assert fork.session_id == "fork"


def test_what_is_in_quarantine_is_in_no_resumed_session() -> None:
    told = [episode(1, "mine"), replace(episode(2, "a stranger's"), state="quarantined")]
    session = Session.resumed("s", told, Voice(), most_characters=999)
    assert [one.user_text for one in session.exchanges] == ["mine"]
