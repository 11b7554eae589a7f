"""A workspace whose stores are real and whose model is a script."""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

from assistant.session import Session
from assistant.settings import ScheduleSettings, Settings
from assistant.tools.folders import Folders
from assistant.tools.rules import plain_calls
from assistant.tools.toolbox import Toolbox, answers_of, every_tool
from assistant.turn import TurnResult, Usage
from memory.browse import Browser
from memory.database import Connections
from memory.episode import Episode, EpisodeDraft, NoveltyScore
from memory.history import History
from memory.nights import NightStore
from memory.notebook import Notebook
from memory.recall import Recall
from memory.records import (
    Choice,
    Dream,
    LossPoint,
    Probe,
    ProbeResult,
    Progress,
    Stage,
    Verdict,
)
from memory.sessions import SessionStore
from memory.steering import Steering
from memory.store import EpisodeStore

NOW = datetime(2025, 11, 24, 20, 0, tzinfo=UTC)
WAIT_S = 10.0


class ScriptedAssistant:
    """Answers from a list; an exception in the list is raised instead."""

    def __init__(self, store: EpisodeStore, toolbox: Toolbox) -> None:
        self._store = store
        self._toolbox = toolbox
        self.script: list[str | Exception] = []
        self.heard: list[tuple[str, str, bool]] = []
        self.prompted: list[list[str]] = []
        """The history that each reply was given with."""
        self.variations: list[int] = []
        self.prompt_tokens = 60
        self.hold = threading.Event()
        """While it is clear, a reply stands still after its first piece."""
        self.hold.set()

    def reply(
        self,
        text: str,
        session: Session,
        *,
        on_piece: Callable[[str], None],
        stopped: Callable[[], bool],
        allow: Callable[[str], bool],
        recall: bool = True,
        private: bool = False,
        instead_of: Collection[int] = (),
        variation: int = 0,
    ) -> TurnResult:
        self.variations.append(variation)
        self.heard.append((text, session.session_id, private))
        runs = self._toolbox.runs_for(text, allow=allow, private=private)
        if runs:
            self.script.insert(0, answers_of(runs))
        answer = self.script.pop(0) if self.script else "I see."
        if isinstance(answer, Exception):
            raise answer
        said: list[str] = []
        for word in answer.split(" "):
            piece = f" {word}" if said else word
            said.append(piece)
            on_piece(piece)
            until = time.monotonic() + WAIT_S
            while not self.hold.is_set() and not stopped() and time.monotonic() < until:
                time.sleep(0.01)
            if stopped():
                break
        reply = "".join(said)
        self.prompted.append([message.content for message in session.latest(-1)])
        usage = Usage(self.prompt_tokens, len(said), 4096)
        if private:
            session.add(text, reply)
            return TurnResult(reply, None, None, (), stopped(), usage, runs)
        episode = remember(
            self._store, text, reply, instead_of=instead_of, session_id=session.session_id
        )
        session.add(text, reply, episode.id)
        return TurnResult(reply, episode.id, episode.novelty, (), stopped(), usage, runs)


def remember(
    store: EpisodeStore,
    user_text: str,
    assistant_text: str = "Noted.",
    *,
    instead_of: Collection[int] = (),
    **changes: Any,
) -> Episode:
    """Store an exchange."""
    values: dict[str, Any] = {
        "session_id": "s",
        "created_at": NOW - timedelta(hours=1),
        "model_version": "base",
        "novelty": NoveltyScore(0.72, 0.81, 5.3),
    }
    draft = EpisodeDraft(user_text=user_text, assistant_text=assistant_text, **values | changes)
    meaning = np.array([1.0, 0.0], dtype=np.float32)
    return store.add(draft, meaning, instead_of=instead_of)


class ScriptedEmbedder:
    """Knows the meaning of a few texts; the others mean nothing."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[float, float]] = {}

    def embed(self, texts: Sequence[str]) -> Any:
        return np.array([self.known.get(text, (0.0, 0.0)) for text in texts], dtype=np.float32)


@dataclass
class FakeRegistry:
    """Version names, newest last; the last is the champion."""

    names: list[str] = field(default_factory=lambda: ["base"])
    told: str = ""

    def gave_way(self) -> str:
        return self.told

    def champion(self) -> Any:
        return self._version(self.names[-1])

    def versions(self) -> list[Any]:
        return [self._version(name) for name in self.names]

    def use(self, name: str) -> Any:
        if name not in self.names:
            raise LookupError(f"no version {name!r}; known are {', '.join(self.names)}")
        self.names.append(self.names.pop(self.names.index(name)))
        return self.champion()

    def _version(self, name: str) -> Any:
        return SimpleNamespace(
            name=name,
            night_id=None,
            parent=None,
            base_sha256="b",
            removed_at=None,
            gguf=Path("base.gguf"),
            gguf_size_bytes=98_000_000,
            created_at=NOW,
        )

    def rollback(self) -> Any:
        if len(self.names) == 1:
            raise RuntimeError(f"{self.names[-1]} is the oldest version; nothing to roll back to")
        self.names.pop()
        return self.champion()


class FakeWorkspace:
    """What `assistant.workspace.Workspace` offers, without a model."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home=home, schedule=ScheduleSettings(enabled=False))
        self.connections = Connections(self.settings.database_file)
        self.steering = Steering(self.connections, lambda: datetime.now(UTC))
        self.store = EpisodeStore(self.connections)
        self.sessions = SessionStore(self.connections, self.store)
        self.nights = NightStore(self.connections)
        self.history = History(self.connections)
        self.browser = Browser(self.connections)
        self.embedder = ScriptedEmbedder()
        self.recall = Recall(self.store)
        self.registry = FakeRegistry()
        self.notebook = Notebook(self.connections)
        tools = every_tool(
            notebook=self.notebook,
            recall=self.recall,
            folders=Folders([str(home / "open")]),
            clock=lambda: NOW,
            zone=UTC,
        )
        self.toolbox = Toolbox(tools, plain_calls)
        self.assistant = ScriptedAssistant(self.store, self.toolbox)
        self.refreshed: list[str] = []
        self.wake_error: Exception | None = None

    def warm_up(self) -> None:
        if self.wake_error is not None:
            raise self.wake_error

    def refresh_champion(self) -> Any:
        champion = self.registry.champion()
        self.refreshed.append(champion.name)
        return champion

    def close(self) -> None:
        self.connections.close()


class FakeNight:
    """A night's process, as the app sees it."""

    def __init__(self) -> None:
        self.code: int | None = None
        self.last_line = ""

    def exit_code(self) -> int | None:
        return self.code

    def reason(self) -> str:
        return self.last_line


class NightWriter:
    """Writes nights into the store as the night process does, holding its lock."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._workspace = workspace
        self._lock = FileLock(workspace.settings.night_lock_file, mode=0o600)
        self.night_id = 0

    def begin(self, sleep_date: str | None = None) -> int:
        self._lock.acquire(blocking=False)
        self.night_id = self._workspace.nights.begin(
            kind="scheduled" if sleep_date else "asked",
            sleep_date=sleep_date,
            deep=False,
            champion_before=self._workspace.registry.champion().name,
            started_at=NOW,
        )
        return self.night_id

    def train(self, losses: Sequence[float], total: int = 96) -> None:
        for step, loss in enumerate(losses, start=1):
            self._workspace.nights.record_loss(self.night_id, LossPoint(step, loss))
        progress = Progress("train", len(losses), total, 130.0, "")
        self._workspace.nights.record_progress(self.night_id, progress)

    def test(self, results: Sequence[ProbeResult], verdict: Verdict) -> None:
        self._workspace.nights.record_probes(self.night_id, results)
        self._workspace.nights.record_verdict(self.night_id, verdict)

    def dream(
        self, selected: Sequence[Choice], skipped: Sequence[Choice], dreams: Sequence[Dream]
    ) -> None:
        self._workspace.nights.record_choices(self.night_id, selected, skipped)
        self._workspace.nights.record_dreams(self.night_id, dreams)

    def end(self, status: Any, error: str | None = None) -> None:
        if status == "promoted":
            name = f"night-{self.night_id:04d}"
            self._workspace.registry.names.append(name)
            self._workspace.nights.record_candidate(self.night_id, name)
        self._workspace.nights.record_stage(self.night_id, Stage("train", 84.0))
        self._workspace.nights.finish(self.night_id, status, NOW, error)
        self.die()

    def die(self) -> None:
        """Let go of the lock, as a process does however it ends."""
        self._lock.release()


def asked(
    question: str, expected: str, before: str, after: str, group: Any, *ids: int
) -> ProbeResult:
    """A probe with both answers, marked by whether they hold what is expected."""
    probe = Probe(question, (expected,), group, ids)
    return ProbeResult(probe, before, expected in before, after, expected in after)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[FakeWorkspace]:
    fake = FakeWorkspace(tmp_path)
    yield fake
    fake.close()


@pytest.fixture
def night(workspace: FakeWorkspace) -> Iterator[NightWriter]:
    writer = NightWriter(workspace)
    yield writer
    writer.die()


@pytest.fixture
def make_app(workspace: FakeWorkspace) -> Callable[..., Any]:
    """The app on the fake workspace; nights that it starts are listed in `app.asked`."""
    from tui.app import ReverieApp

    def make(**options: Any) -> Any:
        asked_for: list[bool] = []
        process = FakeNight()

        def start_night(if_due: bool) -> FakeNight:
            asked_for.append(if_due)
            return process

        notified: list[str] = []
        options.setdefault("notify_desktop", notified.append)
        app: Any = ReverieApp(workspace, start_night=start_night, **options)  # type: ignore[arg-type]
        app.asked, app.process, app.notified = asked_for, process, notified
        return app

    return make


async def eventually(pilot: Any, holds: Callable[[], bool], what: str = "") -> None:
    """Let the app run until something holds."""
    until = time.monotonic() + WAIT_S
    while not holds():
        if time.monotonic() > until:
            raise AssertionError(f"never came about: {what or holds}")
        await pilot.pause(0.02)


@pytest.fixture(name="pilot_until")
def _pilot_until() -> Any:
    return eventually


@pytest.fixture(name="remember")
def _remember() -> Any:
    return remember


@pytest.fixture(name="asked")
def _asked() -> Any:
    return asked
