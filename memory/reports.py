"""Reports: the rows of a night, read back as data. Writes nothing."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlite_utils

from memory.records import (
    Choice,
    Decision,
    Dream,
    DreamPrompt,
    Dropped,
    LossPoint,
    NightReport,
    Probe,
    ProbeResult,
    Progress,
    Replaced,
    Signals,
    Stage,
    Verdict,
)
from memory.rows import with_sources

DREAMS, DROPPED, PROBES = map(with_sources, ("dream", "dropped", "probe"))


def report_of(db: sqlite_utils.Database, night: dict[str, Any]) -> NightReport:
    """Everything recorded of a night, given its row. Call within one snapshot."""

    def rows(query: str) -> list[dict[str, Any]]:
        return list(db.query(f"{query} WHERE night_id = ? ORDER BY id", [night["id"]]))

    choices = rows("SELECT * FROM choice")
    finished_at, verdict, progress = night["finished_at"], night["verdict"], night["progress"]
    return NightReport(
        id=night["id"],
        kind=night["kind"],
        sleep_date=night["sleep_date"],
        deep=bool(night["deep"]),
        status=night["status"],
        started_at=_moment(night["started_at"]),
        finished_at=_moment(finished_at) if finished_at else None,
        champion_before=night["champion_before"],
        candidate=night["candidate"],
        selected=tuple(choice_of(c) for c in choices if c["selected"]),
        skipped=tuple(choice_of(c) for c in choices if not c["selected"]),
        replaced=tuple(map(replaced_of, rows("SELECT * FROM replaced"))),
        dreams=tuple(map(dream_of, rows(DREAMS))),
        losses=tuple(LossPoint(p["step"], p["loss"]) for p in rows("SELECT * FROM loss")),
        probes=tuple(map(result_of, rows(PROBES))),
        verdict=_verdict(verdict) if verdict else None,
        stages=tuple(Stage(s["name"], s["duration_s"]) for s in rows("SELECT * FROM stage")),
        progress=Progress(**json.loads(progress)) if progress else None,
        error=night["error"],
        struck=night["struck"],
        dropped=tuple(map(dropped_of, rows(DROPPED))),
        teacher=night["teacher"],
    )


def dream_of(row: dict[str, Any]) -> Dream:
    """A dream, from a row of `DREAMS`."""
    ids = tuple(json.loads(row["episode_ids"]))
    return Dream(_prompt(row["prompt"]), row["answer"], row["kind"], ids)


def dropped_of(row: dict[str, Any]) -> Dropped:
    """A dream that was not trained, from a row of `DROPPED`."""
    ids = tuple(json.loads(row["episode_ids"]))
    return Dropped(_prompt(row["prompt"]), row["answer"], row["reason"], ids)


def choice_of(row: dict[str, Any]) -> Choice:
    """A choice, from a row of its table; one of before choices had scores has none."""
    stored = json.loads(row["signals"]) if row["signals"] else None
    signals = Signals(**stored | {"corrects": tuple(stored["corrects"])}) if stored else None
    return Choice(
        row["episode_id"],
        row["reason"],
        row["score"],
        row["novelty"],
        row["surprisal_bits"],
        signals,
    )


def decision_of(row: dict[str, Any]) -> Decision:
    """A choice with its night, from a row of `choice` with the night's `started_at`."""
    at = _moment(row["started_at"])
    return Decision(row["night_id"], at, bool(row["selected"]), choice_of(row))


def replaced_of(row: dict[str, Any]) -> Replaced:
    """A fact that was replaced, from a row of its table."""
    return Replaced(row["episode_id"], row["fact"], row["by_episode_id"], row["by_fact"])


def result_of(row: dict[str, Any]) -> ProbeResult:
    """A probe and its answers, from a row of `PROBES`."""
    expected, ids = json.loads(row["expected"]), json.loads(row["episode_ids"])
    return ProbeResult(
        probe=Probe(row["question"], tuple(expected), row["probe_group"], tuple(ids)),
        before_answer=row["before_answer"],
        before_right=bool(row["before_right"]),
        after_answer=row["after_answer"],
        after_right=bool(row["after_right"]),
    )


def _prompt(stored: str) -> DreamPrompt:
    said = json.loads(stored)
    return said if isinstance(said, str) else tuple(said)


def _verdict(stored: str) -> Verdict:
    found = json.loads(stored)
    return Verdict(found["promotes"], tuple(found["reasons"]))


def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored).astimezone(UTC)
