"""A step: the loss of some facts and of what holds the base in place, and its gradients.

Several processes each take a share of the examples; losses are means over the whole step's tokens,
so that the sum of their gradients is what one process alone would have.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from consolidation.examples import Example
from consolidation.processes import Processes
from consolidation.student import Student


@dataclass(frozen=True, slots=True)
class Batch:
    """What a step trains, or a share of it."""

    facts: Sequence[Example]
    anchors: Sequence[Example] = ()
    texts: Sequence[Example] = ()
    references: Sequence[Tensor] = ()
    """The base's hidden states for each anchor, then for each text: (answer tokens, width)."""

    @property
    def fact_tokens(self) -> int:
        """Answer tokens that cross-entropy is taken of."""
        return sum(len(e.ids) - e.answer_start for e in self.facts)

    @property
    def held_tokens(self) -> int:
        """Answer tokens that the KL is taken of."""
        return sum(map(len, self.references))

    def among(self, count: int) -> int:
        """How many of so many processes have something to do."""
        return min(count, len(self.facts) + len(self.anchors))

    def share(self, rank: int, count: int) -> "Batch":
        """What one of so many processes takes: every so-manieth of the facts and anchors.

        Texts go the other way round, to those who have fewer of these.
        """
        among = self.among(count)
        if rank >= among:
            return Batch(())
        mine = range(rank, len(self.facts) + len(self.anchors), among)
        held = [place - len(self.facts) for place in mine if place >= len(self.facts)]
        read = range(among - 1 - rank, len(self.texts), among)
        places = [*held, *(len(self.anchors) + place for place in read)]
        return Batch(
            [self.facts[place] for place in mine if place < len(self.facts)],
            [self.anchors[place] for place in held],
            [self.texts[place] for place in read],
            [self.references[place] for place in places] if self.references else (),
        )


@dataclass(frozen=True, slots=True)
class StepLosses:
    """What a step saw, before it changed anything."""

    total: float
    facts: float
    """Cross-entropy, mean over the answer tokens of all facts."""
    worst: list[float]
    """Of each fact, in order, the loss of its worst token."""
    tokens: int
    """Run forward, by all processes."""


def take_gradients(
    student: Student,
    batch: Batch,
    *,
    rests_below: float,
    anchor_weight: float,
    processes: Processes,
    device: torch.device,
) -> StepLosses:
    """Add the gradients of a batch's loss to the parameters'; none where it is not a number.

    Fact tokens below a loss of `rests_below` are not trained.
    """
    mine = batch.share(processes.rank, processes.count)
    seen = torch.zeros(3 + len(batch.facts), device=device)
    parts: list[Tensor] = []
    if mine.facts or mine.anchors:
        hidden = student.hidden([*mine.facts, *mine.anchors], mine.texts)
        seen[2] = student.last_tokens
    if mine.facts:
        logits = student.head(hidden[: mine.fact_tokens])
        targets = torch.tensor([t for e in mine.facts for t in e.ids[e.answer_start :]])
        losses = functional.cross_entropy(logits, targets.to(device), reduction="none")
        learning = losses > rests_below
        parts.append(torch.where(learning, losses, losses.detach()).sum() / batch.fact_tokens)
        seen[1] = losses.detach().sum() / batch.fact_tokens
        lengths = [len(e.ids) - e.answer_start for e in mine.facts]
        worst = [part.max() for part in losses.detach().split(lengths)]
        seen[3 + processes.rank :: batch.among(processes.count)] = torch.stack(worst)
    if mine.references and anchor_weight > 0:
        kl = student.kl(torch.cat(list(mine.references)), hidden[mine.fact_tokens :])
        parts.append(anchor_weight * kl * (mine.held_tokens / batch.held_tokens))
    loss = torch.stack(parts).sum() if parts else None
    if loss is not None:
        seen[0] = loss.detach()
    total, facts, tokens, *worsts = processes.sum(seen).tolist()
    if loss is not None and math.isfinite(total):
        loss.backward()
    return StepLosses(total, facts, worsts, round(tokens))
