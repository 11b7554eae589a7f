"""Watches a home folder: is a night running, did one end, what waits. Reads; never decides."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from consolidation.due import night_runs
from consolidation.schedule import next_sleep, scheduled_time
from tui.messages import HomeSeen, HomeUnreadable, NightEnded, NightNotStarted, NightSeen

if TYPE_CHECKING:
    from assistant.workspace import Workspace

POLL_S = 0.5
_HOME_EVERY_S = 2.0


class StartedNight(Protocol):
    """What is asked of a night that this app started."""

    def exit_code(self) -> int | None: ...

    def reason(self) -> str: ...


class NightWatch:
    """One look at a time; what changed since the last look comes out as messages.

    All progress is read from the night store, so a night that a timer or another terminal
    started shows just the same.
    """

    def __init__(self, workspace: "Workspace", now: Callable[[], datetime]) -> None:
        self._workspace = workspace
        self._now = now
        self._running_id: int | None = None
        self._last_ended_id: int | None = None
        self._started: StartedNight | None = None
        self._was_seen = False
        self._may_decline = False
        self._home_seen_at = float("-inf")
        self._wanted = threading.Event()

    def started(self, night: StartedNight, *, may_decline: bool) -> None:
        """Also watch a process that was just started, in case it leaves no record.

        One that `may_decline` finds no night due and ends well without a record.
        """
        self._was_seen = False
        self._may_decline = may_decline
        self._started = night

    def refresh(self) -> None:
        """Read the whole home folder at the next look, and look now."""
        self._home_seen_at = float("-inf")
        self._wanted.set()

    def wait(self) -> None:
        """Until the next look is due."""
        self._wanted.wait(POLL_S)
        self._wanted.clear()

    def look(self) -> list[Message]:
        """What there is to tell now. Blocking, briefly; call it from one worker thread."""
        # The exit is read before the store: a record made in between is then seen.
        exit_code = self._started.exit_code() if self._started else None
        found: list[Message] = []
        full = time.monotonic() - self._home_seen_at >= _HOME_EVERY_S
        running = self._workspace.nights.running()
        if running is not None and (full or exit_code is not None) and self._is_dead():
            running = None
        if running is not None:
            found.append(NightSeen(running))
            self._was_seen = True
        ended = self._running_id is not None and (not running or running.id != self._running_id)
        if full or ended or exit_code is not None:
            found += self._ended_night()
            self._was_seen |= bool(found)
            if exit_code is not None and self._started is not None:
                if not self._was_seen and exit_code != 0:
                    found.append(NightNotStarted(self._started.reason()))
                elif not self._was_seen and not self._may_decline:
                    found.append(NightNotStarted("its process left no record"))
                self._started = None
            found.append(self._home())
            self._home_seen_at = time.monotonic()
        self._running_id = running.id if running else None
        return found

    def _is_dead(self) -> bool:
        """Whether the night on record lost its process, which is then recorded."""
        lock_file = self._workspace.settings.night_lock_file
        return not night_runs(lock_file, self._workspace.nights, self._now().astimezone(UTC))

    def _ended_night(self) -> list[Message]:
        newest = [n for n in self._workspace.nights.newest(1) if n.status != "running"]
        newest_id = newest[0].id if newest else self._last_ended_id or 0
        first_look, seen = self._last_ended_id is None, self._last_ended_id or 0
        self._last_ended_id = newest_id
        if first_look or newest_id <= seen:
            return []
        return [NightEnded(newest[0])]

    def _home(self) -> HomeSeen:
        workspace = self._workspace
        schedule = workspace.settings.schedule
        coming = None
        if schedule.enabled:
            done = workspace.nights.done_sleep_dates()
            coming = next_sleep(self._now(), scheduled_time(schedule.at), done)
        waiting = workspace.store.telling()
        return HomeSeen(waiting, coming, workspace.registry.champion().name)

    def look_safely(self) -> list[Message]:
        """As `look`; a store that cannot be read now becomes a message, for it may be later."""
        try:
            return self.look()
        except Exception as error:  # whatever it is, the next look is in half a second
            return [HomeUnreadable(str(error) or type(error).__name__)]
