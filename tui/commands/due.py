"""`reverie sleep --if-due`: whether the nightly run should start now, and if not, why."""

from typing import Any

from assistant.clock import utc_now
from assistant.settings import Settings
from consolidation.conditions import hindrance
from consolidation.due import Nightly, night_runs
from consolidation.plain_words import as_sentence
from memory.database import Connections
from memory.nights import NightStore
from memory.skips import Skip, SkipStore
from memory.store import EpisodeStore
from tui.outcome import Outcome


def due_now(settings: Settings) -> str | Outcome:
    """The sleep date (ISO) of the night to run now, or what to say instead.

    A due night that something hinders is recorded as skipped; it stays due.
    """
    with Connections(settings.database_file) as connections:
        nights = NightStore(connections)
        if night_runs(settings.night_lock_file, nights, utc_now()):
            return Outcome({"night_id": None, "running": True}, "A night is running already.")
        nightly = Nightly(settings.schedule, EpisodeStore(connections), nights)
        date, following = nightly.due(), nightly.next()
        document: dict[str, Any] = {"night_id": None, "due": date is not None}
        document["next"] = following.isoformat() if following else None
        if date is None and following is None:
            return Outcome(document, "No night is due: schedule.enabled is false in settings.toml.")
        if date is None:
            return Outcome(document, f"No night is due; the next is at {following:%Y-%m-%d %H:%M}.")
        sleep_date = date.isoformat()
        reason = hindrance(settings)
        if reason is None:
            return sleep_date
        SkipStore(connections).record(Skip(sleep_date, reason, utc_now()))
    document |= {"sleep_date": sleep_date, "skipped": reason}
    text = as_sentence(f"The night of {date:%d %b} waits: {reason}")
    return Outcome(document, text)
