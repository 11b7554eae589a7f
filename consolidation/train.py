"""Training: base, adapter and training set in, adapter out.

Knows token ids, not texts: the ids come from the tokenizer that is deployed.
"""

import math
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from safetensors.torch import load_file, save_file
from torch import Tensor

from assistant.settings import TrainingSettings
from consolidation.checkpoint import Checkpoint
from consolidation.course import Course
from consolidation.examples import Example, TrainingDiverged, TrainingResult, TrainingSet
from consolidation.free_texts import free_texts
from consolidation.fused_lora import fuse
from consolidation.moving_average import MovingAverage
from consolidation.processes import Processes
from consolidation.step import Batch, take_gradients
from consolidation.student import Student
from memory.records import LossPoint
from models.gguf import linear_targets, load_base_for_training
from models.registry import hash_file

_TOKEN_RESTS = 2 / 3
"""Of the loss at which an example rests: so that none waits for a token that rests above it."""
_NEW_TEXT = 3.0
"""Loss, in nats a token, of text that a language model sees for the first time."""
_HOPELESS = 1.5
"""How many times that, or the loss at the beginning, an epoch's mean may be."""
_BETAS = (0.9, 0.95)
"""Adam's; gradients are large at first and small soon, so their squares are soon forgotten."""
_PASSES_TO_COME = (7.0, 6.0, 5.5)
"""From an epoch on, the steps to come, in passes over what is due. Seen in LOG.md."""


class AdapterUnfit(RuntimeError):
    """An earlier adapter cannot be trained further under the present settings."""


def train_adapter(
    base: Path,
    start: Path | None,
    training_set: TrainingSet,
    out: Path,
    settings: TrainingSettings,
    *,
    cache_folder: Path,
    max_seconds: float = math.inf,
    max_tokens: float = math.inf,
    checkpoint: Checkpoint | None = None,
    on_step: Callable[[LossPoint, int, int], None] = lambda point, done, total: None,
) -> TrainingResult:
    """Train a LoRA adapter on the frozen base and write it to `out` (safetensors).

    Cross-entropy on answer tokens (Physics of LMs 3.1: many views per fact), on those still to
    learn (MemFT: below ln 2 a token is recalled); learned examples rest, and come up for `Review`;
    some of what earlier nights learned in every step, in ever other views, so that it is not lost;
    KL(base || student) on a few anchors in every step, so that general ability stays, and on what
    the base writes freely, since anchors hold nothing but chat. What is written is the average of
    the adapter over the last steps (Polyak and Juditsky 1992): a step learns a few examples at the
    cost of others, and the average carries less of that.
    After `max_seconds` no further epoch begins, after `max_tokens` no further step. `on_step` gets
    the loss, the steps done and the steps expected in all. With a `checkpoint` of this very job it
    goes on from there, and ends with the same adapter. Raises `TrainingDiverged`, and
    `AdapterUnfit` for a `start` of another form.
    """
    began = time.monotonic()
    processes = Processes()
    device = device_of(settings.device)
    dtype = dtype_of(settings.dtype, device)
    sha256 = hash_file(base)
    frozen = processes.one_after_another(
        lambda: load_base_for_training(base, cache_folder, dtype, device, sha256=sha256)
    )
    torch.manual_seed(settings.seed)
    lora = lora_config(
        frozen,
        base,
        rank=settings.rank,
        alpha=settings.alpha,
        upper_layers=settings.upper_layers,
    )
    model = get_peft_model(frozen, lora)
    if start is not None:
        go_on_from(model, load_file(start))
    fuse(model)
    model.train()
    student = Student(model, device, first_adapted(frozen, settings.upper_layers))
    with model.disable_adapter():
        references = student.answer_states(training_set.anchors)
        texts, text_references = processes.one_after_another(
            lambda: _texts(frozen, student, settings, cache_folder, sha256)
        )
    student.read_together((*training_set.facts, *training_set.replay))
    student.read_together(texts)
    named = {name: p for name, p in model.named_parameters() if p.requires_grad}
    trainable = list(named.values())
    optimizer = torch.optim.AdamW(
        trainable,
        lr=settings.learning_rate,
        betas=_BETAS,
        weight_decay=0.0,
        fused=device.type != "mps",
    )
    average = MovingAverage(trainable, settings.average)
    course = Course(training_set.facts, named, optimizer, average, settings)
    if checkpoint is not None and (kept := checkpoint.read()):
        course.take_up(*kept)
    while course.epoch < settings.max_epochs:
        course.begin_epoch()
        late = processes.agreed(time.monotonic() - began > max_seconds, device)
        if not course.active or late or course.tokens >= max_tokens:
            break
        passes = min(_PASSES_TO_COME[min(course.epoch, 2)], settings.max_epochs - course.epoch)
        an_epoch = math.ceil(len(course.active) / settings.batch_size)
        total = course.began_at + math.ceil(passes * an_epoch)
        for chosen in course.batches():
            if course.tokens >= max_tokens:
                break
            again = course.again(len(training_set.replay), settings.replay_per_step)
            new = [training_set.facts[i] for i in chosen]
            drawn = _drawn(len(training_set.anchors), settings.anchors_per_step, course.draw)
            read = _drawn(len(texts), settings.texts_per_step, course.draw)
            batch = Batch(
                [*new, *(training_set.replay[i] for i in again)],
                [training_set.anchors[i] for i in drawn],
                [texts[i] for i in read],
                [*(references[i] for i in drawn), *(text_references[i] for i in read)],
            )
            optimizer.zero_grad(set_to_none=True)
            seen = take_gradients(
                student,
                batch,
                rests_below=settings.skip_below_loss * _TOKEN_RESTS,
                anchor_weight=settings.anchor_weight,
                processes=processes,
                device=device,
            )
            if not math.isfinite(seen.total):
                raise _diverged(f"the loss is {seen.total} after {course.steps} steps", settings)
            processes.sum_gradients(trainable)
            torch.nn.utils.clip_grad_norm_(trainable, 1.0)
            optimizer.step()
            average.take()
            course.note(chosen, seen.worst, seen.facts, seen.tokens)
            on_step(LossPoint(course.steps, seen.facts), course.steps, max(total, course.steps))
            if checkpoint is not None and processes.rank == 0 and checkpoint.is_due():
                checkpoint.write(*course.put_down())
        _check_hope(course, settings)
        course.end_epoch()
    average.give()
    if processes.rank == 0:
        _save(model, out, settings)
    seconds = time.monotonic() - began
    return TrainingResult(course.steps, course.tokens, seconds, course.review.learned)


def _check_hope(course: Course, settings: TrainingSettings) -> None:
    """Raise `TrainingDiverged` where an epoch ends worse than new text, or than all began."""
    epoch = course.losses[course.began_at :]
    bar = _HOPELESS * max(course.losses[0], _NEW_TEXT) if epoch else math.inf
    if epoch and sum(epoch) / len(epoch) > bar:
        raise _diverged(
            f"after {course.steps} steps the loss is {epoch[-1]:.1f}, "
            f"and it began with {course.losses[0]:.1f}",
            settings,
        )


def _texts(
    frozen: Any, student: Student, settings: TrainingSettings, cache_folder: Path, sha256: str
) -> tuple[tuple[Example, ...], list[Tensor]]:
    """What the base writes freely; the file has the name of what it depends on."""
    if not settings.texts_per_step:
        return (), []
    dtype = str(frozen.dtype).removeprefix("torch.")
    kept = cache_folder / f"texts-{sha256[:16]}-{settings.seed}-{dtype}.safetensors"
    return free_texts(frozen, student, frozen.device, settings.seed, kept)


def _diverged(seen: str, settings: TrainingSettings) -> TrainingDiverged:
    rate = f"{settings.learning_rate:g}"
    return TrainingDiverged(f"{seen}; lower training.learning_rate (it is {rate})")


def first_adapted(frozen: Any, upper_layers: float) -> int:
    """The number of the first layer that an adapter on this share of the layers touches."""
    layers: int = frozen.config.num_hidden_layers
    return layers - math.ceil(layers * upper_layers)


def lora_config(
    frozen: Any,
    base: Path,
    *,
    rank: int,
    alpha: int,
    upper_layers: float,
    dropout: float = 0.0,
    only: Collection[str] = (),
) -> LoraConfig:
    """An adapter on the linear layers of the upper share of the layers; on those named `only`."""
    targets = linear_targets(frozen, base)
    first = first_adapted(frozen, upper_layers)
    return LoraConfig(
        r=rank,
        lora_alpha=alpha,
        lora_dropout=dropout,
        target_modules=[n for n in targets if not only or n.rpartition(".")[2] in only],
        layers_to_transform=list(range(first, frozen.config.num_hidden_layers)) if first else None,
        task_type="CAUSAL_LM",
    )


def go_on_from(model: Any, earlier: dict[str, Tensor]) -> None:
    """Give a fresh adapter the values of an earlier one of the same form."""
    fresh = {name: value.shape for name, value in _state(model).items()}
    if fresh != {name: value.shape for name, value in earlier.items()}:
        raise AdapterUnfit(
            "the live adapter has another rank or other layers than the settings ask for; "
            "restore training.rank and training.upper_layers, or run `reverie sleep --deep`"
        )
    set_peft_model_state_dict(model, earlier)


def _drawn(available: int, wanted: int, draw: torch.Generator) -> list[int]:
    chosen: list[int] = torch.randperm(available, generator=draw)[:wanted].tolist()
    return chosen


def _save(model: Any, out: Path, settings: TrainingSettings) -> None:
    state = {k: v.detach().float().cpu().contiguous() for k, v in _state(model).items()}
    if not all(bool(torch.isfinite(v).all()) for v in state.values()):
        raise _diverged("the adapter holds values that are not numbers", settings)
    save_file(state, out, metadata={"alpha": str(settings.alpha), "rank": str(settings.rank)})
    out.chmod(0o600)


def _state(model: Any) -> dict[str, Tensor]:
    state: dict[str, Tensor] = get_peft_model_state_dict(model)
    return state


def device_of(name: str) -> torch.device:
    """The device that a setting names; for "auto" the fastest that there is."""
    if name != "auto":
        return torch.device(name)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


def dtype_of(name: str, device: torch.device) -> torch.dtype:
    """Of the frozen base: bfloat16 where the processor multiplies it faster than float32."""
    if name == "auto":
        fast = device.type == "cuda" or (
            device.type == "cpu" and torch.cpu._is_avx512_bf16_supported()
        )
        return torch.bfloat16 if fast else torch.float32
    return torch.float32 if name == "float32" else torch.bfloat16
