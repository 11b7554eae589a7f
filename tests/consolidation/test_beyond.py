"""Beyond: dreams of several facts, and of what was never told."""

from collections.abc import Sequence
from datetime import UTC, datetime

from consolidation.beyond import dreams_of_several, dreams_of_the_untold
from consolidation.dreams import GrammarWriter, Remembered
from memory.episode import Episode, NoveltyScore
from memory.records import Dream


class ByFirstWord:
    """Texts are alike when they open with the same word."""

    def __call__(self, one: str, other: str) -> float:
        return float(one.split()[0] == other.split()[0])

    def highest(self, texts: Sequence[str], others: Sequence[str]) -> list[float]:
        return [max(self(text, other) for other in others) for text in texts]


def told(*texts: str) -> list[Remembered]:
    at = datetime(2026, 11, 26, tzinfo=UTC)
    return [
        Remembered(Episode(i, "s", at, text, "", "base", NoveltyScore(1.0, 1.0, 5.0), "waiting"))
        for i, text in enumerate(texts, start=1)
    ]


SISTER = ("My sister Freya lives in Oslo.", "Freya plays the viola.")


def test_dreams_of_several_have_a_fresh_source() -> None:
    dreams = dreams_of_several(GrammarWriter(), told(*SISTER), [2], 100)
    assert dreams and all(2 in dream.episode_ids for dream in dreams)
    assert not dreams_of_several(GrammarWriter(), told(*SISTER), [3], 100)


def test_dreams_of_several_stay_a_small_share() -> None:
    assert len(dreams_of_several(GrammarWriter(), told(*SISTER), [1, 2], 20)) == 3


def untold(known: Sequence[str], episodes: int, singles: int) -> list[Dream]:
    """What is untold in a night of so many episodes, beside so many dreams of one fact."""
    tonight = [Dream("Mm?", "Mm.", "question", (1,))] * singles
    before = [Dream("Mm?", text, "question", (2,)) for text in known]
    return dreams_of_the_untold(GrammarWriter(), tonight, before, ByFirstWord(), episodes)


def test_the_untold_stays_a_small_share() -> None:
    assert len(untold([], 2, 20)) == 3
    assert len(untold([], 2, 200)) == 16


def test_names_of_earlier_nights_are_not_outnumbered_by_strangers() -> None:
    assert len(untold(["Tell me."], 20, 200)) == len(untold([], 20, 200)) / 2


def test_the_untold_is_answered_by_saying_so() -> None:
    dreams = untold(["Tell me."], 2, 100)
    assert {dream.answer for dream in dreams} == {"I don't know, you haven't told me that."}
    assert {dream.kind for dream in dreams} == {"untold"}


def test_whom_a_message_names_is_not_called_unknown() -> None:
    assert not [d for d in untold(["Freya sings."], 99, 999) if "Freya" in str(d.prompt)]


def test_what_is_near_to_something_known_is_not_called_untold() -> None:
    dreams = untold(["What is known?", "How so?"], 2, 100)
    assert dreams
    assert not [dream for dream in dreams if str(dream.prompt).startswith(("What ", "How "))]


def test_of_each_earlier_answer_a_few_dreams_are_held_against_what_may_be_untold() -> None:
    held: list[str] = []

    class Noting(ByFirstWord):
        def highest(self, texts: Sequence[str], others: Sequence[str]) -> list[float]:
            held.extend(others)
            return super().highest(texts, others)

    before = [Dream(f"Who sings {n}?", "Freya sings.", "question", (2,)) for n in range(50)]
    tonight = [Dream(f"Which cat {n}?", "It is Tom.", "question", (3,)) for n in range(50)]
    found = dreams_of_the_untold(GrammarWriter(), tonight, before, Noting(), 2)
    assert found
    assert len([text for text in held if text.startswith("Who sings")]) == 2
    assert len([text for text in held if text.startswith("Which cat")]) == 50
    assert not [dream for dream in found if "Freya" in str(dream.prompt)]
