"""What a night would take, of messages as their owner writes them, and the reasons it gives."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.settings import SelectionSettings, Settings
from consolidation.dreams import GrammarWriter
from consolidation.plan import NightPlan, Planner
from consolidation.probes import write_probes
from memory.database import Connections
from memory.episode import Episode, EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.records import Choice
from memory.store import EpisodeStore

START = datetime(2026, 3, 3, 12, tzinfo=UTC)


class Alike:
    """All texts are much alike."""

    def __call__(self, one: str, other: str) -> float:
        return 0.9

    def highest(self, texts: Sequence[str], others: Sequence[str]) -> list[float]:
        return [0.9] * len(texts)


class Diary:
    """A memory that is told one message a day, all of which sound much alike."""

    def __init__(self, home: Path) -> None:
        self.connections = Connections(home / "reverie.db")
        self.store = EpisodeStore(self.connections)
        self.nights = NightStore(self.connections)
        self._home = home

    def tell(self, *texts: str, novelty: float = 0.1) -> None:
        told = len(self.store.newest(100))
        for day, text in enumerate(texts, start=told):
            at, score = START + timedelta(days=day), NoveltyScore(novelty, novelty, 5.0)
            draft = EpisodeDraft(f"s{day}", at, text, "Noted.", "base", score)
            self.store.add(draft, np.array([1.0, 0.0], dtype=np.float32))

    def planner(self, most: int = 64) -> Planner:
        settings = Settings(home=self._home, selection=SelectionSettings(max_episodes=most))
        writer = GrammarWriter()
        return Planner(settings, self.store, self.nights, writer, write_probes, Alike())

    def plan(self, most: int = 64) -> NightPlan:
        return self.planner(most).plan()


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    opened = Diary(tmp_path / "home")
    yield opened
    opened.connections.close()


def reasons(choices: tuple[Choice, ...]) -> dict[int, str]:
    return {choice.episode_id: choice.reason for choice in choices}


def test_a_correction_goes_before_what_only_sounds_new(diary: Diary) -> None:
    diary.tell("My dentist appointment is on Friday.")
    diary.store.set_state([1], "learned")
    diary.tell("Actually my dentist appointment is on Thursday.")
    diary.tell("My dog is called Rex.", novelty=0.6)
    selection = diary.plan(most=1).selection
    assert list(reasons(selection.selected)) == [2]
    assert selection.selected[0].reason.startswith("corrects what you said on 3 March; ")
    assert selection.selected[0].signals is not None
    assert selection.selected[0].signals.corrects == (1,)
    assert list(reasons(selection.skipped)) == [3]


def test_a_correction_in_few_words_is_taken_though_all_were_told(diary: Diary) -> None:
    diary.tell(
        "Actually the choir meets on Thursday, not in May.", "Actually the choir meets in May."
    )
    taken = reasons(diary.plan().selection.selected)
    assert taken[2].startswith("corrects what you said on 3 March; familiar to me (novelty 0.10), ")


def test_a_wish_to_be_remembered_goes_before_what_only_sounds_new(diary: Diary) -> None:
    diary.tell("My dog is called Rex.", novelty=0.7)
    diary.tell("Please remember that I'm allergic to walnuts.")
    (first,) = diary.plan(most=1).selection.selected
    assert first.episode_id == 2
    assert first.reason.startswith("you asked me to remember it; ")


def test_each_kind_of_talk_has_its_reason(diary: Diary) -> None:
    diary.tell("Where do I live?", "If I won the lottery, I'd buy a boat.", "Recommend me a film.")
    assert reasons(diary.plan().selection.skipped) == {
        1: "asks something: nothing to learn",
        2: "supposes something that is not so: nothing to learn",
        3: "asks for something to be done: nothing to learn",
    }


def test_what_says_too_little_waits_for_a_pin(diary: Diary) -> None:
    diary.tell("Actually it's Thursday.")
    assert reasons(diary.plan().selection.skipped) == {
        1: "says too little by itself to be asked about: nothing to learn; "
        "pin it, and it is told as it is"
    }
    diary.store.set_pinned([1], True)
    assert list(reasons(diary.plan().selection.selected)) == [1]


def test_what_its_owner_pins_is_taken_dreamt_and_asked_for(diary: Diary) -> None:
    diary.tell("If I won the lottery, I'd buy a boat.", "My dog is called Rex.")
    diary.store.set_pinned([1], True)
    planner = diary.planner(most=1)
    plan = planner.plan()
    assert list(reasons(plan.selection.selected)) == [1]
    assert plan.selection.selected[0].score == 1.0
    assert {dream.episode_ids for dream in plan.dreams} == {(1,)}
    assert [probe.episode_ids for probe in planner.probes(plan)] == [(1,)]
    diary.store.set_pinned([1], False)
    assert list(reasons(diary.plan(most=1).selection.selected)) == [2]


def test_a_pinned_question_says_that_there_is_no_fact_in_it(diary: Diary) -> None:
    diary.tell("Where do I live?")
    diary.store.set_pinned([1], True)
    assert reasons(diary.plan().selection.skipped) == {
        1: "pinned, but it only asks something: there is no fact in it to learn"
    }


def test_a_pin_does_not_bring_back_what_has_changed_since(diary: Diary) -> None:
    diary.tell("My dentist appointment is on Friday.")
    diary.tell("Actually my dentist appointment is on Monday.")
    diary.store.set_pinned([1], True)
    selection = diary.plan().selection
    assert reasons(selection.skipped) == {1: "pinned, but what it says has changed since"}
    assert list(reasons(selection.selected)) == [2]


@pytest.mark.parametrize("step", ["facts", "write"])
def test_a_message_over_which_the_reader_stumbles_does_not_cost_the_night(
    diary: Diary, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    whole = getattr(GrammarWriter, step)

    def stumble(self: GrammarWriter, episode: Episode, *rest: Any) -> Any:
        if "tall" in episode.user_text:
            raise ValueError("min() arg is an empty sequence")
        return whole(self, episode, *rest)

    monkeypatch.setattr(GrammarWriter, step, stumble)
    diary.tell("My dog is called Rex.", "My half-brother Leo is tall.", novelty=0.6)
    selection = diary.plan().selection
    assert list(reasons(selection.selected)) == [1]
    assert reasons(selection.skipped) == {2: "Reverie stumbled over its words: nothing to learn"}


def test_a_name_apart_from_its_words_is_read() -> None:
    at, score = START, NoveltyScore(0.5, 0.5, 5.0)
    text = "The tall one in the photo is my half-brother Leocadio, two metres and two."
    episode = Episode(1, "s", at, text, "Noted.", "base", score, "waiting")
    assert any("Leocadio" in dream.answer for dream in GrammarWriter().write(episode))


def test_an_older_statement_that_is_brought_in_later_is_changed_by_a_newer_one(
    diary: Diary,
) -> None:
    diary.tell("Actually my dentist appointment is on Thursday.")
    earlier = START - timedelta(days=9)
    text, score = "My dentist appointment is on Friday.", NoveltyScore(0.6, 0.6, None)
    draft = EpisodeDraft("i", earlier, text, "", "ChatGPT", score, "import", trusted=True)
    diary.store.add(draft, np.array([1.0, 0.0], dtype=np.float32))
    plan = diary.plan()
    assert [(one.episode_id, one.by_episode_id) for one in plan.replaced] == [(2, 1)]


def learned_all(diary: Diary) -> None:
    """Everything that waits is learned as it is planned now."""
    plan = diary.plan()
    at = START + timedelta(days=200)
    night = diary.nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=at
    )
    diary.nights.record_replaced(night, plan.replaced)
    diary.nights.record_dreams(night, plan.dreams)
    diary.nights.finish(night, "promoted", at)
    diary.store.set_state([episode.id for episode in diary.store.waiting()], "learned")


def test_whose_a_changed_fact_is_stands_with_it_in_later_nights(diary: Diary) -> None:
    diary.tell("My pug Mochi weighs 2.3 kilos.")
    learned_all(diary)
    diary.tell("Mochi now weighs 3.8 kilos, no longer 2.3.")
    learned_all(diary)
    diary.tell("I keep my oboe in the attic.")
    learned_all(diary)
    repeated = [one for one in diary.plan().repeated if "Mochi" in one.answer]
    whole = "Your pug is called Mochi. Mochi now weighs 3.8 kilos, no longer 2.3."
    asked = [one.answer for one in repeated if one.kind in ("question", "mention", "summary")]
    assert asked.count(whole) > 0.9 * len(asked) > 10
