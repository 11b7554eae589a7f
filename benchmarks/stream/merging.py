"""What a recipe carries, as one adapter file that a merge can take."""

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from benchmarks.stream.recipes import Recipe
from models.gguf import load_base_for_training


def as_adapter(recipe: Recipe, base: Path, carried: Path, cache_folder: Path) -> tuple[Path, float]:
    """The file, and the alpha that its rank is to be scaled with.

    Adapters side by side have the sum of their ranks; changed weights are an adapter of full rank,
    whose A is the identity (times the rank, by which a merge divides).
    """
    tensors = load_file(carried / "carried.safetensors")
    out = carried / "merging.safetensors"
    if recipe.carry != "all weights":
        rank = next(value.shape[0] for name, value in tensors.items() if "lora_A" in name)
        save_file(tensors, out)
        return out, recipe.alpha / recipe.rank * rank
    frozen = load_base_for_training(base, cache_folder, torch.float32, "cpu").state_dict()
    whole: dict[str, torch.Tensor] = {}
    for name, value in tensors.items():
        module = f"base_model.model.{name.removesuffix('.weight')}"
        whole[f"{module}.lora_A.weight"] = torch.eye(value.shape[1]) * value.shape[1]
        whole[f"{module}.lora_B.weight"] = (value.float() - frozen[name]).contiguous()
    save_file(whole, out)
    return out, 1.0
