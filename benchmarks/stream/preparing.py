"""What a stream gives to learn, read and dreamt by the very planner of nights.

All methods get the same dreams of the same messages; they differ in what they do with them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.settings import Settings
from benchmarks.stream.facts import Stream
from benchmarks.stream.meal import Meal
from benchmarks.telling import tell
from consolidation.asker import AskingWriter
from consolidation.dreams import DreamWriter, GrammarWriter, normalised
from consolidation.in_full import told_in_full
from consolidation.plan import Planner
from consolidation.probes import write_probes
from consolidation.similarity import CosineSimilarity
from consolidation.untold import UNTOLD_KIND
from memory.asked import AskedStore
from memory.database import Connections
from memory.nights import NightStore
from memory.records import Dream, turns_of_prompt
from memory.store import EpisodeStore
from models.embed import EmbedderProcess
from models.engine import Engine

_FIRST_DAY = datetime(2026, 1, 5, 19, 0, tzinfo=UTC)


def prepared(stream: Stream, settings: Settings, asks: Engine | None) -> list[Meal]:
    """The meal of each night. With an engine for it, the asker writes questions, too."""
    kept_back = {
        normalised(question)
        for facts in (*stream.days, stream.controls)
        for fact in facts
        for question in (*fact.plain, *fact.free)
    }

    def trainable(dreams: Sequence[Dream]) -> tuple[Dream, ...]:
        return tuple(
            d for d in dreams if normalised(turns_of_prompt(d.prompt)[-1]) not in kept_back
        )

    embedder = EmbedderProcess(settings.embedder_source, settings.embedder_log_file)
    meals: list[Meal] = []
    with TemporaryDirectory() as folder, Connections(Path(folder) / "stream.db") as connections:
        store, nights = EpisodeStore(connections), NightStore(connections)
        similar = CosineSimilarity(embedder)
        writer: DreamWriter = GrammarWriter()
        if asks is not None:
            notebook = AskedStore(connections)
            folders = (settings.packaged_gguf, settings.cache_folder)
            writer = AskingWriter(writer, write_probes, asks, notebook, *folders)
        planner = Planner(settings, store, nights, writer, write_probes, similar)
        for night in range(len(stream.days)):
            at = _FIRST_DAY + timedelta(days=night)
            for minute, said in enumerate(stream.said(night)):
                moment = at + timedelta(minutes=minute)
                if said.at:
                    moment = datetime.fromisoformat(said.at).astimezone()
                tell(store, embedder, said.session, moment, said.text, said.reply)
            plan = planner.plan()
            learned = [episode.id for episode in store.learned()]
            still = [
                dream
                for dream in nights.dreams_of(learned)
                if dream.kind != UNTOLD_KIND and not any(map(plan.ledger.gone, dream.episode_ids))
            ]
            earlier = told_in_full(still, plan.summaries, plan.tellings)
            meals.append(Meal(*map(trainable, (plan.trained, plan.repeated, earlier))))
            _sleep(nights, store, at, plan.dreams, plan.replaced)
    embedder.close()
    return meals


def _sleep(
    nights: NightStore, store: EpisodeStore, at: datetime, dreams: Sequence[Dream], replaced: Any
) -> None:
    """A night that learned everything, as later nights find it."""
    night = nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=at
    )
    nights.record_replaced(night, replaced)
    nights.record_dreams(night, dreams)
    nights.finish(night, "promoted", at)
    store.set_state([episode.id for episode in store.waiting()], "learned")
