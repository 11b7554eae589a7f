import numpy as np
import pytest

from memory.recall import Recall
from memory.store import EpisodeStore

from .conftest import Remember

EAST = np.array([1, 0, 0], np.float32)


@pytest.fixture
def recall(store: EpisodeStore) -> Recall:
    return Recall(store)


def test_nothing_is_recalled_from_an_empty_store(recall: Recall) -> None:
    assert recall.find("anything", recall.near(EAST), 5) == []


def test_words_alone_find_an_episode_without_an_embedding(
    recall: Recall, remember: Remember
) -> None:
    episode = remember("My dog is called Biscuit.", vector=(0, 1, 0))
    assert [r.episode for r in recall.find("the dog", (), 5)] == [episode]


def test_meaning_alone_finds_an_episode_without_a_shared_word(
    recall: Recall, remember: Remember
) -> None:
    episode = remember("My hound is called Biscuit.", vector=(0.9, 0.4, 0))
    assert [r.episode for r in recall.find("pets", recall.near(EAST), 5)] == [episode]


def test_an_unrelated_episode_is_not_recalled(recall: Recall, remember: Remember) -> None:
    remember("The weather was fine", vector=(0.2, 1, 0))
    assert recall.find("What do you think of my pets?", recall.near(EAST), 5) == []


def test_an_episode_found_both_ways_comes_first(recall: Recall, remember: Remember) -> None:
    both = remember("My dog is Biscuit", vector=(1, 0.1, 0))
    remember("My hound is old", vector=(1, 0.1, 0))
    remember("A dog barked", vector=(0, 0, 1))
    found = recall.find("dog", recall.near(EAST), 5)
    assert found[0].episode == both
    assert len(found) == 3
    assert found[0].score > found[1].score


def test_a_correction_comes_before_what_it_corrects(recall: Recall, remember: Remember) -> None:
    wrong = remember("My dog is called Biscuit.", vector=(1, 0.3, 0))
    right = remember("Sorry, my dog is called Rex.", vector=(1, 0.5, 0))
    found = [r.episode for r in recall.find("What is my dog called?", recall.near(EAST), 5)]
    assert found == [right, wrong]


def test_a_question_comes_behind_a_statement(recall: Recall, remember: Remember) -> None:
    told = remember("We got a dog named Biscuit, a terrier.", vector=(0.5, 0.8, 0))
    asked = remember("What is my dog called?", vector=(1, 0, 0))
    found = recall.find("What is my dog called?", recall.near(EAST), 5)
    assert [r.episode for r in found] == [told, asked]
    assert found[0].score > found[1].score


def test_a_statement_that_ends_with_a_question_is_a_statement(
    recall: Recall, remember: Remember
) -> None:
    first = remember("My dog is Biscuit. Is that a good name?")
    second = remember("Is my dog a terrier?")
    assert [r.episode for r in recall.find("dog", (), 5)] == [first, second]


def test_no_more_than_the_limit_and_scores_fall(recall: Recall, remember: Remember) -> None:
    for number in range(80):
        remember(f"Dog number {number}", vector=(1, number / 40, 0))
    found = recall.find("dog", recall.near(EAST), 60)
    assert len(found) == 60
    scores = [r.score for r in found]
    assert scores == sorted(scores, reverse=True)
    assert recall.find("dog", recall.near(EAST), 0) == []


def test_an_embedding_of_another_size_leaves_the_words(recall: Recall, remember: Remember) -> None:
    episode = remember("My dog is Biscuit", vector=(1, 0, 0))
    found = recall.find("dog", recall.near(np.ones(7, np.float32)), 5)
    assert [r.episode for r in found] == [episode]
