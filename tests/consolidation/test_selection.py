"""A night takes the worthiest episodes that hold something to learn, and says why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from assistant.settings import SelectionSettings
from consolidation.selection import Selection, retold_episodes, select_for_replay
from memory.episode import Episode, NoveltyScore
from memory.records import Choice, Signals

SETTINGS = SelectionSettings(novelty_threshold=0.25, max_episodes=3)
RETOLD = Signals(facts=1, dreams=2, retold=True)


def episode(number: int, novelty: float, *, pinned: bool = False) -> Episode:
    score = NoveltyScore(novelty, novelty, 5.0)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    text = f"Fact {number}."
    return Episode(number, "s", now, text, "Noted.", "base", score, "waiting", pinned)


def select(episodes: Sequence[Episode], silent: Sequence[int] = (), **found: object) -> Selection:
    """As if an earlier episode had used the words of each of them."""
    signals = {
        e.id: replace(RETOLD, pinned=e.pinned, **found)  # type: ignore[arg-type]
        if e.id not in silent
        else Signals("question", pinned=e.pinned)
        for e in episodes
    }
    return select_for_replay(episodes, signals, SETTINGS)


def ids(episodes: Sequence[Episode | Choice]) -> list[int]:
    return [e.episode_id if isinstance(e, Choice) else e.id for e in episodes]


def test_the_most_novel_come_first_and_of_equals_the_older() -> None:
    chosen = select([episode(1, 0.3), episode(3, 0.9), episode(2, 0.9)], retold=False)
    assert ids(chosen.episodes) == [2, 3, 1]
    assert chosen.selected[0].reason == "new to me (novelty 0.90), 2 dreams"
    assert chosen.skipped == ()


def test_every_choice_has_its_score_and_what_it_rests_on() -> None:
    chosen = select([episode(1, 0.9), episode(2, 0.1), episode(3, 0.5)], silent=[3])
    taken, (known, silent) = chosen.selected[0], chosen.skipped
    assert (taken.score, taken.novelty, taken.surprisal_bits) == (0.45, 0.9, 5.0)
    assert taken.signals == RETOLD
    assert (known.episode_id, known.score) == (2, 0.05)
    assert (silent.score, silent.signals) == (0.0, Signals("question"))


def test_what_is_known_already_is_left_out_with_its_novelty() -> None:
    chosen = select([episode(1, 0.24), episode(2, 0.25)])
    assert ids(chosen.episodes) == [2]
    assert [c.reason for c in chosen.skipped] == [
        "already known: you told me all of it before, and novelty 0.24 is below 0.25"
    ]


def test_what_sounds_known_but_has_a_new_word_is_taken() -> None:
    first, again, corrected = (
        replace(episode(n, 0.04), user_text=text)
        for n, text in enumerate(
            ("My number is 555 1234.", "My number is 555 1234!", "My number is 555 1235."), start=1
        )
    )
    waiting = [first, again, corrected]
    retold = retold_episodes(waiting, lambda _: waiting)
    signals = {e.id: replace(RETOLD, retold=e.id in retold) for e in waiting}
    chosen = select_for_replay(waiting, signals, SETTINGS)
    assert ids(chosen.episodes) == [1, 3]
    assert ids(chosen.skipped) == [2]


def test_a_wish_and_a_change_are_taken_though_they_sound_known() -> None:
    for found in ({"wished": True}, {"changing": True}, {"corrects": (7,)}):
        assert ids(select([episode(1, 0.02)], **found).episodes) == [1]


def test_what_states_nothing_is_left_out_however_novel() -> None:
    chosen = select([episode(1, 0.99), episode(2, 0.5)], silent=[1])
    assert ids(chosen.episodes) == [2]
    assert [c.reason for c in chosen.skipped] == ["asks something: nothing to learn"]


def test_an_episode_without_a_word_on_its_dreams_states_nothing() -> None:
    chosen = select_for_replay([episode(1, 0.9)], {}, SETTINGS)
    assert [c.reason for c in chosen.skipped] == ["holds no statement: nothing to learn"]


def test_what_the_night_has_no_room_for_waits() -> None:
    chosen = select([episode(n, n / 10) for n in range(3, 9)])
    assert ids(chosen.episodes) == [8, 7, 6]
    assert ids(chosen.skipped) == [5, 4, 3]
    assert {c.reason for c in chosen.skipped} == {
        "the night is full with 3 episodes; its turn comes next"
    }


def test_what_is_left_out_for_other_reasons_takes_no_room() -> None:
    chosen = select([episode(n, 0.9) for n in range(1, 6)], silent=[1, 2])
    assert ids(chosen.episodes) == [3, 4, 5]


def test_a_pinned_episode_comes_first_however_known() -> None:
    chosen = select([episode(1, 0.9), episode(2, 0.01, pinned=True)])
    assert ids(chosen.episodes) == [2, 1]
    assert chosen.selected[0].reason.startswith("you pinned it; ")
    assert chosen.selected[0].score == 1.0


def test_pinned_episodes_are_taken_beyond_the_nights_measure() -> None:
    pinned = [episode(n, 0.5, pinned=True) for n in range(1, 5)]
    chosen = select([episode(5, 0.9), *pinned])
    assert ids(chosen.episodes) == [1, 2, 3, 4]
    assert ids(chosen.skipped) == [5]


def test_a_pinned_question_is_left_out_with_what_it_is() -> None:
    chosen = select([episode(1, 0.9, pinned=True)], silent=[1])
    assert [c.reason for c in chosen.skipped] == [
        "pinned, but it only asks something: there is no fact in it to learn"
    ]


def test_every_waiting_episode_is_chosen_or_skipped_once() -> None:
    waiting = [episode(n, n / 10) for n in range(10)]
    chosen = select(waiting, silent=[4])
    assert sorted(ids([*chosen.selected, *chosen.skipped])) == ids(waiting)
    assert ids(chosen.selected) == ids(chosen.episodes)


def test_nothing_waiting_is_an_empty_selection() -> None:
    assert select([]) == Selection((), (), ())
