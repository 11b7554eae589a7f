"""Tokenised training views. Data only, so that composing them needs no torch."""

from dataclasses import dataclass


class TrainingDiverged(RuntimeError):
    """The loss, or the adapter, is no longer made of numbers."""


class OutOfMemory(RuntimeError):
    """Training asked for more memory than there is."""

    def __init__(self) -> None:
        super().__init__(
            "training ran out of memory; close other programs, or lower training.batch_size "
            "or training.rank"
        )


def is_out_of_memory(error: BaseException) -> bool:
    """Whether it is one of the ways in which Python and torch say so."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    return isinstance(error, RuntimeError) and "allocate memory" in str(error)


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
