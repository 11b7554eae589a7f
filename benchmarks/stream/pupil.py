"""The model of a recipe, with what earlier nights left in it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from peft import get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from benchmarks.stream.recipes import Recipe
from consolidation.examples import Example
from consolidation.fused_lora import fuse
from consolidation.student import Student
from consolidation.train import first_adapted, lora_config
from models.gguf import linear_targets

_FISHER_EXAMPLES = 64


@dataclass(slots=True)
class Carried:
    """What the next night goes on from; empty before the first."""

    tensors: dict[str, Tensor] = field(default_factory=dict)
    """An adapter, or all weights."""
    importance: dict[str, Tensor] = field(default_factory=dict)
    """EWC: the Fisher information of each trained number."""
    steps: int = 0
    """Steps of all nights, for schedules that run across them."""

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        save_file(self.tensors, folder / "carried.safetensors", {"steps": str(self.steps)})
        save_file(self.importance, folder / "importance.safetensors")

    def on(self, device: torch.device) -> "Carried":
        """The same on a device."""
        tensors, importance = (
            {name: value.to(device) for name, value in values.items()}
            for values in (self.tensors, self.importance)
        )
        return Carried(tensors, importance, self.steps)

    @classmethod
    def load(cls, folder: Path) -> "Carried":
        from safetensors import safe_open

        file = folder / "carried.safetensors"
        with safe_open(file, "pt") as opened:
            steps = int((opened.metadata() or {}).get("steps", 0))
        return cls(load_file(file), load_file(folder / "importance.safetensors"), steps)


class Pupil:
    """The model of a recipe, with what earlier nights left in it."""

    def __init__(
        self, recipe: Recipe, model: Any, base: Path, carried: Carried, device: torch.device
    ) -> None:
        self._recipe = recipe
        self._whole = recipe.carry == "all weights"
        if self._whole:
            self._model: Any = _Unadapted(model)
            named = {f"{name}.weight" for name in linear_targets(model, base)}
            for name, value in model.named_parameters():
                value.requires_grad_(name in named)
            model.load_state_dict(carried.tensors, strict=False)
            self.named = {n: p for n, p in model.named_parameters() if p.requires_grad}
        else:
            if recipe.carry == "stack":
                _merge_into(model, carried.tensors, recipe)
            lora = lora_config(
                model,
                base,
                rank=recipe.rank,
                alpha=recipe.alpha,
                upper_layers=recipe.upper_layers,
                dropout=recipe.dropout,
                only=recipe.targets,
            )
            self._model = get_peft_model(model, lora)
            fuse(self._model)
            if recipe.carry == "adapter" and carried.tensors:
                set_peft_model_state_dict(self._model, carried.tensors)
            self.named = {n: p for n, p in self._model.named_parameters() if p.requires_grad}
        self._model.train()
        self.trainable = list(self.named.values())
        self._started = {
            name: value.detach().clone()
            for name, value in self.named.items()
            if recipe.penalty == "ewc"
        }
        self.student = Student(self._model, device, first_adapted(model, recipe.upper_layers))

    def base_references(self, anchors: Sequence[Example]) -> list[Tensor]:
        """The frozen base's final hidden states for each anchor's answer."""
        with self._model.disable_adapter():
            return self.student.answer_states(anchors)

    def penalty(self, carried: Carried) -> Tensor | float:
        """What straying costs: EWC's quadratic, or O-LoRA's overlap of A with earlier ones."""
        weight = self._recipe.penalty_weight
        if self._recipe.penalty == "ewc" and carried.importance:
            terms = [
                (carried.importance[name] * (value - self._started[name]) ** 2).sum()
                for name, value in self.named.items()
            ]
            return weight / 2 * torch.stack(terms).sum()
        if self._recipe.penalty == "orthogonal" and carried.tensors:
            terms = [
                (carried.tensors[_plain(name)] @ value.T).abs().sum()
                for name, value in self.named.items()
                if "lora_A" in name
            ]
            return weight * torch.stack(terms).sum()
        return 0.0

    def carried(self, earlier: Carried, new: Sequence[Example], chance: random.Random) -> Carried:
        """What the next night goes on from."""
        if self._whole:
            return Carried({n: p.detach().clone() for n, p in self.named.items()})
        state = get_peft_model_state_dict(self._model)
        tensors = {name: value.detach().float().contiguous() for name, value in state.items()}
        if self._recipe.carry == "stack":
            tensors = _stacked(earlier.tensors, tensors)
        importance: dict[str, Tensor] = {}
        if self._recipe.penalty == "ewc":
            fisher = self._fisher(chance.sample(new, min(_FISHER_EXAMPLES, len(new))))
            known = earlier.importance
            importance = {n: f + known[n] if n in known else f for n, f in fisher.items()}
        return Carried(tensors, importance)

    def _fisher(self, examples: Sequence[Example]) -> dict[str, Tensor]:
        total = {name: torch.zeros_like(value) for name, value in self.named.items()}
        for example in examples:
            self._model.zero_grad(set_to_none=True)
            logits = self.student.head(self.student.hidden([example]))
            targets = torch.tensor(example.ids[example.answer_start :], device=logits.device)
            functional.cross_entropy(logits, targets).backward()
            for name, value in self.named.items():
                if value.grad is not None:
                    total[name] += value.grad**2 / len(examples)
        return total


class _Unadapted:
    """A model without an adapter, in the place of one with."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def get_base_model(self) -> Any:
        return self._model

    def train(self) -> None:
        self._model.train()


def _merge_into(model: Any, adapters: dict[str, Tensor], recipe: Recipe) -> None:
    """Add earlier adapters to the weights."""
    scale = recipe.alpha / recipe.rank
    with torch.no_grad():
        for name, a in adapters.items():
            if ".lora_A." in name:
                module = name.removeprefix("base_model.model.").partition(".lora_A")[0]
                weight = model.get_submodule(module).weight
                b = adapters[name.replace("lora_A", "lora_B")]
                weight += (scale * (b @ a)).to(weight.device, weight.dtype)


def _stacked(earlier: dict[str, Tensor], fresh: dict[str, Tensor]) -> dict[str, Tensor]:
    """Adapters side by side: their sum, at the sum of their ranks."""
    if not earlier:
        return fresh
    return {
        name: torch.cat([earlier[name], value], dim=0 if "lora_A" in name else 1).contiguous()
        for name, value in fresh.items()
    }


def _plain(name: str) -> str:
    return name.replace(".default", "")
