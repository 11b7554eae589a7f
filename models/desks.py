"""Many short prompts answered at once: each sits at a desk, a sequence of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.base import Sampling
from models.llama import BATCH_TOKENS, LlamaContext
from models.loops import is_looping


@dataclass(slots=True)
class _Desk:
    """One of the prompts that are being answered."""

    index: int
    position: int
    token: int
    sampler: Any
    written: list[int] = field(default_factory=list)


class Desks:
    """Greedy replies to many prompts, as many at a time as there are sequences for it."""

    def __init__(self, context: LlamaContext, *, beginning: int, sequences: Sequence[int]) -> None:
        """`beginning` is a sequence for what all prompts begin with, read once for all."""
        self._context = context
        self._beginning = beginning
        self._free = list(sequences)
        self._taken: dict[int, _Desk] = {}

    def answers(self, prompts: Sequence[list[int]], max_tokens: int) -> Iterator[tuple[int, str]]:
        """(index, reply), as they end."""
        shared = _common_beginning(prompts)
        try:
            self._read(prompts[0][:shared] if prompts else [], 0, self._beginning)
            waiting = list(enumerate(prompts))[::-1]
            while waiting or self._taken:
                count = min(len(waiting), len(self._free))
                self._seat([waiting.pop() for _ in range(count)], shared)
                yield from self._finished(max_tokens)
                self._go_on()
        finally:  # also when the caller wants no more of them
            for sequence in list(self._taken):
                self._leave(sequence)
            self._context.clear(self._beginning)

    def _seat(self, prompts: Sequence[tuple[int, list[int]]], shared: int) -> None:
        """Read prompts, their ends all in one run; each then has its first token."""
        if not prompts:
            return
        entries: list[tuple[int, int, int, bool]] = []
        ends: list[tuple[int, list[int], int, int]] = []
        for index, prompt in prompts:
            sequence = self._free.pop()
            if shared:
                self._context.copy(self._beginning, sequence, shared)
            tail = max(shared, len(prompt) - BATCH_TOKENS // len(prompts))
            self._read(prompt[shared:tail], shared, sequence)
            last = len(prompt) - 1
            entries += [(prompt[i], i, sequence, i == last) for i in range(tail, len(prompt))]
            ends.append((index, prompt, sequence, len(entries) - 1))
        self._context.run(entries)
        for index, prompt, sequence, row in ends:
            sampler = self._context.new_sampler(Sampling(temperature=0.0))
            token = self._context.sample(sampler, row)
            self._taken[sequence] = _Desk(index, len(prompt), token, sampler)

    def _read(self, tokens: list[int], position: int, sequence: int) -> None:
        for start in range(0, len(tokens), BATCH_TOKENS):
            part = tokens[start : start + BATCH_TOKENS]
            self._context.decode(part, position + start, sequence, scored=False)

    def _finished(self, max_tokens: int) -> Iterator[tuple[int, str]]:
        for sequence, desk in list(self._taken.items()):
            is_full = len(desk.written) == max_tokens or is_looping(desk.written)
            if is_full or self._context.is_end(desk.token):
                self._leave(sequence)
                written = b"".join(map(self._context.token_bytes, desk.written))
                yield desk.index, written.decode("utf-8", "replace")

    def _go_on(self) -> None:
        """One more token at every desk."""
        if not self._taken:
            return
        desks = list(self._taken.values())
        self._context.run([(d.token, d.position, s, True) for s, d in self._taken.items()])
        for row, desk in enumerate(desks):
            desk.written.append(desk.token)
            desk.position += 1
            desk.token = self._context.sample(desk.sampler, row)

    def _leave(self, sequence: int) -> None:
        self._context.free_sampler(self._taken.pop(sequence).sampler)
        self._context.clear(sequence)
        self._free.append(sequence)


def _common_beginning(prompts: Sequence[list[int]]) -> int:
    """How many tokens all prompts begin with; each keeps at least its last for itself."""
    if not prompts:
        return 0
    least, most = min(prompts), max(prompts)
    longest = min(map(len, prompts)) - 1
    pairs = zip(least, most, strict=False)
    differs = (place for place, (a, b) in enumerate(pairs) if a != b)
    return min(next(differs, longest), longest)
