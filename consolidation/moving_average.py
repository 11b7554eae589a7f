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
        self._taken = 0
        self._mean = [one.detach().clone() for one in self._live] if share else []

    def take(self) -> None:
        """Note the parameters as they are now."""
        self._taken += 1
        if self._mean:
            now = [one.detach() for one in self._live]
            torch._foreach_lerp_(self._mean, now, 1 / max(self._share * self._taken, 1))

    def give(self) -> None:
        """Put the average in their place."""
        if self._mean:
            torch._foreach_copy_([one.detach() for one in self._live], self._mean)
