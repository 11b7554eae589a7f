"""The time and the date, here and elsewhere."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from assistant.tools.base import Arguments, ToolRefused, ToolResult, texts


class ClockTool:
    """Tells the time."""

    name = "time"
    does = "tell the time and the date, here or in a city"
    schema = texts(place="a city; without one it is here")
    writes = False

    def __init__(self, clock: Callable[[], datetime], zone: tzinfo | None = None) -> None:
        """Without a zone, here is where the operating system says."""
        self._clock = clock
        self._zone = zone

    def intent(self, arguments: Arguments) -> str:
        place = arguments.get("place")
        return f"the time in {place}" if place else "the time"

    def run(self, arguments: Arguments) -> ToolResult:
        place = arguments.get("place", "")
        if not place:
            return ToolResult(f"It is {_told(self._clock().astimezone(self._zone))}.")
        name = zone_of(place)
        if name is None:
            raise ToolRefused(f"I know no time zone for {place!r}; name a large city near it")
        city = name.rpartition("/")[2].replace("_", " ")
        return ToolResult(f"In {city} it is {_told(self._clock().astimezone(ZoneInfo(name)))}.")


def zone_of(place: str) -> str | None:
    """The time zone named after a city: "new york" -> "America/New_York"."""
    wanted = "_".join(place.casefold().split())
    found = [
        name
        for name in sorted(available_timezones())
        if "/" in name
        and not name.startswith("Etc/")
        and wanted in (name.casefold(), name.rpartition("/")[2].casefold())
    ]
    return found[0] if found else None


def _told(moment: datetime) -> str:
    return f"{moment:%H:%M} on {moment:%A} {moment.day} {moment:%B %Y}"
