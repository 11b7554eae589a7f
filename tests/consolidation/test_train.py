"""Examples that share one row are computed as if each ran alone."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from assistant.settings import TrainingSettings
from consolidation import free_texts as free_texts_module
from consolidation import train
from consolidation.checkpoint import Checkpoint
from consolidation.course import batches_of
from consolidation.examples import Example, TrainingDiverged, TrainingSet
from consolidation.free_texts import free_texts
from consolidation.fused_lora import fuse
from consolidation.moving_average import MovingAverage
from consolidation.student import Student, _common_beginning
from consolidation.train import _drawn, train_adapter
from memory.records import LossPoint

pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")

TOLERANCE = 2e-5
"""Float32 states of size 1 to 3, summed in another order: ten times what was measured."""
CPU = torch.device("cpu")
SIZES: dict[str, Any] = {
    "vocab_size": 64,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 128,
    "initializer_range": 0.3,
}
EXAMPLES = (
    Example((1, 2, 3, 4, 5, 20, 21, 22), 5),
    Example((1, 2, 3, 4, 6, 7, 8, 30), 7),
    Example((1, 2, 3, 9, 40, 41, 42, 43, 44, 45), 4),
    Example((1, 2, 3, 4, 5, 20, 21, 22), 5),
)


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Threads cost such small products more than they give."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def tiny(kind: str) -> Any:
    """A random model of an architecture that the night trains."""
    from transformers import (
        Gemma3ForCausalLM,
        Gemma3TextConfig,
        LlamaConfig,
        LlamaForCausalLM,
    )

    torch.manual_seed(0)
    if kind == "llama":
        return LlamaForCausalLM(LlamaConfig(**SIZES))
    layers = ["sliding_attention", "sliding_attention", "full_attention"]
    config = Gemma3TextConfig(
        **SIZES, head_dim=8, sliding_window=64, layer_types=layers, final_logit_softcapping=5.0
    )
    return Gemma3ForCausalLM(config)


@pytest.fixture(scope="module", params=["llama", "gemma3"])
def model(request: pytest.FixtureRequest) -> Any:
    """With an adapter that changes it: a fresh one has B = 0 and changes nothing."""
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(r=4, lora_alpha=8, target_modules="all-linear", task_type="CAUSAL_LM")
    with_lora = get_peft_model(tiny(request.param), config).eval()
    for name, parameter in with_lora.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.3)
    return with_lora


@pytest.fixture(scope="module")
def student(model: Any) -> Student:
    return Student(model, CPU, 0)


@torch.no_grad()
def alone(model: Any, example: Example) -> torch.Tensor:
    """The logits where each answer token is predicted, by the library's own forward pass."""
    logits = model(input_ids=torch.tensor([example.ids])).logits[0]
    rows: torch.Tensor = logits[example.answer_start - 1 : len(example.ids) - 1]
    return rows


@torch.no_grad()
def test_packed_examples_have_the_hidden_states_of_each_alone(student: Student) -> None:
    packed = student.hidden(EXAMPLES)
    apart = torch.cat([student.hidden([example]) for example in EXAMPLES])
    assert packed.shape == (3 + 1 + 6 + 3, SIZES["hidden_size"])
    assert (packed - apart).abs().max().item() < TOLERANCE


@torch.no_grad()
def test_packed_examples_have_the_logits_of_the_library(student: Student, model: Any) -> None:
    packed = student.head(student.hidden(EXAMPLES))
    apart = torch.cat([alone(model, example) for example in EXAMPLES])
    assert (packed - apart).abs().max().item() < TOLERANCE
    assert apart.std().item() > 0.05, "the logits say something"


@pytest.mark.parametrize("first_adapted", [1, 2])
def test_layers_below_the_adapter_are_run_once_for_an_example(
    model: Any, first_adapted: int
) -> None:
    student = Student(model, CPU, first_adapted)
    layer = model.get_base_model().model.layers[0]
    runs: list[int] = []
    hook = layer.register_forward_hook(lambda module, given, out: runs.append(1))
    with torch.no_grad():
        apart = torch.cat([alone(model, example) for example in EXAMPLES])
        runs.clear()
        for _ in range(2):
            packed = student.head(student.hidden(EXAMPLES))
            assert (packed - apart).abs().max().item() < TOLERANCE
        again = student.head(student.hidden([EXAMPLES[2], EXAMPLES[0]]))
        expected = torch.cat([alone(model, EXAMPLES[2]), alone(model, EXAMPLES[0])])
        assert (again - expected).abs().max().item() < TOLERANCE
    hook.remove()
    assert len(runs) == 1 + 2, "once by the student, and twice by the library for comparison"
    assert model.get_base_model().model.layers[0] is layer, "the model is whole again"


@torch.no_grad()
def test_no_example_sees_another(student: Student) -> None:
    """The states of one do not depend on which others stand in the row."""
    first = student.hidden(EXAMPLES[:2])[:3]
    other = student.hidden([EXAMPLES[0], Example((1, 2, 3, 4, 60, 61, 62, 63), 7)])[:3]
    assert torch.equal(first, other)


@torch.no_grad()
def test_what_begins_in_another_way_runs_apart_in_the_same_row(student: Student) -> None:
    other = Example((9, 8, 7, 6, 5, 4), 1)
    together = student.hidden(EXAMPLES[:2], [other, EXAMPLES[2]])
    apart = [student.hidden(EXAMPLES[:2]), student.hidden([other]), student.hidden([EXAMPLES[2]])]
    assert together.shape == (3 + 1 + 5 + 6, SIZES["hidden_size"])
    assert (together - torch.cat(apart)).abs().max().item() < TOLERANCE


def written(folder: Path, seed: int) -> tuple[tuple[Example, ...], list[torch.Tensor]]:
    from peft import LoraConfig, get_peft_model

    base = tiny("llama")
    config = LoraConfig(r=4, target_modules="all-linear", task_type="CAUSAL_LM")
    student = Student(get_peft_model(base, config), CPU, 0)
    return free_texts(base, student, CPU, seed, folder / f"{seed}.safetensors")


def test_free_texts_are_sampled_from_the_model_and_scored_whole(tmp_path: Path) -> None:
    texts, states = written(tmp_path / "one", 3)
    assert len(set(texts)) == len(texts) == len(states) == 512
    assert {(len(text.ids), text.answer_start) for text in texts} == {(33, 1)}
    assert {tuple(state.shape) for state in states} == {(32, SIZES["hidden_size"])}
    assert texts == written(tmp_path / "other", 3)[0]
    assert texts != written(tmp_path / "one", 4)[0]


@pytest.mark.parametrize("damage", [b"", b"half a header"])
def test_free_texts_that_cannot_be_read_are_sampled_again(tmp_path: Path, damage: bytes) -> None:
    texts, _ = written(tmp_path, 3)
    (tmp_path / "3.safetensors").write_bytes(damage)
    assert written(tmp_path, 3)[0] == texts


def test_free_texts_are_sampled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, states = written(tmp_path, 3)
    monkeypatch.setattr(free_texts_module, "_sampled", None)
    again, same = written(tmp_path, 3)
    assert again == texts
    assert torch.equal(torch.stack(same), torch.stack(states))


@torch.no_grad()
def test_the_order_in_a_row_does_not_matter(student: Student) -> None:
    forward = student.hidden(EXAMPLES[:3])
    backward = student.hidden(EXAMPLES[2::-1])
    assert (forward[:3] - backward[-3:]).abs().max().item() < TOLERANCE


@torch.no_grad()
def test_a_shared_beginning_is_computed_once(student: Student) -> None:
    student.hidden(EXAMPLES)
    assert student.last_tokens == 3 + sum(len(e.ids) - 3 for e in EXAMPLES)
    student.hidden(EXAMPLES[:1])
    assert student.last_tokens == len(EXAMPLES[0].ids)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_an_adapted_layer_as_one_operation_computes_as_the_library_does(dtype: torch.dtype) -> None:
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(r=4, lora_alpha=8, target_modules="all-linear", task_type="CAUSAL_LM")
    model = get_peft_model(tiny("llama").to(dtype), config)
    for name, parameter in model.named_parameters():
        if "lora_" in name:
            parameter.data = torch.nn.init.normal_(parameter.data.float(), std=0.3)
    ids = torch.tensor([[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]])

    def computed() -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        model.zero_grad()
        logits = model(input_ids=ids).logits.float()
        logits.logsumexp(dim=-1).sum().backward()
        named = model.named_parameters()
        return logits.detach(), {n: p.grad.clone() for n, p in named if p.grad is not None}

    expected, by_library = computed()
    fuse(model)
    given, by_hand = computed()
    assert any(module.forward.__name__ == "_forward" for module in model.modules())
    share = 1e-5 if dtype is torch.float32 else 0.05
    assert (given - expected).norm() < share * expected.norm()
    assert by_hand.keys() == by_library.keys()
    assert {gradient.dtype for gradient in by_hand.values()} == {torch.float32}
    together, apart = (
        torch.cat([g[name].flatten() for name in by_library]) for g in (by_library, by_hand)
    )
    assert (apart - together).norm() < share * together.norm()
    with model.disable_adapter(), torch.no_grad():
        base = model(input_ids=ids).logits.float()
    assert (base - expected).norm() > 0.1 * expected.norm()


def test_gradients_reach_every_part_of_the_adapter(student: Student, model: Any) -> None:
    model.zero_grad()
    student.head(student.hidden(EXAMPLES)).logsumexp(dim=-1).sum().backward()
    gradients = {n: p.grad for n, p in model.named_parameters() if p.requires_grad}
    assert gradients
    assert all(g is not None and g.abs().sum().item() > 0 for g in gradients.values())


@torch.no_grad()
def test_the_divergence_from_itself_is_zero_and_from_the_base_is_not(
    student: Student, model: Any
) -> None:
    trained = student.hidden(EXAMPLES)
    with model.disable_adapter():
        base = student.hidden(EXAMPLES)
    assert abs(student.kl(trained, trained).item()) < 1e-6
    wanted = student.head(base).log_softmax(dim=-1)
    given = student.head(trained).log_softmax(dim=-1)
    by_hand = (wanted.exp() * (wanted - given)).sum(dim=-1).mean().item()
    assert student.kl(base, trained).item() == pytest.approx(by_hand, rel=1e-4)
    assert by_hand > 1e-3


def test_a_common_beginning_ends_where_prompts_part() -> None:
    assert _common_beginning(EXAMPLES) == 3
    assert _common_beginning(EXAMPLES[:2]) == 4


def test_a_common_beginning_never_reaches_an_answer() -> None:
    """The token before an answer predicts it: each example needs its own."""
    twins = [Example((1, 2, 3, 4, 5), 3), Example((1, 2, 3, 4, 5), 4)]
    assert _common_beginning(twins) == 2
    assert _common_beginning(twins[1:]) == 3


def test_examples_that_share_nothing_have_no_common_beginning() -> None:
    assert _common_beginning([Example((1, 2, 3), 2), Example((4, 2, 3), 2)]) == 0


@pytest.mark.parametrize("count", [1, 7, 8, 9, 64, 65, 200])
def test_an_epochs_batches_hold_every_example_once(count: int) -> None:
    facts = [Example(tuple(range(5 + n % 17)), 2) for n in range(count)]
    batches = list(batches_of(range(count), facts, 8, torch.Generator().manual_seed(0)))
    assert sorted(i for batch in batches for i in batch) == list(range(count))
    assert max(len(batch) for batch in batches) <= 8
    assert len(batches) == math.ceil(count / 8)


def test_batches_hold_active_examples_only() -> None:
    facts = [Example((1, 2, 3), 2)] * 20
    active = [2, 3, 5, 7, 11, 13, 17, 19]
    batches = list(batches_of(active, facts, 3, torch.Generator().manual_seed(0)))
    assert sorted(i for batch in batches for i in batch) == active


def test_every_epoch_has_another_order_and_a_seed_the_same() -> None:
    facts = [Example((1, 2, 3), 2)] * 40
    draw = torch.Generator().manual_seed(0)
    first, second = (list(batches_of(range(40), facts, 8, draw)) for _ in range(2))
    again = list(batches_of(range(40), facts, 8, torch.Generator().manual_seed(0)))
    assert first != second
    assert first == again


@pytest.mark.parametrize(("available", "wanted", "count"), [(10, 4, 4), (2, 4, 2), (0, 4, 0)])
def test_anchors_are_drawn_without_repetition(available: int, wanted: int, count: int) -> None:
    drawn = _drawn(available, wanted, torch.Generator().manual_seed(0))
    assert len(drawn) == len(set(drawn)) == count
    assert set(drawn) <= set(range(available))


SETTINGS = TrainingSettings(
    rank=4,
    alpha=8,
    upper_layers=1.0,
    learning_rate=0.02,
    batch_size=2,
    max_epochs=40,
    texts_per_step=0,
    anchor_weight=1.0,
    skip_below_loss=0.05,
    device="cpu",
    dtype="float32",
)
LAYERS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
FACTS = (
    Example((1, 2, 3, 10, 20, 21), 4),
    Example((1, 2, 3, 11, 30, 31), 4),
    Example((1, 2, 3, 12, 40, 41), 4),
)
ANCHORS = (Example((1, 2, 50, 51, 52), 3),)


@pytest.fixture
def _tiny_base(monkeypatch: pytest.MonkeyPatch) -> None:
    """A base that loads in no time, in the place of one that is read from a GGUF file."""

    def load(base: Path, cache: Path, dtype: torch.dtype, device: torch.device, **_: Any) -> Any:
        return tiny("llama").to(device, dtype).requires_grad_(False)

    def targets(*_: object) -> list[str]:
        return list(LAYERS)

    monkeypatch.setattr(train, "load_base_for_training", load)
    monkeypatch.setattr(train, "linear_targets", targets)


def trained(
    folder: Path, settings: TrainingSettings = SETTINGS, start: Path | None = None, **options: Any
) -> tuple[train.TrainingResult, list[LossPoint], Path]:
    losses: list[LossPoint] = []
    out = folder / "adapter.safetensors"
    (folder / "base.gguf").touch()
    result = train_adapter(
        folder / "base.gguf",
        start,
        TrainingSet(FACTS, options.pop("anchors", ANCHORS)),
        out,
        settings,
        cache_folder=folder,
        on_step=lambda point, done, total: losses.append(point),
        **options,
    )
    return result, losses, out


@pytest.mark.usefixtures("_tiny_base")
def test_facts_are_learned_and_training_then_stops(tmp_path: Path) -> None:
    result, losses, out = trained(tmp_path)
    assert losses[0].loss > 3
    assert losses[-1].loss < 0.1
    assert result.learned == len(FACTS)
    assert result.steps == len(losses) < 2 * SETTINGS.max_epochs
    assert [point.step for point in losses] == list(range(1, result.steps + 1))
    assert out.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("_tiny_base")
def test_an_adapter_of_another_form_is_refused_with_the_fix(tmp_path: Path) -> None:
    _, _, narrow = trained(tmp_path)
    earlier = narrow.rename(tmp_path / "earlier.safetensors")
    with pytest.raises(train.AdapterUnfit, match="sleep --deep"):
        trained(tmp_path, replace(SETTINGS, rank=8), earlier)


@pytest.mark.usefixtures("_tiny_base")
def test_the_same_seed_trains_the_same_adapter(tmp_path: Path) -> None:
    few = TrainingSettings(rank=4, batch_size=2, max_epochs=2, device="cpu", dtype="float32")
    adapters = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        adapters.append(load_file(trained(tmp_path / name, few)[2]))
    first, second = adapters
    assert first.keys() == second.keys()
    assert all(torch.equal(first[name], second[name]) for name in first)


@pytest.mark.usefixtures("_tiny_base")
def test_a_night_goes_on_from_the_adapter_before_it(tmp_path: Path) -> None:
    (tmp_path / "next").mkdir()
    _, _, before = trained(tmp_path)
    _, losses, _ = trained(tmp_path / "next", start=before)
    assert losses[0].loss < 0.1


@pytest.mark.parametrize(("share", "expected"), [(0.0, 8.0), (0.1, 8.0), (1.0, 4.5)])
def test_an_average_looks_back_on_its_share_of_the_steps(share: float, expected: float) -> None:
    value = torch.zeros(2)
    average = MovingAverage([value], share)
    for step in range(1, 9):
        value.fill_(step)
        average.take()
    average.give()
    assert torch.allclose(value, torch.full((2,), expected))


def test_an_average_over_a_quarter_lies_among_the_last_values() -> None:
    value = torch.zeros(1)
    average = MovingAverage([value], 0.25)
    for step in range(1, 101):
        value.fill_(step)
        average.take()
    average.give()
    assert 75 < value.item() < 90


@pytest.mark.usefixtures("_tiny_base")
def test_anchors_hold_the_model_to_what_it_said_before(tmp_path: Path) -> None:
    """What is taught to say something else beside an anchor moves it less than without."""

    def moved(anchors: Sequence[Example], name: str) -> float:
        folder = tmp_path / name
        folder.mkdir()
        _, _, adapter = trained(folder, anchors=tuple(anchors))
        from peft import LoraConfig, get_peft_model, set_peft_model_state_dict

        config = LoraConfig(r=4, lora_alpha=8, target_modules=[*LAYERS], task_type="CAUSAL_LM")
        model = get_peft_model(tiny("llama"), config).eval()
        set_peft_model_state_dict(model, load_file(adapter))
        student = Student(model, CPU, 0)
        with torch.no_grad():
            after = student.hidden(ANCHORS)
            with model.disable_adapter():
                return student.kl(student.hidden(ANCHORS), after).item()

    assert moved(ANCHORS, "held") < moved((), "free") / 2


@pytest.mark.usefixtures("_tiny_base")
def test_no_epoch_begins_after_the_time_is_up(tmp_path: Path) -> None:
    result, _, out = trained(tmp_path, max_seconds=0)
    assert result.steps == 0
    assert out.exists()


@pytest.mark.usefixtures("_tiny_base")
def test_training_that_comes_apart_is_refused_with_the_setting_to_change(tmp_path: Path) -> None:
    wild = TrainingSettings(
        rank=4, learning_rate=1e38, batch_size=2, max_epochs=5, device="cpu", dtype="float32"
    )
    with pytest.raises(TrainingDiverged, match=r"lower training\.learning_rate \(it is 1e\+38\)"):
        trained(tmp_path, wild)
    assert not (tmp_path / "adapter.safetensors").exists()


@pytest.mark.usefixtures("_tiny_base")
def test_training_that_unlearns_is_given_up_after_an_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "_HOPELESS", 0.5)  # a model this small unlearns nothing
    with pytest.raises(TrainingDiverged, match=r"and it began with 4\.\d; lower"):
        trained(tmp_path, replace(SETTINGS, learning_rate=1e-6))
    assert not (tmp_path / "adapter.safetensors").exists()


def loss_left(adapter: Path, folder: Path) -> float:
    """The loss on what the first night learned, as one more epoch finds it."""
    losses: list[LossPoint] = []
    train_adapter(
        folder / "base.gguf",
        adapter,
        TrainingSet(FACTS, ()),
        folder / "again.safetensors",
        replace(SETTINGS, max_epochs=1, batch_size=3),
        cache_folder=folder,
        on_step=lambda point, done, total: losses.append(point),
    )
    return losses[0].loss


@pytest.mark.usefixtures("_tiny_base")
def test_what_a_later_night_replays_is_not_forgotten(tmp_path: Path) -> None:
    _, _, first = trained(tmp_path)
    first = first.rename(tmp_path / "first.safetensors")
    new = tuple(Example((1, 2, 3, 13 + i, 23 + i, 33 + i), 4) for i in range(6))
    out = tmp_path / "second.safetensors"
    left = []
    for replay in ((), FACTS):
        train_adapter(
            tmp_path / "base.gguf",
            first,
            TrainingSet(new, (), replay),
            out,
            SETTINGS,
            cache_folder=tmp_path,
        )
        left.append(loss_left(out, tmp_path))
    assert left[1] < 0.5 < left[0]


class Killed(Exception):
    """Stands for the end of a process."""


@pytest.mark.usefixtures("_tiny_base")
@pytest.mark.parametrize("at", [1, 2, 3, 5])
def test_a_killed_run_goes_on_from_its_checkpoint_to_the_same_adapter(
    tmp_path: Path, at: int
) -> None:
    settings = replace(SETTINGS, max_epochs=4, average=0.25, upper_layers=0.5)
    replay = TrainingSet(FACTS, ANCHORS, (Example((1, 2, 3, 60, 61, 62), 4),))
    (tmp_path / "base.gguf").touch()

    def run(name: str, checkpoint: Checkpoint | None, until: int = 99) -> list[int]:
        steps: list[int] = []

        def note(point: LossPoint, done: int, total: int) -> None:
            if done > until:
                raise Killed
            steps.append(done)

        train_adapter(
            tmp_path / "base.gguf",
            None,
            replay,
            tmp_path / name,
            settings,
            cache_folder=tmp_path,
            checkpoint=checkpoint,
            on_step=note,
        )
        return steps

    whole = run("whole", None)
    file = tmp_path / "checkpoint"
    with pytest.raises(Killed):
        run("never", Checkpoint(file, "this job", every_s=0), until=at)
    again = run("again", Checkpoint(file, "this job"))
    assert again == whole[at:]
    first, second = (load_file(tmp_path / name) for name in ("whole", "again"))
    assert all(torch.equal(first[name], second[name]) for name in first)
    other = run("other", Checkpoint(file, "another job"))
    assert other == whole, "a checkpoint of another job is none"


def test_a_damaged_checkpoint_is_none(tmp_path: Path) -> None:
    file = tmp_path / "checkpoint"
    kept = Checkpoint(file, "job")
    assert kept.read() is None
    kept.write({"a": torch.ones(2)}, {"n": 1})
    found = kept.read()
    assert found is not None and found[1] == {"n": 1} and torch.equal(found[0]["a"], torch.ones(2))
    data = file.read_bytes()
    for broken in (data[:-3], data[:20], b"", data.replace(b"numbers", b"nombers")):
        file.write_bytes(broken)
        assert kept.read() is None
