"""General ability: multiple-choice sets by log-probability and held-out perplexity, on a GGUF.

The sets are public and lie outside the repository (`--data`): BLiMP, ARC-Easy, PIQA, WinoGrande and
LAMBADA as JSON lines. Raw text, no chat template; a choice is right when its log-probability for
each character is the highest (for BLiMP and WinoGrande: the whole one's), as evaluation harnesses
count it.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.llama import LlamaContext
from models.llama_model import log_sum_exp

_CONTEXT_TOKENS = 512


@dataclass(frozen=True, slots=True)
class Likely:
    """How likely a continuation is."""

    nats: float
    """Its log-probability."""
    tokens: int
    is_greedy: bool
    """Whether each of its tokens is the likeliest one."""


@dataclass(frozen=True, slots=True)
class Ability:
    """Of one model."""

    right: dict[str, tuple[bool, ...]]
    """Set -> whether each item is right, so that two models can be compared item by item."""
    perplexity: float
    """Of the held-out text, for each token."""


class Scorer:
    """One GGUF file, asked for log-probabilities."""

    def __init__(self, gguf: Path, *, gpu_layers: int = -1, threads: int = 0) -> None:
        self._llama = LlamaContext(
            gguf,
            context_tokens=_CONTEXT_TOKENS,
            side_tokens=0,
            sequences=1,
            gpu_layers=gpu_layers,
            threads=threads,
        )

    def close(self) -> None:
        self._llama.close()

    def likely(self, context: str, continuation: str) -> Likely:
        """Log p(continuation | context), both as raw text."""
        before = self._llama.tokens(context, special=False) or [self._llama.bos]
        whole = self._llama.tokens(context + continuation, special=False)
        shared = 0
        while shared < min(len(before), len(whole) - 1) and before[shared] == whole[shared]:
            shared += 1
        ids = [self._llama.bos, *whole] if shared == 0 else whole
        first = max(shared, 1)
        ids = ids[:_CONTEXT_TOKENS]
        nats, greedy = 0.0, True
        for place, (token, row) in enumerate(self._llama.predictions(ids, 0), start=1):
            if place >= first:
                nats += float(row[token]) - log_sum_exp(row)
                greedy = greedy and int(row.argmax()) == token
        return Likely(nats, len(ids) - first, greedy)


def ability_of(scorer: Scorer, data: Path, share: float = 1.0) -> Ability:
    """What a model can do beside remembering; `share` of each set, evenly taken."""
    right = {
        "blimp": tuple(_blimp(scorer, _rows(data / "blimp.jsonl", share))),
        "arc easy": tuple(_choices(scorer, _rows(data / "arc_easy.jsonl", share))),
        "piqa": tuple(_choices(scorer, _rows(data / "piqa.jsonl", share))),
        "winogrande": tuple(_contexts(scorer, _rows(data / "winogrande.jsonl", share))),
    }
    said = [
        (scorer.likely(row["context"], _spaced(row["continuation"])), row)
        for row in _rows(data / "lambada.jsonl", share)
    ]
    right["lambada"] = tuple(one.is_greedy for one, _ in said)
    texts = [scorer.likely("", row["context"]) for _, row in said]
    nats, tokens = sum(one.nats for one in texts), sum(one.tokens for one in texts)
    return Ability(right, math.exp(-nats / max(tokens, 1)))


def _rows(file: Path, share: float) -> list[dict[str, object]]:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    step = max(round(1 / share), 1)
    return rows[::step]


def _blimp(scorer: Scorer, rows: Sequence[dict[str, object]]) -> Iterator[bool]:
    for row in rows:
        good, bad = (scorer.likely("", str(row[name])).nats for name in ("good", "bad"))
        yield good > bad


def _choices(scorer: Scorer, rows: Sequence[dict[str, object]]) -> Iterator[bool]:
    for row in rows:
        choices = row["choices"]
        assert isinstance(choices, list)
        query = str(row["query"]).rstrip() + "\nAnswer:"
        said = [scorer.likely(query, _spaced(choice)).nats / len(choice) for choice in choices]
        yield said.index(max(said)) == row["gold"]


def _contexts(scorer: Scorer, rows: Sequence[dict[str, object]]) -> Iterator[bool]:
    for row in rows:
        options = row["context_options"]
        assert isinstance(options, list)
        rest = _spaced(str(row["continuation"]))
        said = [scorer.likely(option, rest).nats for option in options]
        yield said.index(max(said)) == row["gold"]


def _spaced(text: str) -> str:
    return text if text[:1].isspace() else f" {text}"
