"""Where a training run stands: its epoch, its steps, what is due, and the draw that comes next.

All of it can be put down as tensors and numbers and taken up again, so that a run that was killed
goes on as if it had not been.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from assistant.settings import TrainingSettings
from consolidation.examples import Example
from consolidation.moving_average import MovingAverage
from consolidation.review import Review


class Course:
    """One run over a night's examples."""

    def __init__(
        self,
        facts: Sequence[Example],
        trainable: Mapping[str, Tensor],
        optimizer: torch.optim.Optimizer,
        average: MovingAverage,
        settings: TrainingSettings,
    ) -> None:
        """`trainable` are the parameters of the optimizer, in its order, by name."""
        self._facts = facts
        self._trainable = trainable
        self._optimizer = optimizer
        self._average = average
        self._batch_size = settings.batch_size
        self.draw = torch.Generator().manual_seed(settings.seed)
        self.review = Review(len(facts), settings.skip_below_loss)
        self.epoch = 0
        self.active: list[int] = []
        """Which facts this epoch trains."""
        self.losses: list[float] = []
        """Of every step so far."""
        self.began_at = 0
        """How many steps there were before this epoch."""
        self.tokens = 0
        self._drawn_from = self.draw.get_state()

    @property
    def steps(self) -> int:
        """Steps taken."""
        return len(self.losses)

    def begin_epoch(self) -> None:
        """See what is due, unless the epoch has begun."""
        if self.steps == self.began_at:
            self.active = self.review.due(self.epoch)
            self._drawn_from = self.draw.get_state()

    def end_epoch(self) -> None:
        """The next one comes."""
        self.epoch += 1
        self.began_at = self.steps

    def batches(self) -> Iterator[list[int]]:
        """What is left of the epoch."""
        now, done = self.draw.get_state(), self.steps - self.began_at
        self.draw.set_state(self._drawn_from)
        every = list(batches_of(self.active, self._facts, self._batch_size, self.draw))
        if done:
            self.draw.set_state(now)
        yield from every[done:]

    def again(self, available: int, wanted: int) -> list[int]:
        """Which replayed examples this step repeats: the next ones.

        Statements take turns among them, so that each comes up as often as any other, and as long
        after; drawn at random some of a hundred come up once in a night (LOG.md).
        """
        count = min(wanted, available)
        return [(self.steps * count + place) % available for place in range(count)]

    def note(self, chosen: Sequence[int], worst: Sequence[float], loss: float, tokens: int) -> None:
        """A step was taken on these facts; the worst loss of each, and the mean."""
        for index, one in zip(chosen, worst, strict=False):
            self.review.seen(index, self.epoch, one)
        self.losses.append(loss)
        self.tokens += tokens

    def put_down(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """All that `take_up` needs."""
        tensors = {f"adapter {name}": value for name, value in self._trainable.items()}
        state = self._optimizer.state_dict()["state"]
        for place, of_one in state.items():
            tensors |= {f"adam {place} {name}": value for name, value in of_one.items()}
        tensors |= {f"average {n}": value for n, value in enumerate(self._average.state)}
        tensors |= {"draw": self.draw.get_state(), "drawn from": self._drawn_from}
        numbers = {
            "averaged": self._average.taken,
            "review": self.review.state,
            "epoch": self.epoch,
            "active": self.active,
            "losses": self.losses,
            "began_at": self.began_at,
            "tokens": self.tokens,
        }
        return tensors, numbers

    def take_up(self, tensors: Mapping[str, Tensor], numbers: Mapping[str, Any]) -> None:
        """Go on from what was put down by a run of the same job."""
        with torch.no_grad():
            for name, value in self._trainable.items():
                value.copy_(tensors[f"adapter {name}"])
        adam: dict[int, dict[str, Tensor]] = {}
        for key, value in tensors.items():
            kind, *rest = key.split(" ", 2)
            if kind == "adam":
                adam.setdefault(int(rest[0]), {})[rest[1]] = value
        self._optimizer.load_state_dict(self._optimizer.state_dict() | {"state": adam})
        means = [tensors[f"average {n}"] for n in range(len(self._average.state))]
        self._average.take_up(means, numbers["averaged"])
        self.draw.set_state(tensors["draw"])
        self._drawn_from = tensors["drawn from"]
        self.review.take_up(numbers["review"])
        self.epoch, self.active = numbers["epoch"], list(numbers["active"])
        self.losses, self.began_at = list(numbers["losses"]), numbers["began_at"]
        self.tokens = numbers["tokens"]


def batches_of(
    active: Sequence[int], facts: Sequence[Example], size: int, draw: torch.Generator
) -> Iterator[list[int]]:
    """Batches of like length, in random order: little padding, no order to learn."""
    order = [active[i] for i in torch.randperm(len(active), generator=draw).tolist()]
    span = size * 8
    batches = []
    for start in range(0, len(order), span):
        window = sorted(order[start : start + span], key=lambda i: len(facts[i].ids))
        batches += [window[i : i + size] for i in range(0, len(window), size)]
    for i in torch.randperm(len(batches), generator=draw).tolist():
        yield batches[i]
