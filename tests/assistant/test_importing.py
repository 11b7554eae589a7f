"""What is brought in comes once, in quarantine, scored against all that is there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from assistant.importing import Brought, Importer
from assistant.intake import novelties
from assistant.turn import MAX_TEXT_CHARACTERS
from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.importing.exchange import Exchange, Refused
from memory.steering import Steering
from memory.store import EpisodeStore
from models.base import Embeddings

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class WordEmbedder:
    """A dimension a word; stops after a number of texts, if it is told to."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.asked: list[str] = []
        self.ends_after = 10**9

    def embed(self, texts: Sequence[str]) -> Embeddings:
        self.asked += texts
        if len(self.asked) > self.ends_after:
            raise KeyboardInterrupt
        rows = np.zeros((len(texts), 512), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.split():
                row[self.words.setdefault(word, len(self.words)) % 512] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[Connections]:
    with Connections(tmp_path / "reverie.db") as opened:
        yield opened


@pytest.fixture
def store(connections: Connections) -> EpisodeStore:
    return EpisodeStore(connections)


def exchange(number: int, text: str = "", reply: str = "Yes.") -> Exchange:
    said = text or f"fact number w{number} a{number}"
    return Exchange(f"chatgpt:c:{number}", "chatgpt-c", NOON, said, reply, "ChatGPT")


def brought_in(
    store: EpisodeStore,
    embedder: WordEmbedder,
    *found: Exchange | Refused,
    trust: bool = False,
) -> Brought:
    importer = Importer(store, embedder, lambda: NOON, trust=trust)
    importer.bring_in(found, lambda brought: None)
    return importer.brought


def test_what_is_brought_in_is_quarantined_unless_it_is_trusted(
    store: EpisodeStore, embedder: WordEmbedder
) -> None:
    assert brought_in(store, embedder, exchange(1)).new == 1
    assert brought_in(store, embedder, exchange(2), trust=True).new == 1
    trusted, held = store.newest(5)
    assert (held.state, held.origin, held.model_version) == ("quarantined", "import", "ChatGPT")
    assert (trusted.state, trusted.origin) == ("waiting", "import")


def test_a_file_cannot_call_its_words_its_owners(
    store: EpisodeStore, embedder: WordEmbedder
) -> None:
    claims = replace(exchange(1), origin="chat", pinned=True)
    brought_in(store, embedder, claims)
    (held,) = store.newest(5)
    assert (held.state, held.origin, held.pinned) == ("quarantined", "import", False)


def test_bringing_in_again_makes_no_duplicates(store: EpisodeStore, embedder: WordEmbedder) -> None:
    found = [exchange(number) for number in range(300)]
    first = brought_in(store, embedder, *found, found[7])
    assert (first.new, first.known) == (300, 1)
    asked = len(embedder.asked)
    again = brought_in(store, embedder, *found, exchange(300))
    assert (again.new, again.known) == (1, 300)
    assert len(embedder.asked) == asked + 1, "what is known is not embedded again"
    assert len(store.newest(999)) == 301


def test_what_was_said_here_does_not_come_back_by_an_export(
    store: EpisodeStore, embedder: WordEmbedder
) -> None:
    draft = EpisodeDraft("s", NOON, "My dog is Rex.", "Fine.", "base", NoveltyScore(1, 1, 1))
    store.add(draft, embedder.embed([draft.user_text])[0])
    exported = Exchange("reverie:x", "s", NOON, "My dog is Rex.", "Fine.", "base", "chat")
    assert brought_in(store, embedder, exported, trust=True).known == 1
    assert len(store.newest(5)) == 1


def test_an_interrupted_import_keeps_what_is_in_and_goes_on(
    store: EpisodeStore, embedder: WordEmbedder, connections: Connections
) -> None:
    found = [exchange(number) for number in range(400)]
    embedder.ends_after = 256
    with pytest.raises(KeyboardInterrupt):
        brought_in(store, embedder, *found)
    assert len(store.newest(999)) == 256
    embedder.ends_after = 10**9
    again = brought_in(store, embedder, *found)
    assert (again.new, again.known) == (144, 256)
    steering = Steering(connections, lambda: NOON)
    assert [len(undone.episode_ids) for undone in iter(steering.undo, None) if undone] == [144, 256]
    assert store.newest(5) == []


def test_too_long_a_message_is_refused_and_too_long_an_answer_is_cut(
    store: EpisodeStore, embedder: WordEmbedder
) -> None:
    long = "word " * 2_000_000
    told = brought_in(
        store, embedder, exchange(1, long), exchange(2, reply=long), Refused("x", "y")
    )
    assert (told.new, told.cut) == (1, 1)
    assert [str(one) for one in told.refused] == [
        "the message “word word word word word word word word…”: "
        f"it has 9999999 characters, the limit is {MAX_TEXT_CHARACTERS}",
        "x: y",
    ]
    (kept,) = store.newest(5)
    assert len(kept.assistant_text) == MAX_TEXT_CHARACTERS


def test_texts_are_cleaned_as_in_chat_and_empty_ones_passed_over(
    store: EpisodeStore, embedder: WordEmbedder
) -> None:
    told = brought_in(store, embedder, exchange(1, " \x1b[31mred\u202e\r\n"), exchange(2, "\x00 "))
    assert told.new == 1
    assert [one.user_text for one in store.newest(5)] == ["[31mred"]


def test_novelty_is_measured_against_what_is_there_and_what_comes_with_it(
    store: EpisodeStore, embedder: WordEmbedder
) -> None:
    brought_in(store, embedder, exchange(1, "my dog is rex"), exchange(2, "my dog is rex"))
    brought_in(store, embedder, exchange(3, "my dog is rex"), exchange(4, "quite other words"))
    scores = [one.novelty for one in store.newest(5)]
    assert [round(one.embedding_novelty, 2) for one in scores] == [1.0, 0.0, 0.0, 1.0]
    assert {one.surprisal_bits for one in scores} == {None}
    assert [round(one.score, 2) for one in scores] == [0.6, 0.0, 0.0, 0.6]


def test_an_edited_episode_is_not_compared_with_its_old_words(
    store: EpisodeStore, embedder: WordEmbedder
) -> None:
    brought_in(store, embedder, exchange(1, "my dog is rex"))
    vectors = embedder.embed(["my dog is rex"])
    (known,) = novelties(store, vectors)
    (anew,) = novelties(store, vectors, besides=1)
    assert (known.embedding_novelty, anew.embedding_novelty) == (0.0, 1.0)


def test_numbers_of_an_export_are_kept(store: EpisodeStore, embedder: WordEmbedder) -> None:
    score = NoveltyScore(0.5, 0.25, 5.5)
    brought_in(store, embedder, replace(exchange(1), novelty=score, muted=True), trust=True)
    (kept,) = store.newest(5)
    assert (kept.novelty, kept.state) == (score, "muted")
