"""Rows that cite episodes: written and selected the same way for everything that a night keeps.

Called within the transactions of `nights`. What cites an episode that was forgotten is not written.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

import sqlite_utils

from memory.database import id_list
from memory.text import clean_text

Cited = tuple[Mapping[str, object], Sequence[int]]
"""A row's columns, and the episodes that it cites, the first one first."""


def with_sources(noun: str) -> str:
    """The query for a table's rows, each with the ids of its episodes as JSON."""
    return f"""SELECT *, (SELECT json_group_array(episode_id) FROM
    (SELECT episode_id FROM {noun}_source WHERE {noun}_id = {noun}.id ORDER BY position)
    ) AS episode_ids FROM {noun}"""


def put_rows(db: sqlite_utils.Database, noun: str, night_id: int, rows: Sequence[Cited]) -> None:
    """A night's rows of a table, in place of any recorded before."""
    db.execute(f"DELETE FROM {noun} WHERE night_id = ?", [night_id])
    kept = existing(db, [episode_id for _, ids in rows for episode_id in ids])
    for row, ids in rows:
        if kept.issuperset(ids):
            add_row(db, noun, {"night_id": night_id, **row}, ids)


def add_row(
    db: sqlite_utils.Database, noun: str, row: Mapping[str, object], ids: Sequence[int]
) -> None:
    """One row and what it cites. Plain SQL: a night has hundreds of them."""
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    row_id = db.execute(
        f"INSERT INTO {noun}({names}) VALUES ({marks})", list(row.values())
    ).lastrowid
    db.conn.executemany(
        f"INSERT INTO {noun}_source({noun}_id, position, episode_id) VALUES (?, ?, ?)",
        [(row_id, position, episode_id) for position, episode_id in enumerate(ids)],
    )


def existing(db: sqlite_utils.Database, ids: Iterable[int]) -> set[int]:
    """Those of the ids that are episodes'."""
    query = "SELECT id FROM episode WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0] for row in db.execute(query, [id_list(ids)])}


def as_json(value: object) -> str:
    """A value as stored: its texts cleaned, and legible to whoever searches the file."""
    return json.dumps(_cleaned(value), ensure_ascii=False)


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return value
