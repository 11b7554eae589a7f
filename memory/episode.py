"""What an episode is. Data only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

EpisodeState = Literal["waiting", "learned", "muted"]
"""waiting: not in the weights yet. learned: a promoted night taught it and its probes passed.
muted: kept and recalled, never trained."""


@dataclass(frozen=True, slots=True)
class NoveltyScore:
    """How unexpected an episode was, with its parts."""

    score: float
    """Combined, 0 (known) to 1 (new)."""
    embedding_novelty: float
    """Distance to the nearest earlier episodes, 0 to 1."""
    surprisal_bits: float
    """Mean surprisal of the user's text under the live model, bits per token."""


@dataclass(frozen=True, slots=True)
class EpisodeDraft:
    """An exchange that is not stored yet."""

    session_id: str
    created_at: datetime
    user_text: str
    assistant_text: str
    model_version: str
    novelty: NoveltyScore


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


@dataclass(frozen=True, slots=True)
class Recalled:
    """An episode found for a query, best first; `score` is comparable within one search only."""

    episode: Episode
    score: float
