"""How the nightly run stands, in words. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from consolidation.plain_words import as_sentence, next_sleep_words, night_summary, time_words
from consolidation.timer import POLL_MINUTES, Installed
from memory.records import NightReport
from memory.skips import Skip


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a home's nightly run."""

    at: str
    now: datetime
    next: datetime | None
    """None while the schedule is off."""
    installed: Installed | None
    daemon: bool
    """Whether `reverie daemon` runs on this home."""
    missed: tuple[date, ...]
    """Sleep dates without a night, oldest first; the last of them is due."""
    reasons: Mapping[str, str]
    """Why due nights did not run, by ISO date."""
    last_night: NightReport | None
    hindrance: str | None
    """What would keep a night from starting now."""


def standing_lines(standing: Standing) -> list[str]:
    """One line a fact."""
    lines = [_who_starts_it(standing)]
    if standing.next is not None:
        words = next_sleep_words(standing.now, standing.next)
        lines.append(f"Next sleep: {words} ({standing.next:%Y-%m-%d %H:%M}).")
    last = standing.last_night
    if last is None:
        lines.append("Last night: there was none yet.")
    else:
        lines.append(f"Last night: {time_words(last.started_at)}. {night_summary(last)}")
    lines += missed_lines(standing.missed, standing.reasons)
    if standing.hindrance is None:
        lines.append("Now: nothing would keep a night from starting.")
    else:
        lines.append(as_sentence(f"Now: a night would wait: {standing.hindrance}"))
    return lines


def missed_lines(missed: Sequence[date], reasons: Mapping[str, str]) -> list[str]:
    """Which nights did not run, why where it is known, and what becomes of them."""
    if not missed:
        return []
    if len(missed) == 1:
        lines = [f"Due now: the night of {_day(missed[0])}."]
    else:
        lines = [
            f"Missed: {len(missed)} nights, {_day(missed[0])} to {_day(missed[-1])}; "
            "the next run makes up for them in one."
        ]
    for day in missed:
        reason = reasons.get(day.isoformat())
        if reason is not None:
            lines.append(as_sentence(f"  The night of {_day(day)} was skipped: {reason}"))
    return lines


def open_skip_words(skips: Sequence[Skip], done: Collection[str], newest: datetime | None) -> str:
    """That the last night was skipped; empty once it ran, or one after it.

    `skips` with the latest first; `newest` is when the newest night began.
    """
    if not skips or skips[0].sleep_date in done or (newest and newest > skips[0].at):
        return ""
    day = _day(date.fromisoformat(skips[0].sleep_date))
    return as_sentence(f"The night of {day} was skipped: {skips[0].reason}")


def _who_starts_it(standing: Standing) -> str:
    if standing.next is None:
        return "The schedule is off: schedule.enabled is false in settings.toml."
    nightly = f"Nightly at {standing.at}"
    found = standing.installed
    if found is not None and not (found.is_active and found.is_current):
        state = "not up to date" if found.is_active else "not active"
        return f"{nightly}; its {found.by} timer is {state}: run `reverie schedule install`."
    if found is not None:
        return (
            f"{nightly}, by {found.by} ({found.files[-1]}); it looks every {POLL_MINUTES} minutes "
            "for a night that could not run."
        )
    if standing.daemon:
        return f"{nightly}, by `reverie daemon`, which runs."
    return f"{nightly} while the app is open; `reverie schedule install` runs it without."


def _day(day: date) -> str:
    return f"{day:%a %d %b}"
