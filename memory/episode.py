"""What an episode is. Data only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

EpisodeState = Literal["waiting", "learned", "muted", "quarantined"]
"""waiting: not in the weights yet. learned: a promoted night taught it and its probes passed.
muted: kept and recalled, never trained. quarantined: kept, and used for nothing until its owner
approves it."""

Origin = Literal["chat", "import", "file", "tool"]
"""chat: the owner said it here. import: from another assistant's export. file: from a text.
tool: what a tool brought."""
ORIGINS: tuple[Origin, ...] = ("chat", "import", "file", "tool")


@dataclass(frozen=True, slots=True)
class NoveltyScore:
    """How unexpected an episode was, with its parts."""

    score: float
    """Combined, 0 (known) to 1 (new)."""
    embedding_novelty: float
    """Distance to the nearest earlier episodes, 0 to 1."""
    surprisal_bits: float | None
    """Mean surprisal of the user's text under the live model, bits per token; None where no model
    has read it."""


@dataclass(frozen=True, slots=True)
class EpisodeDraft:
    """An exchange that is not stored yet.

    What its owner did not say in the chat waits in quarantine, unless it is `trusted`.
    """

    session_id: str
    created_at: datetime
    user_text: str
    assistant_text: str
    model_version: str
    novelty: NoveltyScore
    origin: Origin = "chat"
    source: str | None = None
    """What names it where it comes from. What has a name is stored once."""
    trusted: bool = False
    muted: bool = False
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Episode:
    """One exchange, as stored. `created_at` is aware and in UTC."""

    id: int
    session_id: str
    created_at: datetime
    user_text: str
    assistant_text: str
    model_version: str
    novelty: NoveltyScore
    state: EpisodeState
    pinned: bool = False
    """The owner insists on it: every night takes it, whatever it is."""
    origin: Origin = "chat"
    source: str | None = None

    @property
    def told_at(self) -> tuple[datetime, int]:
        """Its place in time: what is brought in later may have been said earlier."""
        return self.created_at, self.id


@dataclass(frozen=True, slots=True)
class Recalled:
    """An episode found for a query, best first; `score` is comparable within one search only."""

    episode: Episode
    score: float
