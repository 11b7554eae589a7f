"""Ways to train the same views: ours, and the Trainer of Hugging Face with PEFT. One run a process.

    python -m benchmarks.speed.arms JOB.json

The job names the arm, the base, the examples and where to write. An arm writes an adapter whenever
it has trained so many tokens, with the seconds that took: reading of weights and writing of
adapters are not counted.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from peft import get_peft_model, get_peft_model_state_dict
from safetensors.torch import save_file

from assistant.settings import TrainingSettings
from benchmarks.stream.recipes import OURS
from consolidation.examples import Example, TrainingSet
from consolidation.train import device_of, lora_config, train_adapter
from models.gguf import load_base_for_training


@dataclass(frozen=True, slots=True)
class Job:
    """What an arm is given."""

    arm: str
    base: str
    cache_folder: str
    facts: list[list[Any]]
    """Each example's token ids and where its answer begins."""
    anchors: list[list[Any]]
    marks: list[int]
    """Tokens, without padding, after which an adapter is written."""
    out: str
    threads: int
    batch_size: int = 4
    learning_rate: float = 5e-4


@dataclass(frozen=True, slots=True)
class Mark:
    """An adapter that an arm wrote."""

    adapter: str
    tokens: int
    seconds: float
    steps: int
    padding: float
    """Of all tokens that were run, the share that was padding."""
    peak_bytes: int


def ours(job: Job) -> list[Mark]:
    """`consolidation.train` as nights run it, with anchors and texts; anew for each mark."""
    marks = []
    settings = replace(TrainingSettings(), max_epochs=1000)
    training_set = TrainingSet(_examples(job.facts), _examples(job.anchors))
    for tokens in job.marks:
        out = Path(job.out) / f"{tokens}.safetensors"
        trained = train_adapter(
            Path(job.base),
            None,
            training_set,
            out,
            settings,
            cache_folder=Path(job.cache_folder),
            max_tokens=tokens,
        )
        row = Mark(str(out), trained.tokens, trained.seconds, trained.steps, 0.0, _peak_bytes())
        marks.append(row)
    return marks


def trainer(job: Job, *, tuned: bool) -> list[Mark]:
    """The Trainer in float32, padded as batches come; tuned: bfloat16, batches of like length."""
    from transformers import Trainer, TrainerCallback, TrainingArguments

    settings = TrainingSettings()
    device = device_of("auto")
    base = load_base_for_training(Path(job.base), Path(job.cache_folder), torch.float32, device)
    lora = lora_config(
        base,
        Path(job.base),
        rank=settings.rank,
        alpha=settings.alpha,
        upper_layers=settings.upper_layers,
    )
    model = get_peft_model(base, lora)
    clock = _Clock()
    left, marks = list(job.marks), list[Mark]()
    run, real = 0, 0

    def collate(rows: Sequence[dict[str, Any]]) -> dict[str, torch.Tensor]:
        nonlocal run, real
        longest = max(len(row["input_ids"]) for row in rows)
        run += longest * len(rows)
        real += sum(len(row["input_ids"]) for row in rows)
        ids, labels, mask = [], [], []
        for row in rows:
            room = longest - len(row["input_ids"])
            ids.append([*row["input_ids"], *[0] * room])
            labels.append([*row["labels"], *[-100] * room])
            mask.append([*[1] * len(row["input_ids"]), *[0] * room])
        names = {"input_ids": ids, "labels": labels, "attention_mask": mask}
        return {name: torch.tensor(values) for name, values in names.items()}

    class Marking(TrainerCallback):  # type: ignore[misc]
        def on_train_begin(self, *_: Any, **__: Any) -> None:
            clock.go()

        def on_step_end(self, _: Any, state: Any, control: Any, **__: Any) -> None:
            if real < left[0]:
                return
            clock.pause()
            out = Path(job.out) / f"{left.pop(0)}.safetensors"
            tensors = get_peft_model_state_dict(model)
            save_file({name: one.float().contiguous() for name, one in tensors.items()}, out)
            padding = 1 - real / run
            marks.append(
                Mark(str(out), real, clock.seconds, state.global_step, padding, _peak_bytes())
            )
            control.should_training_stop = not left
            clock.go()

    arguments = TrainingArguments(
        output_dir=job.out,
        per_device_train_batch_size=job.batch_size,
        learning_rate=job.learning_rate,
        lr_scheduler_type="constant",
        num_train_epochs=1000,
        bf16=tuned,
        use_cpu=device.type == "cpu",
        train_sampling_strategy="group_by_length" if tuned else "random",
        save_strategy="no",
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
        dataloader_num_workers=0,
        seed=0,
    )
    rows = [
        {
            "input_ids": list(e.ids),
            "labels": [-100] * e.answer_start + list(e.ids[e.answer_start :]),
        }
        for e in _examples(job.facts)
    ]
    Trainer(
        model=model,
        args=arguments,
        train_dataset=rows,
        data_collator=collate,
        callbacks=[Marking()],
    ).train()
    return marks


ARMS: dict[str, Callable[[Job], list[Mark]]] = {
    OURS: ours,
    "Trainer + PEFT, float32": lambda job: trainer(job, tuned=False),
    "Trainer + PEFT, bfloat16, by length": lambda job: trainer(job, tuned=True),
}


class _Clock:
    """Seconds between `go` and `pause`, added up."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._began = 0.0

    def go(self) -> None:
        self._began = time.perf_counter()

    def pause(self) -> None:
        self.seconds += time.perf_counter() - self._began


def _examples(rows: Sequence[Sequence[Any]]) -> tuple[Example, ...]:
    return tuple(Example(tuple(ids), start) for ids, start in rows)


def _peak_bytes() -> int:
    if torch.cuda.is_available():
        return int(torch.cuda.max_memory_allocated())
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def main() -> int:
    job = Job(**json.loads(Path(sys.argv[1]).read_text("utf-8")))
    torch.set_num_threads(job.threads)
    marks = ARMS[job.arm](job)
    (Path(job.out) / "marks.json").write_text(json.dumps([asdict(one) for one in marks]), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
