"""The listener's training: how a small default model answers what its owner tells and asks.

    python -m benchmarks.listener train --home HOME --out FILE [--minutes M]
    python -m benchmarks.listener try --home HOME --adapter FILE [--show]

`train` is a night's training (`consolidation.train`) on replies that writers made for messages of
`benchmarks/owners` (`benchmarks/replies`): to what is told, to questions with the message before
them as a note, and in everyday talk. The base's own answers to everyday questions are its anchors.
`try` says messages and asks questions of owners whose writers it has not seen (files 17 on).
"""

import argparse
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.prompt import noted
from assistant.settings import Settings, TrainingSettings
from assistant.settings_file import load_settings
from benchmarks.engines import base_of, on_the_package, opened_engine
from benchmarks.intervals import Share
from benchmarks.speed.written import NOT_TRAINED, rows_of
from consolidation.english.marking import is_right
from consolidation.untold import UNTOLD
from memory.records import DreamPrompt
from memory.text import content_words

_REPLIES = Path(__file__).with_name("replies")
UNANSWERED = ("You haven't told me that yet.", UNTOLD)
_IN_TALK, _OTHER_NOTE, _WITH_NOTES = 0.3, 0.5, 0.4
"""Shares of replies that come after another exchange, of notes with another beside them, and of
messages that tell something with notes of something else before them."""
_TRIED = 100
_LEAST = 1e-9
_MOST = 511


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train")
    train.add_argument("--out", type=Path, required=True)
    train.add_argument("--minutes", type=float, default=math.inf)
    train.add_argument("--tokens", type=float, default=math.inf)
    train.add_argument("--epochs", type=int, default=2)
    train.add_argument("--learning-rate", type=float, default=5e-4)
    train.add_argument("--rank", type=int, default=16)
    train.add_argument("--untold", type=float, default=0.0, help="share of unanswering notes")
    tried = commands.add_parser("try")
    tried.add_argument("--adapter", type=Path, help="the base alone where none is named")
    tried.add_argument("--show", action="store_true", help="print every reply")
    for command in (train, tried):
        command.add_argument("--home", type=Path, required=True)
    options = parser.parse_args()
    settings = on_the_package(load_settings(options.home))
    (_train if options.command == "train" else _try)(options, settings)
    return 0


def lessons(
    rows: Sequence[dict[str, Any]], untold: float, chance: random.Random
) -> Iterator[tuple[DreamPrompt, str]]:
    """Prompts as chat has them, and how they are answered, in any order.

    Of questions the share `untold` has notes that do not answer them; with none, nothing teaches it
    to say that it was not told, which a night after it would have to overcome.
    """
    told = [row for row in rows if "message" in row]
    for row in told:
        said = row["message"]
        if chance.random() < _WITH_NOTES:
            others = [one["message"] for one in chance.sample(told, chance.choice((1, 2)))]
            said = _noted([one for one in others if one != said], said)
        yield _after_another(said, told, chance), row["reply"]
        for asked in row["asked"]:
            other = chance.choice(told)["message"]
            notes, reply = [row["message"]], asked["reply"]
            if chance.random() < untold and other != row["message"]:
                notes, reply = [other], chance.choice(UNANSWERED)
            elif chance.random() < _OTHER_NOTE:
                notes.insert(chance.randrange(2), other)
            yield _after_another(_noted(notes, asked["question"]), told, chance), reply
    for row in rows:
        turns = row.get("talk", ())
        for place in range(1, len(turns), 2):
            if untold or "told me" not in turns[place]:
                yield tuple(turns[max(0, place - 3) : place]), turns[place]


def _noted(notes: Sequence[str], text: str) -> str:
    return noted([" ".join(note.split()) for note in notes], text)


def _after_another(text: str, told: Sequence[dict[str, Any]], chance: random.Random) -> DreamPrompt:
    other = chance.choice(told)
    if chance.random() >= _IN_TALK or other["message"] in text:
        return text
    asked = chance.choice(
        [{"question": other["message"], "reply": other["reply"]}, *other["asked"]]
    )
    return (asked["question"], asked["reply"], text)


def _train(options: argparse.Namespace, settings: Settings) -> None:
    from assistant.prompt import training_messages
    from consolidation.dataset import example_of
    from consolidation.english.lexicon import lines
    from consolidation.exam import Examiner
    from consolidation.examples import TrainingSet
    from consolidation.training_job import TrainingJob, train
    from memory.records import Dream

    files = sorted(_REPLIES.glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    base = base_of(settings)
    engine = opened_engine(settings)
    try:
        examiner = Examiner(engine, settings.chat.system_prompt, settings.cache_folder)
        everyday = lines("anchor_prompts.txt")
        held = examiner.answers(base.gguf, base.gguf_sha256, everyday, max_tokens=100)
        pairs = [*lessons(rows, options.untold, random.Random(0))]
        facts, anchors = (
            tuple(
                example_of(
                    training_messages(settings.chat.system_prompt, Dream(prompt, reply, "", ())),
                    engine,
                )
                for prompt, reply in part
                if reply
            )
            for part in (pairs, zip(everyday, held, strict=True))
        )
    finally:
        engine.close()
    print(f"{len(facts)} replies, {len(anchors)} anchors", flush=True)
    training = replace(
        TrainingSettings(),
        rank=options.rank,
        alpha=2 * options.rank,
        learning_rate=options.learning_rate,
        batch_size=8,
        max_epochs=options.epochs,
        skip_below_loss=_LEAST,
        device=settings.training.device,
    )
    job = TrainingJob(
        base.gguf, None, TrainingSet(facts, anchors, ()), training, max_tokens=options.tokens,
        max_seconds=60 * options.minutes,
    )  # fmt: skip
    trained = train(
        job,
        options.out,
        cache_folder=settings.cache_folder,
        checkpoint=options.out.with_suffix(".checkpoint"),
        on_step=lambda point, done, total: print(done, total, point) if done % 20 == 0 else None,
    )
    shorten(options.out)
    print(f"{trained.steps} steps, {trained.tokens} tokens, {trained.seconds:.0f} s")


def shorten(adapter: Path) -> None:
    """Rewrite an adapter with numbers so short that A and B multiply without rounding.

    A merge then gives the same bytes with whatever library multiplies, in whatever order: versions
    are bound to the hash of their base. Of each tensor a number is a power of two times an integer
    of at most 511, which 16-bit floats hold, and sums of up to 32 products fit 32-bit ones.
    """
    from safetensors import safe_open
    from safetensors.numpy import save_file

    with safe_open(adapter, framework="np") as file:
        metadata = file.metadata()
        stored = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    save_file({key: _short(values) for key, values in stored.items()}, adapter, metadata)


def _short(values: NDArray[np.float32]) -> NDArray[np.float16]:
    step = 2.0 ** math.ceil(math.log2(max(float(np.abs(values).max()), 2.0**-10) / _MOST))
    return (np.round(values / step) * step).astype(np.float16)


def _try(options: argparse.Namespace, settings: Settings) -> None:
    from consolidation.exam import Examiner
    from models.gguf import write_merged
    from models.registry import hash_file

    rows = random.Random(1).sample(list(rows_of("owners", NOT_TRAINED)), _TRIED)
    base = base_of(settings)
    gguf = base.gguf
    if options.adapter:
        gguf = settings.cache_folder / "listener.gguf"
        write_merged(base.gguf, options.adapter, gguf)
    engine = opened_engine(settings)
    try:
        examiner = Examiner(engine, settings.chat.system_prompt, settings.cache_folder)
        known = hash_file(gguf)
        said = [row["message"] for row in rows]
        replies = examiner.answers(gguf, known, said, max_tokens=80)
        facts = [row["facts"][0] for row in rows]
        asked = [
            noted([row["message"]], fact["questions"][0])
            for row, fact in zip(rows, facts, strict=True)
        ]
        answers = examiner.answers(gguf, known, asked, max_tokens=40)
        notes = [*said[1:], said[0]]
        beside = [noted([note], text) for note, text in zip(notes, said, strict=True)]
        strays = examiner.answers(gguf, known, beside, max_tokens=80)
    finally:
        engine.close()
    right = [is_right(a, [f["answer"]]) for a, f in zip(answers, facts, strict=True)]
    sorry = ["sorry for" in reply.lower() for reply in replies]
    words = [len(reply.split()) for reply in replies]
    strayed = [
        bool(_own_words(note, text) & set(content_words(reply)))
        for note, text, reply in zip(notes, said, strays, strict=True)
    ]
    if options.show:
        for text, reply, question, answer in zip(said, replies, asked, answers, strict=True):
            print(f"- {text}\n    {reply}\n  ? {question.rpartition(chr(10))[2]}\n    {answer}")
        for note, text, reply in zip(notes, said, strays, strict=True):
            print(f"  ({note})\n- {text}\n    {reply}")
    print(Share("questions on a note, right", sum(right), len(right)))
    print(Share("messages answered with “sorry for”", sum(sorry), len(sorry)))
    print(
        Share("messages answered with a word of the note before them", sum(strayed), len(strayed))
    )
    print(f"words of a reply, median: {sorted(words)[len(words) // 2]}")


def _own_words(text: str, other: str) -> set[str]:
    return set(content_words(text)).difference(content_words(other))


if __name__ == "__main__":
    raise SystemExit(main())
