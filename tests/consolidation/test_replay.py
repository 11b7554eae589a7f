"""A night repeats some of what earlier nights taught, evenly and by a seed."""

from collections import Counter

from consolidation.replay import asked_again, replay_of
from memory.records import Dream, Probe


def views(*episode_ids: int, count: int = 5) -> list[Dream]:
    return [
        Dream(f"Question {number} on {episode_ids}?", "An answer.", "question", episode_ids)
        for number in range(count)
    ]


def test_each_statement_gives_its_share() -> None:
    chosen = replay_of([1, 2], views(1) + views(2, count=30), 4, seed=0)
    assert Counter(dream.episode_ids[0] for dream in chosen) == {1: 2, 2: 2}
    confirmed = [Dream("Is it so?", "Yes, an answer.", "yes-no", (1,))] * 20
    chosen = replay_of([1, 2], confirmed + views(1) + views(2), 6, seed=0)
    assert Counter(dream.episode_ids[0] for dream in chosen) == {1: 3, 2: 3}


def test_where_there_is_room_every_view_is_repeated() -> None:
    assert len(replay_of([1, 2], views(1) + views(2, count=30), 100, seed=0)) == 35


def test_no_view_is_repeated_within_a_night() -> None:
    chosen = replay_of([1], views(1), 4, seed=0)
    assert len({dream.prompt for dream in chosen}) == 4


def test_an_episode_with_few_views_gives_all_of_them() -> None:
    assert len(replay_of([1], views(1, count=3), 8, seed=0)) == 3


def test_a_deep_night_repeats_everything() -> None:
    everything = views(1) + views(2)
    chosen = replay_of([1, 2], everything, None, seed=0)
    assert sorted(d.prompt for d in chosen) == sorted(d.prompt for d in everything)  # type: ignore[type-var]


def test_what_is_not_learned_is_not_repeated() -> None:
    chosen = replay_of([1], views(1) + views(2), None, seed=0)
    assert {dream.episode_ids for dream in chosen} == {(1,)}


def test_a_dream_of_several_episodes_counts_for_the_first() -> None:
    together = views(1, 2)
    assert replay_of([2], together, None, seed=0) == []
    assert len(replay_of([1], together, None, seed=0)) == 5


def test_anchors_and_other_dreams_of_no_episode_are_not_repeated() -> None:
    assert replay_of([1], [Dream("Hi", "Hello.", "anchor", ())], None, seed=0) == []


def test_no_views_are_asked_for_and_none_given() -> None:
    assert replay_of([1], views(1), 0, seed=0) == []


def test_a_seed_decides_the_draw() -> None:
    source = views(1, count=50)
    assert replay_of([1], source, 3, seed=7) == replay_of([1], source, 3, seed=7)
    draws = {tuple(d.prompt for d in replay_of([1], source, 3, seed=s)) for s in range(5)}
    assert len(draws) == 5


def test_a_name_that_is_left_alone_gives_few_where_another_statement_tells_of_her() -> None:
    answer = "Your flatmate is called Ngozi."
    named = [Dream(f"Who {letter}?", answer, "question", (1,)) for letter in "abcdef"]
    now = [Dream("What does Ngozi do?", "Ngozi competes in darts now.", "question", (2,))]
    assert len(replay_of([1], named, 100, seed=0)) == 6
    assert len(replay_of([1], named, 100, seed=0, tonight=now)) == 4
    assert len(replay_of([1, 2], [*named, *now], 100, seed=0)) == 5
    other = [Dream("What does Ngozika do?", "Ngozika sings.", "question", (2,))]
    assert len(replay_of([1], named, 100, seed=0, tonight=other)) == 6


def test_older_probes_are_spread_over_all_episodes_and_others_with_every_seed() -> None:
    probes = [Probe(f"{i}: {n}?", ("so",), "old", (i,)) for i in range(40) for n in range(3)]
    first, second = (asked_again(probes, 60, seed=seed) for seed in (1, 2))
    asked = Counter(probe.episode_ids[0] for probe in first)
    assert len(first) == 60 and len(asked) == 40 and max(asked.values()) == 2
    assert {probe.question for probe in first} != {probe.question for probe in second}
    assert first == asked_again(probes, 60, seed=1)
    assert sorted(p.question for p in asked_again(probes, 500, seed=1)) == sorted(
        p.question for p in probes
    )
