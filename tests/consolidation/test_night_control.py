"""A night waits and ends where its owner says so, and an old word reaches no later night."""

import threading
import time
from pathlib import Path

import pytest

from consolidation.estimate import estimate_words, expected
from consolidation.night_control import NightControl, NightStopped


@pytest.fixture
def control(tmp_path: Path) -> NightControl:
    return NightControl(tmp_path / "night.word")


def test_without_a_word_a_night_goes_on(control: NightControl) -> None:
    assert control.heed(lambda: pytest.fail("it did not pause")) == 0.0


def test_a_night_waits_until_it_may_go_on(control: NightControl) -> None:
    told: list[bool] = []
    control.pause()
    assert control.is_paused
    threading.Timer(0.2, control.clear).start()
    began = time.monotonic()
    waited = control.heed(lambda: told.append(True))
    assert told == [True]
    assert 0.1 < waited <= time.monotonic() - began + 0.01
    assert not control.is_paused


def test_a_waiting_night_can_be_stopped(control: NightControl) -> None:
    control.pause()
    threading.Timer(0.1, control.stop).start()
    with pytest.raises(NightStopped, match="nothing was changed"):
        control.heed(lambda: None)


def test_the_word_is_the_owners_alone_and_can_be_taken_back(
    control: NightControl, tmp_path: Path
) -> None:
    control.stop()
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    control.clear()
    control.clear()
    assert control.heed(lambda: None) == 0.0


def test_a_first_guess_says_that_it_is_one() -> None:
    assert estimate_words(expected([], 90)) == "about 5 min by a first guess"
