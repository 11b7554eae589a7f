"""The processes that train one adapter together: each takes a share of every step's examples, and
all take the same step. One alone is all there is on most machines, and costs nothing.

Knows torch.distributed, not what is trained. `accelerate launch` (or torchrun) starts several.
"""

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

import torch
import torch.distributed as dist
from torch import Tensor

T = TypeVar("T")


def join() -> None:
    """Meet the other processes that a launcher started with this one; alone, do nothing.

    On graphics cards each process gets its own, and they speak NCCL; else they speak gloo.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        from accelerate import PartialState

        PartialState(cpu=not torch.cuda.is_available())


def leave() -> None:
    """Part from the others."""
    if dist.is_initialized():
        dist.destroy_process_group()


class Processes:
    """This process and those that were met by `join`."""

    def __init__(self) -> None:
        together = dist.is_available() and dist.is_initialized()
        self.rank = dist.get_rank() if together else 0
        self.count = dist.get_world_size() if together else 1

    def sum(self, values: Tensor) -> Tensor:
        """The sum of the processes' tensors of one shape, in place."""
        if self.count > 1:
            dist.all_reduce(values)
        return values

    def sum_gradients(self, parameters: Iterable[Tensor]) -> None:
        """Give every process the sum of all gradients; one that has none counts as zero."""
        if self.count == 1:
            return
        every = list(parameters)
        gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in every]
        whole = self.sum(torch.cat([one.flatten() for one in gradients]))
        parts = whole.split([one.numel() for one in gradients])
        for parameter, part in zip(every, parts, strict=True):
            parameter.grad = part.view_as(parameter)

    def agreed(self, decision: bool, device: torch.device) -> bool:
        """What the first process decides."""
        if self.count == 1:
            return decision
        told = torch.tensor([decision and self.rank == 0], dtype=torch.int32, device=device)
        return bool(self.sum(told).item())

    def one_after_another(self, work: Callable[[], T]) -> T:
        """Do what fills a cache: the first alone, then the others, who find it filled."""
        if self.count == 1:
            return work()
        if self.rank:
            dist.barrier()
        done = work()
        if not self.rank:
            dist.barrier()
        return done
