"""Tokenised training views. Data only, so that composing them needs no torch."""

from dataclasses import dataclass


class TrainingDiverged(RuntimeError):
    """The loss, or the adapter, is no longer made of numbers."""


@dataclass(frozen=True, slots=True)
class Example:
    """A tokenised view. Loss is on `ids[answer_start:]` alone."""

    ids: tuple[int, ...]
    answer_start: int


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """A night's mixture: facts to learn by cross-entropy, anchors to hold by KL to the base."""

    facts: tuple[Example, ...]
    anchors: tuple[Example, ...]
    replay: tuple[Example, ...] = ()
    """What earlier nights learned; every step repeats some of it."""


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What a training run cost."""

    steps: int
    tokens: int
    """Tokens run forward and backward; a beginning that a batch shares counts once."""
    seconds: float
    learned: int
    """Fact examples whose worst token was below the threshold when last seen."""
