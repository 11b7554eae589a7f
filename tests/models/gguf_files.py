"""Model files of any size that take next to no room: a true header, and a hole for the weights."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np


def write_model(
    path: Path,
    *,
    architecture: str = "llama",
    blocks: int = 2,
    width: int = 64,
    inner: int = 128,
    vocabulary: int = 96,
    heads: int = 4,
    kv_heads: int = 2,
    context_tokens: int = 2048,
    kind: gguf.GGMLQuantizationType = gguf.GGMLQuantizationType.F16,
    template: str | None = "{{ messages }}",
    pooling: int | None = None,
    parts: int = 1,
) -> Path:
    """Write a model whose matrices are all stored as `kind`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(blocks)
    writer.add_embedding_length(width)
    writer.add_context_length(context_tokens)
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    if template is not None:
        writer.add_chat_template(template)
    if pooling is not None:
        writer.add_uint32(f"{architecture}.pooling_type", pooling)
    if parts > 1:
        writer.add_uint16("split.count", parts)
    kv_width = width // heads * kv_heads
    shapes: dict[str, tuple[int, int]] = {"token_embd": (vocabulary, width)}
    for block in range(blocks):
        shapes |= {
            f"blk.{block}.attn_q": (width, width),
            f"blk.{block}.attn_k": (kv_width, width),
            f"blk.{block}.attn_v": (kv_width, width),
            f"blk.{block}.ffn_up": (inner, width),
            f"blk.{block}.ffn_down": (width, inner),
        }
    block_length, block_bytes = gguf.GGML_QUANT_SIZES[kind]
    align, total = 32, 0
    for name, (rows, columns) in shapes.items():
        size = rows * columns // block_length * block_bytes
        stored: Any = np.dtype(np.uint8)
        raw_shape = (rows, columns // block_length * block_bytes)
        writer.add_tensor_info(f"{name}.weight", raw_shape, stored, size, raw_dtype=kind)
        total += size + -size % align
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    writer.close()
    header = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(header + -header % align + total)
    return path
