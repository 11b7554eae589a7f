"""Running a job: night by night it learns, merges and asks; killed, it goes on where it was."""

import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.prompt import chat_messages
from assistant.settings import Settings
from benchmarks.engines import base_of, machine, opened_engine
from benchmarks.stream.diet import diet_of, first_questions
from benchmarks.stream.facts import Fact, Stream
from benchmarks.stream.meal import Meal
from benchmarks.stream.recipes import (
    LEFT_OUT,
    NOTHING,
    OF_THE_BUDGET,
    RECIPES,
    RETRIEVAL,
    VARIANTS,
)
from benchmarks.stream.scores import held
from benchmarks.stream.study import Job, Night, nights_of
from consolidation.conversing import in_conversation, own_prompts, reading_dreams
from consolidation.dataset import compose
from consolidation.exam import ANSWER_TOKENS, Examiner, write_anchors
from consolidation.training_job import TrainingJob, train
from memory.records import Dream, DreamPrompt
from models.durable import replacing
from models.embed import EmbedderProcess
from models.engine import Engine
from models.registry import hash_file


def run_job(
    job: Job,
    settings: Settings,
    out: Path,
    *,
    until: float = float("inf"),
    hears: Callable[[str], None] = print,
) -> bool:
    """Run what is left of a job; whether all of it is done.

    No night begins after `until` (`time.monotonic`). With the public sets at hand the last night's
    model is asked what it can do beside remembering.
    """
    folder = job.folder(out)
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_for(job, settings)
    done = job.first_night + len(nights_of(folder))
    if done == job.study.nights:
        return True
    stream = job.stream
    told = diet_file(job, out, settings)
    engine = opened_engine(settings)
    try:
        learns = job.method not in (NOTHING, RETRIEVAL)
        diet = diet_of(stream, settings, told, engine if job.study.asks else None) if learns else []
        nightfall = Nightfall(job, settings, engine, folder, stream, diet)
        for night in range(done, job.study.nights):
            if time.monotonic() > until:
                return False
            one = nightfall.run(night)
            with replacing(folder / f"night-{night:02}.json") as part:
                part.write_text(json.dumps(asdict(one), ensure_ascii=False, indent=1), "utf-8")
            shutil.rmtree(folder / "carried" / str(night - 1), ignore_errors=True)
            right = held(stream, one.marks(stream), night)
            hears(
                f"{job.study.name}, {job.method}, seed {job.seed}, night {night + 1}: "
                f"{right:.2f} of all so far, {one.steps} steps, {one.tokens} tokens, "
                f"{one.seconds:.0f} s"
            )
    finally:
        engine.close()
    shutil.rmtree(folder / "carried", ignore_errors=True)
    return True


def settings_for(job: Job, settings: Settings) -> Settings:
    """The settings with what a job's study and method change."""
    changed = {"views_per_statement": job.study.views, "seed": job.seed}
    changed |= VARIANTS.get(job.method, {})
    return replace(settings, training=replace(settings.training, **changed))


def diet_file(job: Job, out: Path, settings: Settings) -> Path:
    """Where a job's meals are kept, for all methods of its seed."""
    study = job.folder(out).parents[1]
    return study / f"diet-{job.seed}-{settings.training.replay_views}.json"


class Nightfall:
    """The nights of a job, one at a time."""

    def __init__(
        self,
        job: Job,
        settings: Settings,
        engine: Engine,
        folder: Path,
        stream: Stream,
        diet: Sequence[Meal],
    ) -> None:
        self._job = job
        self._settings = settings
        self._engine = engine
        self._folder = folder
        self._stream = stream
        self._diet = diet
        self._training = settings.training
        self._base = base_of(settings)
        self._machine = machine(self._training.device)
        self._examiner = Examiner(engine, settings.chat.system_prompt, settings.cache_folder)

    def run(self, night: int) -> Night:
        """Learn, merge, ask."""
        asked = [*self._stream.told(night), *self._stream.controls]
        with TemporaryDirectory() as work:
            steps = tokens = 0
            seconds = cpu_seconds = 0.0
            if self._job.method == RETRIEVAL:
                replies = self._recalling(asked, night)
            else:
                gguf = self._base.gguf
                if self._job.method != NOTHING:
                    learn = self._ours if self._job.method in VARIANTS else self._by_recipe
                    steps, tokens, seconds, cpu_seconds = learn(night)
                    gguf = Path(work) / "model.gguf"
                    self._merge(night, gguf)
                replies = self._examiner.answers(gguf, hash_file(gguf), self._questions(asked))
                if self._job.data and night == self._job.study.nights - 1:
                    self._measure(gguf, self._job.data)
        given = dict(zip(self._questions(asked), replies, strict=True))
        plain = {fact.id: [given[q] for q in self._plain(fact)] for fact in asked}
        free = {fact.id: [given[q] for q in self._free(fact)] for fact in asked}
        return Night(night, steps, tokens, seconds, cpu_seconds, plain, free, self._machine)

    def _questions(self, facts: Sequence[Fact]) -> list[str]:
        return [q for fact in facts for q in (*self._plain(fact), *self._free(fact))]

    def _plain(self, fact: Fact) -> Sequence[str]:
        return fact.plain[: self._job.study.plain]

    def _free(self, fact: Fact) -> Sequence[str]:
        """A control is asked plainly alone."""
        return fact.free[: self._job.study.free] if fact.night >= 0 else ()

    def _carried(self, night: int) -> Path:
        """What the nights after this one go on from; written anew where a night was cut off."""
        return self._folder / "carried" / str(night)

    def _ours(self, night: int) -> tuple[int, int, float, float]:
        """What a night of Reverie trains, by what trains it."""
        meal, without = self._diet[night], LEFT_OUT.get(self._job.method)
        dreams, replay = (
            [dream for dream in part if dream.kind != without]
            for part in (meal.dreams, meal.replay)
        )
        told = [said.text for said in self._stream.said(night)]
        examples = compose(
            in_conversation((*dreams, *reading_dreams(dreams))),
            self._anchors(own_prompts(told, dreams)),
            replay,
            tokenizer=self._engine,
            system_prompt=self._settings.chat.system_prompt,
        )
        out = self._carried(night) / "adapter.safetensors"
        out.parent.mkdir(parents=True, exist_ok=True)
        start = self._carried(night - 1) / out.name if night else None
        began_cpu = time.process_time()
        study, share = self._job.study, OF_THE_BUDGET.get(self._job.method, 1.0)
        backbone = self._settings.backbone_gguf
        job = TrainingJob(
            backbone, start, examples, self._training, study.seconds, study.tokens * share
        )
        trained = train(job, out, cache_folder=self._settings.cache_folder)
        cpu = time.process_time() - began_cpu
        return trained.steps, trained.tokens, trained.seconds, cpu

    def _by_recipe(self, night: int) -> tuple[int, int, float, float]:
        from benchmarks.stream.learner import Budget, Carried, Portion, learn

        recipe = RECIPES[self._job.method]
        meal = self._diet[night]
        new, earlier = list(meal.dreams), list(meal.earlier)
        if recipe.everything:
            new, earlier = [*new, *earlier], []
        if recipe.views == "one":
            new, earlier = first_questions(new), first_questions(earlier)
        general = self._anchors() if recipe.anchors or recipe.general else []
        parts = [self._examples(part) for part in (new, earlier, general)]
        count = len(self._stream.told(night) if recipe.everything else self._stream.days[night])
        portion = Portion(*parts, facts=count)
        goes_on = night > 0 and recipe.carry != "base"
        carried = Carried.load(self._carried(night - 1)) if goes_on else Carried()
        study = self._job.study
        tokens = study.tokens * (night + 1 if recipe.carry == "base" else 1)
        carried, cost = learn(
            recipe,
            self._base.gguf,
            carried,
            portion,
            Budget(tokens, study.seconds),
            self._training,
            night=night,
            cache_folder=self._settings.cache_folder,
        )
        carried.save(self._carried(night))
        return cost.steps, cost.tokens, cost.seconds, cost.cpu_seconds

    def _merge(self, night: int, out: Path) -> None:
        """What was learned as a file that llama.cpp loads; ours at the strength of the settings."""
        from benchmarks.stream.merging import as_adapter
        from models.gguf import write_merged

        carried, base = self._carried(night), self._base.gguf
        adapter, alpha, strength = carried / "adapter.safetensors", None, self._training.strength
        if self._job.method in RECIPES:
            recipe = RECIPES[self._job.method]
            adapter, alpha = as_adapter(recipe, base, carried, self._settings.cache_folder)
            strength = 1.0
        write_merged(
            base,
            adapter,
            out,
            alpha=alpha,
            strength=strength,
            tensor_type=self._training.merge_type,
        )

    def _measure(self, gguf: Path, data: Path) -> None:
        """General ability, kept beside the nights; a retrieving base is the base."""
        from benchmarks.stream.general import Scorer, ability_of

        model = self._settings.model
        scorer = Scorer(gguf, gpu_layers=model.gpu_layers, threads=model.threads)
        ability = ability_of(scorer, data, self._job.study.ability)
        scorer.close()
        file = self._folder / "ability.json"
        file.write_text(json.dumps(asdict(ability), indent=1), "utf-8")

    def _examples(self, dreams: Sequence[Dream]) -> Sequence[Any]:
        prompt = self._settings.chat.system_prompt
        return compose(dreams, (), tokenizer=self._engine, system_prompt=prompt).facts

    def _anchors(self, own: Sequence[DreamPrompt] = ()) -> list[Dream]:
        return write_anchors(self._examiner, self._base, own=own)

    def _recalling(self, facts: Sequence[Fact], night: int) -> list[str]:
        """The base with its memory before it, as chat recalls by day."""
        from assistant.notes import notes_of, recalled_for
        from benchmarks.telling import tell
        from memory.database import Connections
        from memory.recall import Recall
        from memory.store import EpisodeStore

        embedder = EmbedderProcess(self._settings.embedder_source, self._settings.embedder_log_file)
        with TemporaryDirectory() as folder, Connections(Path(folder) / "told.db") as connections:
            store = EpisodeStore(connections)
            for said in (one for day in range(night + 1) for one in self._stream.said(day)):
                tell(store, embedder, said.session, datetime.now(UTC), said.text, said.reply)
            recall = Recall(store)
            questions = self._questions(facts)
            chat = self._settings.chat
            prompts = []
            for asked, meaning in zip(questions, embedder.embed(questions), strict=True):
                found = recalled_for(recall, asked, recall.near(meaning), chat.recall_limit)
                notes = notes_of(found, meaning, embedder, whole=chat.recall_whole)
                prompts.append(chat_messages(chat.system_prompt, [], notes, asked))
        embedder.close()
        self._engine.load(self._base.gguf)
        replies = [""] * len(prompts)
        for index, reply in self._engine.answers(prompts, max_tokens=ANSWER_TOKENS):
            replies[index] = reply.strip()
        return replies
