"""A night takes the most novel episodes that hold something to learn, and says why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from assistant.settings import SelectionSettings
from consolidation.selection import Selection, retold_episodes, select_for_replay
from memory.episode import Episode, NoveltyScore
from memory.records import Choice, Dream

SETTINGS = SelectionSettings(novelty_threshold=0.25, max_episodes=3)


def episode(number: int, novelty: float) -> Episode:
    score = NoveltyScore(novelty, novelty, 5.0)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Episode(number, "s", now, f"Fact {number}.", "Noted.", "base", score, "waiting")


def select(episodes: Sequence[Episode], silent: Sequence[int] = ()) -> Selection:
    """As if an earlier episode had used the words of each of them."""
    dreams = {
        e.id: [Dream("What?", e.user_text, "question", (e.id,))] * 2
        for e in episodes
        if e.id not in silent
    }
    return select_for_replay(episodes, dreams, {e.id for e in episodes}, SETTINGS)


def ids(episodes: Sequence[Episode]) -> list[int]:
    return [e.id for e in episodes]


def test_the_most_novel_come_first_and_of_equals_the_older() -> None:
    chosen = select([episode(1, 0.3), episode(3, 0.9), episode(2, 0.9)])
    assert ids(chosen.episodes) == [2, 3, 1]
    assert chosen.selected[0] == Choice(2, "novelty 0.90, 2 dreams")
    assert chosen.skipped == ()


def test_what_is_known_already_is_left_out_with_its_novelty() -> None:
    chosen = select([episode(1, 0.24), episode(2, 0.25)])
    assert ids(chosen.episodes) == [2]
    assert chosen.skipped == (Choice(1, "already known: novelty 0.24 is below 0.25"),)


def test_what_sounds_known_but_has_a_new_word_is_taken() -> None:
    first, again, corrected = (
        replace(episode(n, 0.04), user_text=text)
        for n, text in enumerate(
            ("My number is 555 1234.", "My number is 555 1234!", "My number is 555 1235."), start=1
        )
    )
    waiting = [first, again, corrected]
    retold = retold_episodes(waiting, lambda _: waiting)
    dreams = {e.id: [Dream("What?", e.user_text, "question", (e.id,))] for e in waiting}
    chosen = select_for_replay(waiting, dreams, retold, SETTINGS)
    assert ids(chosen.episodes) == [1, 3]
    assert [c.episode_id for c in chosen.skipped] == [2]


def test_what_states_nothing_is_left_out_however_novel() -> None:
    chosen = select([episode(1, 0.99), episode(2, 0.5)], silent=[1])
    assert ids(chosen.episodes) == [2]
    assert chosen.skipped == (Choice(1, "holds no statement to learn"),)


def test_an_episode_without_a_word_on_its_dreams_states_nothing() -> None:
    chosen = select_for_replay([episode(1, 0.9)], {1: []}, set(), SETTINGS)
    assert chosen.skipped == (Choice(1, "holds no statement to learn"),)


def test_what_the_night_has_no_room_for_waits() -> None:
    chosen = select([episode(n, n / 10) for n in range(3, 9)])
    assert ids(chosen.episodes) == [8, 7, 6]
    assert [c.episode_id for c in chosen.skipped] == [5, 4, 3]
    assert {c.reason for c in chosen.skipped} == {
        "the night is full with 3 episodes; its turn comes next"
    }


def test_what_is_left_out_for_other_reasons_takes_no_room() -> None:
    chosen = select([episode(n, 0.9) for n in range(1, 6)], silent=[1, 2])
    assert ids(chosen.episodes) == [3, 4, 5]


def test_every_waiting_episode_is_chosen_or_skipped_once() -> None:
    waiting = [episode(n, n / 10) for n in range(10)]
    chosen = select(waiting, silent=[4])
    named = [c.episode_id for c in (*chosen.selected, *chosen.skipped)]
    assert sorted(named) == ids(waiting)
    assert [c.episode_id for c in chosen.selected] == ids(chosen.episodes)


def test_nothing_waiting_is_an_empty_selection() -> None:
    assert select([]) == Selection((), (), ())
