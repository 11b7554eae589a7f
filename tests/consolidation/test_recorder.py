"""What a night does can be read from the database while it does it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consolidation import recorder as recording
from consolidation.recorder import Recorder
from memory.database import Connections
from memory.nights import NightStore
from memory.records import LossPoint, NightReport, Progress

NIGHT = datetime(2026, 3, 2, 3, tzinfo=UTC)


class Stopwatch:
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    watch = Stopwatch()
    monkeypatch.setattr(recording, "time", watch)
    return watch


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[NightStore]:
    connections = Connections(tmp_path / "reverie.db")
    yield NightStore(connections)
    connections.close()


@pytest.fixture
def watched() -> list[Progress]:
    return []


@pytest.fixture
def night(nights: NightStore, stopwatch: Stopwatch, watched: list[Progress]) -> Recorder:
    night_id = nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NIGHT
    )
    return Recorder(nights, night_id, lambda: NIGHT, watched.append)


def report(nights: NightStore, night: Recorder) -> NightReport:
    found = nights.show(night.night_id)
    assert found is not None
    return found


def test_a_stage_is_seen_as_soon_as_it_begins(
    night: Recorder, nights: NightStore, watched: list[Progress]
) -> None:
    with night.stage("train"):
        begun = Progress("train", 0, 0, None, "")
        assert report(nights, night).progress == begun
        assert watched == [begun]


def test_a_stages_duration_is_recorded_when_it_ends(
    night: Recorder, nights: NightStore, stopwatch: Stopwatch
) -> None:
    for name, seconds in (("dream", 2.5), ("train", 84.126)):
        with night.stage(name):
            stopwatch.now += seconds
    assert [(s.name, s.duration_s) for s in report(nights, night).stages] == [
        ("dream", 2.5),
        ("train", 84.13),
    ]


def test_a_stage_that_fails_is_recorded_and_its_error_goes_on(
    night: Recorder, nights: NightStore, stopwatch: Stopwatch
) -> None:
    with pytest.raises(ZeroDivisionError), night.stage("train"):
        stopwatch.now += 3
        night.loss(LossPoint(1, 2.0), 1, 10)
        raise ZeroDivisionError
    found = report(nights, night)
    assert [(s.name, s.duration_s) for s in found.stages] == [("train", 3.0)]
    assert found.losses == (LossPoint(1, 2.0),)


def test_progress_says_how_long_the_rest_will_take(
    night: Recorder, nights: NightStore, stopwatch: Stopwatch
) -> None:
    with night.stage("test"):
        stopwatch.now += 10
        night.progress(25, 100, "the candidate")
        assert report(nights, night).progress == Progress("test", 25, 100, 30.0, "the candidate")


def test_nothing_done_yet_has_no_time_left(
    night: Recorder, stopwatch: Stopwatch, watched: list[Progress]
) -> None:
    with night.stage("test"):
        stopwatch.now += 10
        night.progress(0, 100)
    assert watched[-1].eta_s is None


def test_the_database_is_not_written_at_every_step(
    night: Recorder, stopwatch: Stopwatch, watched: list[Progress]
) -> None:
    with night.stage("test"):
        for done in range(1, 100):
            stopwatch.now += 0.1
            night.progress(done, 1000)
    assert 15 <= len(watched) <= 21


def test_the_last_step_is_always_written(
    night: Recorder, stopwatch: Stopwatch, watched: list[Progress]
) -> None:
    with night.stage("test"):
        stopwatch.now += 0.01
        night.progress(9, 10)
        night.progress(10, 10)
    assert [p.done for p in watched] == [0, 10]


def test_no_loss_is_lost_between_two_writes(
    night: Recorder, nights: NightStore, stopwatch: Stopwatch
) -> None:
    points = tuple(LossPoint(step, 3.0 / step) for step in range(1, 31))
    with night.stage("train"):
        for point in points:
            stopwatch.now += 0.07
            night.loss(point, point.step, 40)
    assert report(nights, night).losses == points


def test_losses_can_be_read_while_training_runs(
    night: Recorder, nights: NightStore, stopwatch: Stopwatch
) -> None:
    with night.stage("train"):
        stopwatch.now += 1
        night.loss(LossPoint(1, 2.376), 1, 40)
        found = report(nights, night)
        assert found.losses == (LossPoint(1, 2.376),)
        assert found.progress is not None
        assert found.progress.note == "loss 2.38"


def test_a_finished_night_has_its_end_and_no_progress(night: Recorder, nights: NightStore) -> None:
    with night.stage("dream"):
        night.progress(1, 2)
    night.finish("failed", "the disk is full")
    found = report(nights, night)
    assert (found.status, found.error, found.finished_at) == ("failed", "the disk is full", NIGHT)
    assert found.progress is None


def test_a_paused_night_waits_where_it_is_and_its_time_does_not_count(
    nights: NightStore, stopwatch: Stopwatch, watched: list[Progress]
) -> None:
    waits = [30.0]

    def heed(on_pause: Callable[[], None]) -> float:
        if not waits or stopwatch.now < 110:
            return 0.0
        on_pause()
        stopwatch.now += waits[0]
        return waits.pop()

    night_id = nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NIGHT
    )
    night = Recorder(nights, night_id, lambda: NIGHT, watched.append, heed)
    with night.stage("train"):
        stopwatch.now += 10
        night.progress(5, 10)
    assert watched[-2] == Progress("train", 5, 10, None, "paused")
    assert watched[-1].eta_s == 10.0
    assert report(nights, night).stages[0].duration_s == 10.0
