"""Room: how much of the disk a night needs, worked out from the base's file. Writes nothing."""

import math
import shutil
from pathlib import Path

from assistant.settings import Settings

_BITS = {"Q8_0": 8.5, "F16": 16.0, "BF16": 16.0, "F32": 32.0}
_CHECKPOINT_ADAPTERS = 5
"""A checkpoint holds the adapter, its average, two moments of Adam, and a little beside."""
_BESIDE_BYTES = 150_000_000
"""Texts and answers of the base, the database's growth, logs; and no disk is filled to the brim."""


class NoRoom(RuntimeError):
    """The disk has too little room for a night."""


def needed_bytes(settings: Settings) -> int:
    """What a night writes at most, at one time. Raises `WeightsMissing`.

    While a file is written its predecessor stays: the merged model and the checkpoint count twice.
    """
    from models.gguf_file import describe, open_gguf
    from models.outline import block_of

    training = settings.training
    reader = open_gguf(settings.backbone_gguf)
    layers = describe(reader, settings.backbone_gguf).block_count
    first = layers - math.ceil(layers * training.upper_layers)
    parameters, merged, adapter = 0, 0.0, 0
    for tensor in reader.tensors:
        elements = int(tensor.n_elements)
        parameters += elements
        if len(tensor.shape) == 2 and block_of(tensor.name) >= first:
            merged += elements * _BITS[training.merge_type] / 8
            adapter += 4 * training.rank * sum(map(int, tensor.shape))
        else:
            merged += int(tensor.n_bytes)
    needed = 2 * merged + adapter * (1 + 2 * _CHECKPOINT_ADAPTERS) + _BESIDE_BYTES
    return round(needed) + _first_time_bytes(settings, parameters)


def free_bytes(folder: Path) -> int:
    """The room on the disk of a folder that exists."""
    return shutil.disk_usage(folder).free


def lack_of_room(settings: Settings) -> str | None:
    """What is missing for a night, as what it "needs"; None where there is enough.

    Raises `WeightsMissing`.
    """
    needed, free = needed_bytes(settings), free_bytes(settings.home)
    if free >= needed:
        return None
    return f"needs about {needed / 1e9:.1f} GB free in {settings.home}, {free / 1e9:.1f} GB there"


def _first_time_bytes(settings: Settings, parameters: int) -> int:
    """The first night on a base writes it anew for training: a copy without its vocabulary, and
    the weights in the type that they are trained in."""
    for kept in settings.cache_folder.glob("*/*/*.safetensors"):
        if kept.stat().st_size >= 1.9 * parameters:
            return 0
    per_weight = 2 if settings.training.dtype == "bfloat16" else 4
    return settings.backbone_gguf.stat().st_size + per_weight * parameters
