"""Tonight's dreams on the command line: read, struck and restored by their ids."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.settings import Settings
from consolidation.ledger import Ledger
from consolidation.plan import NightPlan
from consolidation.selection import Selection
from consolidation.striking import sift
from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.records import Choice, Dream
from memory.store import EpisodeStore
from tui.commands import dreams, night

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DOG = Dream("Who is my dog?", "Biscuit.", "question", (1,))
CAT = Dream(("Hi", "Yo", "My cat?"), "Rex.", "dialogue", (2,))


class Sleeper:
    """Plans the same two dreams every night, but for what is struck."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def plan(self, *, deep: bool = False) -> NightPlan:
        with Connections(self._settings.database_file) as connections:
            keys = {one.dream.key for one in NightStore(connections).struck()}
        sifted = sift([DOG, CAT], keys)
        selection = Selection((), (Choice(1, "new"),), ())
        return NightPlan(selection, (), sifted.kept, (), Ledger(), sifted)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    made = Settings(home=tmp_path)
    with Connections(made.database_file) as connections:
        for text in ("My dog is Biscuit.", "My cat is Rex."):
            draft = EpisodeDraft("s", NOON, text, "Noted.", "base", NoveltyScore(0.7, 0.8, 5.0))
            EpisodeStore(connections).add(draft, np.array([1.0, 0.0], dtype=np.float32))

    @contextmanager
    def opened(settings: Settings) -> Iterator[Sleeper]:
        yield Sleeper(settings)

    for module in (dreams, night):
        monkeypatch.setattr(module, "opened_sleeper", opened)
    return made


def ids(documents: Any) -> list[tuple[str, bool]]:
    return [(one["id"], one["struck"]) for one in documents]


def listed(settings: Settings, *, tonight: bool, struck: bool) -> list[tuple[str, bool]]:
    return ids(dreams.list_dreams(settings, tonight=tonight, struck=struck).document)


def test_a_struck_dream_moves_from_tonight_to_the_struck(settings: Settings) -> None:
    both = [(DOG.key, False), (CAT.key, False)]
    assert listed(settings, tonight=True, struck=False) == both
    said = dreams.strike(settings, [CAT.key[:4].upper()])
    assert said.text == "1 dream is struck: no night will train it."
    assert [one["id"] for one in said.document["struck"]] == [CAT.key]
    assert listed(settings, tonight=True, struck=False) == both[:1]
    assert listed(settings, tonight=False, struck=True) == [(CAT.key, True)]
    assert listed(settings, tonight=True, struck=True) == [(DOG.key, False), (CAT.key, True)]
    assert dreams.restore(settings, [CAT.key]).text == "1 dream may be trained again."
    assert listed(settings, tonight=True, struck=True) == both


def test_the_dry_run_shows_the_same_ids_and_how_many_are_struck(settings: Settings) -> None:
    dreams.strike(settings, [CAT.key])
    plan = night.plan(settings, deep=False)
    assert [one["id"] for one in plan.document["dreams"]] == [DOG.key]
    assert plan.document["struck"] == 1
    assert f"\n  {DOG.key}  Who is my dog?  ->  Biscuit." in plan.text
    assert plan.text.splitlines()[0].endswith("1 struck.")


def test_striking_twice_is_striking_once(settings: Settings) -> None:
    dreams.strike(settings, [CAT.key, CAT.key])
    dreams.strike(settings, [CAT.key])
    assert listed(settings, tonight=False, struck=True) == [(CAT.key, True)]


@pytest.mark.parametrize("name", ["abc", DOG.key[:3], "", "zzzz", f"{DOG.key}0"])
def test_an_unknown_id_is_named_and_nothing_is_struck(settings: Settings, name: str) -> None:
    with pytest.raises(dreams.UnknownDream) as error:
        dreams.strike(settings, [CAT.key, name])
    assert str(error.value) == (
        f"no dream of tonight's plan is called {name!r}; see `reverie dreams list`"
    )
    assert listed(settings, tonight=False, struck=True) == []
    with pytest.raises(dreams.UnknownDream, match="no struck dream is called"):
        dreams.restore(settings, [name])


def test_an_id_that_two_dreams_begin_with_needs_more_digits(settings: Settings) -> None:
    alike: dict[str, Dream] = {}
    for number in range(100_000):
        dream = Dream(f"{number}?", "It.", "cue", (1,))
        other = alike.setdefault(dream.key[:4], dream)
        if other is not dream:
            break
    with Connections(settings.database_file) as connections:
        NightStore(connections).strike([other, dream], NOON)
    with pytest.raises(dreams.UnknownDream, match=r"may be .* or .*; give more digits"):
        dreams.restore(settings, [dream.key[:4]])
    dreams.restore(settings, [dream.key])
    assert listed(settings, tonight=False, struck=True) == [(other.key, True)]


def test_striking_what_a_night_trained_says_that_the_weights_know_it(settings: Settings) -> None:
    trained = Dream("What barks?", "Biscuit.", "question", (1,))
    with Connections(settings.database_file) as connections:
        nights = NightStore(connections)
        night_id = nights.begin(
            kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NOON
        )
        nights.record_dreams(night_id, [trained])
        nights.finish(night_id, "promoted", NOON)
        EpisodeStore(connections).set_state([1], "learned")
    said = dreams.strike(settings, [trained.key])
    assert "until `reverie sleep --deep`" in said.text
    assert said.document["weights_know"] == 1


def test_nothing_to_list_says_so(settings: Settings) -> None:
    nothing = dreams.list_dreams(settings, tonight=False, struck=True)
    assert (nothing.document, nothing.text) == ([], "No dream is struck.")
    dreams.strike(settings, [DOG.key, CAT.key])
    none_left = dreams.list_dreams(settings, tonight=True, struck=False)
    assert "`reverie sleep --dry-run` says why" in none_left.text
