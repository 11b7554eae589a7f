"""What the owner struck is in no night's plan; what only it told is not asked."""

from collections.abc import Container, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from assistant.settings import Settings, TrainingSettings
from consolidation.dreams import Remembered
from consolidation.english.overtaken import Alike
from consolidation.plan import NightPlan, Planner
from consolidation.striking import Sifted, sift, still_told
from memory.database import Connections
from memory.episode import Episode, EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.records import Dream, Probe, ProbeResult, Replaced
from memory.store import EpisodeStore

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
VIEWS, SHARE = 8, 4


class ManyViews:
    """Eight dreams of each sentence of a text."""

    def write(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Container[str] = ()
    ) -> list[Dream]:
        return [
            Dream(f"{view}: {fact}?", fact, "question", (episode.id,))
            for fact in self.facts(episode)
            if fact not in gone
            for view in range(VIEWS)
        ]

    def facts(self, episode: Episode, before: Sequence[Episode] = ()) -> list[str]:
        return [f"{fact}." for fact in episode.user_text.strip(".").split(". ")]

    def combine(self, told: Sequence[Remembered]) -> list[Dream]:
        return []

    def doubt(self, known: Sequence[str]) -> list[Dream]:
        return []

    def overtaken(
        self, message: str, before: Sequence[str], earlier: Sequence[str], similar: Alike
    ) -> list[int]:
        return []


class Unlike:
    """No text is like any other."""

    def __call__(self, one: str, other: str) -> float:
        return 0.0

    def highest(self, texts: Sequence[str], others: Sequence[str]) -> list[float]:
        return [0.0] * len(texts)


def write_probes(
    episode: Episode, before: Sequence[Episode] = (), gone: Container[str] = ()
) -> list[Probe]:
    """Asks for the first word of each fact."""
    return [
        Probe(f"Say {fact.split()[0]}.", (fact.split()[0],), "new", (episode.id,))
        for fact in ManyViews().facts(episode)
        if fact not in gone
    ]


class Bed:
    """A home folder and the planner of its nights."""

    def __init__(self, home: Path) -> None:
        training = TrainingSettings(views_per_statement=SHARE, replay_views=2)
        settings = Settings(home=home, training=training)
        self.connections = Connections(settings.database_file)
        self.store = EpisodeStore(self.connections)
        self.nights = NightStore(self.connections)
        self.planner = Planner(
            settings, self.store, self.nights, ManyViews(), write_probes, Unlike()
        )

    def remember(self, text: str) -> int:
        draft = EpisodeDraft("s", NOW, text, "Noted.", "base", NoveltyScore(0.8, 0.8, 5.0))
        return self.store.add(draft, np.array([1.0, 0.0], dtype=np.float32)).id

    def learn(self) -> NightPlan:
        """A promoted night on what waits."""
        plan = self.planner.plan()
        night = self.nights.begin(
            kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NOW
        )
        self.nights.record_dreams(night, (*plan.dreams, *plan.replay))
        probes = [ProbeResult(one, "", False, "", True) for one in self.planner.probes(plan)]
        self.nights.record_probes(night, probes)
        self.nights.record_replaced(night, plan.replaced)
        self.nights.finish(night, "promoted", NOW)
        self.store.set_state([episode.id for episode in plan.selection.episodes], "learned")
        return plan

    def strike(self, dreams: Sequence[Dream]) -> set[str]:
        self.nights.strike(dreams, NOW)
        return {dream.key for dream in dreams}

    def possible(self, episode_id: int) -> list[Dream]:
        episode = self.store.get(episode_id)
        assert episode is not None
        return ManyViews().write(episode)


@pytest.fixture
def bed(tmp_path: Path) -> Iterator[Bed]:
    opened = Bed(tmp_path)
    yield opened
    opened.connections.close()


def keys(dreams: Sequence[Dream]) -> set[str]:
    return {dream.key for dream in dreams}


def test_another_view_takes_the_place_of_a_struck_dream(bed: Bed) -> None:
    bed.remember("Rex is my cat.")
    before = bed.planner.plan()
    struck = bed.strike(before.dreams[:2])
    after = bed.planner.plan()
    assert len(after.dreams) == len(before.dreams) == SHARE
    assert keys(after.dreams).isdisjoint(struck)
    assert keys(after.dreams) >= keys(before.dreams[2:])
    assert (before.struck, after.struck) == (0, 2)


def test_a_restored_dream_is_planned_as_before(bed: Bed) -> None:
    bed.remember("Rex is my cat.")
    before = bed.planner.plan()
    bed.nights.restore(bed.strike(before.dreams[:2]))
    assert bed.planner.plan() == before


def test_an_episode_whose_every_dream_is_struck_is_skipped_and_the_reason_says_so(
    bed: Bed,
) -> None:
    episode_id = bed.remember("Rex is my cat.")
    bed.strike(bed.possible(episode_id))
    plan = bed.planner.plan()
    assert plan.dreams == ()
    assert plan.struck == VIEWS
    (skipped,) = plan.selection.skipped
    assert skipped.reason.endswith("every dream of it is struck")


@pytest.mark.parametrize("deep", [False, True])
def test_a_dream_struck_after_its_night_is_not_replayed(bed: Bed, deep: bool) -> None:
    episode_id = bed.remember("Rex is my cat.")
    trained = bed.learn().dreams
    struck = bed.strike(trained[1:])
    bed.remember("Polly is my parrot.")
    plan = bed.planner.plan(deep=deep)
    assert plan.replay == trained[:1]
    assert plan.struck == len(struck)
    bed.strike(bed.possible(episode_id))
    assert bed.planner.plan(deep=deep).replay == ()


def test_a_struck_dream_is_left_out_of_what_is_dreamt_anew_after_a_change(
    bed: Bed, monkeypatch: pytest.MonkeyPatch
) -> None:
    episode_id = bed.remember("Rex is my cat. Oban is my home.")
    bed.learn()
    still = [one for one in bed.possible(episode_id) if "Rex" in one.answer]
    struck = bed.strike(still[:5])
    other = bed.remember("Leith is my home.")
    replaced = [Replaced(episode_id, "Oban is my home.", other, "Leith is my home.")]
    monkeypatch.setattr(bed.nights, "replaced", lambda: replaced)
    plan = bed.planner.plan(deep=True)
    assert keys(plan.replay) == keys(still[5:])
    assert plan.struck == len(struck)
    of_the_change = [one for one in plan.dreams if len(one.episode_ids) == 2]
    assert of_the_change
    bed.strike(of_the_change)
    assert all(len(one.episode_ids) == 1 for one in bed.planner.plan().dreams)


@pytest.mark.parametrize("told", ["Rex is my cat. Oban is my home.", "Oban is my home."])
def test_what_only_struck_dreams_tell_is_not_asked(bed: Bed, told: str) -> None:
    episode_id = bed.remember(told)
    bed.learn()
    asked = {probe.question for probe in bed.planner.probes(bed.planner.plan())}
    assert "Say Oban." in asked
    bed.strike([one for one in bed.possible(episode_id) if "Oban" in one.answer])
    asked_after = {probe.question for probe in bed.planner.probes(bed.planner.plan())}
    assert asked_after == asked - {"Say Oban."}


def test_a_new_fact_of_which_one_dream_is_left_is_asked_for(bed: Bed) -> None:
    episode_id = bed.remember("Rex is my cat.")
    bed.strike(bed.possible(episode_id)[1:])
    plan = bed.planner.plan()
    assert len(plan.dreams) == 1
    assert [probe.question for probe in bed.planner.probes(plan)] == ["Say Rex."]


def test_probes_that_no_struck_dream_answers_stay() -> None:
    dream = Dream("Who?", "Rex is your cat.", "question", (1,))
    probes = [
        Probe("Say Rex.", ("Rex",), "new", (2,)),
        Probe("Capital?", ("Rex",), "general"),
        Probe("Place?", ("Oban",), "new", (1,)),
    ]
    assert still_told(probes, sift([dream], {dream.key})) == probes
    assert still_told(probes, Sifted()) == probes
