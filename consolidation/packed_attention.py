"""Attention in a row of examples that share their beginning. Knows tensors only.

Each example sees that beginning and itself. Computed example by example, padded to the longest:
a mask over the whole row would cost the square of the row, and nearly all of it hidden.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from transformers import AttentionInterface

NAME = "shared_beginning"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the examples of a row stand."""

    shared: int
    """Tokens of the common beginning."""
    places: Tensor
    """Shape (examples, longest rest): the tokens of each rest; padding points at the row's end."""
    kept: Tensor
    """Shape (all rests' tokens): their places among the padded ones."""
    hidden: Tensor
    """Shape (examples or 1, longest rest, beginning and longest rest): what a token of a rest may
    not see."""
    hidden_in_beginning: Tensor
    """Shape (1, beginning, beginning): the same within the beginning."""

    @staticmethod
    def of(shared: int, rests: Sequence[int], device: torch.device, *, apart: int = 0) -> "Layout":
        """For a beginning of `shared` tokens and rests of so many tokens each; the last `apart`
        of them do not see it."""
        longest, start = max(rests), shared
        places, kept = [], []
        for number, length in enumerate(rests):
            places.append([min(start + i, start + length - 1) for i in range(longest)])
            kept += [number * longest + i for i in range(length)]
            start += length
        hidden = _later(longest, shared, device)[None]
        if apart:
            hidden = hidden.repeat(len(rests), 1, 1)
            hidden[-apart:, :, :shared] = True
        return Layout(
            shared,
            torch.tensor(places, device=device),
            torch.tensor(kept, device=device),
            hidden,
            _later(shared, 0, device)[None],
        )


def _later(tokens: int, before: int, device: torch.device) -> Tensor:
    """What is hidden in causal attention behind `before` keys that all see."""
    keys = before + tokens
    return torch.ones(tokens, keys, dtype=torch.bool, device=device).triu(before + 1)


@contextmanager
def packed(config: Any) -> Iterator[None]:
    """Within it, a model of this configuration takes `layout=` and attends by it."""
    before = config._attn_implementation
    config._attn_implementation = NAME
    try:
        yield
    finally:
        config._attn_implementation = before


def _attend(
    module: Any,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    *,
    layout: Layout,
    scaling: float,
    softcap: float | None = None,
    **_: Any,
) -> tuple[Tensor, None]:
    """Of one row: query (1, heads, tokens, width); key and value with as many heads or fewer."""
    groups = query.shape[1] // key.shape[1]
    query, key, value = query[0], key[0], value[0]
    beginning = slice(layout.shared)
    first = _weighed(
        query[None, :, beginning],
        key[None, :, beginning],
        value[None, :, beginning],
        layout.hidden_in_beginning,
        groups,
        scaling,
        softcap,
    )[0]
    count = len(layout.places)

    def seen(states: Tensor) -> Tensor:
        shared = states[None, :, beginning].expand(count, -1, -1, -1)
        return torch.cat([shared, states[:, layout.places].transpose(0, 1)], dim=2)

    own = query[:, layout.places].transpose(0, 1)
    rests = _weighed(own, seen(key), seen(value), layout.hidden, groups, scaling, softcap)
    rests = rests.flatten(0, 1)[layout.kept]
    return torch.cat([first, rests])[None], None


def _weighed(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    hidden: Tensor,
    groups: int,
    scaling: float,
    softcap: float | None,
) -> Tensor:
    """Attention to what is not hidden; shape (examples, tokens, heads, width).

    The heads that share a key are stacked, so that no key is repeated.
    """
    examples, heads, tokens, width = query.shape
    stacked = query.reshape(examples, heads // groups, groups * tokens, width)
    scores = stacked @ key.transpose(2, 3) * scaling
    if softcap:
        scores = torch.tanh(scores / softcap) * softcap
    scores = scores.masked_fill(hidden.repeat(1, groups, 1)[:, None], torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=-1, dtype=torch.float32).to(value.dtype)
    return (weights @ value).reshape(examples, heads, tokens, width).transpose(1, 2)


AttentionInterface.register(NAME, _attend)
