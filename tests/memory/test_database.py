import os
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import sqlite_utils
from sqlite_utils.migrations import Migrations

from memory.database import Connections, DatabaseUnusable
from memory.migrations import STEP_NAMES, STEPS
from memory.store import EpisodeStore

PROJECT = Path(__file__).parents[2]


def pragma(connections: Connections, name: str) -> object:
    return connections.database().execute(f"PRAGMA {name}").fetchone()[0]


def test_a_connection_is_opened_for_durability_and_integrity(connections: Connections) -> None:
    assert pragma(connections, "journal_mode") == "wal"
    assert pragma(connections, "synchronous") == 2
    assert pragma(connections, "foreign_keys") == 1
    assert pragma(connections, "secure_delete") == 1
    assert pragma(connections, "busy_timeout") == 10_000


def test_nothing_is_opened_before_it_is_asked_for(home: Path) -> None:
    Connections(home / "reverie.db").close()
    assert not home.exists()


@pytest.mark.skipif(os.name != "posix", reason="file modes of POSIX")
def test_only_the_owner_can_read_folder_and_files(connections: Connections, home: Path) -> None:
    before = os.umask(0)
    try:
        with connections.writing() as db:
            db.execute("CREATE TABLE written (x)")
    finally:
        os.umask(before)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in home.iterdir()}
    assert modes == dict.fromkeys(["reverie.db", "reverie.db-wal", "reverie.db-shm"], 0o600)


@pytest.mark.skipif(os.name != "posix", reason="file modes of POSIX")
def test_a_file_left_open_to_others_is_closed_to_them(connections: Connections) -> None:
    connections.database()
    connections.close()
    connections.file.chmod(0o644)
    connections.database()
    assert stat.S_IMODE(connections.file.stat().st_mode) == 0o600


def test_each_thread_has_one_connection_of_its_own(connections: Connections) -> None:
    here = connections.database()
    found = []
    thread = threading.Thread(target=lambda: found.append(connections.database()))
    thread.start()
    thread.join()
    assert connections.database() is here
    assert found[0] is not here


def test_connections_of_ended_threads_are_closed(connections: Connections) -> None:
    ended = []
    for _ in range(2):
        thread = threading.Thread(target=lambda: ended.append(connections.database()))
        thread.start()
        thread.join()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        ended[0].execute("SELECT 1")


def test_a_closed_file_can_be_opened_again(connections: Connections) -> None:
    connections.database()
    connections.close()
    assert connections.database().execute("SELECT 1").fetchone() == (1,)


def test_a_failed_transaction_leaves_nothing(connections: Connections) -> None:
    with pytest.raises(ZeroDivisionError), connections.writing() as db:
        db.execute("CREATE TABLE half (x)")
        raise ZeroDivisionError
    assert not connections.database()["half"].exists()


def test_processes_that_start_at_once_make_one_schema(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from memory.database import Connections; "
        "c = Connections(Path(sys.argv[1])); "
        "print(c.database().execute('SELECT count(*) FROM _sqlite_migrations').fetchone()[0])"
    )
    command = [sys.executable, "-c", code, str(home / "reverie.db")]
    started = [
        subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = [process.communicate(timeout=60)[0].strip() for process in started]
    assert said == [str(len(STEP_NAMES))] * 4


def test_threads_that_start_at_once_make_one_schema(connections: Connections) -> None:
    failures: list[Exception] = []

    def write() -> None:
        try:
            for _ in range(5):
                with connections.writing() as db:
                    db.execute("CREATE TABLE IF NOT EXISTS tally (x)")
                    db.execute("INSERT INTO tally VALUES (1)")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert connections.database()["tally"].count == 30


def test_a_schema_from_the_future_is_refused_and_left_alone(connections: Connections) -> None:
    connections.database()["_sqlite_migrations"].insert(
        {"migration_set": "reverie", "name": "m999_tomorrow", "applied_at": "later"}
    )
    connections.close()
    newer = len(STEP_NAMES) + 1
    with pytest.raises(DatabaseUnusable, match=rf"reverie\.db .*version {newer} .*update Reverie"):
        connections.database()


@pytest.mark.parametrize("content", [b"no database at all " * 400, b"SQLite format 3\0" + b"x" * 9])
def test_a_file_that_is_no_database_is_named_and_left_as_it_is(home: Path, content: bytes) -> None:
    home.mkdir()
    file = home / "reverie.db"
    file.write_bytes(content)
    with pytest.raises(DatabaseUnusable, match=r"reverie\.db .*backup"):
        Connections(file).database()
    assert file.read_bytes() == content


def test_damage_found_while_reading_is_one_sentence_too(connections: Connections) -> None:
    connections.database()
    connections.close()
    content = bytearray(connections.file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    connections.file.write_bytes(content)
    with (
        pytest.raises(DatabaseUnusable, match="is damaged; restore it from a backup"),
        connections.reading() as db,
    ):
        db.execute("SELECT * FROM episode").fetchall()


def test_a_folder_in_the_place_of_the_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="cannot be opened"):
        Connections(tmp_path).database()


def test_a_home_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(DatabaseUnusable, match="check who owns its folder"):
        Connections(tmp_path / "home" / "reverie.db").database()


def test_embeddings_of_an_older_schema_become_codes(home: Path) -> None:
    file = home / "reverie.db"
    home.mkdir()
    connection = sqlite3.connect(file)
    older = sqlite_utils.Database(connection)
    upto = Migrations("reverie")
    for step in STEPS[: STEP_NAMES.index("m009_codes")]:
        upto()(step)
    upto.apply(older)
    vectors = np.random.default_rng(0).standard_normal((40, 8)).astype("<f4")
    for number, vector in enumerate(vectors, start=1):
        columns = "session_id, created_at, user_text, assistant_text, model_version"
        older.execute(
            f"INSERT INTO episode(id, {columns}, novelty_score, embedding_novelty, surprisal_bits) "
            "VALUES (?, 's', '2026-01-01T00:00:00+00:00', 'told', 'yes', 'base', 1, 1, 1)",
            [number],
        )
        older.execute("INSERT INTO embedding VALUES (?, 8, ?)", [number, vector.tobytes()])
    connection.commit()
    connection.close()
    with Connections(file) as connections:
        store = EpisodeStore(connections)
        assert store.counts() == {"waiting": 40, "learned": 0, "muted": 0, "quarantined": 0}
        assert {(one.origin, one.source) for one in store.waiting()} == {("chat", None)}
        for number, vector in enumerate(vectors, start=1):
            (nearest,) = store.nearest(vector, 1)
            assert nearest == (number, pytest.approx(1, abs=1e-5))
