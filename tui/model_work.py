"""Everything that keeps a model busy. Blocking calls for worker threads; each posts its result."""

import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.message import Message

from tui.messages import (
    ModelFailed,
    ModelGaveWay,
    ModelWoke,
    PieceArrived,
    RolledBack,
    TurnEnded,
    TurnFailed,
    VersionChosen,
    VersionsSeen,
    WriteProposed,
)
from tui.permission import Permission

if TYPE_CHECKING:
    from assistant.session import Session
    from assistant.workspace import Workspace


class ModelWork:
    """One piece of work at a time; the others wait for it.

    An error of any kind becomes a message: the app outlives whatever a model, a full disk or
    a broken file does to a turn.
    """

    def __init__(self, workspace: "Workspace", post: Callable[[Message], object]) -> None:
        self._workspace = workspace
        self._post = post
        self._lock = threading.Lock()
        self._told_of = ""

    def is_idle_within(self, timeout_s: float) -> bool:
        """Wait for the work under way; whether it ended in time."""
        idle = self._lock.acquire(timeout=timeout_s)
        if idle:
            self._lock.release()
        return idle

    def wake(self) -> None:
        """Start the processes and load the champion."""
        with self._lock:
            try:
                self._workspace.warm_up()
                self._woke(self._workspace.registry.champion().name)
            except Exception as error:
                self._post(ModelFailed(error))

    def refresh(self) -> None:
        """Load the champion if it is another one than before."""
        with self._lock:
            try:
                self._woke(self._workspace.refresh_champion().name)
            except Exception as error:
                self._post(ModelFailed(error))

    def _woke(self, version: str) -> None:
        self._post(ModelWoke(version))
        told = self._workspace.registry.gave_way()
        if told != self._told_of:
            self._told_of = told
            if told:
                self._post(ModelGaveWay(told))

    def roll_back(self) -> None:
        """Make the version before live again, and load it."""
        from consolidation.lineage import roll_back

        with self._lock:
            try:
                home = self._workspace
                version = roll_back(home.registry, home.nights, home.store)
                self._post(RolledBack(version.name))
                self._woke(self._workspace.refresh_champion().name)
            except Exception as error:
                self._post(ModelFailed(error))

    def list_versions(self) -> None:
        """Read which versions there are of the live one's base."""
        try:
            registry = self._workspace.registry
            live = registry.champion()
            known = registry.versions()
            same = [one for one in known if one.base_sha256 == live.base_sha256]
            same = [one for one in same if one.removed_at is None]
            self._post(VersionsSeen(same, live.name))
        except Exception as error:
            self._post(ModelFailed(error))

    def use(self, name: str) -> None:
        """Make a version the live one, and load it."""
        from consolidation.lineage import use

        with self._lock:
            try:
                home = self._workspace
                use(home.registry, home.nights, home.store, name)
                version = home.refresh_champion()
                self._post(VersionChosen(version.name))
                self._woke(version.name)
            except Exception as error:
                self._post(ModelFailed(error))

    def turn(
        self,
        turn: int,
        text: str,
        session: "Session",
        stop: threading.Event,
        *,
        private: bool,
        instead_of: Collection[int] = (),
        variation: int = 0,
    ) -> None:
        """One exchange, streamed; `stop` ends it and keeps what was said."""

        def tell(piece: str) -> None:
            self._post(PieceArrived(turn, piece))

        def allowed(intent: str) -> bool:
            permission = Permission(intent)
            self._post(WriteProposed(turn, permission))
            return permission.wait(stop.is_set)

        with self._lock:
            try:
                self._woke(self._workspace.refresh_champion().name)
                result = self._workspace.assistant.reply(
                    text,
                    session,
                    on_piece=tell,
                    stopped=stop.is_set,
                    allow=allowed,
                    private=private,
                    instead_of=instead_of,
                    variation=variation,
                )
            except Exception as error:
                self._post(TurnFailed(turn, error))
            else:
                self._post(TurnEnded(turn, result))
                self._read_ahead(session)

    def _read_ahead(self, session: "Session") -> None:
        """For the sake of speed alone: whatever fails here fails where it matters, too."""
        with suppress(Exception):
            self._workspace.assistant.read_ahead(session)
