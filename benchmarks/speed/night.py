"""A night, stage by stage, with few and with many older facts.

    python -m benchmarks.speed night --home DIR [--old 0 1000] [--new 12]

Each night goes through the program and learns the same messages, in a home of its own. The older
facts are other messages of the same writers. They are written into the home as a night that taught
them: read, dreamt of by the grammar and recorded as right, but not trained, which would take hours.
What is measured is what they cost the next night: in the ledger, in replay, in probes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.clock import utc_now
from assistant.settings import Settings
from assistant.workspace import Workspace
from benchmarks.speed.written import rows_of
from benchmarks.telling import tell
from consolidation.examples import Example, TrainingSet
from consolidation.lineage import match_states
from consolidation.night import NightOrder
from consolidation.recorder import Recorder
from consolidation.training_job import TrainingJob, train
from memory.records import ProbeResult
from models.gguf import write_merged
from tui.commands.night import opened_sleeper

_BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)


def run(settings: Settings, olds: Sequence[int], new: int) -> Iterator[dict[str, Any]]:
    """Rows: the seconds of each stage of a night of `new` messages, by how many are known."""
    messages = [row["message"] for row in rows_of("owners")]
    for old in olds:
        with TemporaryDirectory() as folder:
            home = replace(settings, home=Path(folder))
            home.cache_folder.symlink_to(settings.cache_folder)
            if old:
                _told(home, messages[new : new + old], first=0)
                _taught(home, old)
            _told(home, messages[:new], first=old)
            with opened_sleeper(home) as sleeper:
                report = sleeper.run(NightOrder())
        for stage in report.stages:
            row = {"what": "stage", "old": old, "new": new, "stage": stage.name}
            yield row | {"seconds": stage.duration_s}
        yield {
            "what": "night",
            "old": old,
            "new": new,
            "status": report.status,
            "seconds": sum(stage.duration_s for stage in report.stages),
            "steps": len(report.losses),
            "probes": len(report.probes),
        }


def _told(settings: Settings, messages: Sequence[str], first: int) -> None:
    home = Workspace(settings)
    for number, text in enumerate(messages, start=first):
        at = _BEGAN + timedelta(minutes=5 * number)
        tell(home.store, home.embedder, f"s{number // 8}", at, text)
    home.close()


def _taught(settings: Settings, most: int) -> None:
    """A promoted night of all that waits; its adapter changes nothing yet."""
    wide = replace(
        settings,
        dreams=replace(settings.dreams, teacher=""),
        selection=replace(settings.selection, max_episodes=most),
    )
    home = Workspace(wide)
    with opened_sleeper(wide) as sleeper:
        plan = sleeper.plan()
        probes = sleeper.probes(plan)
    champion = home.registry.champion()
    night = Recorder(
        home.nights,
        home.nights.begin(
            kind="asked",
            sleep_date=None,
            deep=False,
            champion_before=champion.name,
            started_at=utc_now(),
        ),
        utc_now,
    )
    night.choices(plan.selection.selected, plan.selection.skipped)
    night.replaced(plan.replaced)
    night.dreams(plan.dreams)
    night.probes([ProbeResult(probe, "", False, probe.expected[0], True) for probe in probes])
    work = settings.weights_folder / "work"
    work.mkdir(parents=True)
    adapter, gguf = work / "adapter.safetensors", work / "model.gguf"
    facts = TrainingSet((Example((1, 2, 3), 2),), ())
    job = TrainingJob(settings.backbone_gguf, None, facts, wide.training, max_seconds=0)
    train(job, adapter, cache_folder=wide.cache_folder)
    write_merged(champion.gguf, adapter, gguf)
    version = home.registry.add(gguf, adapter, champion, night.night_id)
    home.registry.promote(version)
    night.candidate(version.name)
    night.finish("promoted")
    match_states(home.registry, home.nights, home.store)
    home.close()
