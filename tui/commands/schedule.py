"""`reverie schedule`: the nightly run in the hands of the operating system."""

import sys
from dataclasses import replace
from typing import Any

from assistant.settings import Settings
from assistant.settings_edit import set_setting
from consolidation.conditions import hindrance, this_machine
from consolidation.due import Nightly
from consolidation.room import free_bytes, needed_bytes
from consolidation.schedule import local_now, scheduled_time
from consolidation.timer import (
    Installed,
    Order,
    Timer,
    TimerUnavailable,
    crontab_line,
    order_for,
)
from memory.database import Connections
from memory.nights import NightStore
from memory.skips import SkipStore
from memory.store import EpisodeStore
from models.base import WeightsMissing
from models.locks import is_held
from tui.commands.night import as_document
from tui.outcome import Outcome
from tui.schedule_words import Standing, standing_lines

_MOST_SKIPS = 30


def install(settings: Settings, at: str | None) -> Outcome:
    """Have the operating system run nights, at another time than the settings say if one is given.

    Raises `TimerUnavailable` with what to do instead.
    """
    schedule = replace(settings.schedule, at=at or settings.schedule.at)
    order = order_for(settings.home, scheduled_time(schedule.at))
    try:
        remarks = timer_here().install(order)
    except TimerUnavailable as error:
        raise TimerUnavailable(
            f"{error}; leave `reverie daemon` running instead, "
            f"or add this line with `crontab -e`: {crontab_line(order)}"
        ) from error
    if at is not None:
        set_setting(settings.file, "schedule", "at", at)
    if not schedule.enabled:
        remarks.append("No night will run yet: schedule.enabled is false in settings.toml.")
    found = installed_here(order)
    missed = _standing(replace(settings, schedule=schedule), found, None).missed
    if missed:
        remarks.append("A night is due already; it begins within a few minutes.")
    text = f"Reverie sleeps nightly at {schedule.at}, whether the app is open or not."
    document = {"at": schedule.at, "installed": _found(found), "remarks": remarks}
    return Outcome(document, "\n".join([text, *remarks]))


def uninstall(settings: Settings) -> Outcome:
    """Take the nightly run back from the operating system; nothing to do is fine, too."""
    removed = timer_here().uninstall(_order(settings))
    text = (
        "Removed. Nights run while the app is open, and with `reverie sleep`."
        if removed
        else "There was nothing to remove: the nightly run is not installed for this home."
    )
    return Outcome({"removed": removed}, text)


def status(settings: Settings) -> Outcome:
    """Who starts nights and when, what was missed or skipped and why, and how it is now."""
    reason = hindrance(settings)
    standing = _standing(settings, installed_for(settings), reason)
    document = {
        "enabled": settings.schedule.enabled,
        "at": settings.schedule.at,
        "installed": _found(standing.installed),
        "daemon": standing.daemon,
        "next": standing.next.isoformat() if standing.next else None,
        "due": standing.missed[-1].isoformat() if standing.missed else None,
        "missed": [day.isoformat() for day in standing.missed],
        "skipped": standing.reasons,
        "last_night": as_document(standing.last_night, brief=True) if standing.last_night else None,
        "conditions": _conditions(settings, reason),
    }
    return Outcome(document, "\n".join(standing_lines(standing)))


def timer_here() -> Timer:
    """How this operating system runs things by the clock. Raises `TimerUnavailable`."""
    if sys.platform == "darwin":
        from consolidation.launchd import LaunchdAgent

        return LaunchdAgent()
    if sys.platform.startswith("linux"):
        from consolidation.systemd import SystemdTimer

        return SystemdTimer()
    raise TimerUnavailable(f"no timer is known for {sys.platform}")


def installed_here(order: Order) -> Installed | None:
    """What the operating system has of an order; None where it has no timers."""
    try:
        return timer_here().installed(order)
    except TimerUnavailable:
        return None


def installed_for(settings: Settings) -> Installed | None:
    """What the operating system has of this home's nightly run."""
    return installed_here(_order(settings))


def _order(settings: Settings) -> Order:
    return order_for(settings.home, scheduled_time(settings.schedule.at))


def _standing(settings: Settings, found: Installed | None, reason: str | None) -> Standing:
    with Connections(settings.database_file) as connections:
        store, nights = EpisodeStore(connections), NightStore(connections)
        nightly = Nightly(settings.schedule, store, nights)
        skips = SkipStore(connections).newest(_MOST_SKIPS)
        done = nights.done_sleep_dates()
        newest = nights.newest(1)
        return Standing(
            at=settings.schedule.at,
            now=local_now(),
            next=nightly.next(),
            installed=found,
            daemon=_daemon_runs(settings),
            missed=tuple(nightly.missed()),
            reasons={skip.sleep_date: skip.reason for skip in skips if skip.sleep_date not in done},
            last_night=newest[0] if newest else None,
            hindrance=reason,
        )


def _daemon_runs(settings: Settings) -> bool:
    return settings.daemon_lock_file.exists() and is_held(settings.daemon_lock_file)


def _found(found: Installed | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "by": found.by,
        "files": [str(file) for file in found.files],
        "active": found.is_active,
        "current": found.is_current,
    }


def _conditions(settings: Settings, reason: str | None) -> dict[str, Any]:
    machine = this_machine()
    try:
        needed = needed_bytes(settings)
    except WeightsMissing:
        needed = None
    return {
        "ready": reason is None,
        "reason": reason,
        "on_mains": machine.on_mains,
        "battery_percent": machine.battery_percent,
        "load": round(machine.load, 2),
        "needed_bytes": needed,
        "free_bytes": free_bytes(settings.home),
    }
