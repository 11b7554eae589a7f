"""What a model file is, read off its header: its form and its sizes. Loads no weights."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np

from models.base import WeightsMissing
from models.gguf_file import describe, open_gguf, value_of

TRAINABLE = frozenset(("llama", "qwen2", "qwen3", "phi3", "gemma2", "gemma3", "starcoder2"))
"""Architectures, as GGUF files name them, that transformers reads from one and a night can train.

Held against both by a test. A night looks once more: at the order of rows, in the weights."""


@dataclass(frozen=True, slots=True)
class ModelOutline:
    """A model, without its weights."""

    name: str
    architecture: str
    size_bytes: int
    parameters: int
    vocabulary: int
    width: int
    """Of what goes from block to block, in numbers a token."""
    heads: int
    kept_per_token: int
    """Keys and values of all blocks, in numbers a token."""
    block_edges: tuple[int, ...]
    """Rows and columns of all matrices of a block, added up, by block."""
    context_tokens: int
    has_template: bool
    """Whether it says how a chat is laid out; a base model does not."""
    only_embeds: bool
    """Whether it is made to compare texts, and writes none."""
    unknown_types: tuple[str, ...]
    """Quantisations in it that cannot be undone here."""


def outline_of(path: Path) -> ModelOutline:
    """Read a file's header. Raises `WeightsMissing` for one that holds no whole language model."""
    reader = open_gguf(path)
    info = describe(reader, path)
    name = info.architecture

    def number(key: str, otherwise: int) -> int:
        return int(value_of(reader, f"{name}.{key}", otherwise))

    edges: dict[int, int] = defaultdict(int)
    parameters = width = vocabulary = 0
    for tensor in reader.tensors:
        parameters += int(tensor.n_elements)
        if tensor.name == "token_embd.weight" and len(tensor.shape) == 2:
            width, vocabulary = map(int, tensor.shape)
        elif len(tensor.shape) == 2:
            edges[block_of(tensor.name)] += sum(map(int, tensor.shape))
    try:
        heads = max(info.heads)
        keys = number("attention.key_length", width // heads if heads else 0)
        values = number("attention.value_length", keys)
        only_embeds = int(value_of(reader, f"{name}.pooling_type", 0)) > 0
    except (ValueError, TypeError) as error:
        raise WeightsMissing(f"{path} is damaged ({error}); fetch it again") from error
    return ModelOutline(
        name=info.name,
        architecture=name,
        size_bytes=path.stat().st_size,
        parameters=parameters,
        vocabulary=vocabulary,
        width=width,
        heads=heads,
        kept_per_token=sum(info.kv_heads) * (keys + values),
        block_edges=tuple(edges[block] for block in range(info.block_count)),
        context_tokens=info.context_tokens,
        has_template=bool(info.chat_template),
        only_embeds=only_embeds,
        unknown_types=_unknown_types(reader),
    )


def block_of(tensor: str) -> int:
    """The block that a tensor belongs to; -1 for none."""
    kind, _, rest = tensor.partition(".")
    number = rest.partition(".")[0]
    return int(number) if kind == "blk" and number.isdigit() else -1


def _unknown_types(reader: gguf.GGUFReader) -> tuple[str, ...]:
    unknown = []
    for kind in {tensor.tensor_type for tensor in reader.tensors}:
        _, block_bytes = gguf.GGML_QUANT_SIZES[kind]
        try:
            gguf.dequantize(np.zeros((1, block_bytes), dtype=np.uint8), kind)
        except NotImplementedError:
            unknown.append(kind.name)
    return tuple(sorted(unknown))
