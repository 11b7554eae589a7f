"""Base and adapter become a model: merged for chat, as a LoRA file, or in torch for training.

A merged model is always the frozen base plus one adapter, added in float32 and quantised once.
Knows no training; imports torch and transformers only inside the functions that need them.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from hashlib import file_digest
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gguf
import numpy as np
from numpy.typing import NDArray

from models.adapter import Floats, in_file_order, read_adapter, tensor_names
from models.durable import replacing, sync
from models.gguf_file import (
    BaseInfo,
    describe,
    number_field,
    open_gguf,
    raw_fields,
    without_vocabulary,
    write_copy,
)

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel

__all__ = [
    "MERGE_TYPES",
    "BaseInfo",
    "linear_targets",
    "load_base_for_training",
    "read_metadata",
    "write_adapter",
    "write_merged",
]

MERGE_TYPES = {
    "F32": (gguf.LlamaFileType.ALL_F32, float(np.finfo(np.float32).max)),
    "F16": (gguf.LlamaFileType.MOSTLY_F16, 65504.0),
    "BF16": (gguf.LlamaFileType.MOSTLY_BF16, 3.38e38),
    "Q8_0": (gguf.LlamaFileType.MOSTLY_Q8_0, 65504.0 * 127),
}
"""How touched tensors can be stored: the file type to declare, and the largest weight.

Four and five bits are not offered: they are coarser than what a night changes.
"""


def read_metadata(path: Path) -> BaseInfo:
    """What the file says of its model, without reading its weights.

    Raises `WeightsMissing` when the file is missing, cut short, or not one whole model.
    """
    return describe(open_gguf(path), path)


def write_merged(
    base: Path,
    adapter: Path,
    out: Path,
    *,
    alpha: float | None = None,
    strength: float = 1.0,
    tensor_type: str = "Q8_0",
    progress: Callable[[float], None] | None = None,
) -> None:
    """Write base + strength · alpha / r · B A as GGUF at `out`, whole or not at all, mode 0600.

    `adapter` is a safetensors file in PEFT's naming: A (r, in), B (out, r). `alpha` is taken
    from its metadata when it is None. Tensors that the adapter does not touch, and all metadata
    but the file type, are copied byte by byte. A touched tensor whose rows do not fill whole
    blocks of `tensor_type` becomes F16. `progress` hears the share done, up to 1.

    Raises `WeightsMissing` for a file that cannot be read, `ValueError` for an adapter that does
    not fit the base or is not finite. Source: Hu et al. 2021, "LoRA", section 4.1.
    """
    if tensor_type not in MERGE_TYPES:
        raise ValueError(f"tensor_type {tensor_type!r} must be one of {', '.join(MERGE_TYPES)}")
    reader = open_gguf(base)
    lora = read_adapter(adapter, reader, base, alpha)
    scale = strength * lora.alpha
    rows = {t.name: int(t.shape[0]) for t in reader.tensors}
    types = {name: _storable(tensor_type, rows[name]) for name in lora.pairs}
    fields = raw_fields(reader)
    fields["general.file_type"] = number_field("general.file_type", MERGE_TYPES[tensor_type][0])

    def tensors() -> Iterator[NDArray[Any]]:
        done = 0
        for tensor in reader.tensors:
            if tensor.name not in lora.pairs:
                yield tensor.data
                continue
            a, b = lora.pairs[tensor.name]
            merged = _dequantised(tensor, base) + np.float32(scale / len(a)) * (b @ a)
            kind = types[tensor.name]
            if not np.abs(merged).max() <= MERGE_TYPES[kind.name][1]:
                raise ValueError(f"{adapter}: {tensor.name} would not be finite as {kind.name}")
            yield gguf.quantize(merged, kind)
            done += 1
            if progress is not None:
                progress(done / len(lora.pairs))

    with replacing(out) as part:
        write_copy(part, reader, fields, tensors(), types)


def write_adapter(adapter: Path, base: Path, out: Path, *, alpha: float | None = None) -> None:
    """Write the adapter as a llama.cpp LoRA file at `out`, float32, whole or not at all.

    llama.cpp scales by alpha / r, as `write_merged` does. Raises as `write_merged`.
    """
    reader = open_gguf(base)
    lora = read_adapter(adapter, reader, base, alpha)
    with replacing(out) as part:
        writer = gguf.GGUFWriter(part, describe(reader, base).architecture)
        writer.add_type(gguf.GGUFType.ADAPTER)
        writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
        writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, lora.alpha)
        for name, (a, b) in lora.pairs.items():
            writer.add_tensor(f"{name}.lora_a", np.ascontiguousarray(a))
            writer.add_tensor(f"{name}.lora_b", np.ascontiguousarray(b))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()


def load_base_for_training(
    base: Path,
    cache_folder: Path,
    dtype: "torch.dtype",
    device: "torch.device | str",
    *,
    sha256: str | None = None,
) -> "PreTrainedModel":
    """The base in torch, dequantised once into `cache_folder` and loaded from there afterwards.

    The cache is kept in `dtype`, one folder for each: a load casts to `dtype` anyway, so a
    smaller cache gives the same numbers. For float32 no smaller type is exact: the codes of a
    quantised weight times its 16-bit scale need more than 11 bits. `sha256` of the GGUF file
    saves hashing it. Reads nothing from the network.

    Raises `WeightsMissing` for a file that cannot be read, `ValueError` for an architecture
    that transformers does not know or whose weights it lays out otherwise than the file.
    """
    from safetensors import SafetensorError
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()
    reader = open_gguf(base)
    if sha256 is None:
        with base.open("rb") as file:
            sha256 = file_digest(file, "sha256").hexdigest()
    folder = cache_folder / sha256 / str(dtype).removeprefix("torch.")

    def load() -> "PreTrainedModel":
        model: PreTrainedModel = AutoModelForCausalLM.from_pretrained(
            folder, dtype=dtype, local_files_only=True, use_safetensors=True
        )
        return model.to(device)

    if folder.is_dir():
        try:
            return load()
        except (OSError, ValueError, SafetensorError):
            shutil.rmtree(folder)  # damaged: it is made anew from the base
    _convert(reader, base, folder, dtype)
    return load()


def linear_targets(model: "PreTrainedModel", base: Path) -> list[str]:
    """Names of the linear layers that an adapter may touch: those that `base` stores alike.

    The embedding and the head are left out. For `target_modules` of a peft `LoraConfig`.
    """
    return list(_linear_tensors(model, open_gguf(base), base))


def _storable(tensor_type: str, row_length: int) -> gguf.GGMLQuantizationType:
    kind = gguf.GGMLQuantizationType[tensor_type]
    block_length, _ = gguf.GGML_QUANT_SIZES[kind]
    return gguf.GGMLQuantizationType.F16 if row_length % block_length else kind


def _dequantised(tensor: gguf.ReaderTensor, base: Path) -> Floats:
    try:
        values: Floats = gguf.dequantize(tensor.data, tensor.tensor_type)
    except NotImplementedError as error:
        raise ValueError(f"{base}: {error}; name a base in another quantisation") from error
    return values


def _linear_tensors(
    model: "PreTrainedModel", reader: gguf.GGUFReader, base: Path
) -> dict[str, gguf.ReaderTensor]:
    """Module name -> the tensor of its weight in the file."""
    import torch

    tensor_name = tensor_names(describe(reader, base))
    stored = {t.name: t for t in reader.tensors if t.name.startswith("blk.")}
    found = {}
    for module_name, module in model.named_modules():
        tensor = stored.get(tensor_name(module_name) or "")
        if tensor is None or not isinstance(module, torch.nn.Linear):
            continue
        if tuple(tensor.shape[::-1].tolist()) == tuple(module.weight.shape):
            found[module_name] = tensor
    return found


def _convert(reader: gguf.GGUFReader, base: Path, folder: Path, dtype: "torch.dtype") -> None:
    """Dequantise the base into a folder of transformers' own format, whole or not at all.

    transformers reads a copy without the vocabulary: it does not need it, and takes up to half
    a minute to parse it.
    """
    from transformers import AutoModelForCausalLM, GgufConfig

    fields = without_vocabulary(reader, describe(reader, base).architecture)
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    try:
        slim = part / "slim.gguf"
        write_copy(slim, reader, fields, (t.data for t in reader.tensors), {})
        with redirect_stderr(StringIO()):  # a progress bar that has no switch
            model: PreTrainedModel = AutoModelForCausalLM.from_pretrained(
                part,
                gguf_file=slim.name,
                dtype=dtype,
                local_files_only=True,
                # Else weights stay packed, for kernels that it would fetch from the network.
                quantization_config=GgufConfig(dequantize=True),
            )
        slim.unlink()
        _check_layout(model, reader, base)
        model.save_pretrained(part)
        for file in part.iterdir():
            sync(file)
        part.replace(folder)
        sync(folder.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _check_layout(model: "PreTrainedModel", reader: gguf.GGUFReader, base: Path) -> None:
    """Hold one layer of each kind against the file, so that no adapter lands on other rows."""
    import torch

    info = describe(reader, base)
    linear = _linear_tensors(model, reader, base)
    if not linear:
        raise ValueError(f"{base}: no linear layer of {info.architecture!r} can be trained")
    one_of_each = {tensor.name.split(".", 2)[2]: name for name, tensor in linear.items()}
    for name in one_of_each.values():
        weight = model.get_submodule(name).weight.detach()
        stored = torch.from_numpy(np.array(_dequantised(linear[name], base))).to(weight.dtype)
        ours = in_file_order(weight.float().numpy(), linear[name].name, info)
        if not np.array_equal(ours, stored.float().numpy()):
            raise ValueError(
                f"{base}: {name} of {info.architecture!r} has its rows in another order than "
                "transformers, so no adapter can be merged; name another model in model.gguf"
            )
