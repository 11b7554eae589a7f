"""Conditions: what keeps a due night from starting now. Looks at the machine; starts nothing."""

from dataclasses import dataclass

from assistant.settings import ScheduleSettings, Settings
from consolidation.room import lack_of_room
from models.base import WeightsMissing


@dataclass(frozen=True, slots=True)
class Machine:
    """What of a machine matters to a scheduled night."""

    battery_percent: int | None
    """None where there is no battery."""
    on_mains: bool
    load: float
    """Processes that want a processor, a processor, over the last five minutes."""


def hindrance_on(machine: Machine, schedule: ScheduleSettings) -> str | None:
    """Why a scheduled night should wait, in words; None when it may start."""
    if schedule.battery == "never" and machine.battery_percent is not None and not machine.on_mains:
        return f"on battery ({machine.battery_percent} %)"
    if schedule.max_load and machine.load > schedule.max_load:
        return f"the machine is busy (load {machine.load:.1f} a processor)"
    return None


def hindrance(settings: Settings) -> str | None:
    """Why a scheduled night on this home should wait, in words."""
    reason = hindrance_on(this_machine(), settings.schedule)
    if reason is not None:
        return reason
    try:
        lack = lack_of_room(settings)
    except WeightsMissing as error:
        return str(error)
    return f"it {lack}" if lack else None


def this_machine() -> Machine:
    """How this machine stands now."""
    import psutil

    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    return Machine(
        battery_percent=None if battery is None else round(battery.percent),
        # None: the system does not say. A night that never runs is worse than one on battery.
        on_mains=battery is None or battery.power_plugged is not False,
        load=psutil.getloadavg()[1] / (psutil.cpu_count() or 1),
    )
