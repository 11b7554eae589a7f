"""What a night leaves behind, as data: dreams, probes, verdict, report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

NightStatus = Literal["running", "promoted", "refused", "empty", "failed", "interrupted"]
NightKind = Literal["asked", "scheduled"]
ProbeGroup = Literal["new", "old", "general"]
DreamPrompt = str | tuple[str, ...]
"""The user side: one message, or the messages of a dialogue in turn (user, assistant, …, user)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Why an episode was, or was not, taken into a night."""

    episode_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Dream:
    """A training view made from episodes."""

    prompt: DreamPrompt
    answer: str
    kind: str
    episode_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A dream that was not trained, and why: mostly, that it said more than its episodes."""

    prompt: DreamPrompt
    answer: str
    reason: str
    episode_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Probe:
    """A question asked of the weights alone. Right when the answer has one of `expected`."""

    question: str
    expected: tuple[str, ...]
    group: ProbeGroup
    episode_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """One probe, asked of the champion (before) and of the candidate (after)."""

    probe: Probe
    before_answer: str
    before_right: bool
    after_answer: str
    after_right: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """A fact that a later one took the place of: never trained again, kept in history."""

    episode_id: int
    fact: str
    by_episode_id: int
    by_fact: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a candidate is promoted, and why, in plain sentences."""

    promotes: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LossPoint:
    """The training loss at one optimiser step (nats per answer token)."""

    step: int
    loss: float


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a night and its duration."""

    name: str
    duration_s: float


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a running night stands: `done` of `total` units of `stage`; `eta_s` is the stage's."""

    stage: str
    done: int
    total: int
    eta_s: float | None
    note: str


@dataclass(frozen=True, slots=True)
class NightReport:
    """Everything about one night that its owner can read."""

    id: int
    kind: NightKind
    sleep_date: str | None
    """ISO date of the scheduled night that this run counts as; None when it was asked for."""
    deep: bool
    status: NightStatus
    started_at: datetime
    finished_at: datetime | None
    champion_before: str
    candidate: str | None
    selected: tuple[Choice, ...]
    skipped: tuple[Choice, ...]
    replaced: tuple[Replaced, ...]
    dreams: tuple[Dream, ...]
    losses: tuple[LossPoint, ...]
    probes: tuple[ProbeResult, ...]
    verdict: Verdict | None
    stages: tuple[Stage, ...]
    progress: Progress | None
    """Set while the night runs."""
    error: str | None
    """One sentence, when the night failed."""
    dropped: tuple[Dropped, ...] = ()
    """Dreams that were not trained, since they said more than what was told."""
    teacher: str = ""
    """One sentence on the model that wrote further dreams; empty where none was named."""
