"""Free texts: what the base writes from nothing; they hold a trained model to it, outside chat."""

from typing import Any

import torch

from consolidation.examples import Example

_TEXTS, _TEXT_TOKENS = 64, 32
"""So many texts the base writes freely, of so many tokens."""


def free_texts(model: Any, device: torch.device, seed: int) -> tuple[Example, ...]:
    """What a language model writes from nothing, sampled as it predicts; all of it is scored."""
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
    return tuple(Example(tuple(row), 1) for row in rows.tolist())
