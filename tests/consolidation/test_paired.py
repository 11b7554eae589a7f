"""Paired counts, and exact bounds on what so few or so many of them can tell."""

import pytest

from consolidation.paired import Paired, at_least, at_most, explained, paired, share_at_most
from memory.records import Probe, ProbeResult


def result(number: int, before: bool, after: bool) -> ProbeResult:
    return ProbeResult(Probe(f"{number}?", ("yes",), "old"), "", before, "", after)


def test_every_answer_is_counted_once_and_what_was_known_once_beside_it() -> None:
    marks = [(True, True), (True, False), (False, True), (False, True), (False, False)]
    results = [result(number, *mark) for number, mark in enumerate(marks)]
    count = paired(results, {results[3].probe, results[4].probe, results[0].probe})
    assert count == Paired(kept=1, lost=1, won=2, missed=1, regained=1, long_gone=1)
    assert (count.total, count.right_before, count.right_after) == (5, 2, 3)
    assert (count.known_once, count.gone) == (4, 2)


@pytest.mark.parametrize(
    ("lost", "of", "bound"),
    [
        (0, 12, 0.22092),  # 1 - 0.05 ** (1 / 12)
        (0, 300, 0.00994),
        (3, 65, 0.11499),  # scipy.stats.beta.ppf(0.95, lost + 1, of - lost)
        (3, 140, 0.05445),
        (15, 300, 0.07595),
    ],
)
def test_bounds_are_clopper_and_pearsons(lost: int, of: int, bound: float) -> None:
    assert share_at_most(lost, of) == pytest.approx(bound, abs=5e-5)


@pytest.mark.parametrize("of", [20, 65, 300, 3000])
def test_without_a_loss_the_bound_is_about_three_over_the_number_asked(of: int) -> None:
    assert share_at_most(0, of) == pytest.approx(3 / of, rel=0.1)


def test_of_nothing_asked_or_everything_lost_nothing_can_be_ruled_out() -> None:
    assert share_at_most(0, 0) == share_at_most(7, 7) == 1.0


def test_both_tails_make_one() -> None:
    for hits in range(1, 31):
        both = at_most(hits - 1, 30, 0.1) + at_least(hits, 30, 0.1)
        assert both == pytest.approx(1.0)


@pytest.mark.parametrize(("of", "share"), [(12, 0.1), (65, 0.05), (140, 0.1), (300, 0.1)])
def test_what_chance_explains_is_passed_by_chance_at_most_at_the_stated_rate(
    of: int, share: float
) -> None:
    most = explained(of, share)
    assert at_least(most + 1, of, share) <= 0.05 < at_least(most, of, share)


@pytest.mark.parametrize(("share", "most"), [(0.0, 0), (1.0, 10)])
def test_a_share_of_none_or_all_explains_none_or_all(share: float, most: int) -> None:
    assert explained(10, share) == most
    assert explained(0, share) == 0
