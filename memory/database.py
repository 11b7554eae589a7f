"""The database file: one connection a thread, one writer at a time, the newest schema.

Knows SQLite; does not know what is stored.
"""

import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import sqlite_utils

from memory.migrations import MIGRATIONS, STEP_NAMES

BUSY_TIMEOUT_S = 10.0
_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
_PRIMARY_CODE = 0xFF

_REASONS = {
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a backup, or move it away to start anew",
    sqlite3.SQLITE_NOTADB: (
        "is not a Reverie database; restore it from a backup, or move it away to start anew"
    ),
    sqlite3.SQLITE_BUSY: (
        f"was held by another program for {BUSY_TIMEOUT_S:.0f} s; close that one and try again"
    ),
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that it is a file that you may read",
    sqlite3.SQLITE_READONLY: "cannot be written; check who owns it and its folder",
    sqlite3.SQLITE_FULL: "has no room left on its disk; free some space and try again",
    sqlite3.SQLITE_IOERR: "cannot be read or written; check the disk it is on",
}


class DatabaseUnusable(RuntimeError):
    """The database file cannot be used; the message names it, the reason and the fix."""


class Connections:
    """Connections to one database file, a thread each. Opens nothing until it is asked."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()
        self._open: dict[threading.Thread, sqlite_utils.Database] = {}
        self._lock = threading.Lock()
        self._generation = 0

    def database(self) -> sqlite_utils.Database:
        """This thread's connection, in autocommit mode. Raises `DatabaseUnusable`."""
        if getattr(self._local, "generation", None) == self._generation:
            return self._local.database
        with self._lock:
            self._close_of_ended_threads()
            database = _opened(self.file)
            self._open[threading.current_thread()] = database
            self._local.database, self._local.generation = database, self._generation
        return database

    @contextmanager
    def writing(self) -> Iterator[sqlite_utils.Database]:
        """One transaction, durable when it ends; rolled back if it raises.

        It takes the write lock at its start: one that reads first and then finds another writer
        before it could not wait, only fail. Raises `DatabaseUnusable`.
        """
        with self._transaction("BEGIN IMMEDIATE") as database:
            yield database

    @contextmanager
    def reading(self) -> Iterator[sqlite_utils.Database]:
        """One snapshot, however many queries. Raises `DatabaseUnusable`."""
        with self._transaction("BEGIN") as database:
            yield database

    def rewrite(self) -> bool:
        """Write the file anew from what it holds, and empty the write-ahead log.

        What was deleted is then in neither: `secure_delete` alone leaves copies of rows that
        SQLite moved between pages. False when a reader elsewhere kept the log in use; the next
        checkpoint then empties it.
        """
        with _clear_errors(self.file):
            self.database().execute("VACUUM")
            row = self.database().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            emptied = bool(row[0] == 0)
            if emptied:
                self.database().execute("PRAGMA user_version = 0")
        return emptied

    def is_rewrite_owed(self) -> bool:
        """Whether a rewrite was cut off, or could not be made."""
        return bool(self.database().execute("PRAGMA user_version").fetchone()[0])

    def copy_to(self, file: Path) -> None:
        """Write what the database holds now into a new file, whoever writes to it meanwhile."""
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE_FILE))
        with _clear_errors(self.file):
            self.database().execute("VACUUM INTO ?", [str(file)])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every thread's connection; a later call of `database` opens a new one."""
        with self._lock:
            self._generation += 1
            for database in self._open.values():
                database.close()
            self._open.clear()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite_utils.Database]:
        database = self.database()
        with _clear_errors(self.file):
            database.execute(begin)
            try:
                yield database
                database.execute("COMMIT")
            except BaseException:
                database.rollback()
                raise

    def _close_of_ended_threads(self) -> None:
        for thread in [t for t in self._open if not t.is_alive()]:
            self._open.pop(thread).close()


def id_list(ids: Iterable[int]) -> str:
    """Any number of ids as one parameter, for `IN (SELECT value FROM json_each(?))`."""
    return json.dumps([int(i) for i in ids])


def utc_text(moment: datetime) -> str:
    """A moment as stored: ISO, UTC, of one length. Raises `ValueError` on a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; use datetime.now(UTC)")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _opened(file: Path) -> sqlite_utils.Database:
    _make_private(file)
    with _clear_errors(file, otherwise="cannot be opened as a database"):
        connection = sqlite3.connect(
            file, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA synchronous = FULL")
            _enter_wal(connection)
            database = sqlite_utils.Database(connection, execute_plugins=False)
            _migrate(database, file)
        except BaseException:
            connection.close()
            raise
    return database


def _make_private(file: Path) -> None:
    """Folder and file exist and are the owner's alone; SQLite gives -wal and -shm the same mode."""
    try:
        file.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        # Only a new file is opened here: closing an existing one would drop SQLite's locks on it.
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE_FILE))
            _sync_folder(file.parent)
        for path in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
            with suppress(FileNotFoundError):
                if path.is_file() and path.stat().st_mode & 0o077:
                    path.chmod(_PRIVATE_FILE)
    except OSError as error:
        raise DatabaseUnusable(
            f"{file} cannot be made or kept private ({error.strerror}); check who owns its folder"
        ) from error


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _enter_wal(connection: sqlite3.Connection) -> None:
    """Two processes that switch a new file at once deadlock; SQLite fails one without waiting."""
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & _PRIMARY_CODE == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _migrate(database: sqlite_utils.Database, file: Path) -> None:
    applied = [step.name for step in MIGRATIONS.applied(database)]
    unknown = [name for name in applied if name not in STEP_NAMES]
    if unknown:
        raise DatabaseUnusable(
            f"{file} has schema version {len(applied)} ({unknown[-1]}), this Reverie knows version "
            f"{len(STEP_NAMES)}; update Reverie, or restore a backup of the file from before"
        )
    if len(applied) < len(STEP_NAMES):
        database.execute("BEGIN IMMEDIATE")
        try:
            MIGRATIONS.apply(database)  # looks again at what is pending, now under the lock
            database.execute("COMMIT")
        except BaseException:
            database.rollback()
            raise


@contextmanager
def _clear_errors(file: Path, otherwise: str | None = None) -> Iterator[None]:
    """SQLite's failures that an owner can act on, as one sentence; bugs stay what they are."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
        reason = _REASONS.get(code, otherwise)
        if reason is None:
            raise
        raise DatabaseUnusable(f"{file} {reason} ({error})") from error
