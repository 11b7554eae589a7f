"""The average of parameters over the latest steps. Knows tensors only."""

from collections.abc import Sequence

import torch
from torch import Tensor


class MovingAverage:
    """Of parameters over the latest share of the steps (Shamir and Zhang 2013)."""

    def __init__(self, parameters: Sequence[Tensor], share: float) -> None:
        """`share` of the steps so far is what it looks back on; 0 for none."""
        self._live = list(parameters)
        self._share = share
        self.taken = 0
        self.state = [one.detach().clone() for one in self._live] if share else []

    def take(self) -> None:
        """Note the parameters as they are now."""
        self.taken += 1
        if self.state:
            now = [one.detach() for one in self._live]
            torch._foreach_lerp_(self.state, now, 1 / max(self._share * self.taken, 1))

    def take_up(self, state: Sequence[Tensor], taken: int) -> None:
        """Go on from an earlier `state`, after so many steps."""
        self.taken = taken
        for mean, value in zip(self.state, state, strict=True):
            mean.copy_(value)

    def give(self) -> None:
        """Put the average in their place."""
        if self.state:
            torch._foreach_copy_([one.detach() for one in self._live], self.state)
