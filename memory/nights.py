"""Nights in the database: what each did, step by step, and what it leaves for later nights.

Nothing here is kept of an episode that was forgotten, not even when it is forgotten mid-night.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from memory.database import Connections, id_list, utc_text
from memory.lessons import dreams_from, known_once, probes_from
from memory.records import (
    Choice,
    Decision,
    Dream,
    Dropped,
    LossPoint,
    NightKind,
    NightReport,
    NightStatus,
    Probe,
    ProbeResult,
    Progress,
    Replaced,
    Stage,
    Struck,
    Verdict,
)
from memory.reports import decision_of, replaced_of, report_of
from memory.rows import Cited, as_json, existing, put_rows
from memory.sleep_dates import done_sleep_dates, last_scheduled_start
from memory.strikes import add_strikes, remove_strikes, strikes
from memory.text import clean_text


class NightAlreadyDone(RuntimeError):
    """A night for this date is done, or runs."""


class NightStore:
    """Every night's record. Raises `DatabaseUnusable` in every method."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def begin(
        self,
        *,
        kind: NightKind,
        sleep_date: str | None,
        deep: bool,
        champion_before: str,
        started_at: datetime,
    ) -> int:
        """Open a running night; its id.

        A date is slept once, but one whose night failed or was interrupted may be tried again.
        Raises `NightAlreadyDone`.
        """
        row = {
            "kind": kind,
            "sleep_date": sleep_date,
            "deep": int(deep),
            "status": "running",
            "started_at": utc_text(started_at),
            "champion_before": champion_before,
        }
        try:
            with self._connections.writing() as db:
                return int(db["night"].insert(row).last_rowid)
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
                raise
            raise NightAlreadyDone(
                f"the night of {sleep_date} is done or running; see `reverie nights`, "
                "or run `reverie sleep` for another"
            ) from error

    def record_progress(self, night_id: int, progress: Progress) -> None:
        """Where the night stands now, in place of what was recorded before."""
        self._set(night_id, progress=as_json(asdict(progress)))

    def record_candidate(self, night_id: int, version: str) -> None:
        self._set(night_id, candidate=version)

    def record_verdict(self, night_id: int, verdict: Verdict) -> None:
        self._set(night_id, verdict=as_json(asdict(verdict)))

    def record_stage(self, night_id: int, stage: Stage) -> None:
        """Add a finished stage."""
        with self._connections.writing() as db:
            db["stage"].insert({"night_id": night_id, **asdict(stage)})

    def record_loss(self, night_id: int, point: LossPoint) -> None:
        """Add the loss of a step."""
        with self._connections.writing() as db:
            db["loss"].insert({"night_id": night_id, **asdict(point)})

    def record_choices(
        self, night_id: int, selected: Sequence[Choice], skipped: Sequence[Choice]
    ) -> None:
        """The night's choices, in place of any recorded before."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM choice WHERE night_id = ?", [night_id])
            kept = existing(db, [choice.episode_id for choice in (*selected, *skipped)])
            for choice, taken in [(c, 1) for c in selected] + [(c, 0) for c in skipped]:
                if choice.episode_id in kept:
                    row = {"night_id": night_id, "selected": taken, **asdict(choice)}
                    row["signals"] = as_json(row["signals"]) if choice.signals else None
                    db["choice"].insert(row)

    def last_decisions(self, episode_ids: Iterable[int]) -> dict[int, Decision]:
        """What the last night that looked at each of these episodes chose to do with it."""
        with self._connections.reading() as db:
            query = """SELECT choice.*, night.started_at FROM choice
                JOIN night ON night.id = choice.night_id
                WHERE choice.id IN (SELECT max(id) FROM choice
                    WHERE episode_id IN (SELECT value FROM json_each(?)) GROUP BY episode_id)"""
            rows = db.query(query, [id_list(episode_ids)])
            return {row["episode_id"]: decision_of(row) for row in rows}

    def record_replaced(self, night_id: int, replaced: Sequence[Replaced]) -> None:
        """The facts that the night found replaced, in place of any recorded before."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM replaced WHERE night_id = ?", [night_id])
            kept = existing(db, [i for r in replaced for i in (r.episode_id, r.by_episode_id)])
            for one in replaced:
                if kept.issuperset((one.episode_id, one.by_episode_id)):
                    row = asdict(one) | {
                        "fact": clean_text(one.fact),
                        "by_fact": clean_text(one.by_fact),
                    }
                    db["replaced"].insert({"night_id": night_id, **row})

    def record_dreams(self, night_id: int, dreams: Sequence[Dream]) -> None:
        """The night's dreams, in place of any recorded before."""
        rows: list[Cited] = [
            (
                {
                    "prompt": as_json(dream.prompt),
                    "answer": clean_text(dream.answer),
                    "kind": dream.kind,
                },
                dream.episode_ids,
            )
            for dream in dreams
        ]
        with self._connections.writing() as db:
            put_rows(db, "dream", night_id, rows)

    def record_struck(self, night_id: int, count: int) -> None:
        """How many dreams the night left out because they are struck."""
        self._set(night_id, struck=count)

    def record_dropped(self, night_id: int, dropped: Sequence[Dropped]) -> None:
        """The dreams that were not trained, in place of any recorded before."""
        rows: list[Cited] = [
            (
                {
                    "prompt": as_json(one.prompt),
                    "answer": clean_text(one.answer),
                    "reason": clean_text(one.reason),
                },
                one.episode_ids,
            )
            for one in dropped
        ]
        with self._connections.writing() as db:
            put_rows(db, "dropped", night_id, rows)

    def record_teacher(self, night_id: int, said: str) -> None:
        """One sentence on the model that wrote further dreams."""
        self._set(night_id, teacher=clean_text(said))

    def record_probes(self, night_id: int, results: Sequence[ProbeResult]) -> None:
        """The night's probe results, in place of any recorded before."""
        rows: list[Cited] = [
            (
                {
                    "question": clean_text(result.probe.question),
                    "expected": as_json(result.probe.expected),
                    "probe_group": result.probe.group,
                    "before_answer": clean_text(result.before_answer),
                    "before_right": int(result.before_right),
                    "after_answer": clean_text(result.after_answer),
                    "after_right": int(result.after_right),
                },
                result.probe.episode_ids,
            )
            for result in results
        ]
        with self._connections.writing() as db:
            put_rows(db, "probe", night_id, rows)

    def finish(
        self, night_id: int, status: NightStatus, finished_at: datetime, error: str | None = None
    ) -> None:
        """Close a night; its progress is dropped."""
        self._set(
            night_id,
            status=status,
            finished_at=utc_text(finished_at),
            error=clean_text(error) if error is not None else None,
            progress=None,
        )

    def interrupt_running(self, finished_at: datetime) -> int:
        """Close nights that were cut off, and say how many. Call under the night's lock."""
        error = (
            "The night was cut off before it ended; "
            "run `reverie sleep` to take in what still waits."
        )
        with self._connections.writing() as db:
            cursor = db.execute(
                "UPDATE night SET status = 'interrupted', finished_at = ?, error = ?, "
                "progress = NULL WHERE status = 'running'",
                [utc_text(finished_at), error],
            )
            return int(cursor.rowcount)

    def show(self, night_id: int) -> NightReport | None:
        """One night's report, or None."""
        found = self._reports("WHERE id IN (SELECT value FROM json_each(?))", [id_list([night_id])])
        return found[0] if found else None

    def newest(self, limit: int) -> list[NightReport]:
        """Up to `limit` reports, the newest first."""
        return self._reports("ORDER BY id DESC LIMIT ?", [max(limit, 0)])

    def running(self) -> NightReport | None:
        """The night that runs now, as far as it has come."""
        found = self._reports("WHERE status = 'running' ORDER BY id DESC LIMIT 1", [])
        return found[0] if found else None

    def done_sleep_dates(self) -> set[str]:
        """The dates that need no further night."""
        with self._connections.reading() as db:
            return done_sleep_dates(db)

    def last_scheduled_start(self, now: datetime) -> datetime | None:
        """When the latest scheduled night up to now began, of those that did not fail."""
        with self._connections.reading() as db:
            return last_scheduled_start(db, now)

    def dreams_of(self, episode_ids: Iterable[int]) -> list[Dream]:
        """Dreams of promoted nights made from these episodes alone, each once, oldest first."""
        with self._connections.reading() as db:
            return dreams_from(db, episode_ids)

    def replaced(self) -> list[Replaced]:
        """Every fact that promoted nights found replaced, oldest first."""
        with self._connections.reading() as db:
            query = """SELECT * FROM replaced WHERE night_id IN
                (SELECT id FROM night WHERE status = 'promoted') ORDER BY id"""
            return [replaced_of(row) for row in db.query(query)]

    def strike(self, dreams: Iterable[Dream], struck_at: datetime) -> None:
        """Keep these dreams from every night to come."""
        with self._connections.writing() as db:
            add_strikes(db, dreams, struck_at)

    def restore(self, keys: Iterable[str]) -> None:
        """Let the struck dreams of these names be trained again."""
        with self._connections.writing() as db:
            remove_strikes(db, keys)

    def struck(self) -> list[Struck]:
        """The struck dreams, oldest first; one that two episodes tell comes twice."""
        with self._connections.reading() as db:
            return strikes(db)

    def probes_of(self, episode_ids: Iterable[int]) -> list[Probe]:
        """Probes of promoted nights made from these episodes alone, one a question.

        Where several have the same question, the one from the newest episode speaks, so that a
        correction's answer is the one expected.
        """
        with self._connections.reading() as db:
            return probes_from(db, episode_ids)

    def known_once(self) -> set[Probe]:
        """The probes of facts, as older ones, that a model answered right while it was live."""
        with self._connections.reading() as db:
            return known_once(db)

    def _set(self, night_id: int, **columns: str | int | None) -> None:
        with self._connections.writing() as db:
            db["night"].update(night_id, columns)

    def _reports(self, clause: str, parameters: list[Any]) -> list[NightReport]:
        with self._connections.reading() as db:
            rows = list(db.query(f"SELECT * FROM night {clause}", parameters))
            return [report_of(db, row) for row in rows]
