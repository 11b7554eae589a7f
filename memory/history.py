"""History: all nights at a glance, without the texts that one report holds. Reads only."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from memory.database import Connections, id_list, utc_text
from memory.records import NightStatus, ProbeGroup

_MARKS = """SELECT night_id, question, expected, probe_group, before_right, after_right,
    (SELECT json_group_array(episode_id) FROM probe_source WHERE probe_id = probe.id)
    AS episode_ids FROM probe WHERE night_id <= ? ORDER BY id"""
_NIGHTS = """SELECT night.*,
    (SELECT coalesce(sum(duration_s), 0) FROM stage WHERE night_id = night.id) AS duration_s,
    (SELECT coalesce(sum(duration_s), 0) FROM stage WHERE night_id = night.id AND name = 'train')
        AS training_s,
    (SELECT count(*) FROM dream WHERE night_id = night.id) AS dreams,
    (SELECT avg(novelty) FROM choice WHERE night_id = night.id AND selected) AS novelty
    FROM night WHERE id <= ? AND status <> 'running' ORDER BY id"""
_NO_END = 2**63 - 1


@dataclass(frozen=True, slots=True)
class ProbeMark:
    """Whether one question was answered right, before a night and after it."""

    question: str
    expected: tuple[str, ...]
    group: ProbeGroup
    episode_ids: tuple[int, ...]
    before_right: bool
    after_right: bool


@dataclass(frozen=True, slots=True)
class NightOutline:
    """One night that is over, in numbers."""

    id: int
    deep: bool
    status: NightStatus
    started_at: datetime
    champion_before: str
    candidate: str | None
    probes: tuple[ProbeMark, ...]
    dreams: int
    novelty: float | None
    """Mean of the episodes that were taken in; None where none was, or none was scored."""
    duration_s: float
    training_s: float


class History:
    """What all nights left. Raises `DatabaseUnusable` in every method."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def nights(self, last: int | None = None) -> list[NightOutline]:
        """Every night that is over, up to the one of number `last`, oldest first."""
        end = [_NO_END if last is None else last]
        with self._connections.reading() as db:
            marks: dict[int, list[ProbeMark]] = {}
            for row in db.query(_MARKS, end):
                marks.setdefault(row["night_id"], []).append(_mark(row))
            return [_outline(row, marks.get(row["id"], [])) for row in db.query(_NIGHTS, end)]

    def taught_before(
        self, episode_ids: Iterable[int], moment: datetime | None = None
    ) -> dict[int, list[int]]:
        """The promoted nights that trained each of these episodes, oldest first.

        With a moment, those that were over by then.
        """
        query = """SELECT DISTINCT episode_id, night_id FROM dream_source
            JOIN dream ON dream.id = dream_id JOIN night ON night.id = night_id
            WHERE status = 'promoted' AND (?1 IS NULL OR finished_at <= ?1)
            AND episode_id IN (SELECT value FROM json_each(?2)) ORDER BY night_id"""
        found: dict[int, list[int]] = {}
        with self._connections.reading() as db:
            values = [utc_text(moment) if moment else None, id_list(episode_ids)]
            for episode_id, night_id in db.execute(query, values).fetchall():
                found.setdefault(episode_id, []).append(night_id)
        return found


def _mark(row: dict[str, Any]) -> ProbeMark:
    return ProbeMark(
        question=row["question"],
        expected=tuple(json.loads(row["expected"])),
        group=row["probe_group"],
        episode_ids=tuple(json.loads(row["episode_ids"])),
        before_right=bool(row["before_right"]),
        after_right=bool(row["after_right"]),
    )


def _outline(row: dict[str, Any], marks: list[ProbeMark]) -> NightOutline:
    return NightOutline(
        id=row["id"],
        deep=bool(row["deep"]),
        status=row["status"],
        started_at=datetime.fromisoformat(row["started_at"]).astimezone(UTC),
        champion_before=row["champion_before"],
        candidate=row["candidate"],
        probes=tuple(marks),
        dreams=row["dreams"],
        novelty=row["novelty"],
        duration_s=row["duration_s"],
        training_s=row["training_s"],
    )
