"""An adapter file in the terms of a base: which tensor, which rows. Knows no arithmetic."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

from models.base import WeightsMissing
from models.gguf_file import BaseInfo, describe

Floats = NDArray[np.float32]

_PERMUTED_ARCHITECTURES = frozenset({"llama"})
"""Their converter interleaves the two halves of each head's rows in q and k."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """Low-rank changes of a base's tensors, rows in the order of its file."""

    alpha: float
    pairs: dict[str, tuple[Floats, Floats]]
    """Tensor name in the GGUF file -> A (r, in), B (out, r)."""


def read_adapter(
    adapter: Path, reader: gguf.GGUFReader, base: Path, alpha: float | None
) -> Adapter:
    """The safetensors file `adapter`, in PEFT's naming, fitted to the opened base.

    `alpha` is read from the file's metadata when it is None. Raises `WeightsMissing` if the
    file cannot be read, `ValueError` if it does not fit the base or is not finite.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(adapter, framework="np") as file:
            stored = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
            metadata = file.metadata() or {}
    except (OSError, SafetensorError) as error:
        raise WeightsMissing(f"adapter {adapter} cannot be read: {error}") from error
    if alpha is None:
        alpha = _stored_alpha(adapter, metadata)
    info = describe(reader, base)
    tensor_name = tensor_names(info)
    shapes = {t.name: tuple(t.shape[::-1].tolist()) for t in reader.tensors}
    pairs: dict[str, tuple[Floats, Floats]] = {}
    for module, (a, b) in _modules(adapter, stored).items():
        name = tensor_name(module)
        if name is None or not name.startswith("blk.") or name not in shapes:
            raise ValueError(f"{adapter}: {base} has no linear layer {module}; train without it")
        if (*b.shape[:1], *a.shape[1:]) != shapes[name] or a.shape[:1] != b.shape[1:]:
            raise ValueError(
                f"{adapter}: A {a.shape} and B {b.shape} of {module} do not fit weights "
                f"{shapes[name]}; the adapter was trained on another base than {base}"
            )
        if not (np.isfinite(a).all() and np.isfinite(b).all()):
            raise ValueError(f"{adapter}: {module} is not finite; lower the learning rate")
        rows = in_file_order(b.astype(np.float32), name, info)
        pairs[name] = (a.astype(np.float32), rows)
    if not pairs:
        raise ValueError(f"{adapter} holds no layers; train it again")
    return Adapter(alpha, pairs)


def tensor_names(info: BaseInfo) -> Callable[[str], str | None]:
    """Module name in transformers -> tensor name in the GGUF file, None if it has none."""
    known = {name: arch for arch, name in gguf.MODEL_ARCH_NAMES.items()}
    if info.architecture not in known:
        raise ValueError(f"architecture {info.architecture!r} is unknown; update package gguf")
    names = gguf.get_tensor_name_map(known[info.architecture], info.block_count)

    def tensor_name(module: str) -> str | None:
        name = names.get_name(module)
        return None if name is None else f"{name}.weight"

    return tensor_name


def in_file_order(rows: Floats, tensor: str, info: BaseInfo) -> Floats:
    """Rows (out, any) of a weight in transformers' order, in the order that the file stores.

    Source: `LlamaModel.permute` in llama.cpp's convert_hf_to_gguf.py.
    """
    block, kind = tensor.split(".")[1:3]
    if info.architecture not in _PERMUTED_ARCHITECTURES or kind not in ("attn_q", "attn_k"):
        return rows
    heads = (info.heads if kind == "attn_q" else info.kv_heads)[int(block)]
    halves = rows.reshape(heads, 2, len(rows) // heads // 2, -1)
    return np.ascontiguousarray(halves.swapaxes(1, 2)).reshape(rows.shape)


def _modules(adapter: Path, stored: dict[str, Floats]) -> dict[str, tuple[Floats, Floats]]:
    """Module name in transformers -> A, B."""
    halves: dict[str, dict[str, Floats]] = {}
    for key, tensor in stored.items():
        module, _, half = key.removeprefix("base_model.model.").partition(".lora_")
        half = half.removesuffix(".weight").removesuffix(".default")
        if half not in ("A", "B"):
            raise ValueError(f"{adapter}: {key} cannot be merged; train plain LoRA (no DoRA, bias)")
        halves.setdefault(module, {})[half] = tensor
    for module, found in halves.items():
        if len(found) != 2:
            raise ValueError(f"{adapter}: {module} has only lora_{min(found)}; train it again")
    return {module: (found["A"], found["B"]) for module, found in halves.items()}


def _stored_alpha(adapter: Path, metadata: dict[str, str]) -> float:
    try:
        return float(metadata["alpha"])
    except KeyError:
        raise ValueError(f'{adapter} names no "alpha" in its metadata; give alpha') from None
    except ValueError:
        raise ValueError(f"{adapter}: alpha {metadata['alpha']!r} must be a number") from None
