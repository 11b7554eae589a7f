"""A message that plainly changes something means the earlier fact that is nearest to it."""

from collections.abc import Callable

from consolidation.english.overtaken import overtaken

TOLD = ["You see Voula on Sunday.", "Knee op is booked, on 14 July 2026."]
MOVED = "Hospital rang – op's shifted to the 28th of July. Same place."


def alike(**cosines: float) -> Callable[[str, str], float]:
    """The cosine of a message and the fact that has a word."""
    return lambda message, fact: max(cosines[word] for word in cosines if word in fact)


def test_the_nearest_with_a_word_in_common_is_meant() -> None:
    assert overtaken(MOVED, (), TOLD, alike(Voula=0.1, op=0.6)) == 1


def test_a_message_that_changes_nothing_means_none() -> None:
    assert overtaken("The op went fine.", (), TOLD, alike(Voula=0.1, op=0.6)) is None


def test_what_is_far_in_meaning_is_not_meant() -> None:
    assert overtaken(MOVED, (), TOLD, alike(Voula=0.1, op=0.3)) is None


def test_near_in_meaning_without_a_common_word_is_not_enough() -> None:
    assert overtaken(MOVED, (), TOLD, alike(Voula=0.7, op=0.6)) is None


def test_nothing_told_before_cannot_be_meant() -> None:
    assert overtaken(MOVED, (), [], alike(op=0.6)) is None
