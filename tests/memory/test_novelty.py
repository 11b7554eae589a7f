import numpy as np
import pytest
from numpy.typing import NDArray

from memory.novelty import cosines, embedding_novelty, novelty_score

THRESHOLD = 0.25


def unit(*values: float) -> NDArray[np.float32]:
    vector = np.array(values, np.float32)
    return vector / np.float32(np.linalg.norm(vector))


def test_the_first_episode_of_all_is_new() -> None:
    assert embedding_novelty(unit(1, 0), np.empty((0, 0), np.float32)) == 1.0


def test_an_exact_repeat_is_known_however_far_the_others_are() -> None:
    rng = np.random.default_rng(0)
    matrix = rng.standard_normal((50, 384)).astype(np.float32)
    assert embedding_novelty(matrix[7], matrix) == 0.0
    assert embedding_novelty(matrix[7] * 3, matrix) == 0.0


def test_a_repeat_stays_below_the_threshold_whatever_its_surprisal() -> None:
    matrix = np.stack([unit(1, 0, 0), unit(0, 1, 0), unit(0, 0, 1)])
    novelty = embedding_novelty(unit(1, 0.02, 0), matrix)
    assert novelty_score(novelty, 1000.0).score < THRESHOLD / 2


@pytest.mark.parametrize("bits", [4.0, 6.0, 8.0])
@pytest.mark.parametrize("distance", [0.6, 0.8, 1.0])
def test_a_first_time_statement_is_above_the_threshold(distance: float, bits: float) -> None:
    assert novelty_score(distance, bits).score > THRESHOLD + 0.15


def test_a_nearer_neighbour_always_makes_an_episode_less_novel() -> None:
    far = np.stack([unit(0, 1, 0), unit(0, 0, 1)])
    angles = np.linspace(0.1, 1.5, 20)
    found = [
        embedding_novelty(unit(1, 0, 0), np.stack([*far, unit(np.cos(a), np.sin(a), 0)]))
        for a in angles
    ]
    assert found == sorted(found)
    assert 0.0 < found[0] < 0.1 < found[-1] <= 1.0


def test_a_dense_neighbourhood_is_less_novel_than_one_near_episode() -> None:
    near, far = unit(1, 1, 0), unit(0, 0, 1)
    query = unit(1, 0, 0)
    crowded = embedding_novelty(query, np.stack([near, near, near]))
    alone = embedding_novelty(query, np.stack([near, far, far]))
    assert crowded == pytest.approx(1 - np.sqrt(0.5), abs=1e-5)
    assert crowded < alone


def test_opposite_meaning_is_no_more_than_new() -> None:
    assert embedding_novelty(unit(1, 0), np.stack([unit(-1, 0)])) == 1.0


def test_vectors_of_another_embedder_are_unrelated() -> None:
    assert cosines(unit(1, 0), np.ones((3, 5), np.float32)).tolist() == [0, 0, 0]
    assert embedding_novelty(unit(1, 0), np.ones((3, 5), np.float32)) == 1.0


def test_a_zero_vector_is_unrelated_to_everything() -> None:
    assert cosines(np.zeros(2, np.float32), np.stack([unit(1, 0)])).tolist() == [0]


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


def test_an_embedding_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="nan"):
        embedding_novelty(np.array([np.nan, 1], np.float32), np.stack([unit(1, 0)]))
