"""The GGUF container: open it with every check, copy it byte by byte. Knows no arithmetic."""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

from models.base import WeightsMissing


@dataclass(frozen=True, slots=True)
class BaseInfo:
    """What a GGUF file says of the model in it."""

    architecture: str
    name: str
    block_count: int
    heads: tuple[int, ...]
    """Attention heads of each block."""
    kv_heads: tuple[int, ...]
    """Key and value heads of each block."""
    context_tokens: int
    file_type: int
    """llama.cpp's number for the mix of quantisations (`gguf.LlamaFileType`); -1: unsaid."""
    chat_template: str | None


def open_gguf(path: Path) -> gguf.GGUFReader:
    """A reader whose every field and tensor lies inside the file; weights stay on disk.

    Raises `WeightsMissing` when the file is missing, cut short, damaged, or one part of several.
    """
    if not path.is_file():
        raise WeightsMissing(f"{path} not found; run `reverie doctor`")
    try:
        with path.open("rb") as file:
            if file.read(4) != b"GGUF":
                raise WeightsMissing(f"{path} is not a GGUF file; name one in model.gguf")
        with np.errstate(all="ignore"):
            reader = _QuickReader(path)
        parts = int(value_of(reader, "split.count", 1))
    except (ValueError, LookupError, ArithmeticError, TypeError, struct.error) as error:
        raise WeightsMissing(f"{path} is cut short or damaged ({error}); fetch it again") from error
    except OSError as error:
        raise WeightsMissing(f"{path} cannot be read: {error.strerror}") from error
    if reader.byte_order == "S":
        raise WeightsMissing(f"{path} has the byte order of another machine; convert it")
    if parts > 1:
        raise WeightsMissing(f"{path} is part of a split model; join it with llama-gguf-split")
    return reader


def describe(reader: gguf.GGUFReader, path: Path) -> BaseInfo:
    """What the file at `path` says of its model; `WeightsMissing` if it holds none."""
    try:
        architecture = str(value_of(reader, "general.architecture", ""))
        blocks = int(value_of(reader, f"{architecture}.block_count", 0))
        # Each block has tensors, which bounds what a damaged count can make us hold.
        if not 0 < blocks <= len(reader.tensors):
            raise WeightsMissing(f"{path} holds no language model; name another in model.gguf")
        heads = value_of(reader, f"{architecture}.attention.head_count", 0)
        kv_heads = value_of(reader, f"{architecture}.attention.head_count_kv", heads)
        template = value_of(reader, "tokenizer.chat_template")
        return BaseInfo(
            architecture=architecture,
            name=str(value_of(reader, "general.name", path.stem)),
            block_count=blocks,
            heads=_per_block(heads, blocks),
            kv_heads=_per_block(kv_heads, blocks),
            context_tokens=int(value_of(reader, f"{architecture}.context_length", 0)),
            file_type=int(value_of(reader, "general.file_type", -1)),
            chat_template=None if template is None else str(template),
        )
    except (ValueError, TypeError) as error:
        raise WeightsMissing(f"{path} is damaged ({error}); fetch it again") from error


def value_of(reader: gguf.GGUFReader, key: str, otherwise: Any = None) -> Any:
    """A metadata entry's value, or what stands in for one that is not there."""
    field = reader.fields.get(key)
    return otherwise if field is None else field.contents()


def raw_fields(reader: gguf.GGUFReader) -> dict[str, bytes]:
    """Each metadata entry, by key, as the bytes that stand in the file."""
    return {
        key: b"".join(part.tobytes() for part in field.parts)
        for key, field in reader.fields.items()
        if not key.startswith("GGUF.")
    }


def number_field(key: str, number: int) -> bytes:
    """A metadata entry of an unsigned 32-bit number, as it stands in a file."""
    name = key.encode()
    kind = gguf.GGUFValueType.UINT32
    return struct.pack(f"<Q{len(name)}sII", len(name), name, kind, number)


def without_vocabulary(reader: gguf.GGUFReader, architecture: str) -> dict[str, bytes]:
    """The raw metadata less the tokenizer's arrays, with the vocabulary's size in their stead."""
    fields = raw_fields(reader)
    for key, field in reader.fields.items():
        if not key.startswith("tokenizer.") or field.types[0] != gguf.GGUFValueType.ARRAY:
            continue
        del fields[key]
        size_key = f"{architecture}.vocab_size"
        if key == "tokenizer.ggml.tokens" and size_key not in fields:
            (size,) = struct.unpack_from("<Q", field.parts[-2], 4)
            fields[size_key] = number_field(size_key, size)
    return fields


def write_copy(
    out: Path,
    reader: gguf.GGUFReader,
    fields: Mapping[str, bytes],
    tensors: Iterable[NDArray[Any]],
    types: Mapping[str, gguf.GGMLQuantizationType],
) -> None:
    """Write `fields` and the reader's tensors with new data, one of them in memory at a time.

    `tensors` come in the reader's order; `types` names those stored otherwise than before.
    """
    align = int(reader.alignment)
    counts = (len(reader.tensors), len(fields))
    header = [struct.pack("<4sIQQ", b"GGUF", gguf.GGUF_VERSION, *counts), *fields.values()]
    sizes: list[int] = []
    place = 0
    for tensor in reader.tensors:
        name, shape = tensor.name.encode(), tensor.shape.tolist()
        kind = types.get(tensor.name, tensor.tensor_type)
        block_length, block_bytes = gguf.GGML_QUANT_SIZES[kind]
        sizes.append(tensor.n_elements // block_length * block_bytes)
        header.append(struct.pack(f"<Q{len(name)}sI", len(name), name, len(shape)))
        header.append(struct.pack(f"<{len(shape)}QIQ", *shape, kind, place))
        place += sizes[-1] + -sizes[-1] % align
    with out.open("wb") as file:
        file.write(b"".join(header))
        file.write(bytes(-file.tell() % align))
        for data, size in zip(tensors, sizes, strict=True):
            if data.nbytes != size:
                raise ValueError(f"a tensor of {data.nbytes} bytes stands where {size} belong")
            file.write(np.ascontiguousarray(data).data)
            file.write(bytes(-size % align))


def _per_block(count: Any, blocks: int) -> tuple[int, ...]:
    return tuple(int(n) for n in count) if isinstance(count, list) else (int(count),) * blocks


class _QuickReader(gguf.GGUFReader):  # type: ignore[misc]
    """The package's reader, with arrays taken whole: 0.1 s for 262,144 tokens instead of 10."""

    def _get_field_parts(
        self, orig_offs: int, raw_type: int
    ) -> tuple[int, list[NDArray[Any]], list[int], list[gguf.GGUFValueType]]:
        if raw_type != gguf.GGUFValueType.ARRAY:
            size, parts, places, types = super()._get_field_parts(orig_offs, raw_type)
            return size, parts, places, types
        kind, count = struct.unpack_from("<IQ", self.data, orig_offs)
        item_type = gguf.GGUFValueType(kind)
        start = end = orig_offs + 12
        if item_type == gguf.GGUFValueType.STRING:
            for _ in range(count):
                end += 8 + struct.unpack_from("<Q", self.data, end)[0]
            values: NDArray[Any] = self.data[start:end]
        else:
            scalar = np.dtype(self.gguf_scalar_to_np[item_type])
            end += count * scalar.itemsize
            values = self.data[start:end].view(scalar)
        if end > len(self.data):
            raise ValueError(f"an array of {count} values ends after the file does")
        array = [gguf.GGUFValueType.ARRAY, item_type]
        return end - orig_offs, [self.data[orig_offs:start], values], [1], array
