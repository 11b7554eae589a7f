"""A session keeps one conversation, and gives up its oldest exchange first."""

from assistant.session import Session
from models.base import Message


def test_a_new_session_is_empty_and_has_an_id_of_its_own() -> None:
    first, second = Session.new(), Session.new()
    assert first.messages == ()
    assert first.session_id != second.session_id


def test_exchanges_are_kept_in_order() -> None:
    session = Session("s")
    session.add("one", "1")
    session.add("two", "2")
    assert session.messages == (
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
    assert session.messages == (Message("user", "two"), Message("assistant", "2"))


def test_an_empty_session_has_nothing_to_drop() -> None:
    session = Session("s")
    session.add("one", "1")
    assert session.drop_oldest()
    assert not session.drop_oldest()
    assert session.messages == ()


def test_messages_once_given_do_not_change() -> None:
    session = Session("s")
    session.add("one", "1")
    before = session.messages
    session.add("two", "2")
    assert len(before) == 2
