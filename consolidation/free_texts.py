"""Free texts: what the base writes from nothing; they hold a trained model to it, outside chat.

Many, so that a night sees each about once: sixty-four were learned by heart, and held no more.
"""

from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from consolidation.examples import Example
from consolidation.student import Student
from models.durable import replacing

_TEXTS, _TEXT_TOKENS = 512, 32
"""So many texts the base writes freely, of so many tokens."""
_AT_ONCE = 64


def free_texts(
    base: Any, student: Student, device: torch.device, seed: int, kept: Path
) -> tuple[tuple[Example, ...], list[Tensor]]:
    """Texts, scored whole, and the base's final hidden states for each, shape (tokens, width).

    `student` must be as the base is. Sampling takes minutes on a processor: texts and states are in
    the file `kept` from then on.
    """
    found = _read(kept, device)
    if found is None:
        ids = _sampled(base, device, seed)
        states = student.answer_states(_examples(ids))
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(kept) as part:
            save_file({"ids": ids.cpu(), "states": torch.stack(states).cpu()}, part)
        found = ids, torch.stack(states)
    ids, all_states = found
    return _examples(ids), list(all_states)


def _read(kept: Path, device: torch.device) -> tuple[Tensor, Tensor] | None:
    """The ids and states in the file; None where there is none, or none that can be read."""
    try:
        with safe_open(kept, "pt", device=str(device)) as file:
            return file.get_tensor("ids"), file.get_tensor("states")
    except (OSError, SafetensorError):
        return None


def _examples(ids: Tensor) -> tuple[Example, ...]:
    return tuple(Example(tuple(row), 1) for row in ids.tolist())


def _sampled(base: Any, device: torch.device, seed: int) -> Tensor:
    """As the base predicts, from nothing; shape (texts, 1 + tokens)."""
    torch.manual_seed(seed)
    beginning = torch.full((_AT_ONCE, 1), base.config.bos_token_id, device=device)
    with torch.no_grad():
        rows = [
            base.generate(
                beginning,
                attention_mask=torch.ones_like(beginning),
                do_sample=True,
                top_k=0,
                min_new_tokens=_TEXT_TOKENS,
                max_new_tokens=_TEXT_TOKENS,
                pad_token_id=base.config.bos_token_id,
            )
            for _ in range(_TEXTS // _AT_ONCE)
        ]
    return torch.cat(rows)
