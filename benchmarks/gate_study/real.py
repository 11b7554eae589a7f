"""Real candidates, made of a home's own adapters, and asked its own questions.

The live model is the champion's parent. Candidates that change nothing are that one's adapter,
shaken very little (where it is the base, an adapter of nearly nothing); the others are the
champion's adapter as it is, weakened, and shaken more and more. Of the questions on older facts
and general ones a half speaks to the gate, and the other half, which it never sees, says how much
the candidate truly lost. Needs a home with a promoted night; for older facts, with two.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

from assistant.default_model import opened_registry
from assistant.settings import Settings
from assistant.settings_file import load_settings
from benchmarks.engines import opened_engine
from benchmarks.gate_study.rules import SETTINGS, before
from consolidation.exam import Examiner, compare, general_probes, questions_of
from consolidation.gate import Evidence, evidence, judge
from consolidation.paired import Paired, share_at_most
from memory.database import Connections
from memory.nights import NightStore
from memory.records import Probe, ProbeResult
from memory.store import EpisodeStore
from models.gguf import write_merged
from models.registry import ModelVersion, hash_file

_BARELY = 0.02
_SHAKEN = (0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0, 1.3)
_WEAKENED = (0.9, 0.8, 0.7, 0.5)

Ask = Callable[[Path, Sequence[str]], Sequence[str]]
"""Answers of a GGUF file, in order."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a candidate is made of an adapter: so much of it kept, and so much noise added."""

    changes_nothing: bool
    keep: float
    noise: float
    """In standard deviations of each tensor."""
    seed: int


def recipes(count: int, live_is_base: bool) -> Iterator[Recipe]:
    """Half of them change nothing; the others are as they are, weakened, or shaken."""
    for seed in range(count // 2):
        yield Recipe(True, 0.0 if live_is_base else 1.0, _BARELY, seed)
    harmed = [*((1.0, noise) for noise in _SHAKEN), *((keep, 0.0) for keep in _WEAKENED)]
    for place in range(count - count // 2):
        keep, noise = harmed[place % len(harmed)]
        yield Recipe(False, keep, noise, place)


def shaken(adapter: Path, out: Path, recipe: Recipe) -> None:
    """The adapter with every B kept and shaken as the recipe says."""
    chance = np.random.default_rng(recipe.seed)
    with safe_open(adapter, framework="np") as file:
        tensors = {key: file.get_tensor(key) for key in sorted(file.keys())}
        metadata = file.metadata()
    for key, tensor in tensors.items():
        if "lora_B" in key:
            noise = chance.standard_normal(tensor.shape).astype(tensor.dtype) * tensor.std()
            tensors[key] = (recipe.keep * tensor + recipe.noise * noise).astype(tensor.dtype)
    save_file(tensors, out, metadata=metadata)


def halves(probes: Sequence[Probe], seed: int = 0) -> tuple[list[Probe], list[Probe]]:
    """What the gate hears, the new facts among it, and what is held back from it."""
    new = [probe for probe in probes if probe.group == "new"]
    others = [probe for probe in probes if probe.group != "new"]
    random.Random(seed).shuffle(others)
    return [*new, *others[::2]], others[1::2]


def tried(
    recipe: Recipe, candidate: Path, probes: Sequence[Probe], live: Sequence[str], ask: Ask
) -> dict[str, Any]:
    """What both rules say of a candidate, and what it truly lost. `live`: answers before."""
    after = ask(candidate, questions_of(probes))
    results = {one.probe: one for one in compare(probes, live, after)}
    heard, held_back = halves(probes)
    seen = evidence([results[probe] for probe in heard])
    verdict = judge(seen, SETTINGS)
    return asdict(recipe) | {
        "before": before(seen),
        "now": verdict.promotes,
        "reasons": list(verdict.reasons),
        "heard": _counts(seen),
        "held_back": _truth([results[probe] for probe in held_back]),
    }


def measured(home: Path, count: int, threads: int = 0) -> list[dict[str, Any]]:
    """A row for each of `count` candidates. Takes a minute or so for each.

    Raises `ValueError` where the home has no adapter yet.
    """
    settings = load_settings(home)
    registry = opened_registry(settings)
    champion, base = registry.champion(), registry.base()
    if champion.adapter is None or champion.parent is None:
        raise ValueError(f"{home} has learned nothing yet; run `reverie sleep` there first")
    live = registry.get(champion.parent)
    with (
        closing(opened_engine(settings, threads)) as engine,
        TemporaryDirectory(prefix="reverie-bench-") as folder,
    ):
        examiner = Examiner(engine, settings.chat.system_prompt, settings.cache_folder)
        facts = _facts(settings, champion)
        probes = list(dict.fromkeys((*facts, *general_probes(examiner, base))))

        def ask(gguf: Path, questions: Sequence[str]) -> list[str]:
            return examiner.answers(gguf, hash_file(gguf), questions)

        answered = ask(live.gguf, questions_of(probes))
        made, merged = Path(folder) / "adapter.safetensors", Path(folder) / "model.gguf"
        rows = []
        for recipe in recipes(count, live.adapter is None):
            own = recipe.changes_nothing and live.adapter is not None
            shaken(live.adapter if own and live.adapter else champion.adapter, made, recipe)
            write_merged(base.gguf, made, merged, tensor_type=settings.training.merge_type)
            rows.append(tried(recipe, merged, probes, answered, ask))
            print(rows[-1]["now"], rows[-1]["reasons"], flush=True)
    return rows


def _facts(settings: Settings, champion: ModelVersion) -> list[Probe]:
    """The probes of the champion's own night, then those of the facts of the nights before it."""
    with Connections(settings.database_file) as connections:
        nights, store = NightStore(connections), EpisodeStore(connections)
        report = nights.show(champion.night_id) if champion.night_id is not None else None
        new = [r.probe for r in report.probes if r.probe.group == "new"] if report else []
        asked = {probe.question for probe in new}
        known = nights.probes_of(episode.id for episode in store.learned())
    old = [replace(probe, group="old") for probe in known if probe.question not in asked]
    return [*new, *old]


def _counts(seen: Evidence) -> dict[str, Any]:
    return {"new": asdict(seen.new), "old": asdict(seen.old), "general": asdict(seen.general)}


def _truth(results: Sequence[ProbeResult]) -> dict[str, Any]:
    seen = evidence(results)
    return {"old": _lost(seen.old), "general": _lost(seen.general)}


def _lost(group: Paired) -> dict[str, float]:
    return {
        "lost": group.lost,
        "of": group.right_before,
        "at_most": share_at_most(group.lost, group.right_before),
    }
