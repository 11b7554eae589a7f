import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from memory.database import Connections, DatabaseUnusable
from memory.episode import EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.records import Choice, Dream, Probe, ProbeResult
from memory.store import EpisodeStore

from .conftest import NOON, Remember

PROJECT = Path(__file__).parents[2]


def test_a_stored_episode_reads_back_as_it_was_returned(
    store: EpisodeStore, remember: Remember
) -> None:
    episode = remember("Grüße aus 東京", "👋")
    assert store.get(episode.id) == episode
    assert episode.state == "waiting"
    assert episode.novelty == NoveltyScore(0.6, 0.8, 5.0)


def test_moments_are_kept_in_utc(remember: Remember) -> None:
    tokyo = datetime(2026, 3, 1, 21, tzinfo=timezone(timedelta(hours=9)))
    assert remember(at=tokyo).created_at == NOON
    assert remember(at=tokyo).created_at.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused(remember: Remember) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        remember(at=datetime(2026, 3, 1))


def test_control_characters_are_never_stored(store: EpisodeStore, remember: Remember) -> None:
    episode = remember("red \x1b[31m\x00text\r\n\ud800", "\u202egnp.exe")
    assert episode.user_text == "red [31mtext\n"
    assert episode.assistant_text == "gnp.exe"
    assert store.get(episode.id) == episode


@pytest.mark.parametrize("vector", [(), (float("nan"), 1.0), (float("inf"), 1.0)])
def test_an_embedding_without_a_direction_is_refused_and_nothing_is_stored(
    store: EpisodeStore, remember: Remember, vector: tuple[float, ...]
) -> None:
    with pytest.raises(ValueError, match="finite"):
        remember(vector=vector)
    assert store.newest(10) == []


def test_an_episode_survives_a_killed_process(home: Path) -> None:
    code = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import numpy as np
from memory.database import Connections, DatabaseUnusable
from memory.episode import EpisodeDraft, NoveltyScore
from memory.store import EpisodeStore
store = EpisodeStore(Connections(Path(sys.argv[1])))
draft = EpisodeDraft("s", datetime.now(UTC), "kept", "yes", "base", NoveltyScore(1, 1, 1))
store.add(draft, np.ones(3, np.float32))
os.kill(os.getpid(), signal.SIGKILL)
"""
    command = [sys.executable, "-c", code, str(home / "reverie.db")]
    assert subprocess.run(command, cwd=PROJECT, timeout=60).returncode == -signal.SIGKILL
    connections = Connections(home / "reverie.db")
    store = EpisodeStore(connections)
    assert [episode.user_text for episode in store.newest(5)] == ["kept"]
    assert store.search_text("kept", 5)
    connections.close()


def test_listing_is_newest_first_by_state_and_page(store: EpisodeStore, remember: Remember) -> None:
    a, b, c = remember("a"), remember("b"), remember("c")
    store.set_state([b.id], "muted")
    assert [e.id for e in store.newest(2)] == [c.id, b.id]
    assert [e.id for e in store.newest(5, offset=2)] == [a.id]
    assert [e.id for e in store.newest(5, state="muted")] == [b.id]
    assert [e.id for e in store.waiting()] == [a.id, c.id]
    assert store.counts() == {"waiting": 2, "learned": 0, "muted": 1, "quarantined": 0}


def test_a_question_alone_waits_and_has_nothing_to_tell(
    store: EpisodeStore, remember: Remember
) -> None:
    for text in ("Who are you?", "Where is it? ", "Is 1.5 more than 1.2?"):
        remember(text)
    assert store.telling() == 0
    told = [remember(text) for text in ("I sing.", "I sing. Do you?", "A list:\nwho?")]
    assert store.telling() == 3
    store.set_state([told[0].id], "learned")
    assert store.telling() == 2


def test_learned_episodes_wait_no_more(store: EpisodeStore, remember: Remember) -> None:
    a, b = remember("a"), remember("b")
    store.set_state([a.id, b.id, 999], "learned")
    assert store.waiting() == []
    assert [e.id for e in store.learned()] == [a.id, b.id]


def test_episodes_come_in_the_order_of_their_ids_as_given(
    store: EpisodeStore, remember: Remember
) -> None:
    a, b = remember("a"), remember("b")
    assert [e.id for e in store.by_ids([b.id, 999, a.id])] == [b.id, a.id]


@pytest.mark.parametrize("unknown", [0, -1, 5, 2**63, 10**30])
def test_an_id_of_no_episode_is_no_error(store: EpisodeStore, unknown: int) -> None:
    assert store.get(unknown) is None
    assert store.forget(unknown) == []


def test_words_are_found_by_their_stem_in_either_text(
    store: EpisodeStore, remember: Remember
) -> None:
    a = remember("I was running marathons", "Impressive.")
    b = remember("Guess what", "You adopted a puppy?")
    assert [i for i, _ in store.search_text("who runs a marathon?", 5)] == [a.id]
    assert [i for i, _ in store.search_text("puppies", 5)] == [b.id]


def test_the_better_match_comes_first_with_the_higher_score(
    store: EpisodeStore, remember: Remember
) -> None:
    remember("I like tea")
    best = remember("Green tea from Uji")
    found = store.search_text("green tea", 5)
    assert found[0][0] == best.id
    assert found[0][1] > found[1][1] > 0


def test_in_a_large_memory_the_rarest_words_of_a_query_are_looked_for(
    store: EpisodeStore, remember: Remember, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memory.query_words._EPISODES_RANKED", 3)
    rare = remember("The garden has a quince")
    common = [remember(f"The garden has {n} roses").id for n in range(5)]
    assert [i for i, _ in store.search_text("garden quince", 9)] == [rare.id]
    assert {i for i, _ in store.search_text("roses", 9)} == set(common)


HOSTILE = ['"', "tea OR", "NEAR(tea", "user_text:tea", "-tea*", "^tea", "' ; --", "\x00", "\ud800"]
LONG = ["é" * 5000, "word " * 5000, " ".join(f"w{i}" for i in range(5000))]


@pytest.mark.parametrize("query", [*HOSTILE, *LONG])
def test_any_text_is_a_safe_query(store: EpisodeStore, remember: Remember, query: str) -> None:
    remember("I like tea")
    store.search_text(query, 5)


def test_function_words_find_nothing(store: EpisodeStore, remember: Remember) -> None:
    remember("What is it that you do?")
    assert store.search_text("What is it that you do?", 5) == []


EAST, NORTH, UP = np.eye(3, dtype=np.float32)


def ids_near(store: EpisodeStore, vector: NDArray[np.float32], limit: int = 9) -> list[int]:
    return [episode_id for episode_id, _ in store.nearest(vector, limit)]


def test_nothing_is_near_in_an_empty_store(store: EpisodeStore) -> None:
    assert store.nearest(EAST, 5) == []
    assert store.nearest_to(1, 5) == []
    assert store.load_embeddings() == 0


def test_the_nearest_come_first_as_exact_search_finds_them(store: EpisodeStore) -> None:
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((300, 384)).astype(np.float32)
    draft = EpisodeDraft("s", NOON, "x", "y", "base", NoveltyScore(1, 1, 1))
    ids = [store.add(draft, vector).id for vector in vectors]
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    for query in rng.standard_normal((20, 384)).astype(np.float32):
        exact = unit @ (query / np.linalg.norm(query))
        found = store.nearest(query, 10)
        best = {ids[i] for i in np.argsort(-exact)[:10]}
        assert len(best & {episode_id for episode_id, _ in found}) >= 9
        for episode_id, cosine in found:
            assert cosine == pytest.approx(exact[ids.index(episode_id)], abs=0.002)
        cosines = [cosine for _, cosine in found]
        assert cosines == sorted(cosines, reverse=True)


def test_a_repeat_has_a_cosine_of_one_and_the_older_comes_first(store: EpisodeStore) -> None:
    vectors = np.random.default_rng(0).standard_normal((50, 384)).astype(np.float32)
    draft = EpisodeDraft("s", NOON, "x", "y", "base", NoveltyScore(1, 1, 1))
    ids = [store.add(draft, vector).id for vector in [*vectors, vectors[7]]]
    found = store.nearest(3 * vectors[7], 2)
    assert [episode_id for episode_id, _ in found] == [ids[7], ids[-1]]
    assert [cosine for _, cosine in found] == pytest.approx([1, 1], abs=1e-6)
    assert store.nearest_to(ids[7], 1) == [ids[-1]]


def test_a_zero_vector_is_unrelated_to_everything(store: EpisodeStore, remember: Remember) -> None:
    episode, zero = remember(vector=(1, 0, 0)), remember(vector=(0, 0, 0))
    assert store.nearest(np.zeros(3, np.float32), 5) == [(episode.id, 0), (zero.id, 0)]
    assert store.nearest(EAST, 5) == [(episode.id, pytest.approx(1)), (zero.id, 0)]


@pytest.mark.parametrize("vector", [[np.nan, 1, 0], [[1, 0, 0]], []])
def test_what_is_no_vector_is_not_looked_for(store: EpisodeStore, vector: list[float]) -> None:
    with pytest.raises(ValueError, match="finite"):
        store.nearest(np.array(vector, np.float32), 5)


def test_search_follows_what_another_connection_adds_and_forgets(
    store: EpisodeStore, remember: Remember, home: Path
) -> None:
    a, b = remember(vector=(1, 0, 0)), remember(vector=(0, 1, 0))
    assert set(ids_near(store, EAST)) == {a.id, b.id}
    other_connections = Connections(home / "reverie.db")
    other = EpisodeStore(other_connections)
    other.forget(a.id)
    draft = EpisodeDraft("s", NOON, "x", "y", "base", NoveltyScore(1, 1, 1))
    c = other.add(draft, np.array([0, 0, 1], np.float32))
    assert ids_near(store, NORTH) == [b.id, c.id]
    assert ids_near(store, UP) == [c.id, b.id]
    assert store.nearest_to(a.id, 5) == []
    other_connections.close()


def test_a_new_embedder_starts_anew(store: EpisodeStore, remember: Remember) -> None:
    narrow = remember(vector=(1, 0, 0))
    assert ids_near(store, EAST) == [narrow.id]
    wider = remember(vector=(1, 0, 0, 0))
    assert ids_near(store, EAST) == []
    assert ids_near(store, np.eye(4, dtype=np.float32)[0]) == [wider.id]
    store.forget(wider.id)
    assert ids_near(store, EAST) == [narrow.id]


def test_threads_add_and_read_at_once_without_loss(store: EpisodeStore, remember: Remember) -> None:
    failures: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(10):
                episode = remember("a shared thought")
                assert episode.id in ids_near(store, EAST, 99)
                assert store.search_text("thought", 1)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(ids_near(store, EAST, 99)) == store.counts()["waiting"] == 40


def test_forgotten_episode_is_found_by_no_search(store: EpisodeStore, remember: Remember) -> None:
    gone, kept = remember("My cat is Tom"), remember("My cat is Jerry")
    assert store.forget(gone.id) == [gone.id]
    assert store.get(gone.id) is None
    assert [i for i, _ in store.search_text("cat tom", 5)] == [kept.id]
    assert ids_near(store, EAST) == [kept.id]
    assert store.forget(gone.id) == []


def test_the_id_of_a_forgotten_episode_is_never_given_again(
    store: EpisodeStore, remember: Remember
) -> None:
    gone = remember()
    store.forget(gone.id)
    assert remember().id > gone.id


def test_everything_a_night_made_of_a_forgotten_episode_goes_with_it(
    store: EpisodeStore, nights: NightStore, remember: Remember
) -> None:
    gone, kept = remember("a"), remember("b")
    night = nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NOON
    )
    nights.record_choices(night, [Choice(gone.id, "new"), Choice(kept.id, "new")], [])
    lone, mixed = Dream("q", "a", "k", (kept.id,)), Dream("q", "b", "k", (kept.id, gone.id))
    nights.record_dreams(night, [mixed, lone, Dream("q", "c", "k", (gone.id,))])
    probe = Probe("q?", ("a",), "new", (gone.id,))
    nights.record_probes(night, [ProbeResult(probe, "x", False, "a", True)])
    store.forget(gone.id)
    report = nights.show(night)
    assert report is not None
    assert report.selected == (Choice(kept.id, "new"),)
    assert report.dreams == (lone,)
    assert report.probes == ()


def test_forgetting_that_was_cut_off_is_finished_later(
    store: EpisodeStore,
    connections: Connections,
    remember: Remember,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = remember("Quagmire")

    def fail() -> None:
        raise DatabaseUnusable("no room left")

    monkeypatch.setattr(connections, "rewrite", fail)
    with pytest.raises(DatabaseUnusable, match=r"is forgotten, but its words may stand.*no room"):
        store.forget(gone.id)
    monkeypatch.undo()
    assert store.get(gone.id) is None and connections.is_rewrite_owed()
    store.finish_forgetting()
    assert not connections.is_rewrite_owed()
    assert b"Quagmire" not in connections.file.read_bytes()


def test_forgotten_text_is_in_no_file(
    store: EpisodeStore, nights: NightStore, remember: Remember, home: Path
) -> None:
    rng = np.random.default_rng(0)
    markers = {}
    for number in range(60):
        marker = f"zq{rng.integers(2**60):x}"
        filler = f"w{number}ord " * int(rng.integers(1, 900))
        markers[remember(f"{filler} {marker} {filler}", f"{marker} it is").id] = marker
    night = nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NOON
    )
    nights.record_dreams(
        night, [Dream(("hm", "?", m), m * 9, "k", (i,)) for i, m in markers.items()]
    )
    asked = [Probe(f"{m}?", (m,), "new", (i,)) for i, m in markers.items()]
    nights.record_probes(night, [ProbeResult(p, "", False, p.question, True) for p in asked])
    files = [home / "reverie.db", home / "reverie.db-wal", home / "reverie.db-shm"]

    def found() -> set[int]:
        content = b"".join(file.read_bytes() for file in files).lower()
        return {i for i, marker in markers.items() if marker.encode() in content}

    assert found() == set(markers)
    gone = set(list(markers)[::3])
    for episode_id in gone:
        store.forget(episode_id)
    assert found() == set(markers) - gone
    assert {file.name for file in home.iterdir()} == {file.name for file in files}


def test_the_episodes_before_one_are_those_of_its_session_oldest_first(
    store: EpisodeStore, remember: Remember
) -> None:
    first, second, third = (remember(text) for text in ("one", "two", "three"))
    assert store.before(third) == [first, second]
    assert store.before(third, limit=1) == [second]
    assert store.before(first) == []


def test_a_new_episode_is_not_pinned_until_its_owner_insists(
    store: EpisodeStore, remember: Remember
) -> None:
    told = remember()
    assert not told.pinned
    store.set_pinned([told.id, 2**40], True)
    assert [(e.pinned, e.state) for e in store.by_ids([told.id])] == [(True, "waiting")]
    store.set_pinned([told.id], False)
    assert store.get(told.id) == told


def test_pinning_unmutes_and_muting_unpins(store: EpisodeStore, remember: Remember) -> None:
    told = remember()
    store.set_state([told.id], "muted")
    store.set_pinned([told.id], True)
    assert [(e.pinned, e.state) for e in store.by_ids([told.id])] == [(True, "waiting")]
    store.set_state([told.id], "muted")
    assert [(e.pinned, e.state) for e in store.by_ids([told.id])] == [(False, "muted")]
    store.set_pinned([told.id], False)
    assert [(e.pinned, e.state) for e in store.by_ids([told.id])] == [(False, "muted")]


def test_a_pin_outlasts_learning_and_waiting_again(store: EpisodeStore, remember: Remember) -> None:
    told = remember()
    store.set_state([told.id], "learned")
    store.set_pinned([told.id], True)
    assert [(e.pinned, e.state) for e in store.learned()] == [(True, "learned")]
    store.set_state([told.id], "waiting")
    assert [e.pinned for e in store.waiting()] == [True]
