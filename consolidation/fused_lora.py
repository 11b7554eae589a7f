"""A linear layer with its LoRA adapter as one operation, with a backward pass written by hand.

The library's layer runs the adapter in float32 whatever the base is in, and casts every activation
to and fro; here all products are in the activations' type, and the adapter's own values and
gradients stay in float32.
"""

from types import MethodType
from typing import Any

import torch
from peft.tuners.lora import Linear
from torch import Tensor
from torch.autograd import Function


class _Product(Function):  # type: ignore[misc]
    """x W' + scale · x A' B', with W frozen."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, a: Tensor, b: Tensor, scale: float) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])
        a, b = a.to(x.dtype), (b * scale).to(x.dtype)
        narrow = rows @ a.T
        product = (rows @ weight.T).addmm_(narrow, b.T)
        ctx.save_for_backward(rows, weight, a, b, narrow)
        ctx.scale, ctx.shape = scale, x.shape
        return product.view(*x.shape[:-1], weight.shape[0])

    @staticmethod
    def backward(ctx: Any, given: Tensor) -> tuple[Tensor | None, ...]:
        rows, weight, a, b, narrow = ctx.saved_tensors
        given = given.reshape(-1, given.shape[-1])
        into_narrow = given @ b
        to_b = (given.T @ narrow).float().mul_(ctx.scale)
        to_a = (into_narrow.T @ rows).float()
        to_x = None
        if ctx.needs_input_grad[0]:
            to_x = (given @ weight).addmm_(into_narrow, a).view(ctx.shape)
        return to_x, None, to_a, to_b, None


def fuse(model: Any) -> None:
    """Let the adapted layers of a PEFT model compute so; those with a bias or dropout stay."""
    for layer in model.modules():
        if isinstance(layer, Linear) and _is_plain(layer):
            layer.forward = MethodType(_forward, layer)


def _is_plain(layer: Linear) -> bool:
    (name,) = layer.active_adapters
    return (
        isinstance(layer.base_layer, torch.nn.Linear)
        and layer.base_layer.bias is None
        and isinstance(layer.lora_dropout[name], torch.nn.Identity)
    )


def _forward(layer: Any, x: Tensor) -> Tensor:
    if layer.disable_adapters:
        return torch.nn.functional.linear(x, layer.base_layer.weight)
    (name,) = layer.active_adapters
    a, b = layer.lora_A[name].weight, layer.lora_B[name].weight
    product: Tensor = _Product.apply(x, layer.base_layer.weight, a, b, layer.scaling[name])
    return product
