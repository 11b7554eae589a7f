"""The schema, as numbered steps. A step that was released is never edited: add the next one."""

from sqlite_utils.migrations import Migrations

from memory.first_steps import (
    m001_episodes,
    m002_nights,
    m003_replaced,
    m004_worth,
    m005_pinned,
    m006_struck,
    m007_dropped,
    m008_asked,
    m009_codes,
)
from memory.notebook_tables import m011_notes_reminders
from memory.origin_steps import m010_origin, m013_sessions
from memory.reply_steps import m014_recalled, m015_votes
from memory.skip_table import m012_skips

STEPS = (
    m001_episodes,
    m002_nights,
    m003_replaced,
    m004_worth,
    m005_pinned,
    m006_struck,
    m007_dropped,
    m008_asked,
    m009_codes,
    m010_origin,
    m011_notes_reminders,
    m012_skips,
    m013_sessions,
    m014_recalled,
    m015_votes,
)
STEP_NAMES = tuple(step.__name__ for step in STEPS)
MIGRATIONS = Migrations("reverie")
for _step in STEPS:
    MIGRATIONS()(_step)
