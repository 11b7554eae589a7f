"""Blind comparison: two versions answer one prompt, and neither says which it is.

The weights alone are asked, as probes are: no memory, no history.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from assistant.prompt import weights_only_messages
from memory.text import clean_text
from memory.votes import Vote
from models.base import Answering, WeightsMissing
from models.registry import ModelVersion, NothingToRollBack, Registry
from models.version import REMOVED


@dataclass(frozen=True, slots=True)
class Answer:
    """What one version said."""

    version: str
    text: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How a version fared in the votes between it and another."""

    preferred: int
    other: int
    alike: int

    @property
    def words(self) -> str:
        """Such as "preferred 3 times, 1 time not, 2 times alike"; empty without a vote."""
        if not self.preferred + self.other + self.alike:
            return ""
        return (
            f"preferred {_times(self.preferred)}, {_times(self.other)} not, "
            f"{_times(self.alike)} alike"
        )


def rivals(registry: Registry, other: str | None) -> tuple[ModelVersion, ModelVersion]:
    """The champion, and the version that it goes on from or the one named.

    Raises `NothingToRollBack` where there is none, `UnknownVersion`, and `WeightsMissing` for one
    without its files.
    """
    champion = registry.champion()
    name = other or champion.parent
    if name is None or name == champion.name:
        raise NothingToRollBack(f"{champion.name} has no other version to be compared with")
    rival = registry.get(name)
    if rival.removed_at is not None:
        raise WeightsMissing(f"{name} cannot answer: {REMOVED}; name another")
    return champion, rival


def compare(
    engine: Answering,
    versions: Sequence[ModelVersion],
    prompt: str,
    *,
    system_prompt: str,
    max_tokens: int,
    random: Random,
) -> list[Answer]:
    """What each version answers, greedily, in an order that tells nothing."""
    answers = []
    for version in versions:
        engine.load(version.gguf)
        messages = weights_only_messages(system_prompt, prompt)
        said = dict(engine.answers([messages], max_tokens=max_tokens))
        answers.append(Answer(version.name, clean_text(said[0]).strip()))
    random.shuffle(answers)
    return answers


def tally(votes: Iterable[Vote], version: str, other: str) -> Tally:
    """The votes between these two, as `version` fared."""
    found = [vote.preferred for vote in votes if {vote.first, vote.second} == {version, other}]
    return Tally(found.count(version), found.count(other), found.count(None))


def vote_words(vote: Vote) -> str:
    """What a vote reveals."""
    if vote.preferred is None:
        return f"Alike: 1 was {vote.first}, 2 was {vote.second}."
    place = 1 if vote.preferred == vote.first else 2
    other = vote.second if place == 1 else vote.first
    return f"You preferred {place}: that was {vote.preferred}; the other was {other}."


def vote_of(answers: Sequence[Answer], choice: str) -> Vote:
    """A vote from "1", "2" or "=". Raises `ValueError` on anything else."""
    first, second = (answer.version for answer in answers)
    match choice.strip():
        case "1":
            return Vote(first, second, first)
        case "2":
            return Vote(first, second, second)
        case "=":
            return Vote(first, second, None)
    raise ValueError(f"{choice.strip()!r} is no vote; say 1, 2 or =")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
