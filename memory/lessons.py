"""Lessons: what nights leave for later ones: dreams, probes, and what was known once.

Called within the transactions of `nights`.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sqlite_utils

from memory.database import id_list
from memory.records import Dream, DreamPrompt, Probe
from memory.reports import DREAMS, PROBES, dream_of, result_of

_PROMOTED = "night_id IN (SELECT id FROM night WHERE status = 'promoted')"


def dreams_from(db: sqlite_utils.Database, episode_ids: Iterable[int]) -> list[Dream]:
    """Dreams of promoted nights made from these episodes alone, each once, oldest first."""
    distinct: dict[tuple[DreamPrompt, str], Dream] = {}
    for row in _made_from(db, "dream", DREAMS, episode_ids):
        dream = dream_of(row)
        distinct.setdefault((dream.prompt, dream.answer), dream)
    return list(distinct.values())


def probes_from(db: sqlite_utils.Database, episode_ids: Iterable[int]) -> list[Probe]:
    """Probes of promoted nights made from these episodes alone, one a question.

    Where several have the same question, the one from the newest episode speaks.
    """
    best: dict[str, Probe] = {}
    for row in _made_from(db, "probe", PROBES, episode_ids):
        probe = result_of(row).probe
        known = best.get(probe.question)
        if known is None or max(known.episode_ids) < max(probe.episode_ids):
            best[probe.question] = probe
    return list(best.values())


def known_once(db: sqlite_utils.Database) -> set[Probe]:
    """Probes of facts, as older ones, that a model answered right while it was live.

    The candidate of a promoted night went live; the model before it was live in every night.
    """
    query = f"""{PROBES} WHERE probe_group <> 'general'
        AND (before_right OR (after_right AND {_PROMOTED}))"""
    return {replace(result_of(row).probe, group="old") for row in db.query(query)}


def _made_from(
    db: sqlite_utils.Database, noun: str, select: str, episode_ids: Iterable[int]
) -> list[Any]:
    """Rows of promoted nights with one source or more, and no source but these."""
    query = f"""{select} WHERE {_PROMOTED}
        AND EXISTS (SELECT 1 FROM {noun}_source WHERE {noun}_id = {noun}.id)
        AND NOT EXISTS (SELECT 1 FROM {noun}_source WHERE {noun}_id = {noun}.id
            AND episode_id NOT IN (SELECT value FROM json_each(?)))
        ORDER BY id"""
    return list(db.query(query, [id_list(episode_ids)]))
