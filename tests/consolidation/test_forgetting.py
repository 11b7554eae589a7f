"""What is forgotten for good is in no file of the home, and not while a night reads."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from assistant.settings import Settings
from consolidation.forgetting import (
    GRACE,
    NightRuns,
    forget,
    forget_for_good,
    forget_now,
    forget_overdue,
    reword,
    undo,
)
from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.steering import Steering
from memory.store import EpisodeStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Home:
    """A home in which a night was killed while it trained."""

    def __init__(self, folder: Path, connections: Connections) -> None:
        self.settings = Settings(home=folder)
        self.store = EpisodeStore(connections)
        self.steering = Steering(connections, lambda: NOON)
        self.killed = self.settings.work_folder / "night-1" / "adapter.safetensors"
        self.killed.parent.mkdir(parents=True)
        (folder / "night.log").write_bytes(b"a dream of the zqzebrafish")
        (folder / "engine.log").touch()
        for file in (self.killed, self.settings.checkpoint_file):
            file.write_bytes(b"token ids")

    def told(self, text: str) -> int:
        draft = EpisodeDraft("s", NOON, text, "Noted.", "base", NoveltyScore(1, 1, 1))
        return self.store.add(draft, np.ones(2, np.float32)).id

    def bytes_of(self, text: str) -> list[str]:
        files = (path for path in self.settings.home.rglob("*") if path.is_file())
        return sorted(path.name for path in files if text.encode() in path.read_bytes().lower())


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with Connections(tmp_path / "home" / "reverie.db") as connections:
        yield Home(tmp_path / "home", connections)


def test_what_is_forgotten_can_be_undone_but_not_trained_on(home: Home) -> None:
    one = home.told("zqzebrafish")
    assert forget(home.settings, home.steering, [one]) == [one]
    assert not home.settings.checkpoint_file.exists()
    assert home.steering.undo() is not None
    assert [told.id for told in home.store.waiting()] == [one]


def test_forgetting_nothing_leaves_a_killed_training_to_go_on(home: Home) -> None:
    assert forget(home.settings, home.steering, [9]) == []
    assert forget_now(home.settings, home.store, [9]) == []
    forget_for_good(home.settings, home.store)
    assert home.settings.checkpoint_file.exists() and home.killed.exists()


def test_forgotten_at_once_it_is_in_no_file_and_nothing_made_of_it_is(home: Home) -> None:
    one = home.told("zqzebrafish")
    forget(home.settings, home.steering, [one])
    assert home.bytes_of("zqzebrafish") != []
    assert forget_now(home.settings, home.store, [one]) == [one]
    assert home.bytes_of("zqzebrafish") == []
    assert not home.settings.work_folder.exists()
    assert home.steering.undo() is None
    assert {log.stat().st_size for log in home.settings.home.glob("*.log")} == {26, 0}


def test_nothing_is_forgotten_at_once_while_a_night_reads_it(home: Home) -> None:
    one = home.told("zqzebrafish")
    with (
        FileLock(home.settings.night_lock_file),
        pytest.raises(NightRuns, match="try again when it has ended"),
    ):
        forget_now(home.settings, home.store, [one])
    with FileLock(home.settings.night_lock_file):
        assert forget(home.settings, home.steering, [home.told("another")]) == [2]
    assert home.store.get(one) is not None
    assert forget_now(home.settings, home.store, [one]) == [one]


def test_words_do_not_change_under_a_night_that_reads_them(home: Home) -> None:
    one, novelty = home.told("old words"), NoveltyScore(1, 1, None)
    change = (home.settings, home.steering, one, "new words", np.ones(2, np.float32), novelty)
    with FileLock(home.settings.night_lock_file):
        with pytest.raises(NightRuns, match="a night is running, and has read it"):
            reword(*change)
        with pytest.raises(NightRuns, match="try again when it has ended"):
            undo(home.settings, home.steering)
    assert [told.user_text for told in home.store.waiting()] == ["old words"]
    reword(*change)
    assert not home.settings.checkpoint_file.exists()
    assert [told.user_text for told in home.store.waiting()] == ["new words"]
    assert undo(home.settings, home.steering) is not None
    assert [told.user_text for told in home.store.waiting()] == ["old words"]


def test_a_night_wipes_what_was_forgotten_before_it(home: Home) -> None:
    forget(home.settings, home.steering, [home.told("zqzebrafish")])
    home.settings.checkpoint_file.write_bytes(b"written by a night that ran then")
    forget_for_good(home.settings, home.store)
    assert home.bytes_of("zqzebrafish") == []
    assert not home.settings.work_folder.exists()


def test_after_a_day_it_is_wiped_too(home: Home) -> None:
    forget(home.settings, home.steering, [home.told("zqzebrafish")])
    forget_overdue(home.settings, home.store, NOON + GRACE)
    assert home.bytes_of("zqzebrafish") != []
    home.settings.checkpoint_file.write_bytes(b"written by a night that was killed since")
    forget_overdue(home.settings, home.store, NOON + GRACE + timedelta(seconds=1))
    assert home.bytes_of("zqzebrafish") == []
    assert not home.settings.checkpoint_file.exists()
    assert home.killed.exists(), "a night may run"
