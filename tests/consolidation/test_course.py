"""Where a training run stands."""

from collections import Counter

import torch

from assistant.settings import TrainingSettings
from consolidation.course import Course
from consolidation.examples import Example
from consolidation.moving_average import MovingAverage


def course() -> Course:
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.AdamW([weight])
    fact = Example((1, 2), 1)
    return Course(
        [fact], {"weight": weight}, optimizer, MovingAverage([weight], 0.0), TrainingSettings()
    )


def repeated(available: int, wanted: int, steps: int) -> list[int]:
    """What so many steps repeat."""
    run, seen = course(), list[int]()
    for _ in range(steps):
        seen += run.again(available, wanted)
        run.note([0], [1.0], 1.0, 1)
    return seen


def test_whatever_is_replayed_comes_up_as_often_and_as_long_after() -> None:
    seen = repeated(available=7, wanted=3, steps=21)
    assert set(Counter(seen).values()) == {9}
    assert seen[7:] == seen[:-7]


def test_a_step_repeats_no_more_than_there_is() -> None:
    assert repeated(available=2, wanted=3, steps=2) == [0, 1, 0, 1]
    assert repeated(available=0, wanted=3, steps=2) == []
