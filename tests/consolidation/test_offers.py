"""What a machine can do with a model is worked out from its header, and said in sentences."""

from dataclasses import replace
from pathlib import Path

import gguf
import pytest

from assistant.settings import Settings, TrainingSettings
from consolidation.fit import USABLE, chat_bytes, conversion_bytes, engines_bytes, training_bytes
from consolidation.offers import Offer, default_offer, offer_of, offers, typed_offer
from models.hardware import Gpu, Hardware
from models.outline import ModelOutline, outline_of
from tests.models.gguf_files import write_model

GB = 10**9
ROOMY = Hardware(64 * GB)
OUTLINE = ModelOutline(
    name="m",
    architecture="llama",
    size_bytes=1_000,
    parameters=10_000,
    vocabulary=100,
    width=64,
    heads=4,
    kept_per_token=50,
    block_edges=(10, 20, 30),
    context_tokens=4096,
    has_template=True,
    only_embeds=False,
    unknown_types=(),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def big(path: Path, **changes: int) -> Path:
    """Some 1.2 billion weights."""
    sizes = {"blocks": 24, "width": 2048, "inner": 8192, "vocabulary": 32_000, "heads": 16}
    return write_model(path, **sizes | {"kv_heads": 4} | changes)  # type: ignore[arg-type]


def test_chatting_takes_what_its_formula_says() -> None:
    beside = chat_bytes(replace(OUTLINE, size_bytes=0, vocabulary=0, heads=0, kept_per_token=0), 8)
    context = 1000 + 2048
    parts = 1_000 + context * 50 * 2 + 512 * context * 4 * 4 + 2 * 512 * 100 * 4
    assert chat_bytes(OUTLINE, 1000) == parts + beside
    assert chat_bytes(OUTLINE, 10**6) == chat_bytes(OUTLINE, 4096), "no more than the model has"


def test_training_takes_what_its_formula_says(settings: Settings) -> None:
    empty = replace(OUTLINE, parameters=0, vocabulary=0, width=0, block_edges=(0, 0, 0))
    beside = training_bytes(empty, settings, on_gpu=False)
    rank, edges, blocks = settings.training.rank, 20 + 30, 2  # the upper half of three
    parts = 4 * 10_000 + 5 * rank * edges * 4
    parts += 17 * 64 * blocks * 1024 * 4 + 4 * 256 * 100 * 4
    assert training_bytes(OUTLINE, settings, on_gpu=False) == parts + beside
    assert training_bytes(OUTLINE, settings, on_gpu=True) == parts + beside - 2 * 10_000
    halved = replace(settings, training=TrainingSettings(dtype="bfloat16"))
    assert training_bytes(OUTLINE, halved, on_gpu=False) == parts + beside - 2 * 10_000


def test_a_night_has_an_engine_beside_that_of_the_app() -> None:
    both = chat_bytes(OUTLINE, 1000) + chat_bytes(OUTLINE, 2048)
    assert engines_bytes(OUTLINE, 1000) == both


def test_the_first_conversion_takes_what_its_formula_says() -> None:
    beside = conversion_bytes(replace(OUTLINE, parameters=0))
    assert conversion_bytes(OUTLINE) == 1.7 * 4 * 10_000 + beside


def test_the_default_model_chats_and_learns_on_a_machine_of_six_gigabytes(
    settings: Settings,
) -> None:
    offer = default_offer(settings, Hardware(6 * GB))
    assert (offer.chats, offer.trains, offer.is_default) == (True, True, True)
    assert offer.remark.startswith("Fits: about ")
    assert offer.size_bytes == settings.packaged_gguf.stat().st_size


@pytest.mark.parametrize(
    ("memory_gb", "chats", "trains", "said"),
    [
        (64, True, True, "Fits: about "),
        (8, True, False, "It chats and never learns: a night takes about "),
        (2, False, False, "Too large: chatting takes about "),
    ],
)
def test_less_memory_takes_first_the_nights_then_the_chat(
    tmp_path: Path, settings: Settings, memory_gb: int, chats: bool, trains: bool, said: str
) -> None:
    offer = offer_of(big(tmp_path / "big.gguf"), settings, Hardware(memory_gb * GB))
    assert (offer.chats, offer.trains, offer.is_too_large) == (chats, trains, not chats)
    assert offer.remark.startswith(said)
    assert f"of {memory_gb}.0 GB here" in offer.remark


def test_a_model_fits_to_the_byte(tmp_path: Path, settings: Settings) -> None:
    file = big(tmp_path / "big.gguf")
    outline = outline_of(file)
    chat = chat_bytes(outline, settings.model.context_tokens)
    training = training_bytes(outline, settings, on_gpu=False)
    engines = engines_bytes(outline, settings.model.context_tokens)
    night = engines + max(training, conversion_bytes(outline))
    for needed, does in ((chat, "chats"), (night, "trains")):
        enough = Hardware(int(needed / USABLE) + 2)
        assert getattr(offer_of(file, settings, enough), does)
        assert not getattr(offer_of(file, settings, Hardware(enough.memory_bytes - 9)), does)


@pytest.mark.parametrize(
    ("gpu_gb", "trains", "on_cpu"), [(80, True, False), (7, False, False), (2, False, True)]
)
def test_a_gpu_takes_what_has_room_in_it(
    tmp_path: Path, settings: Settings, gpu_gb: int, trains: bool, on_cpu: bool
) -> None:
    gpu = Gpu("a GPU", gpu_gb * GB)
    hardware = Hardware(64 * GB, gpu, chats_on_gpu=True, trains_on_gpu=True)
    offer = offer_of(big(tmp_path / "big.gguf"), settings, hardware)
    assert (offer.chats, offer.trains, offer.chats_on_cpu) == (True, trains, on_cpu)
    assert f"of the GPU's {gpu_gb}.0 GB" in offer.remark


def test_a_gpu_does_not_spare_the_memory_that_the_first_conversion_takes(
    tmp_path: Path, settings: Settings
) -> None:
    gpu = Gpu("a GPU", 80 * GB)
    hardware = Hardware(6 * GB, gpu, chats_on_gpu=True, trains_on_gpu=True)
    offer = offer_of(big(tmp_path / "big.gguf"), settings, hardware)
    assert (offer.chats, offer.trains) == (True, False)
    assert "of 6.0 GB here" in offer.remark


def test_a_gpu_that_nothing_here_was_built_for_changes_nothing(
    tmp_path: Path, settings: Settings
) -> None:
    file = big(tmp_path / "big.gguf")
    with_gpu = replace(ROOMY, gpu=Gpu("a GPU", GB))
    assert offer_of(file, settings, with_gpu) == offer_of(file, settings, ROOMY)


def test_a_form_that_training_cannot_use_chats_only(tmp_path: Path, settings: Settings) -> None:
    file = write_model(tmp_path / "m.gguf", architecture="mamba")
    offer = offer_of(file, settings, ROOMY)
    assert (offer.chats, offer.trains) == (True, False)
    assert offer.remark == "It chats and never learns: training cannot use its form, 'mamba'."


def test_weights_that_training_cannot_read_chat_only(tmp_path: Path, settings: Settings) -> None:
    kind = gguf.GGMLQuantizationType.Q1_0
    file = write_model(tmp_path / "m.gguf", width=128, inner=256, kind=kind)
    offer = offer_of(file, settings, ROOMY)
    assert (offer.chats, offer.trains) == (True, False)
    assert offer.remark.endswith("training cannot read weights stored as Q1_0.")


def test_a_model_that_compares_texts_cannot_chat(tmp_path: Path, settings: Settings) -> None:
    file = write_model(tmp_path / "m.gguf", architecture="bert", pooling=1)
    offer = offer_of(file, settings, ROOMY)
    assert (offer.chats, offer.trains, offer.is_too_large) == (False, False, False)


def test_a_base_model_is_said_to_be_one(tmp_path: Path, settings: Settings) -> None:
    offer = offer_of(write_model(tmp_path / "m.gguf", template=None), settings, ROOMY)
    assert offer.trains
    assert offer.is_base
    assert offer.remark.endswith("a base model, which goes on with a text.")


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (None, "m.gguf not found."),
        (b"Dear diary", "m.gguf is not a GGUF file."),
        (b"GGUF\x03\0\0\0", "m.gguf is cut short or damaged"),
    ],
)
def test_what_is_no_model_says_so_and_cannot_be_used(
    tmp_path: Path, settings: Settings, content: bytes | None, remark: str
) -> None:
    file = tmp_path / "m.gguf"
    if content is not None:
        file.write_bytes(content)
    offer = offer_of(file, settings, ROOMY)
    assert (offer.chats, offer.trains) == (False, False)
    assert offer.remark.startswith(remark)
    assert "model.gguf" not in offer.remark.removeprefix("m.gguf")
    assert str(tmp_path) not in offer.remark


def test_one_part_of_several_is_said_to_be_one(tmp_path: Path, settings: Settings) -> None:
    file = write_model(tmp_path / "m-00001-of-00002.gguf", parts=2)
    assert "part of a split model" in offer_of(file, settings, ROOMY).remark


def test_a_typed_path_may_be_short_or_nonsense(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_model(tmp_path / "mine" / "m.gguf")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for path in ("~/mine/m.gguf", "mine/m.gguf", str(file), f"{file}\x07"):
        assert typed_offer(path, settings, ROOMY).file == file
        assert typed_offer(path, settings, ROOMY).chats
    assert not typed_offer("~nobody-here/m.gguf", settings, ROOMY).chats
    assert not typed_offer("\x00", settings, ROOMY).chats
    long = typed_offer("m" * 5000, settings, ROOMY)
    assert not long.chats
    assert len(long.remark) < 120
    assert typed_offer("notes", settings, ROOMY).remark == "notes not found."
    assert typed_offer("~/mine", settings, ROOMY).remark.startswith("mine is a folder")


def test_names_and_forms_in_files_hold_no_control_characters(
    tmp_path: Path, settings: Settings
) -> None:
    file = write_model(tmp_path / "a\x1b[31mb.gguf", architecture="x\x1b[2Jy")
    offer = offer_of(file, settings, ROOMY)
    assert "\x1b" not in offer.name + offer.remark
    broken = tmp_path / "a\x1b[31mc.gguf"
    broken.write_bytes(b"no")
    assert "\x1b" not in offer_of(broken, settings, ROOMY).remark


def test_the_default_comes_first_and_files_on_the_shelves_last(
    tmp_path: Path, settings: Settings
) -> None:
    file = write_model(tmp_path / "models" / "mine.gguf")
    found: list[Offer] = list(offers(settings, ROOMY, tmp_path))
    assert found[0].is_default
    assert found[-1].file == file
    assert all(one.gemma is not None for one in found[1:-1])
