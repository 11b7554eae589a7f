"""Ablation: what each kind of dream adds, at one budget of training tokens.

    python -m benchmarks.ablation --files benchmarks/conversations/a.json --talks A2 A5 \
        --home DIR --out FILE

Every arm trains a fresh adapter on the same messages with the same anchors until the budget is
spent (nothing rests, so that no arm stops early), merges it and asks the merged file: questions
about one fact and about two, about what was corrected, and about what was never told. Arms add up:
each has all that the ones before it have. `--arms` runs some of them, `--out` keeps what is done,
so that a killed run goes on.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.settings import Settings
from assistant.settings_file import load_settings
from benchmarks.engines import base_of, opened_engine
from benchmarks.intervals import wilson
from benchmarks.read_changes import marked
from benchmarks.telling import tell
from benchmarks.two_nights import Asked, chosen
from benchmarks.writers import asking_writer
from consolidation.dataset import compose
from consolidation.english.marking import is_right
from consolidation.exam import Examiner, general_probes, write_anchors
from consolidation.plan import Planner
from consolidation.probes import write_probes
from consolidation.similarity import CosineSimilarity
from memory.database import Connections
from memory.nights import NightStore
from memory.records import Dream
from memory.store import EpisodeStore
from models.embed import EmbedderProcess
from models.registry import hash_file

ARMS: dict[str, tuple[str, ...]] = {
    "verbatim": ("verbatim",),
    "+ restatements": ("restatement", "cue"),
    "+ questions": ("question", "reversed", "yes-no", "change", "association"),
    "+ the asker's questions": ("asked",),
    "+ names brought up": ("mention",),
    "+ recombination": ("summary", "recombined", "dialogue"),
    "+ contrast": ("contrast",),
    "+ never told": ("untold",),
}
_OPENING_WORDS = 4


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", nargs="+", type=Path, required=True)
    parser.add_argument("--talks", nargs="+", required=True, help="ids of the conversations")
    parser.add_argument("--arms", nargs="+", choices=list(ARMS), default=list(ARMS))
    parser.add_argument("--tokens", type=int, default=60_000, help="trained by every arm")
    parser.add_argument("--threads", type=int, default=0, help="0 is torch's own choice")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--home", type=Path, required=True, help="for models and answers kept")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    done = json.loads(options.out.read_text("utf-8")) if options.out.exists() else {}
    settings = load_settings(options.home)
    talks, facts, questions = chosen(options.files, options.talks)
    dreams = planned(settings, talks)
    over = {old for fact in facts.values() for old in marked(fact)}
    asked = [question for question in questions if not set(question.facts) & over]
    for arm in options.arms:
        key = f"{arm}, seed {options.seed}"
        if key not in done:
            views = [dream for dream in dreams if dream.kind in kinds_of(arm)]
            done[key] = {"arm": arm, **run(settings, views, asked, options)}
            options.out.write_text(json.dumps(done, indent=1, ensure_ascii=False), "utf-8")
        print_row(key, done[key])
    return 0


def kinds_of(arm: str) -> set[str]:
    """The kinds of an arm and of those before it."""
    names = list(ARMS)
    return {kind for name in names[: names.index(arm) + 1] for kind in ARMS[name]}


def planned(settings: Settings, talks: Sequence[dict[str, Any]]) -> list[Dream]:
    """What a night would train of the conversations, and their messages word by word."""
    embedder = EmbedderProcess(settings.embedder_source, settings.embedder_log_file)
    with (
        TemporaryDirectory() as folder,
        Connections(Path(folder) / "plan.db") as connections,
        asking_writer(settings) as writer,
    ):
        store = EpisodeStore(connections)
        texts: dict[int, str] = {}
        for talk in talks:
            for message in talk["messages"]:
                at = datetime.fromisoformat(message["at"]).astimezone()
                said = (message["user"], message["assistant"])
                texts[tell(store, embedder, talk["id"], at, *said).id] = message["user"]
        planner = Planner(
            settings,
            store,
            NightStore(connections),
            writer,
            write_probes,
            CosineSimilarity(embedder),
        )
        plan = planner.plan()
    embedder.close()
    chosen_ids = [episode.id for episode in plan.selection.episodes]
    return [*plan.trained, *(verbatim(texts[i], i) for i in chosen_ids)]


def verbatim(text: str, episode_id: int) -> Dream:
    """A message replayed as it was: its first words, and how it went on."""
    words = text.split()
    opening, rest = words[:_OPENING_WORDS], words[_OPENING_WORDS:]
    return Dream(" ".join(opening), " ".join(rest) or text, "verbatim", (episode_id,))


def run(
    settings: Settings, views: Sequence[Dream], asked: Sequence[Asked], options: argparse.Namespace
) -> dict[str, Any]:
    """One arm: trained, merged, asked."""
    import torch

    from consolidation.train import train_adapter
    from models.gguf import write_merged

    if options.threads:
        torch.set_num_threads(options.threads)
    training = replace(settings.training, skip_below_loss=0.0, max_epochs=10**6, seed=options.seed)
    base = base_of(settings)
    engine = opened_engine(settings, options.threads)
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        try:
            system = settings.chat.system_prompt
            examiner = Examiner(engine, system, settings.cache_folder)
            general, anchors = general_probes(examiner, base), write_anchors(examiner, base)
            training_set = compose(views, anchors, tokenizer=engine, system_prompt=system)
            adapter, merged = Path(folder) / "adapter.safetensors", Path(folder) / "model.gguf"
            trained = train_adapter(
                base.gguf,
                None,
                training_set,
                adapter,
                training,
                cache_folder=settings.cache_folder,
                max_tokens=options.tokens,
            )
            write_merged(
                base.gguf,
                adapter,
                merged,
                strength=training.strength,
                tensor_type=training.merge_type,
            )
            every = [*(q.question for q in asked), *(probe.question for probe in general)]
            replies = examiner.answers(merged, hash_file(merged), every)
        finally:
            engine.close()
    given, kept = replies[: len(asked)], replies[len(asked) :]
    return {
        "views": len(views),
        "tokens": trained.tokens,
        "steps": trained.steps,
        "seconds": round(time.monotonic() - began),
        "general_lost": sum(
            not is_right(reply, probe.expected) for reply, probe in zip(kept, general, strict=True)
        ),
        "general": len(general),
        "asked": [
            {"question": q.question, "kind": q.kind, "answer": a, "right": q.is_right(a)}
            for q, a in zip(asked, given, strict=True)
        ],
    }


def print_row(name: str, row: dict[str, Any]) -> None:
    cells = []
    for title, kinds in (
        ("one fact", ("plain", "reversed")),
        ("two", ("two_facts",)),
        ("corrected", ("corrected",)),
        ("never told", ("never_told",)),
    ):
        marks = [one["right"] for one in row["asked"] if one["kind"] in kinds]
        low, high = wilson(sum(marks), len(marks))
        cells.append(f"{title} {sum(marks)}/{len(marks)} [{low:.2f}, {high:.2f}]")
    print(
        f"{name:26} {row['views']:4} views, {row['tokens']} tokens: {', '.join(cells)}, general "
        f"lost {row['general_lost']}/{row['general']}, {row['seconds']} s",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main())
