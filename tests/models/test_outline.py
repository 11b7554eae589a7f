"""A model's sizes are read off its header, and what it is not good for as well."""

from pathlib import Path

import gguf
import pytest

from assistant.settings import Settings
from models.base import WeightsMissing
from models.outline import block_of, outline_of
from tests.models.gguf_files import write_model


def test_sizes_are_those_of_the_header(tmp_path: Path) -> None:
    file = write_model(tmp_path / "small.gguf", blocks=3, width=64, inner=128, vocabulary=96)
    outline = outline_of(file)
    kv_width = 64 // 4 * 2
    a_block = 64 * 64 + 2 * kv_width * 64 + 2 * 64 * 128
    assert outline.parameters == 96 * 64 + 3 * a_block
    assert (outline.width, outline.vocabulary, outline.heads) == (64, 96, 4)
    assert outline.kept_per_token == 3 * 2 * kv_width
    assert outline.block_edges == (128 + 2 * (64 + kv_width) + 2 * (64 + 128),) * 3
    assert outline.size_bytes == file.stat().st_size
    assert outline.has_template
    assert not outline.only_embeds
    assert outline.unknown_types == ()


def test_the_default_model_is_what_it_says_it_is(tmp_path: Path) -> None:
    outline = outline_of(Settings(home=tmp_path).packaged_gguf)
    assert outline.architecture == "llama"
    assert 130e6 < outline.parameters < 170e6
    assert outline.kept_per_token == 30 * 3 * 2 * 64


def test_a_huge_model_is_outlined_at_once_and_takes_no_room(tmp_path: Path) -> None:
    file = write_model(
        tmp_path / "huge.gguf", blocks=80, width=8192, inner=28672, vocabulary=128_256, heads=64
    )
    assert outline_of(file).parameters > 40e9
    assert file.stat().st_blocks * 512 < 1_000_000


def test_weights_that_cannot_be_undone_are_named(tmp_path: Path) -> None:
    file = write_model(
        tmp_path / "odd.gguf", width=128, inner=256, kind=gguf.GGMLQuantizationType.Q1_0
    )
    assert outline_of(file).unknown_types == ("Q1_0",)


def test_a_model_that_compares_texts_is_told_from_one_that_writes(tmp_path: Path) -> None:
    assert outline_of(write_model(tmp_path / "e.gguf", architecture="bert", pooling=1)).only_embeds
    assert not outline_of(write_model(tmp_path / "w.gguf", pooling=0)).only_embeds


def test_a_base_model_has_no_template(tmp_path: Path) -> None:
    assert not outline_of(write_model(tmp_path / "base.gguf", template=None)).has_template


@pytest.mark.parametrize(
    ("content", "reason"), [(b"Dear diary", "not a GGUF"), (b"GGUF\x03\0\0\0", "cut short")]
)
def test_what_is_no_whole_model_has_no_outline(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "x.gguf"
    file.write_bytes(content)
    with pytest.raises(WeightsMissing, match=reason):
        outline_of(file)


def test_a_tensor_belongs_to_its_block() -> None:
    assert block_of("blk.12.attn_q.weight") == 12
    assert block_of("token_embd.weight") == -1
    assert block_of("blk.x.attn_q.weight") == -1
