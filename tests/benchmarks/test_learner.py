"""Every recipe of the stream learns, carries what it learned, and stays within its budget."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from torch.nn import functional

from assistant.settings import TrainingSettings
from benchmarks.stream import learner, merging, pupil
from benchmarks.stream.learner import Budget, Portion, learn
from benchmarks.stream.merging import as_adapter
from benchmarks.stream.pupil import Carried, Pupil
from benchmarks.stream.recipes import RECIPES, Recipe
from consolidation import train
from consolidation.examples import Example

pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")

CPU = torch.device("cpu")
SETTINGS = TrainingSettings(device="cpu", dtype="float32", anchor_weight=1.0)
LAYERS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
NEW = tuple(Example((1, 2, 3, 10 + i, 20 + i, 30 + i), 4) for i in range(4))
EARLIER = tuple(Example((1, 2, 3, 14 + i, 24 + i, 34 + i), 4) for i in range(4))
GENERAL = tuple(Example((1, 2, 50 + i, 55 + i), 3) for i in range(4))
FIRST, SECOND = Portion(EARLIER, (), GENERAL, 4), Portion(NEW, EARLIER, GENERAL, 4)


def tiny() -> Any:
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    sizes: dict[str, Any] = {
        "vocab_size": 64,
        "hidden_size": 32,
        "intermediate_size": 48,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 64,
        "initializer_range": 0.3,
    }
    return LlamaForCausalLM(LlamaConfig(**sizes)).requires_grad_(False)


@pytest.fixture(autouse=True)
def _tiny_base(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A base that loads in no time, in the place of one that is read from a GGUF file."""

    def targets(model: Any, base: Path) -> list[str]:
        return [n for n, m in model.named_modules() if n.rpartition(".")[2] in LAYERS]

    monkeypatch.setattr(learner, "load_base_for_training", lambda *_: tiny())
    monkeypatch.setattr(merging, "load_base_for_training", lambda *_: tiny())
    for module in (pupil, train):
        monkeypatch.setattr(module, "linear_targets", targets)
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def quick(name: str) -> Recipe:
    """The recipe at a rate at which so small a model learns, without what slows its beginning."""
    recipe = RECIPES[name]
    kept = 0.0 if recipe.penalty == "ewc" else recipe.penalty_weight
    return replace(
        recipe,
        learning_rate=0.01,
        rate="constant",
        steps_a_fact=60.0 if recipe.steps_a_fact else 0.0,
        stop_below=0.0,
        upper_layers=1.0,
        dropout=0.0,
        penalty_weight=kept,
    )


def night(recipe: Recipe, carried: Carried, portion: Portion, number: int, tokens: float) -> Any:
    budget = Budget(tokens)
    return learn(
        recipe,
        Path("base.gguf"),
        carried,
        portion,
        budget,
        SETTINGS,
        night=number,
        cache_folder=Path(),
    )


@torch.no_grad()
def loss(model: Pupil, examples: tuple[Example, ...]) -> float:
    logits = model.student.head(model.student.hidden(examples))
    targets = torch.tensor([t for e in examples for t in e.ids[e.answer_start :]])
    return functional.cross_entropy(logits, targets).item()


@pytest.mark.parametrize("name", [n for n, r in RECIPES.items() if r.carry != "base"])
def test_what_a_recipe_learned_is_there_on_the_next_night(name: str, tmp_path: Path) -> None:
    recipe = quick(name)
    carried, cost = night(recipe, Carried(), FIRST, 0, 1_500)
    assert cost.steps and cost.tokens
    carried.save(tmp_path)
    again = Pupil(recipe, tiny(), Path(), Carried.load(tmp_path), CPU)
    assert (
        loss(again, EARLIER) < 1.0 < 3.0 < loss(Pupil(recipe, tiny(), Path(), Carried(), CPU), NEW)
    )


@pytest.mark.parametrize("name", list(RECIPES))
def test_a_second_night_goes_on_from_the_first_within_its_budget(name: str, tmp_path: Path) -> None:
    recipe = RECIPES[name]
    carried, _ = night(recipe, Carried(), FIRST, 0, 300)
    carried, cost = night(recipe, carried, SECOND, 1, 300)
    assert 0 < cost.tokens < 300 + 200
    carried.save(tmp_path)
    restored = Carried.load(tmp_path)
    assert restored.steps == carried.steps
    assert restored.tensors.keys() == carried.tensors.keys()
    assert bool(restored.importance) == (recipe.penalty == "ewc")


@pytest.mark.parametrize("name", ["sequential LoRA", "O-LoRA", "full fine-tuning"])
def test_the_file_to_merge_is_what_was_learned(name: str, tmp_path: Path) -> None:
    recipe = quick(name)
    carried, _ = night(recipe, Carried(), FIRST, 0, 600)
    carried, _ = night(recipe, carried, SECOND, 1, 600)
    carried.save(tmp_path)
    file, alpha = as_adapter(recipe, Path(), tmp_path, Path())
    tensors = load_file(file)
    merged = tiny()
    for key, a in tensors.items():
        if "lora_A" in key:
            module = key.removeprefix("base_model.model.").partition(".lora_A")[0]
            b = tensors[key.replace("lora_A", "lora_B")]
            merged.get_submodule(module).weight.data += alpha / len(a) * (b @ a)
    expected = Pupil(recipe, tiny(), Path(), carried, CPU)
    plain = Pupil(replace(recipe, carry="all weights"), merged, Path(), Carried(), CPU)
    with torch.no_grad():
        difference = expected.student.hidden(NEW) - plain.student.hidden(NEW)
    assert difference.abs().max().item() < 1e-4


def test_earlier_adapters_stand_side_by_side_with_the_new_one() -> None:
    recipe = RECIPES["O-LoRA"]
    carried, _ = night(recipe, Carried(), FIRST, 0, 300)
    carried, _ = night(recipe, carried, SECOND, 1, 300)
    ranks = {value.shape[0] for key, value in carried.tensors.items() if "lora_A" in key}
    assert ranks == {2 * recipe.rank}


def test_ewc_charges_for_straying_where_it_mattered() -> None:
    recipe = RECIPES["EWC"]
    carried, _ = night(recipe, Carried(), FIRST, 0, 200)
    model = Pupil(recipe, tiny(), Path(), carried, CPU)
    with torch.no_grad():
        assert model.penalty(carried) == 0.0
        for parameter in model.trainable:
            parameter += 0.1
        assert model.penalty(carried) > 0.0


def test_a_recipe_stops_after_its_steps() -> None:
    recipe = replace(RECIPES["sleeping-llm"], steps_a_fact=6.0)
    _, cost = night(recipe, Carried(), FIRST, 0, 10**6)
    assert cost.steps == 24
