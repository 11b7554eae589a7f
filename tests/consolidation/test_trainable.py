"""What is said to be trainable is read by transformers from a GGUF file, and read by the student.

Held on tiny random models of each form: examples packed into one row have the very states that
each has alone.
"""

from typing import Any

import gguf
import pytest
import torch
from transformers import AutoConfig, AutoModelForCausalLM
from transformers.modeling_gguf_pytorch_utils import GGUF_SUPPORTED_ARCHITECTURES

from consolidation.examples import Example
from consolidation.student import Student
from models.outline import TRAINABLE

KINDS = {"gemma3": "gemma3_text"}
"""What transformers calls those that it has another name for."""
SIZES: dict[str, Any] = {
    "vocab_size": 64,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 8,
    "max_position_embeddings": 128,
    "pad_token_id": 0,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "attn_logit_softcapping": 0.05,
}
EXAMPLES = (
    Example((1, 5, 6, 7, 8, 9), 4),
    Example((1, 5, 6, 10, 11), 3),
    Example((1, 5, 12, 13, 14, 15, 16), 5),
)


class _Whole:
    """A model without an adapter, in the place of one with."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def get_base_model(self) -> Any:
        return self._model


@pytest.mark.parametrize("architecture", sorted(TRAINABLE))
def test_both_libraries_know_it(architecture: str) -> None:
    assert architecture in GGUF_SUPPORTED_ARCHITECTURES
    assert architecture in gguf.MODEL_ARCH_NAMES.values()


@torch.no_grad()
@pytest.mark.parametrize("architecture", sorted(TRAINABLE))
def test_the_student_reads_it_as_its_library_does(architecture: str) -> None:
    torch.manual_seed(0)
    config = AutoConfig.for_model(KINDS.get(architecture, architecture), **SIZES)
    model = AutoModelForCausalLM.from_config(config).eval()
    student = Student(_Whole(model), torch.device("cpu"), 1)
    got = student.head(student.hidden(EXAMPLES))
    alone = []
    for example in EXAMPLES:
        logits = model(input_ids=torch.tensor([example.ids])).logits[0]
        alone.append(logits[example.answer_start - 1 : len(example.ids) - 1])
    assert (got - torch.cat(alone)).abs().max().item() < 2e-4
