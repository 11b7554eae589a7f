"""Conversations: listed, found, forked without a copy, and gone when they are forgotten."""

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pytest

from memory.database import Connections
from memory.episode import Episode, EpisodeDraft, NoveltyScore
from memory.sessions import SessionStore, Voice, title_of
from memory.store import EpisodeStore

Say = Callable[..., Episode]


def texts(episodes: list[Episode]) -> list[str]:
    return [episode.user_text for episode in episodes]


def rows(connections: Connections) -> int:
    return int(connections.database().execute("SELECT count(*) FROM session").fetchone()[0])


def test_a_conversation_is_listed_by_its_first_message_newest_first(
    sessions: SessionStore, say: Say
) -> None:
    say("a", "Where does the cat sleep?")
    say("b", "My boat is called Marigold.")
    say("a", "And the dog?")
    first, second = sessions.listed()
    assert (first.id, first.title, first.exchanges) == ("a", "Where does the cat sleep?", 2)
    assert (second.id, second.exchanges, second.forked_from) == ("b", 1, None)


def test_a_long_title_is_cut_between_words() -> None:
    title = title_of("one two three " * 20)
    assert len(title) <= 61
    assert title.endswith(("one…", "two…", "three…"))
    assert len(title_of("x" * 500)) == 61
    assert title_of(" \n") == "(nothing)"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("marigold", ["b"]),
        ("BOAT mari", ["b"]),
        ("sails", ["c"]),
        ("cat boat", []),
        ('"*', []),
        ("", ["c", "b", "a"]),
    ],
)
def test_search_looks_into_messages_and_titles(
    sessions: SessionStore, say: Say, query: str, found: list[str]
) -> None:
    say("a", "Where does the cat sleep?")
    say("b", "My boat is called Marigold.")
    say("c", "Hello")
    sessions.rename("c", "About sails")
    assert [one.id for one in sessions.listed(query)] == found


def test_a_title_is_given_and_taken_back(sessions: SessionStore, say: Say) -> None:
    say("a", "Hello")
    sessions.rename("a", "  The\x1b boat  ")
    assert sessions.listed()[0].title == "The boat"
    sessions.rename("a", "")
    assert sessions.listed()[0].title == "Hello"


def test_a_fork_begins_with_the_other_and_copies_nothing(
    sessions: SessionStore, store: EpisodeStore, say: Say
) -> None:
    say("a", "one")
    two = say("a", "two")
    say("a", "three")
    sessions.fork("a", "b", two.id)
    say("b", "other")
    assert texts(sessions.history("b")) == ["one", "two", "other"]
    assert texts(sessions.history("a")) == ["one", "two", "three"]
    assert store.counts()["waiting"] == 4
    assert sessions.get("b") == sessions.listed()[0]
    assert sessions.listed()[0].forked_from == "a"


def test_a_fork_of_a_fork_begins_with_both(sessions: SessionStore, say: Say) -> None:
    one = say("a", "one")
    sessions.fork("a", "b", one.id)
    two = say("b", "two")
    sessions.fork("b", "c", two.id)
    say("b", "not in c")
    say("c", "three")
    assert texts(sessions.history("c")) == ["one", "two", "three"]


def test_a_forgotten_conversation_leaves_no_word_in_any_file(
    sessions: SessionStore, say: Say, connections: Connections
) -> None:
    say("a", "the secret word is quetzalcoatl")
    sessions.rename("a", "quetzalcoatl")
    sessions.set_voice("a", Voice("You are quetzalcoatl.", 0.5))
    say("b", "kept")
    assert len(EpisodeStore(connections).forget(*sessions.ids("a"))) == 1
    assert texts(sessions.history("a")) == []
    assert rows(connections) == 0
    folder = connections.file.parent
    connections.close()
    assert not [f for f in folder.iterdir() if b"quetzalcoatl" in f.read_bytes()]


def test_what_was_forked_from_a_forgotten_one_keeps_its_own(
    sessions: SessionStore, say: Say, connections: Connections
) -> None:
    one = say("a", "one")
    sessions.rename("a", "A title")
    sessions.fork("a", "b", one.id)
    say("b", "two")
    EpisodeStore(connections).forget(*sessions.ids("a"))
    assert texts(sessions.history("b")) == ["two"]
    assert "A title" not in str(connections.database().execute("SELECT * FROM session").fetchall())


def test_a_voice_is_kept_and_goes_on_in_a_fork(sessions: SessionStore, say: Say) -> None:
    one = say("a", "one")
    assert sessions.voice("a") == Voice()
    sessions.set_voice("a", Voice("Be brief.", 0.7))
    sessions.fork("a", "b", one.id)
    assert sessions.voice("b") == sessions.voice("a") == Voice("Be brief.", 0.7)
    sessions.set_voice("b", Voice())
    assert sessions.voice("b") == Voice()
    assert sessions.voice("a") == Voice("Be brief.", 0.7)


def test_an_exchange_that_stands_instead_of_others_takes_them_away(
    store: EpisodeStore, sessions: SessionStore, say: Say
) -> None:
    say("a", "kept")
    wrong = say("a", "My cat is called Tom.")
    sessions.rename("a", "Cats")
    draft = EpisodeDraft(
        "a", datetime.now(UTC), "My cat is called Tim.", "Ah.", "base", NoveltyScore(1, 1, 1)
    )
    new = store.add(draft, np.array((1.0, 0.0), dtype=np.float32), instead_of=[wrong.id])
    assert texts(sessions.history("a")) == ["kept", "My cat is called Tim."]
    assert [found for found, _ in store.search_text("Tom", 5)] == []
    assert wrong.id not in [
        found for found, _ in store.nearest(np.array((1.0, 0.0), np.float32), 9)
    ]
    assert sessions.listed()[0].title == "Cats"
    assert new.state == "waiting"
