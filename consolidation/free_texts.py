"""Free texts: what the base writes from nothing; they hold a trained model to it, outside chat."""

from pathlib import Path
from typing import Any

import torch

from consolidation.examples import Example
from models.durable import read_json, write_json

_TEXTS, _TEXT_TOKENS = 64, 32
"""So many texts the base writes freely, of so many tokens."""


def free_texts(model: Any, device: torch.device, seed: int, kept: Path) -> tuple[Example, ...]:
    """What a language model writes from nothing, sampled as it predicts; all of it is scored.

    Sampling takes seconds: what was sampled is in the file `kept` from then on.
    """
    rows = read_json(kept).get("texts")
    if rows is None:
        rows = _sampled(model, device, seed)
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_json(kept, {"texts": rows})
    return tuple(Example(tuple(row), 1) for row in rows)


def _sampled(model: Any, device: torch.device, seed: int) -> list[list[int]]:
    torch.manual_seed(seed)
    beginning = torch.full((_TEXTS, 1), model.config.bos_token_id, device=device)
    with torch.no_grad():
        rows = model.generate(
            beginning,
            attention_mask=torch.ones_like(beginning),
            do_sample=True,
            top_k=0,
            min_new_tokens=_TEXT_TOKENS,
            max_new_tokens=_TEXT_TOKENS,
            pad_token_id=model.config.bos_token_id,
        )
    sampled: list[list[int]] = rows.tolist()
    return sampled
