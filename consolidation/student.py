"""The model as training sees it: hidden states where an answer token is predicted.

Layers below the adapter never change: what they make of an example is computed once and kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from consolidation.examples import Example
from consolidation.packed_attention import Layout, packed

_TOKENS_AT_ONCE = 32
_READ_AT_ONCE = 12
"""Examples of which no gradient is taken."""


class Student:
    """A causal model whose layers from `first_adapted` on have an adapter."""

    def __init__(self, model: Any, device: torch.device, first_adapted: int) -> None:
        causal = model.get_base_model()
        self._body = causal.get_decoder() if hasattr(causal, "get_decoder") else causal.model
        self._head = causal.get_output_embeddings()
        self._softcap = getattr(causal.config, "final_logit_softcapping", None)
        self._device = device
        layers = list(self._body.layers)
        idle = [_Idle() for _ in layers]
        self._border = first_adapted
        self._lower = nn.ModuleList([*layers[:first_adapted], *idle[first_adapted:]])
        self._upper = nn.ModuleList([*idle[:first_adapted], *layers[first_adapted:]])
        self._below: dict[Example, Tensor] = {}
        self._groups: dict[Example, tuple[Example, ...]] = {}
        self.last_tokens = 0

    def hidden(self, examples: Sequence[Example], apart: Sequence[Example] = ()) -> Tensor:
        """Final hidden states at the positions before each answer token, shape (tokens, width).

        Those of `apart` come last: they begin in another way, and see nothing of the others.
        """
        for part in (examples, apart):
            self._read_below([e for e in dict.fromkeys(part) if e not in self._groups])
            for example in part:
                self._read_below(self._groups.get(example, ()))
        row = _row(examples, apart)
        self.last_tokens = len(row.ids)
        parts = [self._below[example][row.shared :] for example in examples]
        parts += [self._below[example] for example in apart]
        below = torch.cat([self._below[examples[0]][: row.shared], *parts])
        below = _filled_up(below)

        def enter(_: nn.Module, given: tuple[Any, ...]) -> tuple[Any, ...]:
            return (below[None], *given[1:])

        hook = self._upper[self._border].register_forward_pre_hook(enter)
        try:
            states: Tensor = self._run(row, self._upper)[row.scored]
        finally:
            hook.remove()
        return states

    def read_together(self, examples: Sequence[Example]) -> None:
        """Say which examples are read below the adapter in one go, whenever one is wanted first.

        What comes out depends a little on what is read beside, and must not on when.
        """
        new = [e for e in dict.fromkeys(examples) if e not in self._groups and e not in self._below]
        for start in range(0, len(new), _READ_AT_ONCE):
            group = tuple(new[start : start + _READ_AT_ONCE])
            self._groups |= dict.fromkeys(group, group)

    def answer_states(self, examples: Sequence[Example]) -> list[Tensor]:
        """`hidden` of each example, as the model is now; no gradients."""
        states: list[Tensor] = []
        with torch.no_grad():
            for start in range(0, len(examples), _READ_AT_ONCE):
                part = examples[start : start + _READ_AT_ONCE]
                lengths = [len(example.ids) - example.answer_start for example in part]
                states += self.hidden(part).split(lengths)
        return states

    def _read_below(self, examples: Sequence[Example]) -> None:
        """Keep what enters the first adapted layer: for each example (its tokens, width)."""
        examples = [example for example in examples if example not in self._below]
        if not examples:
            return
        seen: list[Tensor] = []

        def note(_: nn.Module, given: tuple[Any, ...]) -> None:
            seen.append(given[0][0])

        row = _row(examples)
        hook = self._lower[self._border].register_forward_pre_hook(note)
        try:
            with torch.no_grad():
                self._run(row, self._lower)
        finally:
            hook.remove()
        shared, own = seen[0][: row.shared], seen[0][row.shared : len(row.ids)]
        for example, part in zip(examples, own.split(row.rests), strict=True):
            self._below[example] = torch.cat([shared, part])

    def _run(self, row: "_Row", layers: nn.ModuleList) -> Tensor:
        """The row through some of the layers and the final norm, shape (tokens, width).

        Behind the last rest, where nothing looks, it is filled up.
        """
        padding = _up(len(row.ids)) - len(row.ids)
        ids, positions = ([*one, *[one[-1]] * padding] for one in (row.ids, row.positions))
        rests = [*row.rests[:-1], row.rests[-1] + padding]
        layout = Layout.of(row.shared, rests, self._device, apart=row.apart)
        whole, self._body.layers = self._body.layers, layers
        try:
            with packed(self._body.config):
                output = self._body(
                    input_ids=torch.tensor([ids], device=self._device),
                    position_ids=torch.tensor([positions], device=self._device),
                    attention_mask=None,
                    use_cache=False,
                    layout=layout,
                )
        finally:
            self._body.layers = whole
        states: Tensor = output.last_hidden_state[0, : len(row.ids)]
        return states

    def head(self, hidden: Tensor) -> Tensor:
        """Logits in float32, shape (tokens, vocabulary): the head runs on scored tokens only."""
        logits = self._head(_filled_up(hidden))[: len(hidden)].float()
        if self._softcap:
            logits = torch.tanh(logits / self._softcap) * self._softcap
        return logits

    def kl(self, reference: Tensor, hidden: Tensor) -> Tensor:
        """KL(base || student), mean over tokens, in nats."""
        with torch.no_grad():
            wanted = functional.log_softmax(self.head(reference), dim=-1)
        given = functional.log_softmax(self.head(hidden), dim=-1)
        return functional.kl_div(given, wanted, reduction="batchmean", log_target=True)


class _Idle(nn.Module):  # type: ignore[misc]
    """Stands in for a layer that has nothing to do."""

    def forward(self, hidden: Tensor, *_: Any, **__: Any) -> Tensor:
        return hidden


@dataclass(frozen=True, slots=True)
class _Row:
    """Examples as one row: their common beginning once, then each example's rest.

    A rest sees that beginning and itself only. No padding, and no token twice.
    """

    ids: list[int]
    positions: list[int]
    rests: list[int]
    """How many tokens each example has behind the common beginning."""
    scored: list[int]
    """Places before each answer token."""
    shared: int
    """How many tokens the common beginning has."""
    apart: int
    """So many of the last examples do not have it: their rest is all of them."""


def _row(examples: Sequence[Example], apart: Sequence[Example] = ()) -> _Row:
    shared = _common_beginning(examples)
    ids = list(examples[0].ids[:shared])
    positions = list(range(shared))
    scored: list[int] = []
    rests = [(example, shared) for example in examples] + [(example, 0) for example in apart]
    for example, first in rests:
        offset = len(ids) - first
        scored += range(offset + example.answer_start - 1, offset + len(example.ids) - 1)
        ids += example.ids[first:]
        positions += range(first, len(example.ids))
    lengths = [len(example.ids) - first for example, first in rests]
    return _Row(ids, positions, lengths, scored, shared, len(apart))


def _up(tokens: int) -> int:
    """The next multiple of a few: kernels are made for each shape that comes, so few should."""
    return -(-tokens // _TOKENS_AT_ONCE) * _TOKENS_AT_ONCE


def _filled_up(states: Tensor) -> Tensor:
    """With rows of zeros behind them."""
    return functional.pad(states, (0, 0, 0, _up(len(states)) - len(states)))


def _common_beginning(examples: Sequence[Example]) -> int:
    """How many tokens all prompts begin with alike; each example keeps at least one of its own."""
    longest = min(e.answer_start for e in examples) - 1
    first = examples[0].ids
    shared = 0
    while shared < longest and all(e.ids[shared] == first[shared] for e in examples):
        shared += 1
    return shared
