"""All nights at a glance hold the same numbers as their reports."""

from collections.abc import Callable

from memory.database import Connections
from memory.episode import Episode
from memory.history import History
from memory.nights import NightStore
from memory.records import Choice, Dream, Probe, ProbeResult, Stage
from memory.store import EpisodeStore

Remember = Callable[..., Episode]


def slept(nights: NightStore, taken: Episode, *results: ProbeResult) -> int:
    night_id = nights.begin(
        kind="asked",
        sleep_date=None,
        deep=False,
        champion_before="base",
        started_at=taken.created_at,
    )
    nights.record_choices(night_id, [Choice(taken.id, "new", 0.7, 0.6)], [])
    nights.record_dreams(night_id, [Dream("Dog?", "Biscuit.", "question", (taken.id,))])
    nights.record_probes(night_id, results)
    nights.record_stage(night_id, Stage("dream", 10.0))
    nights.record_stage(night_id, Stage("train", 30.0))
    nights.record_candidate(night_id, "night-0001")
    nights.finish(night_id, "promoted", taken.created_at)
    return night_id


def test_a_night_in_outline(
    connections: Connections, nights: NightStore, remember: Remember
) -> None:
    episode = remember()
    probe = Probe("Dog?", ("Biscuit",), "new", (episode.id,))
    slept(nights, episode, ProbeResult(probe, "No.", False, "Biscuit.", True))
    (night,) = History(connections).nights()
    assert (night.status, night.candidate, night.dreams) == ("promoted", "night-0001", 1)
    assert (night.duration_s, night.training_s, night.novelty) == (40.0, 30.0, 0.6)
    (mark,) = night.probes
    assert (mark.question, mark.expected, mark.group) == ("Dog?", ("Biscuit",), "new")
    assert (mark.episode_ids, mark.before_right, mark.after_right) == ((episode.id,), False, True)


def test_a_running_night_and_later_ones_are_left_out(
    connections: Connections, nights: NightStore, remember: Remember
) -> None:
    episode = remember()
    first, second = slept(nights, episode), slept(nights, episode)
    nights.begin(
        kind="asked",
        sleep_date=None,
        deep=False,
        champion_before="base",
        started_at=episode.created_at,
    )
    history = History(connections)
    assert [night.id for night in history.nights()] == [first, second]
    assert [night.id for night in history.nights(first)] == [first]


def test_what_was_forgotten_is_in_no_outline(
    connections: Connections, nights: NightStore, remember: Remember, store: EpisodeStore
) -> None:
    episode = remember()
    probe = Probe("Dog?", ("Biscuit",), "new", (episode.id,))
    slept(nights, episode, ProbeResult(probe, "No.", False, "Biscuit.", True))
    store.forget(episode.id)
    (night,) = History(connections).nights()
    assert night.probes == ()
    assert (night.dreams, night.novelty) == (0, None)
