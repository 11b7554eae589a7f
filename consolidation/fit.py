"""Fit: how much memory a model asks for, to chat and to be trained. Pure; an estimate.

The parts are those that are allocated, each from the file's own sizes. On Linux, with the default
model and with Gemma 3 270M, the engine took 0.54 and 1.54 GB (the formula less what stands beside:
0.55 and 1.49), the process that compares meanings 0.62 GB, converting a base 1.2 and 2.2 GB; what a
training step takes was worked out, not measured. No figure is from a GPU.
"""

import math

from assistant.settings import Settings
from models.outline import ModelOutline

USABLE = 0.85
"""Of a memory: the system and the other programs have the rest."""
_SIDE_TOKENS = 2048
"""`models.llama_model` keeps so many beside the conversation."""
_BATCH_TOKENS = 512
_CACHE_BYTES, _FLOAT_BYTES = 2, 4
_BESIDE_CHAT_BYTES = 900_000_000
"""The app, and the process that compares meanings."""
_BESIDE_TRAINING_BYTES = 700_000_000
"""Python with torch and the grammar."""
_NIGHT_TOKENS = 2048
"""The context of the night's own engine."""
_ADAPTERS = 5
"""The adapter, its gradient, two moments of Adam, its average."""
_ROW_TOKENS, _SCORED_TOKENS = 1024, 256
"""Of a step: all that run through the model at once, and those that are learned."""
_KEPT_NUMBERS = 17
"""What a block keeps for its backward pass, in widths a token (Korthikanti et al. 2022, eq. 1:
34 bytes, half of them a number each)."""
_LOGIT_COPIES = 4
_CONVERTED = 1.7
"""Of the weights in float32, while a base is first written anew for training: 1.4 and 1.6."""


def chat_bytes(model: ModelOutline, context_tokens: int) -> int:
    """What chatting takes at most.

    file + context · kept_per_token · 2 (keys and values, 16 bits) + batch · context · heads · 4
    (attention) + 2 · batch · vocabulary · 4 (logits) + what stands beside; the context is
    min(context_tokens, the model's) and 2048 beside it, a batch has 512 tokens.
    """
    context = min(context_tokens, model.context_tokens or context_tokens) + _SIDE_TOKENS
    cache = context * model.kept_per_token * _CACHE_BYTES
    attention = _BATCH_TOKENS * context * model.heads * _FLOAT_BYTES
    logits = 2 * _BATCH_TOKENS * model.vocabulary * _FLOAT_BYTES
    return model.size_bytes + cache + attention + logits + _BESIDE_CHAT_BYTES


def engines_bytes(model: ModelOutline, context_tokens: int) -> int:
    """Those of a night and of an app that is open beside it: each has one, as for chatting."""
    return chat_bytes(model, context_tokens) + chat_bytes(model, _NIGHT_TOKENS)


def training_bytes(model: ModelOutline, settings: Settings, *, on_gpu: bool) -> int:
    """What a night's training takes at most, beside the engines.

    weights · 4 (2 where the frozen base is bfloat16: asked for, or on a GPU by itself) + 5 · 4 ·
    rank · edges of the trained blocks (the adapter and what trains it) + 17 · width · blocks · row
    · 4 (what the backward pass needs) + 4 · scored · vocabulary · 4 (logits) + what stands beside;
    a row has 1024 tokens, of which 256 are scored.
    """
    training = settings.training
    halved = training.dtype == "bfloat16" or (training.dtype == "auto" and on_gpu)
    weights = model.parameters * (2 if halved else _FLOAT_BYTES)
    trained = math.ceil(len(model.block_edges) * training.upper_layers)
    edges = sum(model.block_edges[len(model.block_edges) - trained :])
    adapter = _ADAPTERS * training.rank * edges * _FLOAT_BYTES
    kept = _KEPT_NUMBERS * model.width * trained * _ROW_TOKENS * _FLOAT_BYTES
    logits = _LOGIT_COPIES * _SCORED_TOKENS * model.vocabulary * _FLOAT_BYTES
    return weights + adapter + kept + logits + _BESIDE_TRAINING_BYTES


def conversion_bytes(model: ModelOutline) -> int:
    """What the first night takes of the machine's memory to convert the base, wherever it trains.

    1.7 · weights · 4 + what stands beside; the engines are not in it.
    """
    return round(_CONVERTED * model.parameters * _FLOAT_BYTES) + _BESIDE_TRAINING_BYTES
