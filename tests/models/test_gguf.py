"""What a merge keeps, what it changes, and what it refuses, on a small made-up base."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from models.adapter import in_file_order
from models.base import WeightsMissing
from models.gguf import read_metadata, write_adapter, write_merged

WIDTH, ROWS, KV_ROWS = 64, 64, 32
SHAPES = {"attn_q": (ROWS, WIDTH), "attn_k": (KV_ROWS, WIDTH), "ffn_down": (WIDTH, 96)}
MODULES = {"attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "ffn_down": "mlp.down_proj"}
ALPHA, RANK = 16.0, 4


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Two blocks of the llama architecture, four heads, two kv heads, weights in Q4_1."""
    return write_base(tmp_path / "base.gguf")


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    return write_lora(tmp_path / "adapter.safetensors")


def write_base(path: Path, shapes: dict[str, tuple[int, int]] = SHAPES) -> Path:
    random = np.random.default_rng(0)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Small")
    writer.add_block_count(2)
    writer.add_context_length(128)
    writer.add_head_count(4)
    writer.add_head_count_kv(2)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_1)
    writer.add_token_list(["one", "zwei", "trois"])
    writer.add_token_scores([0.5, 0.25, -1.0])
    writer.add_chat_template("{{ messages }}")
    writer.add_tensor("token_embd.weight", random.normal(size=(3, WIDTH)).astype(np.float32))
    for block in range(2):
        norm = random.normal(size=WIDTH).astype(np.float32)
        writer.add_tensor(f"blk.{block}.attn_norm.weight", norm)
        for name, shape in shapes.items():
            q4_1 = gguf.GGMLQuantizationType.Q4_1
            weight = gguf.quantize(random.normal(size=shape).astype(np.float32), q4_1)
            writer.add_tensor(f"blk.{block}.{name}.weight", weight, raw_dtype=q4_1)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def lora_tensors(names: tuple[str, ...] = tuple(SHAPES)) -> dict[str, NDArray[np.float32]]:
    """Block 1 alone is touched."""
    random = np.random.default_rng(1)
    tensors = {}
    for name in names:
        key = f"base_model.model.model.layers.1.{MODULES[name]}"
        rows, width = SHAPES[name]
        tensors[f"{key}.lora_A.weight"] = random.normal(size=(RANK, width)).astype(np.float32)
        tensors[f"{key}.lora_B.weight"] = random.normal(size=(rows, RANK)).astype(np.float32)
    return tensors


def write_lora(path: Path, tensors: dict[str, NDArray[np.float32]] | None = None) -> Path:
    save_file(lora_tensors() if tensors is None else tensors, path, metadata={"alpha": str(ALPHA)})
    return path


def tensors_of(path: Path) -> dict[str, gguf.ReaderTensor]:
    return {tensor.name: tensor for tensor in gguf.GGUFReader(path).tensors}


def weights(tensor: gguf.ReaderTensor) -> NDArray[np.float32]:
    values: NDArray[np.float32] = gguf.dequantize(tensor.data, tensor.tensor_type)
    return values


def test_metadata_tell_what_the_model_is(base: Path) -> None:
    info = read_metadata(base)
    assert (info.architecture, info.name, info.block_count) == ("llama", "Small", 2)
    assert (info.heads, info.kv_heads, info.context_tokens) == ((4, 4), (2, 2), 128)
    assert (info.file_type, info.chat_template) == (3, "{{ messages }}")


def test_a_touched_tensor_is_base_plus_scaled_delta(
    base: Path, adapter: Path, tmp_path: Path
) -> None:
    write_merged(base, adapter, tmp_path / "out.gguf", tensor_type="F32")
    old, new, lora = tensors_of(base), tensors_of(tmp_path / "out.gguf"), lora_tensors()
    key = f"base_model.model.model.layers.1.{MODULES['ffn_down']}"
    delta = ALPHA / RANK * lora[f"{key}.lora_B.weight"] @ lora[f"{key}.lora_A.weight"]
    expected = weights(old["blk.1.ffn_down.weight"]) + delta
    np.testing.assert_allclose(weights(new["blk.1.ffn_down.weight"]), expected, atol=1e-5)


@pytest.mark.parametrize(("name", "heads"), [("attn_q", 4), ("attn_k", 2)])
def test_rows_of_q_and_k_land_where_the_llama_architecture_stores_them(
    base: Path, adapter: Path, tmp_path: Path, name: str, heads: int
) -> None:
    write_merged(base, adapter, tmp_path / "out.gguf", tensor_type="F32")
    tensor = f"blk.1.{name}.weight"
    change = weights(tensors_of(tmp_path / "out.gguf")[tensor]) - weights(tensors_of(base)[tensor])
    key = f"base_model.model.model.layers.1.{MODULES[name]}"
    lora = lora_tensors()
    delta = ALPHA / RANK * lora[f"{key}.lora_B.weight"] @ lora[f"{key}.lora_A.weight"]
    size = len(delta) // heads
    for head in range(heads):
        for i in range(size // 2):
            first, second = head * size + i, head * size + size // 2 + i
            stored = head * size + 2 * i
            np.testing.assert_allclose(change[stored], delta[first], atol=1e-5)
            np.testing.assert_allclose(change[stored + 1], delta[second], atol=1e-5)


def test_other_architectures_keep_the_order_of_rows(base: Path) -> None:
    info = read_metadata(base)
    rows = np.arange(64, dtype=np.float32).reshape(32, 2)
    assert not np.array_equal(in_file_order(rows, "blk.1.attn_k.weight", info), rows)
    assert in_file_order(rows, "blk.1.attn_v.weight", info) is rows


def test_untouched_tensors_and_metadata_are_the_same_bytes(
    base: Path, adapter: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.gguf"
    write_merged(base, adapter, out)
    old, new = gguf.GGUFReader(base), gguf.GGUFReader(out)
    assert list(old.fields) == list(new.fields)
    for key, field in old.fields.items():
        if key not in ("general.file_type", "GGUF.version"):
            assert field.contents() == new.fields[key].contents(), key
    assert new.fields["general.file_type"].contents() == gguf.LlamaFileType.MOSTLY_Q8_0
    assert list(tensors_of(base)) == list(tensors_of(out))
    for name, tensor in tensors_of(base).items():
        if name.startswith("blk.1.") and "norm" not in name:
            assert tensors_of(out)[name].tensor_type == gguf.GGMLQuantizationType.Q8_0
        else:
            assert tensors_of(out)[name].data.tobytes() == tensor.data.tobytes()


def test_q8_0_is_off_by_half_a_step_at_most(base: Path, adapter: Path, tmp_path: Path) -> None:
    write_merged(base, adapter, tmp_path / "exact.gguf", tensor_type="F32")
    write_merged(base, adapter, tmp_path / "q8.gguf")
    exact = weights(tensors_of(tmp_path / "exact.gguf")["blk.1.attn_q.weight"]).reshape(-1, 32)
    stored = weights(tensors_of(tmp_path / "q8.gguf")["blk.1.attn_q.weight"]).reshape(-1, 32)
    largest = np.abs(exact).max(axis=1, keepdims=True)
    # Half a step of largest / 127, and the step itself is rounded to 11 bits.
    assert (np.abs(stored - exact) <= largest * (0.5 / 127 + 2**-11) + 1e-6).all()


def test_rows_that_do_not_fill_blocks_become_f16(tmp_path: Path) -> None:
    base = tmp_path / "narrow.gguf"
    writer = gguf.GGUFWriter(base, "llama")
    writer.add_block_count(1)
    writer.add_head_count(2)
    writer.add_tensor("blk.0.ffn_up.weight", np.ones((8, 40), dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    key = "base_model.model.model.layers.0.mlp.up_proj"
    tensors = {
        f"{key}.lora_A.weight": np.ones((2, 40), dtype=np.float32),
        f"{key}.lora_B.weight": np.ones((8, 2), dtype=np.float32),
    }
    lora = write_lora(tmp_path / "lora.safetensors", tensors)
    write_merged(base, lora, tmp_path / "out.gguf")
    tensor = tensors_of(tmp_path / "out.gguf")["blk.0.ffn_up.weight"]
    assert tensor.tensor_type == gguf.GGMLQuantizationType.F16
    assert (tensor.data == 1 + ALPHA / 2 * 2).all()


def test_alpha_given_stands_above_alpha_stored(base: Path, adapter: Path, tmp_path: Path) -> None:
    write_merged(base, adapter, tmp_path / "once.gguf", tensor_type="F32")
    write_merged(base, adapter, tmp_path / "none.gguf", tensor_type="F32", alpha=0)
    once, none = tensors_of(tmp_path / "once.gguf"), tensors_of(tmp_path / "none.gguf")
    old = weights(tensors_of(base)["blk.1.attn_q.weight"])
    np.testing.assert_array_equal(weights(none["blk.1.attn_q.weight"]), old)
    assert not np.array_equal(weights(once["blk.1.attn_q.weight"]), old)


def test_strength_multiplies_the_delta(base: Path, adapter: Path, tmp_path: Path) -> None:
    write_merged(base, adapter, tmp_path / "once.gguf", tensor_type="F32")
    write_merged(base, adapter, tmp_path / "more.gguf", tensor_type="F32", strength=1.5)
    name = "blk.1.ffn_down.weight"
    old, once, more = (
        weights(tensors_of(file)[name])
        for file in (base, tmp_path / "once.gguf", tmp_path / "more.gguf")
    )
    np.testing.assert_allclose(more - old, 1.5 * (once - old), atol=1e-5)


def test_progress_ends_at_one(base: Path, adapter: Path, tmp_path: Path) -> None:
    shares: list[float] = []
    write_merged(base, adapter, tmp_path / "out.gguf", progress=shares.append)
    assert shares == pytest.approx([1 / 3, 2 / 3, 1])


def test_a_merged_file_and_an_adapter_are_closed_to_others(
    base: Path, adapter: Path, tmp_path: Path
) -> None:
    write_merged(base, adapter, tmp_path / "out.gguf")
    write_adapter(adapter, base, tmp_path / "lora.gguf")
    for name in ("out.gguf", "lora.gguf"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_an_adapter_file_says_how_it_is_scaled(base: Path, adapter: Path, tmp_path: Path) -> None:
    write_adapter(adapter, base, tmp_path / "lora.gguf")
    reader = gguf.GGUFReader(tmp_path / "lora.gguf")
    assert reader.fields["general.architecture"].contents() == "llama"
    assert reader.fields["general.type"].contents() == "adapter"
    assert reader.fields["adapter.type"].contents() == "lora"
    assert reader.fields["adapter.lora.alpha"].contents() == ALPHA
    down = tensors_of(tmp_path / "lora.gguf")["blk.1.ffn_down.weight.lora_b"]
    assert down.data.shape == (WIDTH, RANK)
    with pytest.raises(WeightsMissing, match="no language model"):
        read_metadata(tmp_path / "lora.gguf")


def spoil(change: Callable[[dict[str, Any]], object]) -> dict[str, NDArray[np.float32]]:
    tensors = lora_tensors()
    change(tensors)
    return tensors


Q_A, Q_B = (f"base_model.model.model.layers.1.self_attn.q_proj.lora_{half}.weight" for half in "AB")
BAD_ADAPTERS = {
    "is not finite": spoil(lambda t: t[Q_B].__setitem__((0, 0), np.nan)),
    "would not be finite": spoil(lambda t: t.update({Q_A: t[Q_A] * 1e20, Q_B: t[Q_B] * 1e20})),
    "only lora_B": spoil(lambda t: t.pop(Q_A)),
    "do not fit": spoil(lambda t: t.update({Q_A: t[Q_A][:, :32].copy()})),
    "cannot be merged": spoil(
        lambda t: t.update({Q_A.replace("lora_A", "lora_magnitude_vector"): t.pop(Q_A)})
    ),
    "no linear layer": spoil(
        lambda t: t.update({k.replace("q_proj", "z_proj"): t.pop(k) for k in (Q_A, Q_B)})
    ),
    "no linear layer model.embed": spoil(
        lambda t: t.update(
            {k.replace("layers.1.self_attn.q_proj", "embed_tokens"): t.pop(k) for k in (Q_A, Q_B)}
        )
    ),
    "holds no layers": {},
}


@pytest.mark.parametrize("reason", list(BAD_ADAPTERS))
def test_an_adapter_that_cannot_be_merged_is_named_and_leaves_no_file(
    base: Path, tmp_path: Path, reason: str
) -> None:
    lora = write_lora(tmp_path / "bad.safetensors", BAD_ADAPTERS[reason])
    before = sorted(tmp_path.iterdir())
    with np.errstate(all="ignore"), pytest.raises(ValueError, match=reason):
        write_merged(base, lora, tmp_path / "out.gguf")
    assert sorted(tmp_path.iterdir()) == before


def test_a_failed_merge_leaves_the_file_that_was_there(
    base: Path, adapter: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.gguf"
    out.write_bytes(b"yesterday")

    def fail(share: float) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_merged(base, adapter, out, progress=fail)
    assert out.read_bytes() == b"yesterday"
    assert not list(tmp_path.glob("*.part"))


def test_a_tensor_type_that_loses_the_night_is_refused(
    base: Path, adapter: Path, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=r"'Q4_1' must be one of F32, F16, BF16, Q8_0"):
        write_merged(base, adapter, tmp_path / "out.gguf", tensor_type="Q4_1")


def test_alpha_must_come_from_somewhere(base: Path, tmp_path: Path) -> None:
    save_file(lora_tensors(), tmp_path / "silent.safetensors")
    with pytest.raises(ValueError, match="give alpha"):
        write_merged(base, tmp_path / "silent.safetensors", tmp_path / "out.gguf")


def test_a_base_cut_short_anywhere_is_weights_missing(base: Path, tmp_path: Path) -> None:
    whole = base.read_bytes()
    short = tmp_path / "short.gguf"
    for size in range(0, len(whole) - 64, 97):
        short.write_bytes(whole[:size])
        with pytest.raises(WeightsMissing, match=r"short\.gguf"):
            read_metadata(short)


def test_a_base_with_one_wrong_byte_is_read_or_refused_but_never_a_crash(
    base: Path, tmp_path: Path
) -> None:
    whole = base.read_bytes()
    damaged = tmp_path / "damaged.gguf"
    for place in range(4, 900):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            read_metadata(damaged)
        except WeightsMissing as error:
            assert "damaged.gguf" in str(error)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "not found"), (b"", "not a GGUF"), (b"PK\x03\x04 zip", "not a GGUF")],
)
def test_what_is_not_a_model_is_weights_missing(
    tmp_path: Path, adapter: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "other.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WeightsMissing, match=reason):
        read_metadata(path)
    with pytest.raises(WeightsMissing, match=reason):
        write_merged(path, adapter, tmp_path / "out.gguf")


def test_a_damaged_adapter_is_weights_missing(base: Path, adapter: Path, tmp_path: Path) -> None:
    adapter.write_bytes(adapter.read_bytes()[:200])
    with pytest.raises(WeightsMissing, match=r"adapter\.safetensors cannot be read"):
        write_merged(base, adapter, tmp_path / "out.gguf")
    with pytest.raises(WeightsMissing, match=r"gone\.safetensors cannot be read"):
        write_merged(base, tmp_path / "gone.safetensors", tmp_path / "out.gguf")
