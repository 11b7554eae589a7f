"""What a night leaves behind, as data: dreams, probes, verdict, report."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

from memory.text import clean_text

NightStatus = Literal["running", "promoted", "refused", "empty", "failed", "interrupted"]
NightKind = Literal["asked", "scheduled"]
ProbeGroup = Literal["new", "old", "general"]
DreamPrompt = str | tuple[str, ...]
"""The user side: one message, or the messages of a dialogue in turn (user, assistant, …, user)."""
KEY_DIGITS = 8


def turns_of_prompt(prompt: DreamPrompt) -> tuple[str, ...]:
    """The messages of a prompt: one, or those of a dialogue."""
    return (prompt,) if isinstance(prompt, str) else prompt


@dataclass(frozen=True, slots=True)
class Signals:
    """What was found in an episode that speaks for or against learning it."""

    kind: str = "fact"
    """"fact", or what its words are where nothing in them is one: "question", "fiction", …;
    "changed" where all that it says was replaced since, "vague" where it says too little,
    "struck" where its owner struck every dream of it, "dropped" where they all said too much,
    "unlikely" where its likeness to what states a fact speaks against it, "unreadable" where the
    reader failed."""
    facts: int = 0
    dreams: int = 0
    wished: bool = False
    """It asks expressly to be remembered."""
    corrects: tuple[int, ...] = ()
    """The earlier episodes of which it replaces a fact."""
    changing: bool = False
    """It says that something changed: "actually", "no longer"."""
    retold: bool = False
    """An earlier episode has all of its words."""
    pinned: bool = False
    withheld: str = ""
    """What was left out of it, since it is to stay in no weights: "a card number and a PIN"."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Why an episode was, or was not, taken into a night; numbers where the night wrote them."""

    episode_id: int
    reason: str
    score: float | None = None
    """What it is worth to learn it, 0 to 1."""
    novelty: float | None = None
    surprisal_bits: float | None = None
    signals: Signals | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What one night chose to do with one episode."""

    night_id: int
    at: datetime
    taken: bool
    choice: Choice


@dataclass(frozen=True, slots=True)
class Dream:
    """A training view made from episodes."""

    prompt: DreamPrompt
    answer: str
    kind: str
    episode_ids: tuple[int, ...]

    @property
    def key(self) -> str:
        """A short name, of prompt and answer alone: the same every night and once stored."""
        told = self.cleaned()
        said = json.dumps([told.prompt, told.answer], ensure_ascii=False)
        return sha256(said.encode("utf-8")).hexdigest()[:KEY_DIGITS]

    def cleaned(self) -> "Dream":
        """The dream as it is stored."""
        if isinstance(self.prompt, str):
            prompt: DreamPrompt = clean_text(self.prompt)
        else:
            prompt = tuple(map(clean_text, self.prompt))
        return replace(self, prompt=prompt, answer=clean_text(self.answer))


@dataclass(frozen=True, slots=True)
class Struck:
    """A dream that its owner struck: no night trains it."""

    dream: Dream
    struck_at: datetime


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
    struck: int = 0
    """How many dreams were left out because their owner struck them."""
    dropped: tuple[Dropped, ...] = ()
    """Dreams that were not trained, since they said more than what was told."""
    teacher: str = ""
    """One sentence on the model that wrote further dreams; empty where none was named."""
