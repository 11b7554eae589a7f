"""A dream writer with a model: the grammar's dreams, and a model's questions to the same facts.

What the asker and the teacher share: whose dreams stand first, what is asked already, and that a
model which cannot be used is no reason not to dream.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from consolidation.dreams import DreamWriter, ProbeWriter, Remembered, normalised
from consolidation.english.overtaken import Alike
from memory.episode import Episode
from memory.records import Dream, Dropped, Probe, turns_of_prompt

T = TypeVar("T")


class Loadable(Protocol):
    """A model whose weights can be changed."""

    def load(self, gguf: Path) -> None:
        """Change to other weights."""


class ModelWriter(ABC):
    """Goes on alone, by grammar, once its model has failed."""

    def __init__(
        self, writer: DreamWriter, write_probes: ProbeWriter, model: Loadable, *, name: str
    ) -> None:
        self._writer = writer
        self._write_probes = write_probes
        self._loadable = model
        self._name = name
        self._failure = ""
        self.is_loaded = False
        self.kept = 0
        self.dropped: list[Dropped] = []

    @abstractmethod
    def write(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Collection[str] = ()
    ) -> list[Dream]:
        """The grammar's dreams, and behind them the model's."""

    @abstractmethod
    def _weights(self) -> Path:
        """The model's file."""

    @abstractmethod
    def _did(self) -> str:
        """One sentence on what the model did; may be empty."""

    def facts(self, episode: Episode, before: Sequence[Episode] = ()) -> list[str]:
        """By grammar."""
        return self._writer.facts(episode, before)

    def write_probes(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Collection[str] = ()
    ) -> list[Probe]:
        """By grammar."""
        return self._write_probes(episode, before, gone)

    def combine(self, told: Sequence[Remembered]) -> list[Dream]:
        """By grammar."""
        return self._writer.combine(told)

    def doubt(self, known: Sequence[str]) -> list[Dream]:
        """By grammar."""
        return self._writer.doubt(known)

    def overtaken(
        self, message: str, before: Sequence[str], earlier: Sequence[str], similar: Alike
    ) -> list[int]:
        """By grammar."""
        return self._writer.overtaken(message, before, earlier, similar)

    @property
    def said(self) -> str:
        """One sentence on what the model did, or why it did nothing; empty when not needed."""
        if self._failure:
            why = self._failure.rstrip(".")
            return f"The {self._name} could not be used, so grammar dreamt alone: {why}."
        return self._did()

    def _attempted(self, use: Callable[[], T]) -> T | None:
        """What the loaded model gives; None once it has failed."""
        if self._failure:
            return None
        try:
            if not self.is_loaded:
                self.is_loaded = True
                self._loadable.load(self._weights())
            return use()
        except RuntimeError as error:  # a crash, or weights that cannot be loaded
            self._failure = str(error)
            return None


def taken_by(written: Iterable[Dream], probes: Iterable[Probe]) -> set[str]:
    """The prompts that are asked already or kept for the test, as they are compared."""
    asked = (turns_of_prompt(dream.prompt)[-1] for dream in written)
    return {normalised(one) for one in (*asked, *(probe.question for probe in probes))}
