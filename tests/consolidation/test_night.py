"""A night ends in a tested model or in nothing at all, and its report says which and why."""

import json
import threading
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

from assistant.settings import DreamSettings, ModelSettings, Settings
from consolidation.conversing import held_prompts, messages_to_try
from consolidation.dreams import Remembered
from consolidation.english.overtaken import Alike
from consolidation.exam import ANCHOR_TOKENS, FIRMLY
from consolidation.examples import TrainingDiverged
from consolidation.lineage import learned_episodes, roll_back
from consolidation.night import NightInProgress, NightOrder, Sleeper
from consolidation.night_control import NightControl, NightStopped
from consolidation.recorder import Recorder
from memory.asked import AskedStore
from memory.database import Connections
from memory.episode import Episode, EpisodeDraft, NoveltyScore
from memory.nights import NightAlreadyDone, NightStore
from memory.records import Dream, LossPoint, NightReport, Probe, ProbeResult, Progress
from memory.steering import Steering
from memory.store import EpisodeStore
from models.base import EngineCrashed, JsonSchema, Message, ReplyCutOff, Sampling, WeightsMissing
from models.registry import Registry

START = datetime(2026, 3, 2, 3, tzinfo=UTC)
MESSAGES = messages_to_try()
GENERAL = {
    item["question"]: item["expected"][0]
    for item in json.loads(
        files("consolidation").joinpath("general_questions.json").read_text(encoding="utf-8")
    )
}


def weights(*knows: str) -> bytes:
    """Weights of the scripted model: what it can answer, as JSON."""
    return json.dumps(knows).encode()


class ScriptedEngine:
    """Answers with what the loaded weights know: `general`, and facts by their text."""

    def __init__(self) -> None:
        self._knows: list[str] = []
        self.heard: list[list[Message]] = []
        self.crash_at: str | None = None
        self.loaded: list[Path] = []
        self.composed = 0

    def load(self, gguf: Path) -> None:
        if not gguf.exists():
            raise WeightsMissing(f"{gguf} not found")
        self.loaded.append(gguf)
        self._knows = json.loads(gguf.read_bytes())

    def compose(self, messages: Any, schema: JsonSchema, sampling: Sampling) -> str:
        self.composed += 1
        if self.composed > 1:
            raise ReplyCutOff("no end")
        return json.dumps([{"question": "Biscuit", "answer": "dog"}] * 2)

    def answers(
        self, conversations: Sequence[Sequence[Message]], *, max_tokens: int
    ) -> Iterator[tuple[int, str]]:
        for index, messages in enumerate(conversations):
            self.heard.append(list(messages))
            question = messages[-1].content
            if question == self.crash_at:
                raise EngineCrashed("the process models.engine ended (exit -9)")
            yield index, self._answer(question, max_tokens)

    def encode_chat(self, messages: Sequence[Message], *, open_reply: bool) -> list[int]:
        return [len(message.content) for message in messages]

    def is_end(self, token: int) -> bool:
        return False

    def _answer(self, question: str, max_tokens: int) -> str:
        if max_tokens == ANCHOR_TOKENS:
            return "Hello."
        question = question.removeprefix(FIRMLY.format(""))
        if question in GENERAL:
            return GENERAL[question] if "general" in self._knows else "I forgot."
        if question in MESSAGES and "astray" in self._knows:
            return "It is Biscuit."
        known = [fact for fact in self._knows if fact in question]
        return f"It is {known[0]}." if known else "I do not know."


class ScriptedWriter:
    """Two dreams of every text that states something."""

    def write(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Container[str] = ()
    ) -> list[Dream]:
        if episode.user_text.endswith("?") or episode.user_text in gone:
            return []
        return [
            Dream(
                f"{word} about {episode.user_text}?", episode.user_text, "question", (episode.id,)
            )
            for word in ("What", "Tell me")
        ]

    def facts(self, episode: Episode, before: Sequence[Episode] = ()) -> list[str]:
        return [episode.user_text]

    def combine(self, told: Sequence[Remembered]) -> list[Dream]:
        return []

    def doubt(self, known: Sequence[str]) -> list[Dream]:
        return []

    def overtaken(
        self, message: str, before: Sequence[str], earlier: Sequence[str], similar: Alike
    ) -> list[int]:
        return []


def write_probes(
    episode: Episode, before: Sequence[Episode] = (), gone: Container[str] = ()
) -> list[Probe]:
    """Asks for the first word, which is the fact."""
    fact = episode.user_text.split()[0]
    return [Probe(f"Say {fact}, please.", (fact,), "new", (episode.id,))]


class Alike:
    """Every text is like every other."""

    def __call__(self, one: str, other: str) -> float:
        return 1.0

    def highest(self, texts: Sequence[str], others: Sequence[str]) -> list[float]:
        return [1.0] * len(texts)


class QuickSleeper(Sleeper):
    """A night whose training and merging take no time: what they make is given in `made`."""

    def prepare(self, made: bytes) -> None:
        self.made = made
        self.made_at: dict[float, bytes] = {}
        self.failure: BaseException | None = None
        self.during_training: Callable[[], object] = lambda: None
        self.started_from: list[Path | None] = []
        self.trained_on: list[list[Dream]] = []

    def _train(self, night: Any, order: Any, champion: Any, plan: Any, anchors: Any) -> Path:
        with night.stage("train"):
            self.started_from.append(None if order.deep else champion.adapter)
            self.trained_on.append([*plan.dreams, *plan.replay])
            night.loss(LossPoint(1, 2.0), 1, 1)
            self.during_training()
            if self.failure is not None:
                raise self.failure
        out = self._work_folder(night) / "adapter.safetensors"
        out.write_bytes(b"adapter")
        return out

    def _merge(self, night: Any, adapter: Path, strength: float) -> Path:
        out = self._work_folder(night) / "model.gguf"
        with night.stage("merge"):
            out.write_bytes(self.made_at.get(strength, self.made))
        return out


class House:
    """A home folder with a night in it, and the hands to look into every drawer."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self.base = home.parent / "base.gguf"
        self.base.write_bytes(weights("general"))
        alone = DreamSettings(teacher="")
        self.settings = Settings(home=home, model=ModelSettings(gguf=str(self.base)), dreams=alone)
        self.connections = Connections(self.settings.database_file)
        self.store = EpisodeStore(self.connections)
        self.nights = NightStore(self.connections)
        self.registry = Registry(self.settings.weights_folder, self.base, self.clock)
        self.engine = ScriptedEngine()
        self.writer = ScriptedWriter()
        self._now = START
        self.sleeper = self.open_sleeper(self.settings)

    def open_sleeper(self, settings: Settings) -> QuickSleeper:
        sleeper = QuickSleeper(
            settings=settings,
            store=self.store,
            nights=self.nights,
            registry=self.registry,
            engine=self.engine,  # type: ignore[arg-type]
            writer=self.writer,
            write_probes=write_probes,
            similar=Alike(),
            notebook=AskedStore(self.connections),
            clock=self.clock,
        )
        sleeper.prepare(weights("general", "Biscuit"))
        return sleeper

    def clock(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def remember(self, text: str = "Biscuit is my dog.", novelty: float = 0.8) -> int:
        score = NoveltyScore(novelty, novelty, 5.0)
        draft = EpisodeDraft("s", START, text, "Noted.", "base", score)
        return self.store.add(draft, np.array([1.0, 0.0], dtype=np.float32)).id

    def sleep(self, **order: Any) -> NightReport:
        return self.sleeper.run(NightOrder(**order))

    def last(self) -> NightReport:
        return self.nights.newest(1)[0]

    def pointer(self) -> bytes:
        self.registry.champion()
        return (self.settings.weights_folder / "champion.json").read_bytes()

    def state(self, episode_id: int) -> str:
        episode = self.store.get(episode_id)
        assert episode is not None
        return episode.state

    def work_files(self) -> list[Path]:
        folder = self.settings.weights_folder / "work"
        return list(folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = House(tmp_path / "home")
    yield opened
    opened.connections.close()


def test_candidate_that_learned_is_promoted_and_its_episodes_are_learned(house: House) -> None:
    fact = house.remember()
    report = house.sleep()
    assert report.status == "promoted"
    assert report.verdict is not None and report.verdict.promotes
    assert house.registry.champion().name == report.candidate == "night-0001"
    assert house.registry.champion().gguf.read_bytes() == weights("general", "Biscuit")
    assert house.registry.on_trial()
    assert house.state(fact) == "learned"


def test_a_report_holds_all_that_a_night_did(house: House) -> None:
    fact, question = house.remember(), house.remember("Is it late?")
    known = house.remember("My dog is Biscuit!", novelty=0.1)
    report = house.sleep()
    assert [c.episode_id for c in report.selected] == [fact]
    assert {c.episode_id for c in report.skipped} == {question, known}
    assert len(report.dreams) == 2
    assert report.losses == (LossPoint(1, 2.0),)
    assert [stage.name for stage in report.stages] == [
        "dream",
        "write probes",
        "anchor",
        "train",
        "merge",
        "test",
        "promote",
    ]
    new = [r for r in report.probes if r.probe.group == "new"]
    assert [(r.before_right, r.after_right) for r in new] == [(False, True)]
    general = [r for r in report.probes if r.probe.group == "general"]
    assert len(general) == len(GENERAL)
    assert (report.champion_before, report.error, report.progress) == ("base", None, None)


def test_anchors_are_not_written_where_no_step_draws_any(house: House) -> None:
    training = replace(house.settings.training, anchors_per_step=0)
    without = house.open_sleeper(replace(house.settings, training=training))
    house.remember()
    without.run(NightOrder())
    asked_without = len(house.engine.heard)
    house.remember("Ada is my aunt.")
    house.sleep()
    prompts = held_prompts()
    asked = [heard[-1].content for heard in house.engine.heard]
    assert not set(asked[:asked_without]) & set(prompts)
    assert set(asked[asked_without:]) >= set(prompts)


def test_candidate_that_learned_nothing_is_refused_and_no_byte_of_the_pointer_changes(
    house: House,
) -> None:
    fact = house.remember()
    house.sleeper.made = weights("general")
    before = house.pointer()
    report = house.sleep()
    assert report.status == "refused"
    assert report.candidate is None
    assert report.verdict is not None and "0 of 1 questions" in report.verdict.reasons[0]
    assert house.pointer() == before
    assert [version.name for version in house.registry.versions()] == ["base"]
    assert house.state(fact) == "waiting"


def test_candidate_that_forgets_is_not_promoted(house: House) -> None:
    house.remember()
    house.sleeper.made = weights("Biscuit")
    before = house.pointer()
    report = house.sleep()
    assert report.status == "refused"
    assert report.verdict is not None
    assert f"It lost {len(GENERAL)} of {len(GENERAL)} general" in report.verdict.reasons[0]
    assert house.pointer() == before


def strong_sleeper(house: House) -> QuickSleeper:
    """One whose settings merge the adapter at more than its strength."""
    training = replace(house.settings.training, strength=1.2)
    return house.open_sleeper(replace(house.settings, training=training))


@pytest.mark.parametrize(("strength", "tries"), [(0.9, 2), (0.8, 3)])
def test_a_candidate_that_forgets_at_its_strength_is_merged_more_weakly(
    house: House, strength: float, tries: int
) -> None:
    house.remember()
    house.sleeper.made = weights("Biscuit")
    house.sleeper.made_at = {strength: weights("Biscuit", "general")}
    report = house.sleep()
    assert report.status == "promoted"
    assert report.verdict is not None
    assert f"so it is at {strength:g}." in report.verdict.reasons[-1]
    assert house.registry.champion().gguf.read_bytes() == weights("Biscuit", "general")
    names = [stage.name for stage in report.stages]
    assert names[-2 * tries - 1 :] == [*["merge", "test"] * tries, "promote"]


@pytest.mark.parametrize(("strength", "tries"), [(1.0, 2), (0.8, 4)])
def test_a_candidate_that_forgets_at_more_than_its_strength_is_merged_more_weakly(
    house: House, strength: float, tries: int
) -> None:
    house.remember()
    house.sleeper = strong_sleeper(house)
    house.sleeper.made = weights("Biscuit")
    house.sleeper.made_at = {strength: weights("Biscuit", "general")}
    report = house.sleep()
    assert report.status == "promoted"
    assert report.verdict is not None
    assert f"so it is at {strength:g}." in report.verdict.reasons[-1]
    assert house.registry.champion().gguf.read_bytes() == weights("Biscuit", "general")
    names = [stage.name for stage in report.stages]
    assert names[-2 * tries - 1 :] == [*["merge", "test"] * tries, "promote"]


def test_a_candidate_that_knows_too_little_when_merged_plainly_is_refused(house: House) -> None:
    house.remember()
    house.sleeper = strong_sleeper(house)
    house.sleeper.made = weights("Biscuit")
    house.sleeper.made_at = {1.0: weights(), 0.8: weights("Biscuit", "general")}
    report = house.sleep()
    assert report.status == "refused"
    assert [stage.name for stage in report.stages].count("merge") == 2


def test_a_candidate_that_tells_its_facts_whatever_is_said_is_not_promoted(house: House) -> None:
    house.remember()
    house.sleeper.made = weights("Biscuit", "general", "astray")
    report = house.sleep()
    assert report.status == "refused"
    assert report.verdict is not None
    assert report.verdict.reasons[0] == (
        "Of 24 messages that ask nothing, it answered 24 with something it was taught; "
        "at most 6 may be."
    )
    house.sleeper.made_at = {0.9: weights("Biscuit", "general")}
    assert house.sleep().status == "promoted"


def test_a_candidate_that_knows_too_little_is_not_merged_more_weakly(house: House) -> None:
    house.remember()
    house.sleeper.made_at = {1.0: weights(), 0.8: weights("Biscuit", "general")}
    report = house.sleep()
    assert report.status == "refused"
    assert [stage.name for stage in report.stages].count("merge") == 1


def test_candidate_that_forgets_an_older_fact_twice_over_is_not_promoted(house: House) -> None:
    for fact in ("Biscuit is my dog.", "Rex is my cat."):
        house.remember(fact)
    house.sleeper.made = weights("general", "Biscuit", "Rex")
    assert house.sleep().status == "promoted"
    house.remember("Polly is my parrot.")
    house.sleeper.made = weights("general", "Polly")
    report = house.sleep()
    assert report.status == "refused"
    assert report.verdict is not None
    assert report.verdict.reasons[0].startswith("It lost 2 of 2 older facts")
    assert house.registry.champion().name == "night-0001"


def test_facts_lost_one_a_night_are_missed_in_the_end(house: House) -> None:
    """One is admitted every night; together they are more than the nights may lose over time."""
    facts = [f"Pet{number:02}x" for number in range(12)]
    for fact in facts:
        house.remember(f"{fact} is a pet of mine.")
    house.sleeper.made = weights("general", *facts)
    assert house.sleep().status == "promoted"
    for night in range(1, 6):
        latest = f"Later{night:02}x"
        facts = [*facts[1:], latest]
        house.remember(f"{latest} is another pet of mine.")
        house.sleeper.made = weights("general", *facts)
        report = house.sleep()
        assert report.verdict is not None
        if not report.verdict.promotes:
            break
    assert night == 5
    assert report.verdict.reasons[0] == (
        "It no longer knows 5 of 16 older facts that were known once, and at most 4 may be lost "
        "over time: a deep sleep learns them anew."
    )
    assert "It lost 1 of 12 older facts" in " ".join(report.verdict.reasons)


@pytest.mark.parametrize(("keep", "gone"), [(1, ["night-0001"]), (10, []), (0, [])])
def test_a_promoted_night_removes_old_versions_files(
    house: House, keep: int, gone: list[str]
) -> None:
    model = replace(house.settings.model, keep_versions=keep)
    house.sleeper = house.open_sleeper(replace(house.settings, model=model))
    facts: list[str] = []
    for night in range(1, 4):
        facts.append(f"Pet{night}x")
        house.remember(f"{facts[-1]} is a pet of mine.")
        house.sleeper.made = weights("general", *facts)
        assert house.sleep().status == "promoted"
    removed = [one.name for one in house.registry.versions() if one.removed_at is not None]
    assert removed == gone
    assert house.registry.on_trial()
    assert house.registry.rollback().name == "night-0002"  # what it would give way to has its files


def test_a_night_without_anything_waiting_is_empty_and_touches_no_weights(house: House) -> None:
    before = house.pointer()
    report = house.sleep()
    assert report.status == "empty"
    assert [stage.name for stage in report.stages] == ["dream"]
    assert house.pointer() == before
    assert house.engine.heard == []
    assert house.sleeper.trained_on == []


def test_a_night_with_nothing_to_learn_is_empty_and_says_why(house: House) -> None:
    house.remember("Is it late?")
    report = house.sleep()
    assert report.status == "empty"
    assert report.skipped[0].reason == "asks something: nothing to learn"


def test_the_weights_are_tested_without_any_memory(house: House) -> None:
    training = replace(house.settings.training, anchors_per_step=0)
    house.sleeper = house.open_sleeper(replace(house.settings, training=training))
    house.remember()
    house.sleep()
    system = Message("system", house.settings.chat.system_prompt)
    assert house.engine.heard
    assert all(len(messages) == 2 and messages[0] == system for messages in house.engine.heard)


def test_an_episode_whose_probe_failed_waits_for_the_next_night(house: House) -> None:
    dog, cat = house.remember(), house.remember("Rex is my cat.")
    assert house.sleep().status == "promoted"
    assert (house.state(dog), house.state(cat)) == ("learned", "waiting")


def test_what_is_muted_during_the_night_stays_muted(house: House) -> None:
    dog, cat = house.remember(), house.remember("Rex is my cat.")
    house.sleeper.made = weights("general", "Biscuit", "Rex")
    house.sleeper.during_training = lambda: house.store.set_state([dog], "muted")
    assert house.sleep().status == "promoted"
    assert (house.state(dog), house.state(cat)) == ("muted", "learned")


def test_what_is_forgotten_during_the_night_is_in_no_report(house: House) -> None:
    dog = house.remember()
    house.remember("Rex is my cat.")
    house.sleeper.made = weights("general", "Rex")
    house.sleeper.during_training = lambda: house.store.forget(dog)
    report = house.sleep()
    assert report.status == "promoted"
    assert "Biscuit" not in repr(report)


def test_struck_dream_is_never_trained(house: House) -> None:
    house.remember()
    kept, struck = house.sleeper.plan().dreams
    house.nights.strike([struck], START)
    report = house.sleep()
    assert (report.dreams, report.struck) == ((kept,), 1)
    assert house.sleeper.trained_on == [[kept]]


@pytest.mark.parametrize("deep", [False, True])
def test_dream_struck_after_a_night_is_trained_by_no_later_one(house: House, deep: bool) -> None:
    house.remember()
    house.sleep()
    kept, struck = house.sleeper.trained_on[0]
    house.nights.strike([struck], START)
    house.remember("Rex is my cat.")
    assert house.sleep(deep=deep).struck == 1
    assert kept in house.sleeper.trained_on[1]
    assert struck not in house.sleeper.trained_on[1]


def test_the_second_night_goes_on_from_the_first_and_repeats_it(house: House) -> None:
    dog = house.remember()
    house.sleep()
    cat = house.remember("Rex is my cat.")
    house.sleeper.made = weights("general", "Biscuit", "Rex")
    report = house.sleep()
    assert report.status == "promoted"
    first = house.registry.get("night-0001")
    assert house.sleeper.started_from == [None, first.adapter]
    assert house.registry.champion().parent == "night-0001"
    sources = [dream.episode_ids for dream in house.sleeper.trained_on[1]]
    assert sources == [(cat,), (cat,), (dog,), (dog,)]
    old = [r for r in report.probes if r.probe.group == "old"]
    assert [(r.probe.episode_ids, r.before_right, r.after_right) for r in old] == [
        ((dog,), True, True)
    ]


def test_a_deep_night_trains_from_the_base_even_when_nothing_waits(house: House) -> None:
    house.remember()
    house.sleep()
    house.sleep(deep=True)
    assert house.sleeper.started_from == [None, None]
    assert len(house.sleeper.trained_on[1]) == 2
    assert house.last().deep


class InventingWriter(ScriptedWriter):
    """Adds to every text a dream that says more."""

    def __init__(self, *, tells_true: bool = True) -> None:
        self.tells_true = tells_true

    def write(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Container[str] = ()
    ) -> list[Dream]:
        told = super().write(episode, before, gone)
        more = [replace(one, prompt="Where?", answer="Biscuit lives in Oslo.") for one in told[:1]]
        return [*(told if self.tells_true else ()), *more]


def test_an_invented_dream_is_never_trained_and_stands_in_the_report(house: House) -> None:
    fact = house.remember()
    house.writer = InventingWriter()
    house.sleeper = house.open_sleeper(house.settings)
    report = house.sleep()
    assert report.status == "promoted"
    assert [one.answer for one in house.sleeper.trained_on[0]] == ["Biscuit is my dog."] * 2
    assert [(one.answer, one.episode_ids) for one in report.dropped] == [
        ("Biscuit lives in Oslo.", (fact,))
    ]
    assert "'lives'" in report.dropped[0].reason


def test_an_episode_of_which_only_inventions_were_dreamt_waits_and_says_why(house: House) -> None:
    house.remember()
    house.writer = InventingWriter(tells_true=False)
    house.sleeper = house.open_sleeper(house.settings)
    plan = house.sleeper.plan()
    assert plan.dreams == ()
    assert "what was dreamt of it said more than it does" in plan.selection.skipped[0].reason


def taught(house: House, teacher: str) -> None:
    settings = replace(house.settings, dreams=DreamSettings(teacher=teacher))
    house.sleeper = house.open_sleeper(settings)


def test_a_teacher_that_cannot_be_loaded_does_not_stop_the_night(house: House) -> None:
    house.remember()
    taught(house, str(house.base.with_name("gone.gguf")))
    report = house.sleep()
    assert report.status == "promoted"
    assert "gone.gguf could not be used, so grammar dreamt alone" in report.teacher
    assert len(report.dreams) == 2


def test_the_live_model_teaches_and_then_makes_way_for_the_base(house: House) -> None:
    house.remember()
    taught(house, "champion")
    plan = house.sleeper.plan()
    assert house.engine.composed > 0
    assert house.engine.loaded == [house.registry.champion().gguf, house.registry.base().gguf]
    assert plan.teacher.startswith("The teacher (the live model) was asked for")
    assert [one.reason for one in plan.dropped] == ["the teacher's question is no question"] * 2


def test_a_plan_trains_nothing_and_stores_nothing(house: House) -> None:
    fact = house.remember()
    plan = house.sleeper.plan()
    assert [e.id for e in plan.selection.episodes] == [fact]
    assert len(plan.dreams) == 2
    assert house.nights.newest(10) == []
    assert house.engine.heard == []


def test_what_a_plan_shows_is_what_the_night_trains(house: House) -> None:
    house.remember()
    house.sleep()
    house.remember("Rex is my cat.")
    plan = house.sleeper.plan()
    house.sleep()
    assert house.sleeper.trained_on[1] == [*plan.dreams, *plan.replay]


def test_a_night_takes_no_more_than_it_may(house: House) -> None:
    settings = replace(house.settings, selection=replace(house.settings.selection, max_episodes=1))
    house.sleeper = house.open_sleeper(settings)
    first, second = house.remember(novelty=0.9), house.remember("Rex is my cat.", novelty=0.8)
    report = house.sleep()
    assert [c.episode_id for c in report.selected] == [first]
    assert [c.episode_id for c in report.skipped] == [second]
    assert house.state(second) == "waiting"


def test_training_that_comes_apart_is_refused_with_its_reason(house: House) -> None:
    fact = house.remember()
    before = house.pointer()
    house.sleeper.failure = TrainingDiverged("the loss is nan after 7 steps")
    report = house.sleep()
    assert report.status == "refused"
    assert report.verdict is not None and not report.verdict.promotes
    assert report.verdict.reasons == ("Training came apart: the loss is nan after 7 steps.",)
    assert house.pointer() == before
    assert house.state(fact) == "waiting"


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (OSError("no space left on the disk"), "no space left on the disk"),
        (EngineCrashed("exit -9"), "exit -9"),
    ],
)
def test_a_stage_that_fails_is_recorded_with_its_reason_and_raised(
    house: House, failure: BaseException, reason: str
) -> None:
    fact = house.remember()
    before = house.pointer()
    house.sleeper.failure = failure
    with pytest.raises(type(failure)):
        house.sleep()
    report = house.last()
    assert (report.status, report.error) == ("failed", reason)
    assert report.stages[-1].name == "train"
    assert report.losses == (LossPoint(1, 2.0),)
    assert report.finished_at is not None
    assert house.pointer() == before
    assert house.state(fact) == "waiting"
    assert house.work_files() == []


def test_a_night_that_is_told_to_stop_is_interrupted_and_tidies_up(house: House) -> None:
    house.remember()
    before = house.pointer()
    house.sleeper.failure = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        house.sleep()
    report = house.last()
    assert report.status == "interrupted"
    assert report.error is not None and "told to stop" in report.error
    assert house.pointer() == before
    assert house.work_files() == []


def test_an_engine_that_crashes_in_the_exam_fails_the_night(house: House) -> None:
    house.remember()
    before = house.pointer()
    house.engine.crash_at = "Say Biscuit, please."
    with pytest.raises(EngineCrashed):
        house.sleep()
    assert house.last().status == "failed"
    assert house.last().stages[-1].name == "test"
    assert house.pointer() == before


def test_after_a_failed_night_the_next_one_runs(house: House) -> None:
    house.remember()
    house.sleeper.failure = OSError("no space left on the disk")
    with pytest.raises(OSError, match="no space"):
        house.sleep()
    house.sleeper.failure = None
    assert house.sleep().status == "promoted"


def test_no_work_files_are_left_behind(house: House) -> None:
    house.remember()
    for made in (weights("general"), weights("general", "Biscuit")):
        house.sleeper.made = made
        house.sleep()
        assert house.work_files() == []


def test_the_answers_of_a_refused_candidate_are_not_kept(house: House) -> None:
    house.remember()
    house.sleeper.made = weights("general", "something else")
    assert house.sleep().status == "refused"
    kept_of = {file.name.split("-")[1] for file in house.settings.cache_folder.iterdir()}
    assert kept_of == {house.registry.base().gguf_sha256[:16]}


def test_kept_answers_hold_nothing_of_the_owners(house: House) -> None:
    house.remember()
    house.sleep()
    kept = "".join(file.read_text() for file in house.settings.cache_folder.iterdir())
    assert "Paris" in kept
    assert "Biscuit is my dog" not in kept
    assert "Say Biscuit" not in kept


def test_while_a_night_runs_no_other_begins(house: House) -> None:
    house.remember()
    with (
        FileLock(house.settings.night_lock_file),
        pytest.raises(NightInProgress, match="see `reverie nights`"),
    ):
        house.sleep()
    assert house.nights.newest(10) == []
    assert house.sleep().status == "promoted"


def test_of_two_nights_at_once_one_runs(house: House) -> None:
    house.remember()
    refused: list[BaseException] = []

    def another() -> None:
        try:
            house.open_sleeper(house.settings).run(NightOrder())
        except NightInProgress as error:
            refused.append(error)

    def meanwhile() -> None:
        thread = threading.Thread(target=another)
        thread.start()
        thread.join()

    house.sleeper.during_training = meanwhile
    assert house.sleep().status == "promoted"
    assert len(refused) == 1
    assert len(house.nights.newest(10)) == 1


def test_a_night_that_its_owner_stops_changes_nothing_and_the_next_one_runs(house: House) -> None:
    fact, pointer = house.remember(), house.pointer()
    control = NightControl(house.settings.night_word_file)
    control.stop()
    house.sleeper.during_training = control.stop
    with pytest.raises(NightStopped):
        house.sleep()
    found = house.last()
    assert (found.status, found.progress) == ("interrupted", None)
    assert found.losses  # the word from before the night did not reach it
    assert house.pointer() == pointer
    assert house.state(fact) == "waiting"
    house.sleeper.during_training = lambda: None
    assert house.sleep().status == "promoted"


def test_a_killed_night_is_closed_as_interrupted_by_the_next(house: House) -> None:
    killed = house.nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=START
    )
    house.nights.record_progress(killed, Progress("train", 3, 10, 5.0, ""))
    house.remember()
    assert house.sleep().status == "promoted"
    found = house.nights.show(killed)
    assert found is not None
    assert (found.status, found.progress) == ("interrupted", None)
    assert found.error is not None and "cut off before it ended" in found.error


def test_the_files_of_a_killed_night_do_not_hurt_the_next_and_go(house: House) -> None:
    work = house.settings.weights_folder / "work"
    for left in ("night-1", "night-7"):
        (work / left).mkdir(parents=True)
        (work / left / "model.gguf").write_bytes(b"half")
    (work / ".tmpxyz").write_bytes(b"half a checkpoint")
    (work / "training.safetensors").write_bytes(b"a whole one")
    house.remember()
    assert house.sleep().status == "promoted"
    assert house.registry.champion().gguf.read_bytes() == weights("general", "Biscuit")
    assert [file.name for file in house.work_files()] == ["training.safetensors"]


def test_a_night_killed_once_its_model_was_live_counts_as_promoted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    fact = house.remember()
    monkeypatch.setattr("consolidation.night.match_states", lambda *_: None)
    monkeypatch.setattr(Recorder, "finish", lambda *_: None)  # it dies before it writes that
    house.sleep()
    monkeypatch.undo()
    assert (house.last().status, house.state(fact)) == ("running", "waiting")
    assert house.sleep().status == "empty"
    killed, _ = sorted(house.nights.newest(2), key=lambda report: report.id)
    assert (killed.status, house.state(fact)) == ("promoted", "learned")
    assert house.registry.champion().name == killed.candidate


@pytest.mark.parametrize("file", ["model.gguf", "adapter.safetensors"])
def test_a_damaged_champion_gives_way_and_what_it_knew_is_learned_again(
    house: House, file: str
) -> None:
    fact = house.remember()
    house.sleep()
    damaged = house.registry.champion().gguf.with_name(file)
    damaged.write_bytes(bytes(reversed(damaged.read_bytes())))
    again = house.sleep()
    assert (again.champion_before, again.status) == ("base", "promoted")
    assert house.state(fact) == "learned"
    assert house.registry.verify(house.registry.champion().name)[0].ok


def test_a_version_whose_parent_cannot_be_read_does_not_stop_the_night(house: House) -> None:
    house.remember()
    house.sleep()
    file = house.registry.champion().gguf.with_name("version.json")
    values = json.loads(file.read_text())
    for parent in ("gone", values["parent"], house.registry.champion().name):
        file.write_text(json.dumps(values | {"parent": parent}))
        assert house.sleep().status == "empty"


def test_a_date_is_slept_once(house: House) -> None:
    house.remember()
    report = house.sleep(kind="scheduled", sleep_date="2026-03-02")
    assert (report.kind, report.sleep_date) == ("scheduled", "2026-03-02")
    with pytest.raises(NightAlreadyDone, match="2026-03-02"):
        house.sleep(kind="scheduled", sleep_date="2026-03-02")
    assert len(house.nights.newest(10)) == 1
    assert house.sleep().status == "empty"


def test_a_watcher_hears_every_stage(house: House) -> None:
    house.remember()
    heard: list[Progress] = []
    house.sleeper.run(NightOrder(), heard.append)
    stages = list(dict.fromkeys(progress.stage for progress in heard))
    assert stages == [stage.name for stage in house.last().stages]


def test_after_a_rollback_what_the_night_taught_waits_again(house: House) -> None:
    dog = house.remember()
    house.sleep()
    cat = house.remember("Rex is my cat.")
    house.sleeper.made = weights("general", "Biscuit", "Rex")
    house.sleep()
    assert (house.state(dog), house.state(cat)) == ("learned", "learned")
    assert roll_back(house.registry, house.nights, house.store).name == "night-0001"
    assert (house.state(dog), house.state(cat)) == ("learned", "waiting")
    assert house.sleep().status == "promoted"
    assert (house.state(dog), house.state(cat)) == ("learned", "learned")


def test_an_episode_counts_as_learned_from_half_of_its_probes_on(house: House) -> None:
    def result(right: bool, *ids: int, group: Any = "new") -> ProbeResult:
        return ProbeResult(Probe("?", ("x",), group, ids), "", False, "", right)

    results = (
        result(True, 1),
        result(False, 1),
        result(True, 2),
        result(False, 2),
        result(False, 2),
        result(True, 3, group="old"),
        result(True, 4, 5),
    )
    report = replace(house.sleep(), probes=results)
    assert learned_episodes(report) == {1, 4, 5}


def test_what_is_quarantined_no_night_and_no_rollback_touches(house: House) -> None:
    told = house.remember()
    score = NoveltyScore(0.8, 0.8, None)
    draft = EpisodeDraft("s", START, "Rex is my cat.", "", "ChatGPT", score, "import")
    held = house.store.add(draft, np.array([1.0, 0.0], dtype=np.float32)).id
    report = house.sleep()
    assert [one.episode_id for one in (*report.selected, *report.skipped)] == [told]
    assert "Rex" not in repr(report)
    assert (house.state(told), house.state(held)) == ("learned", "quarantined")
    roll_back(house.registry, house.nights, house.store)
    assert (house.state(told), house.state(held)) == ("waiting", "quarantined")


def test_a_night_makes_what_was_forgotten_before_it_final(house: House) -> None:
    gone = house.remember("zqzebrafish")
    house.remember()
    steering = Steering(house.connections, house.clock)
    steering.forget([gone])
    house.sleep()
    assert steering.undo() is None
    files = (path for path in house.settings.home.rglob("*") if path.is_file())
    assert [path.name for path in files if b"zqzebrafish" in path.read_bytes()] == []
