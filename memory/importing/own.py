"""Reverie's own export: episodes as JSON, written here and read back without loss. Pure.

It says what the episodes were. Whether they are believed, the one who imports it decides.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from memory.episode import ORIGINS, Episode, NoveltyScore
from memory.importing.exchange import Exchange, Refused, Unreadable, moment, short_hash

FORMAT, VERSION = "reverie-episodes", 1


def as_export(episodes: Sequence[Episode]) -> dict[str, Any]:
    """The document with these episodes, oldest first."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "episodes": [_written(one) for one in episodes],
    }


def is_own(item: object) -> bool:
    """Whether this is such a document, of whatever version."""
    return isinstance(item, Mapping) and item.get("format") == FORMAT


def read_own(item: Mapping[str, Any]) -> Iterator[Exchange | Refused]:
    """The exchanges of such a document. Raises `Unreadable` where none can be read."""
    if item.get("version") != VERSION:
        raise Unreadable(f"it is of version {item.get('version')!r}, this Reverie reads {VERSION}")
    episodes = item.get("episodes")
    if not isinstance(episodes, list):
        raise Unreadable("it has no list of episodes")
    for number, row in enumerate(episodes, start=1):
        try:
            yield _read(row)
        except (Unreadable, KeyError, TypeError, AttributeError) as error:
            why = str(error) if isinstance(error, Unreadable) else "it is not laid out as one"
            yield Refused(f"episode {number} of an export of Reverie", why)


def _written(episode: Episode) -> dict[str, Any]:
    novelty = episode.novelty
    return {
        "id": episode.id,
        "session_id": episode.session_id,
        "created_at": episode.created_at.isoformat(),
        "user_text": episode.user_text,
        "assistant_text": episode.assistant_text,
        "model_version": episode.model_version,
        "novelty": novelty.score,
        "embedding_novelty": novelty.embedding_novelty,
        "surprisal_bits": novelty.surprisal_bits,
        "state": episode.state,
        "pinned": episode.pinned,
        "origin": episode.origin,
        "source": episode.source,
    }


def _read(row: Mapping[str, Any]) -> Exchange:
    texts = ("session_id", "created_at", "user_text", "assistant_text", "model_version")
    for name in texts:
        if not isinstance(row[name], str):
            raise Unreadable(f"{name} = {row[name]!r} is no text")
    at = moment(row["created_at"])
    if at is None or not row["user_text"].strip():
        raise Unreadable("it has no time, or no words")
    session_id, said = row["session_id"], row["user_text"]
    named = f"reverie:{short_hash(at.isoformat(), session_id, said)}"
    source = row.get("source")
    told = Exchange(
        source if isinstance(source, str) and source else named,
        session_id,
        at,
        said,
        row["assistant_text"],
        row["model_version"],
        novelty=_novelty(row),
        muted=row.get("state") == "muted",
        pinned=row.get("pinned") is True,
    )
    found = next((one for one in ORIGINS if one == row.get("origin")), told.origin)
    return replace(told, origin=found)


def _novelty(row: Mapping[str, Any]) -> NoveltyScore | None:
    score, distance = row.get("novelty"), row.get("embedding_novelty")
    bits = row.get("surprisal_bits")
    if not (_is_share(score) and _is_share(distance)):
        return None
    fine = bits is None or (_is_number(bits) and bits >= 0)
    return NoveltyScore(score, distance, bits) if fine else None  # type: ignore[arg-type]


def _is_share(value: object) -> bool:
    return _is_number(value) and 0 <= value <= 1  # type: ignore[operator]


def _is_number(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value)  # type: ignore[arg-type]
