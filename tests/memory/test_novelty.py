import numpy as np
import pytest

from memory.novelty import embedding_novelty, novelty_score

THRESHOLD = 0.25


def test_the_first_episode_of_all_is_new() -> None:
    assert embedding_novelty([]) == 1.0


def test_an_exact_repeat_is_known_however_far_the_others_are() -> None:
    assert embedding_novelty([1.0, 0.0, 0.0]) == 0.0
    assert embedding_novelty([0.9999999]) == 0.0


def test_a_repeat_stays_below_the_threshold_whatever_its_surprisal() -> None:
    novelty = embedding_novelty([0.9998, 0.0, 0.0])
    assert novelty_score(novelty, 1000.0).score < THRESHOLD / 2


@pytest.mark.parametrize("bits", [4.0, 6.0, 8.0])
@pytest.mark.parametrize("distance", [0.6, 0.8, 1.0])
def test_a_first_time_statement_is_above_the_threshold(distance: float, bits: float) -> None:
    assert novelty_score(distance, bits).score > THRESHOLD + 0.15


def test_a_nearer_neighbour_always_makes_an_episode_less_novel() -> None:
    found = [embedding_novelty([cosine, 0.0, 0.0]) for cosine in np.cos(np.linspace(0.1, 1.5, 20))]
    assert found == sorted(found)
    assert 0.0 < found[0] < 0.1 < found[-1] <= 1.0


def test_a_dense_neighbourhood_is_less_novel_than_one_near_episode() -> None:
    near = float(np.sqrt(0.5))
    crowded, alone = embedding_novelty([near] * 3), embedding_novelty([near, 0.0, 0.0])
    assert crowded == pytest.approx(1 - near, abs=1e-5)
    assert crowded < alone


def test_only_the_nearest_few_count() -> None:
    assert embedding_novelty([0.5, 0.4, 0.3]) == embedding_novelty([0.5, 0.4, 0.3, 0.2, 0.1])


def test_opposite_meaning_is_no_more_than_new() -> None:
    assert embedding_novelty([-1.0]) == 1.0


def test_the_score_rises_with_either_part_and_stays_between_0_and_1() -> None:
    parts = np.linspace(0, 1, 11)
    table = np.array([[novelty_score(e, b * 100).score for b in parts] for e in parts])
    assert (np.diff(table, axis=0) >= 0).all()
    assert (np.diff(table, axis=1) >= 0).all()
    assert table.min() == 0.0
    assert table.max() <= 1.0


def test_the_parts_are_kept() -> None:
    score = novelty_score(0.5, 3.0)
    assert (score.embedding_novelty, score.surprisal_bits) == (0.5, 3.0)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -0.1])
def test_what_is_no_measure_is_refused_by_name(value: float) -> None:
    with pytest.raises(ValueError, match=f"embedding_novelty = {value}"):
        novelty_score(value, 1.0)
    with pytest.raises(ValueError, match=f"surprisal_bits = {value}"):
        novelty_score(0.5, value)


def test_a_cosine_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="nan"):
        embedding_novelty([float("nan")])
