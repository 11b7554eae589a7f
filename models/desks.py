"""Many short prompts answered at once: each sits at a desk, a sequence of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.base import Sampling
from models.llama import LlamaContext


@dataclass(slots=True)
class _Desk:
    """One of the prompts that are being answered."""

    index: int
    position: int
    token: int
    sampler: Any
    written: int = 0
    pieces: list[bytes] = field(default_factory=list)


def answer_all(
    context: LlamaContext, prompts: Sequence[list[int]], free: list[int], max_tokens: int
) -> Iterator[tuple[int, str]]:
    """Greedy replies (index, reply), as they end. `free` are the sequences that may be used."""
    desks: dict[int, _Desk] = {}
    try:
        yield from _answered(context, prompts, free, desks, max_tokens)
    finally:  # also when the caller wants no more of them
        for sequence, desk in desks.items():
            _clear(context, sequence, desk)


def _answered(
    context: LlamaContext,
    prompts: Sequence[list[int]],
    free: list[int],
    desks: dict[int, _Desk],
    max_tokens: int,
) -> Iterator[tuple[int, str]]:
    waiting = list(enumerate(prompts))[::-1]
    while waiting or desks:
        while waiting and free:
            index, prompt = waiting.pop()
            sequence = free.pop()
            context.decode(prompt, 0, sequence, scored=False)
            sampler = context.new_sampler(Sampling(temperature=0.0))
            desks[sequence] = _Desk(index, len(prompt), context.sample(sampler), sampler)
        done = [
            sequence
            for sequence, desk in desks.items()
            if context.is_end(desk.token) or desk.written == max_tokens
        ]
        for sequence in done:
            desk = desks.pop(sequence)
            _clear(context, sequence, desk)
            free.append(sequence)
            yield desk.index, b"".join(desk.pieces).decode("utf-8", "replace")
        if not desks:
            continue
        context.run([(d.token, d.position, sequence, True) for sequence, d in desks.items()])
        for row, desk in enumerate(desks.values()):
            desk.pieces.append(context.token_bytes(desk.token))
            desk.position += 1
            desk.written += 1
            desk.token = context.sample(desk.sampler, row)


def _clear(context: LlamaContext, sequence: int, desk: _Desk) -> None:
    context.free_sampler(desk.sampler)
    context.clear(sequence)
