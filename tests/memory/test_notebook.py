"""Notes and reminders are kept in the file, and a reminder is given out once."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from memory.database import Connections
from memory.notebook import Notebook, NothingThere

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def notebook(connections: Connections) -> Notebook:
    return Notebook(connections)


def test_a_note_is_there_for_another_process(notebook: Notebook, connections: Connections) -> None:
    added = notebook.add_note(" The key is \x1b[31min the shed. ", NOON)
    with Connections(connections.file) as others:
        assert Notebook(others).notes() == [added]
    assert (added.text, added.created_at) == ("The key is [31min the shed.", NOON)


def test_notes_are_found_by_every_word_of_a_query(notebook: Notebook) -> None:
    for text in ("The key is in the shed.", "The shed leaks.", "Buy stamps."):
        notebook.add_note(text, NOON)
    assert [note.id for note in notebook.notes_about("shed")] == [1, 2]
    assert [note.id for note in notebook.notes_about("the key in the shed")] == [1]
    assert notebook.notes_about("garage") == []


def test_a_removed_note_is_gone_and_its_number_is_not_given_again(notebook: Notebook) -> None:
    first = notebook.add_note("one", NOON)
    notebook.remove_note(first.id)
    assert notebook.notes() == []
    assert notebook.add_note("two", NOON).id != first.id
    with pytest.raises(NothingThere, match="no note 1; see `reverie notes list`"):
        notebook.remove_note(first.id)


def test_reminders_wait_in_the_order_of_their_moments(notebook: Notebook) -> None:
    for text, hours in (("late", 3), ("soon", 1)):
        notebook.add_reminder(text, NOON + timedelta(hours=hours), NOON)
    assert [one.text for one in notebook.reminders()] == ["soon", "late"]
    assert notebook.take_due(NOON) == []


def test_a_reminder_is_due_at_its_moment_and_taken_once(notebook: Notebook) -> None:
    due = NOON + timedelta(minutes=5)
    added = notebook.add_reminder("bread", due, NOON)
    assert notebook.take_due(due - timedelta(microseconds=1)) == []
    assert notebook.take_due(due) == [added]
    assert notebook.take_due(due) == []
    assert notebook.reminders() == []


def test_of_two_apps_that_look_at_once_one_is_given_the_reminder(connections: Connections) -> None:
    Notebook(connections).add_reminder("bread", NOON, NOON)
    taken: list[str] = []
    together = Barrier(4)

    def look() -> None:
        with Connections(connections.file) as own:
            own.database()
            together.wait(10)
            taken.extend(one.text for one in Notebook(own).take_due(NOON))

    threads = [Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert taken == ["bread"]


def test_a_cancelled_reminder_does_not_ring(notebook: Notebook) -> None:
    added = notebook.add_reminder("bread", NOON, NOON)
    notebook.cancel_reminder(added.id)
    assert notebook.take_due(NOON) == []
    with pytest.raises(NothingThere, match="no reminder 1 is waiting; see `reverie remind list`"):
        notebook.cancel_reminder(added.id)


def test_what_has_rung_can_not_be_cancelled(notebook: Notebook) -> None:
    added = notebook.add_reminder("bread", NOON, NOON)
    notebook.take_due(NOON)
    with pytest.raises(NothingThere):
        notebook.cancel_reminder(added.id)


def test_what_is_removed_or_rang_long_ago_is_in_no_file(
    notebook: Notebook, connections: Connections
) -> None:
    notebook.remove_note(notebook.add_note("The PIN is 47110815.", NOON).id)
    notebook.add_reminder("Hide the cake from Odalys.", NOON, NOON)
    assert notebook.take_due(NOON) != []
    notebook.add_reminder("later", NOON + timedelta(days=2), NOON)
    assert [one.text for one in notebook.take_due(NOON + timedelta(days=2))] == ["later"]
    connections.rewrite()
    written = b"".join(file.read_bytes() for file in connections.file.parent.iterdir())
    assert b"later" in written
    assert b"47110815" not in written
    assert b"Odalys" not in written
