"""The asker's training: from what people say and later ask (`benchmarks/owners`), and what of it
holds no longer after a later message (`benchmarks/later_lives`, from 07 on), to its adapter.

    python -m benchmarks.asker prepare --out examples.npz
    python -m benchmarks.asker train --examples examples.npz --out consolidation/asker.safetensors
    python -m benchmarks.asker report --adapter consolidation/asker.safetensors

`prepare` reads the messages as a night does, so that the model is trained on the statements that it
will be given, and tokenises; `train` needs torch alone, runs on cuda, mps or cpu, and goes on from
the adapter in `--out` where a killed run left off. One message in twelve is kept for `report`: how
many questions are answered back with the part that they were asked for, how many of other messages
with "not said".
"""

import argparse
import json
import math
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assistant.settings_file import load_settings
from benchmarks.intervals import Share
from consolidation.examples import Example
from models.base import Message

OWNERS = Path(__file__).with_name("owners")
LATER = [Path(__file__).parent / "later_lives" / f"{k:02}.jsonl" for k in range(7, 16)]
"""What `benchmarks.later` does not read."""
_HELD_OUT = 12
_HOLDING = 0.4
"""The share of what still holds that is trained: most of it does."""
_TASKS = (("ask", 1.0), ("read", 1.0), ("not said", 0.4))
_LONGEST = 400
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_SECOND = {"i": "you", "i'm": "you're", "my": "your", "me": "you", "mine": "yours", "we": "you"}
_SECOND |= {"our": "your", "us": "you", "am": "are", "i've": "you've", "we're": "you're"}
_FIRST_PERSON = re.compile(rf"\b({'|'.join(sorted(_SECOND, key=len, reverse=True))})\b", re.I)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a message tells, and what its owner may ask for it."""

    message: str
    texts: tuple[str, ...]
    """The message, and the statements of it that say the answer."""
    answer: str
    questions: tuple[str, ...]

    @property
    def is_held_out(self) -> bool:
        return sum(self.message.encode()) % _HELD_OUT == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    prepare = commands.add_parser("prepare")
    prepare.add_argument("--out", type=Path, required=True)
    prepare.add_argument("--epochs", type=int, default=3)
    prepare.add_argument("--limit", type=int, help="so many messages only")
    train = commands.add_parser("train")
    train.add_argument("--examples", type=Path, required=True)
    train.add_argument("--out", type=Path, required=True)
    train.add_argument("--base", type=Path, help="the default base where none is named")
    train.add_argument("--device", default="auto")
    train.add_argument("--rank", type=int, default=24)
    train.add_argument("--learning-rate", type=float, default=6e-4)
    train.add_argument("--batch", type=int, default=64)
    train.add_argument("--minutes", type=float, default=math.inf)
    report = commands.add_parser("report")
    report.add_argument("--adapter", type=Path, required=True)
    report.add_argument("--limit", type=int, default=200, help="facts")
    options = parser.parse_args()
    {"prepare": prepare_examples, "train": train_asker, "report": report_on}[options.command](
        options
    )
    return 0


def facts_of(folder: Path, limit: int | None = None) -> list[Fact]:
    """The corpus, its messages read as a night reads them."""
    from consolidation.dreams import GrammarWriter
    from memory.episode import Episode, NoveltyScore

    writer = GrammarWriter()
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.open("rb")]
    facts: list[Fact] = []
    for row in map(json.loads, lines[:limit]):
        at = datetime(2026, 11, 24, 12, tzinfo=UTC)
        said = (row["message"], "", "base", NoveltyScore(1.0, 1.0, 1.0), "waiting")
        dreams = writer.write(Episode(1, "1", at, *said))
        told = list(dict.fromkeys(d.answer for d in dreams if d.kind in ("question", "cue")))
        for fact in row["facts"]:
            saying = [text for text in told if fact["answer"].lower() in text.lower()]
            texts = (row["message"], *saying)
            facts.append(Fact(row["message"], texts, fact["answer"], tuple(fact["questions"])))
    return facts


def sample(fact: Fact, task: str, others: Sequence[Fact], chance: random.Random) -> list[Message]:
    """One example of a task, the reply last."""
    from consolidation.asker import NOT_SAID, ask_messages, read_messages

    text = chance.choice(fact.texts)
    if task == "ask":
        reply = "\n".join(chance.sample(fact.questions, len(fact.questions)))
        return [*ask_messages(text, fact.answer), Message("assistant", reply)]
    if task == "read":
        asked = read_messages(text, chance.choice(fact.questions))
        return [*asked, Message("assistant", fact.answer)]
    other = next(o for o in iter(lambda: chance.choice(others), None) if o.message != fact.message)
    asked = read_messages(text, chance.choice(other.questions))
    return [*asked, Message("assistant", NOT_SAID)]


def changes_of(files: Sequence[Path]) -> list[tuple[str, str, bool]]:
    """(a told message or sentence of it, a later message, whether that leaves nothing of it)."""
    changes: list[tuple[str, str, bool]] = []
    for row in (
        json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()
    ):
        for place, message in enumerate(row["told"]):
            over = [words for at, words in row["over"] if at == place]
            sentences = [one for one in _SENTENCE_END.split(message) if len(one.split()) > 1]
            for text in dict.fromkeys((message, *sentences)):
                gone = any(words in text or text in words for words in over)
                changes += [(text, row["later"], gone), (_told_back(text), row["later"], gone)]
    return changes


def _told_back(text: str) -> str:
    """In the second person, as a night's statements are."""
    return _FIRST_PERSON.sub(lambda found: _SECOND[found[0].lower()], text)


def prepare_examples(options: argparse.Namespace) -> None:
    from benchmarks.engines import opened_engine
    from consolidation.asker import HOLDS, OVER, holds_messages
    from consolidation.dataset import example_of

    facts = facts_of(OWNERS, options.limit)
    trained = [fact for fact in facts if not fact.is_held_out]
    held_out = [fact for fact in facts if fact.is_held_out]
    chance = random.Random(1)
    ids: list[int] = []
    rows: list[tuple[int, int, int]] = []
    changes, unseen = changes_of(LATER[:-1]), changes_of(LATER[-1:])

    def keep(example: Example, epoch: int) -> None:
        if len(example.ids) <= _LONGEST:
            ids.extend(example.ids)
            rows.append((len(ids), example.answer_start, epoch))

    with TemporaryDirectory() as folder:
        engine = opened_engine(load_settings(Path(folder)))
        for epoch in range(-1, options.epochs):
            members = trained if epoch >= 0 else held_out
            for task, share in _TASKS:
                for fact in members:
                    if epoch >= 0 and chance.random() > share:
                        continue
                    keep(example_of(sample(fact, task, members, chance), engine), epoch)
            for text, later, gone in changes if epoch >= 0 else unseen:
                if gone or chance.random() < _HOLDING:
                    reply = Message("assistant", OVER if gone else HOLDS)
                    keep(example_of([*holds_messages(text, later), reply], engine), epoch)
        engine.close()
    np.savez_compressed(options.out, ids=np.array(ids, np.int32), rows=np.array(rows, np.int64))
    print(f"{len(trained)} facts trained, {len(held_out)} held out, {len(rows)} examples")


def train_asker(options: argparse.Namespace) -> None:
    """Cross-entropy on the replies; AdamW, the rate rising over 30 steps and falling to 5 %."""
    import torch
    from peft import LoraConfig, get_peft_model, get_peft_model_state_dict
    from safetensors import safe_open
    from safetensors.torch import load_file, save_file

    from consolidation.train import batches_of, device_of, go_on_from
    from models.gguf import linear_targets, load_base_for_training

    device = device_of(options.device)
    with TemporaryDirectory() as folder:
        base = options.base or load_settings(Path(folder)).packaged_gguf
        frozen = load_base_for_training(base, Path(folder), torch.float32, device)
    targets = linear_targets(frozen, base)
    rank = options.rank
    config = LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=targets, task_type="CAUSAL_LM")
    model: Any = get_peft_model(frozen, config)
    begun = 0
    if options.out.exists():
        go_on_from(model, load_file(options.out))
        with safe_open(options.out, "pt") as file:
            begun = int((file.metadata() or {}).get("step", "0"))
    model.train()
    trainable = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trainable, lr=options.learning_rate, weight_decay=0.01)

    draw = torch.Generator().manual_seed(0)

    def in_batches(members: Sequence[Example]) -> Iterator[list[Example]]:
        for chosen in batches_of(range(len(members)), members, options.batch, draw):
            yield [members[i] for i in chosen]

    def loss_of(batch: Sequence[Example]) -> Any:
        longest = max(len(one.ids) for one in batch)
        ids = torch.zeros(len(batch), longest, dtype=torch.long)
        seen, labels = torch.zeros_like(ids), torch.full_like(ids, -100)
        for row, one in enumerate(batch):
            size = len(one.ids)
            ids[row, :size] = torch.tensor(one.ids)
            labels[row, one.answer_start : size] = ids[row, one.answer_start : size]
            seen[row, :size] = 1
        inputs = (tensor.to(device) for tensor in (ids, seen, labels))
        ids, seen, labels = inputs
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
            return model(input_ids=ids, attention_mask=seen, labels=labels).loss

    def save(step: int) -> None:
        state = {k: v.half().cpu() for k, v in get_peft_model_state_dict(model).items()}
        marks = {"alpha": str(2 * rank), "rank": str(rank), "step": str(step)}
        save_file({k: v.contiguous() for k, v in state.items()}, options.out, metadata=marks)

    epochs = read_examples(options.examples)
    held_out = list(in_batches(epochs.pop(-1)))
    plan = [batch for epoch in sorted(epochs) for batch in in_batches(epochs[epoch])]
    began = time.monotonic()
    losses: list[float] = []
    for step, batch in enumerate(plan, start=1):
        if step <= begun:
            continue
        rate = min(1.0, (step - begun) / 30) * max(0.05, 1 - step / len(plan))
        for group in optimizer.param_groups:
            group["lr"] = options.learning_rate * rate
        loss = loss_of(batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trainable, 1.0)
        optimizer.step()
        losses.append(loss.item())
        spent = (time.monotonic() - began) / 60
        if step % 20 == 0 or step == len(plan) or spent > options.minutes:
            save(step)
            recent = sum(losses[-20:]) / len(losses[-20:])
            print(f"step {step} of {len(plan)}: loss {recent:.3f}, {spent:.1f} min", flush=True)
        if spent > options.minutes:
            break
    model.eval()
    with torch.no_grad():
        held = [loss_of(batch).item() for batch in held_out]
    print(f"held out: loss {sum(held) / max(len(held), 1):.3f}")


def read_examples(file: Path) -> dict[int, list[Example]]:
    """Examples by epoch; -1 holds those that are not trained."""
    with np.load(file, allow_pickle=False) as stored:
        ids, rows = stored["ids"], stored["rows"]
    epochs: dict[int, list[Example]] = {-1: []}
    begin = 0
    for end, start, epoch in rows.tolist():
        epochs.setdefault(epoch, []).append(Example(tuple(ids[begin:end].tolist()), start))
        begin = end
    return epochs


def report_on(options: argparse.Namespace) -> None:
    from benchmarks.engines import opened_engine
    from consolidation.asker import NOT_SAID, agrees, ask_messages, read_messages
    from models.gguf import write_merged

    held_out = [fact for fact in facts_of(OWNERS) if fact.is_held_out]
    chance = random.Random(2)
    chosen = chance.sample(held_out, min(options.limit, len(held_out)))
    with TemporaryDirectory() as folder:
        settings = load_settings(Path(folder))
        weights = Path(folder) / "asker.gguf"
        write_merged(settings.packaged_gguf, options.adapter, weights)
        engine = opened_engine(settings)
        engine.load(weights)

        def replies(prompts: Sequence[Sequence[Message]], most: int) -> list[str]:
            found = dict(engine.answers(prompts, max_tokens=most))
            return [found[i].strip() for i in range(len(prompts))]

        told = [read_messages(f.texts[-1], chance.choice(f.questions)) for f in chosen]
        strange = [sample(f, "not said", held_out, chance)[:-1] for f in chosen]
        asked = replies([ask_messages(f.texts[-1], f.answer) for f in chosen], 90)
        back = replies(told, 14)
        refused = replies(strange, 14)
        engine.close()
    right = sum(agrees(a, f.answer) for a, f in zip(back, chosen, strict=True))
    print(Share("answered back", right, len(chosen)))
    print(Share("questions on other messages: not said", refused.count(NOT_SAID), len(chosen)))
    for fact, reply in list(zip(chosen, asked, strict=True))[:20]:
        print(f"\n{fact.texts[-1]}  [{fact.answer}]")
        print("\n".join(f"    {line}" for line in reply.splitlines()))


if __name__ == "__main__":
    raise SystemExit(main())
