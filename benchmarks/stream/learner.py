"""A night of any recipe: examples in, an adapter or weights out, within a budget of tokens.

Shares with a night of Reverie how examples are packed and what a step costs, and nothing of what
it decides.
"""

import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from assistant.settings import TrainingSettings
from benchmarks.stream.pupil import Carried, Pupil
from benchmarks.stream.recipes import Recipe
from consolidation.examples import Example
from consolidation.train import device_of, dtype_of
from models.gguf import load_base_for_training

_WARM_UP, _WARM_LONG, _WARM_LEAST = 500, 5_000, 0.1
_PEAK_LEFT = 0.024
"""What is left of the first night's rate at the tenth (TiC-LM's schedule has no floor)."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What a night may train, tokenised."""

    new: Sequence[Example]
    earlier: Sequence[Example]
    general: Sequence[Example]
    """General prompts with the base's answers."""
    facts: int
    """How many facts `new` is about."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Where a night ends at the latest."""

    tokens: float = math.inf
    seconds: float = math.inf


@dataclass(frozen=True, slots=True)
class Cost:
    """What a night took."""

    steps: int
    tokens: int
    seconds: float
    cpu_seconds: float


def learn(
    recipe: Recipe,
    base: Path,
    carried: Carried,
    portion: Portion,
    budget: Budget,
    settings: TrainingSettings,
    *,
    night: int,
    cache_folder: Path,
) -> tuple[Carried, Cost]:
    """One night, counted from 0. Its tensors are in PEFT's naming, or all linear weights."""
    began, began_cpu = time.monotonic(), time.process_time()
    torch.manual_seed(settings.seed * 1000 + night)
    chance = random.Random(settings.seed * 1000 + night)
    device = device_of(settings.device)
    base_model = load_base_for_training(
        base, cache_folder, dtype_of(settings.dtype, device), device
    )
    carried = carried.on(device)
    pupil = Pupil(recipe, base_model, base, carried, device)
    references = pupil.base_references(portion.general) if recipe.anchors else []
    before = pupil.student.answer_states(portion.new) if recipe.penalty == "lwf" and night else []
    optimizer = torch.optim.AdamW(
        pupil.trainable,
        lr=recipe.learning_rate,
        betas=(0.9, 0.95) if recipe.rate != "warm-up" else (0.9, 0.999),
        weight_decay=recipe.weight_decay,
    )
    draw = _Draw(recipe, portion, chance)
    most = _most_steps(recipe, portion)
    steps = tokens = 0
    means: list[float] = []
    while steps < most and tokens < budget.tokens and time.monotonic() - began < budget.seconds:
        losses_of_epoch: list[float] = []
        for batch in draw.epoch():
            if steps >= most or tokens >= budget.tokens:
                break
            if time.monotonic() - began >= budget.seconds:
                break
            rate = _rate(recipe, night, carried.steps + steps)
            for group in optimizer.param_groups:
                group["lr"] = rate
            facts = [draw.example(i) for i in batch]
            drawn = chance.sample(range(len(portion.general)), recipe.anchors)
            anchors = [portion.general[i] for i in drawn]
            hidden = pupil.student.hidden([*facts, *anchors])
            scored = sum(len(e.ids) - e.answer_start for e in facts)
            targets = torch.tensor([t for e in facts for t in e.ids[e.answer_start :]])
            logits = pupil.student.head(hidden[:scored])
            losses = functional.cross_entropy(logits, targets.to(device), reduction="none")
            loss = losses.mean()
            if anchors:
                reference = torch.cat([references[i] for i in drawn])
                kl = pupil.student.kl(reference, hidden[scored:])
                loss = loss + settings.anchor_weight * kl
            loss = loss + pupil.penalty(carried)
            if before:
                strayed = _to_before(pupil, batch, facts, hidden, before)
                loss = loss + recipe.penalty_weight * strayed
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(pupil.trainable, 1.0)
            optimizer.step()
            steps += 1
            tokens += pupil.student.last_tokens
            losses_of_epoch.append(losses.mean().item())
        if not losses_of_epoch:
            break
        means.append(sum(losses_of_epoch) / len(losses_of_epoch))
        if len(means) >= 5 and max(means[-2:]) < recipe.stop_below:
            break
    after = pupil.carried(carried, portion.new, chance)
    after.steps = carried.steps + steps
    return after, Cost(steps, tokens, time.monotonic() - began, time.process_time() - began_cpu)


class _Draw:
    """Which examples a step trains: the new ones, and shares of earlier and general ones."""

    def __init__(self, recipe: Recipe, portion: Portion, chance: random.Random) -> None:
        self._recipe = recipe
        self._chance = chance
        self._examples = [*portion.new, *portion.earlier, *portion.general]
        first, second = len(portion.new), len(portion.new) + len(portion.earlier)
        self._new = range(first)
        self._earlier = range(first, second)
        self._general = range(second, len(self._examples))

    def example(self, index: int) -> Example:
        example = self._examples[index]
        return Example(example.ids, 1) if self._recipe.on_prompt else example

    def epoch(self) -> Iterator[list[int]]:
        """Batches that hold every new example once."""
        chosen = list(self._new)
        shares = ((self._earlier, self._recipe.replay), (self._general, self._recipe.general))
        rest = 1 - sum(share for members, share in shares if members)
        for members, share in shares:
            if members and share:
                chosen += self._chance.choices(members, k=round(len(self._new) * share / rest))
        self._chance.shuffle(chosen)
        size = self._recipe.batch_size
        yield from (chosen[start : start + size] for start in range(0, len(chosen), size))


def _most_steps(recipe: Recipe, portion: Portion) -> float:
    if not recipe.steps_a_fact:
        return math.inf
    return max(recipe.steps_a_fact * portion.facts, 20)


def _rate(recipe: Recipe, night: int, steps: int) -> float:
    if recipe.rate == "nights":
        share = 0.5 * (1 + math.cos(math.pi * night / (night + 1)))
        return recipe.learning_rate * max(share, _PEAK_LEFT)
    if recipe.rate == "warm-up":
        if steps < _WARM_UP:
            return recipe.learning_rate * (steps + 1) / _WARM_UP
        done = min((steps - _WARM_UP) / (_WARM_LONG - _WARM_UP), 1.0)
        fall = 0.5 * (1 + math.cos(math.pi * done))
        return recipe.learning_rate * (_WARM_LEAST + (1 - _WARM_LEAST) * fall)
    return recipe.learning_rate


def _to_before(
    pupil: Pupil,
    batch: Sequence[int],
    facts: Sequence[Example],
    hidden: Tensor,
    before: Sequence[Tensor],
) -> Tensor:
    """KL(model of the evening || student) on the new examples' answers."""
    lengths = [len(e.ids) - e.answer_start for e in facts]
    parts = hidden[: sum(lengths)].split(lengths)
    pairs = [(before[i], part) for i, part in zip(batch, parts, strict=True) if i < len(before)]
    if not pairs:
        return hidden.sum() * 0
    return pupil.student.kl(torch.cat([a for a, _ in pairs]), torch.cat([b for _, b in pairs]))
