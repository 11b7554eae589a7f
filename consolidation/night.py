"""A night: from waiting episodes to a tested set of weights. The pipeline, on one page."""

import math
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assistant.settings import Settings
from consolidation.asker import Notebook
from consolidation.conversing import in_conversation, own_prompts, reading_dreams
from consolidation.dataset import compose
from consolidation.dreams import DreamWriter, ProbeWriter
from consolidation.english.likeness import Likeness, unjudged
from consolidation.exam import Examiner, general_probes, write_anchors
from consolidation.examples import TrainingDiverged
from consolidation.forgetting import forget_for_good
from consolidation.gate import learned_enough
from consolidation.lineage import match_states
from consolidation.night_control import NightControl, NightStopped
from consolidation.plan import Counted, NightPlan, Planner, uncounted
from consolidation.recorder import Recorder, Watch
from consolidation.similarity import Similarity
from consolidation.teachers import teacher_of
from consolidation.training_job import TrainingJob, train
from consolidation.trial import Trial, Tried
from memory.nights import NightStore
from memory.records import Dream, NightKind, NightReport, Probe, Verdict
from memory.store import EpisodeStore
from models.engine import Engine
from models.locks import holding
from models.registry import ModelVersion, Registry

_WEAKER = (1.0, 0.9, 0.8)
"""Strengths at which an adapter is tried that lost too much at more."""
_STOPPED = (
    "The night was told to stop before it ended; run `reverie sleep` to take in what still waits."
)


class NightInProgress(RuntimeError):
    """Another night holds the lock."""


@dataclass(frozen=True, slots=True)
class NightOrder:
    """What was asked for. A `deep` night trains from the base on everything kept."""

    kind: NightKind = "asked"
    sleep_date: str | None = None
    deep: bool = False
    max_seconds: float = math.inf
    """Training starts no further epoch after this long."""


class Sleeper:
    """Runs nights on one home folder."""

    def __init__(
        self,
        *,
        settings: Settings,
        store: EpisodeStore,
        nights: NightStore,
        registry: Registry,
        engine: Engine,
        writer: DreamWriter,
        write_probes: ProbeWriter,
        similar: Similarity,
        notebook: Notebook,
        likeness: Likeness = unjudged,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._store = store
        self._nights = nights
        self._registry = registry
        self._engine = engine
        self._writer = writer
        self._write_probes = write_probes
        self._similar = similar
        self._notebook = notebook
        self._likeness = likeness
        self._planner = self._planner_of(writer, write_probes)
        self._clock = clock
        self._control = NightControl(settings.night_word_file)
        self._examiner = Examiner(engine, settings.chat.system_prompt, settings.cache_folder)

    def plan(self, *, deep: bool = False, on_dream: Counted = uncounted) -> NightPlan:
        """Select and dream; train nothing and store nothing."""
        teacher = teacher_of(
            self._settings,
            self._writer,
            self._write_probes,
            self._engine,
            self._registry,
            self._notebook,
        )
        if teacher is None:
            return self._planner.plan(deep=deep, on_dream=on_dream)
        self._planner = self._planner_of(teacher, teacher.write_probes)
        try:
            plan = self._planner.plan(deep=deep, on_dream=on_dream)
        finally:
            if teacher.is_loaded:  # what follows needs the base, and has no room for both
                self._engine.load(self._registry.base().gguf)
        dropped = (*plan.dropped, *teacher.dropped)
        return replace(plan, dropped=dropped, teacher=teacher.said)

    def probes(self, plan: NightPlan) -> list[Probe]:
        """What a plan's facts, and older ones, would be asked for."""
        return self._planner.probes(plan)

    def _planner_of(self, writer: DreamWriter, write_probes: ProbeWriter) -> Planner:
        return Planner(
            self._settings,
            self._store,
            self._nights,
            writer,
            write_probes,
            self._similar,
            self._likeness,
        )

    def run(self, order: NightOrder, watch: Watch = lambda progress: None) -> NightReport:
        """One night, from selection to promotion or discard.

        Raises `NightInProgress` and `NightAlreadyDone`; every other failure is recorded in
        the night's report and raised. A `KeyboardInterrupt` makes it an interrupted one.
        """
        with self._locked(), self._recorded(order, watch) as night:
            champion = self._registry.champion()
            with night.stage("dream"):
                plan = self.plan(deep=order.deep, on_dream=night.progress)
                night.choices(plan.selection.selected, plan.selection.skipped)
                night.replaced(plan.replaced)
                night.struck(plan.struck)
                night.dreams((*plan.dreams, *plan.replay))
                night.dropped(plan.dropped)
                night.teacher(plan.teacher)
            if not plan.dreams and not (order.deep and plan.replay):
                night.finish("empty")
            else:
                with night.stage("write probes"):
                    base = self._registry.base()
                    general = general_probes(self._examiner, base, night.once)
                    probes = [*self._planner.probes(plan), *general]
                with night.stage("anchor"):
                    anchors = self._anchors(night, base, plan)
                try:
                    adapter = self._train(night, order, champion, plan, anchors)
                except TrainingDiverged as error:
                    night.verdict(Verdict(False, (f"Training came apart: {error}.",)))
                    night.finish("refused")
                else:
                    gate = self._settings.gate
                    known = self._nights.known_once()
                    trial = Trial(self._examiner, night, champion, probes, gate, known)
                    tried = self._tried(night, trial, adapter)
                    night.probes(tried.results)
                    night.verdict(tried.verdict)
                    self._conclude(night, champion, adapter, tried)
        report = self._nights.show(night.night_id)
        assert report is not None
        return report

    @contextmanager
    def _locked(self) -> Iterator[None]:
        runs = NightInProgress("a night is running already; see `reverie nights`")
        with holding(self._settings.night_lock_file, 0, runs):
            self._settle()
            yield

    def _settle(self) -> None:
        """Put right what a night that was cut off, or a damaged version, left behind."""
        champion = self._registry.intact_champion()
        cut_off = self._nights.running()
        if cut_off is not None and cut_off.id == champion.night_id:
            self._nights.finish(cut_off.id, "promoted", self._clock())
        self._nights.interrupt_running(self._clock())
        self._control.clear()
        self._store.finish_forgetting()
        forget_for_good(self._settings, self._store)
        match_states(self._registry, self._nights, self._store)
        for left in self._settings.work_folder.glob("*"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            elif left != self._settings.checkpoint_file:
                left.unlink()

    @contextmanager
    def _recorded(self, order: NightOrder, watch: Watch) -> Iterator[Recorder]:
        """A night's record and work folder; a failure is written down before it is raised."""
        night_id = self._nights.begin(
            kind=order.kind,
            sleep_date=order.sleep_date,
            deep=order.deep,
            champion_before=self._registry.champion().name,
            started_at=self._clock(),
        )
        night = Recorder(self._nights, night_id, self._clock, watch, self._control.heed)
        work = self._work_folder(night)
        try:
            work.mkdir(mode=0o700, parents=True, exist_ok=True)
            yield night
        except NightStopped as stopped:
            night.finish("interrupted", str(stopped))
            raise
        except KeyboardInterrupt:
            night.finish("interrupted", _STOPPED)
            raise
        except BaseException as error:
            night.finish("failed", str(error) or type(error).__name__)
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _work_folder(self, night: Recorder) -> Path:
        return self._settings.work_folder / f"night-{night.night_id}"

    def _anchors(self, night: Recorder, base: ModelVersion, plan: NightPlan) -> list[Dream]:
        if not self._settings.training.anchors_per_step:
            return []  # writing them takes a minute
        told = [episode.user_text for episode in plan.selection.episodes]
        own = own_prompts(told, plan.dreams)
        return write_anchors(self._examiner, base, night.once, own)

    def _train(
        self,
        night: Recorder,
        order: NightOrder,
        champion: ModelVersion,
        plan: NightPlan,
        anchors: Sequence[Dream],
    ) -> Path:
        out = self._work_folder(night) / "adapter.safetensors"
        with night.stage("train"):
            self._engine.load(self._registry.base().gguf)
            anew = (*plan.trained, *plan.repeated) if order.deep else plan.trained
            training_set = compose(
                in_conversation((*anew, *reading_dreams(anew))),
                anchors,
                () if order.deep else plan.repeated,
                tokenizer=self._engine,
                system_prompt=self._settings.chat.system_prompt,
            )
            job = TrainingJob(
                self._settings.backbone_gguf,
                None if order.deep else champion.adapter,
                training_set,
                self._settings.training,
                max_seconds=order.max_seconds,
            )
            train(
                job,
                out,
                cache_folder=self._settings.cache_folder,
                checkpoint=self._settings.checkpoint_file,
                on_step=night.loss,
            )
        return out

    def _tried(self, night: Recorder, trial: Trial, adapter: Path) -> Tried:
        """The adapter merged and tested; merged less strongly where it only lost too much."""
        strength = self._settings.training.strength
        first = tried = trial.of(self._merge(night, adapter, strength))
        for weaker in (share for share in _WEAKER if share < strength):
            if tried.verdict.promotes or not learned_enough(tried.results, self._settings.gate):
                break
            tried = trial.of(self._merge(night, adapter, weaker))
            if tried.verdict.promotes:
                lost = f"Merged at {strength:g} times its strength, it lost more than it may"
                reasons = (*tried.verdict.reasons, f"{lost}; so it is at {weaker:g}.")
                return replace(tried, verdict=replace(tried.verdict, reasons=reasons))
        return first

    def _merge(self, night: Recorder, adapter: Path, strength: float) -> Path:
        from models.gguf import write_merged

        out = self._work_folder(night) / "model.gguf"
        with night.stage("merge"):
            write_merged(
                self._registry.base().gguf,
                adapter,
                out,
                strength=strength,
                tensor_type=self._settings.training.merge_type,
            )
        return out

    def _make_room(self) -> None:
        """Remove old versions' files; one that cannot be removed is left to a later night."""
        keep = self._settings.model.keep_versions
        with suppress(OSError):
            if keep:
                self._registry.prune(keep)

    def _conclude(
        self, night: Recorder, champion: ModelVersion, adapter: Path, tried: Tried
    ) -> None:
        if not tried.verdict.promotes:
            night.finish("refused")
            return
        with night.stage("promote"):
            version = self._registry.add(tried.candidate, adapter, champion, night.night_id)
            night.candidate(version.name)
            self._registry.promote(version)
            self._make_room()
            match_states(self._registry, self._nights, self._store)
        night.finish("promoted")
