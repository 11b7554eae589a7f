"""Memory at scale: what a turn, a search and a night's choice cost with many episodes.

    python -m benchmarks.speed memory --sizes 1000 10000 100000 1000000

Episodes are messages that writers made up as owners (`benchmarks/owners`, `later_lives`), again and
again with other names in them; their vectors are those messages' embeddings, moved a little at
random, so that no two are alike. Asked are questions of the same writers.
"""

import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.speed.timing import interleaved, spread
from benchmarks.speed.written import rows_of
from memory.codes import as_code
from memory.database import Connections, utc_text
from memory.novelty import embedding_novelty
from memory.recall import Recall
from memory.store import EpisodeStore
from models.base import Embedder

_NAMES = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
_MOVED = 0.6
"""How far a vector is moved, of its own length: two of one message are about 0.75 alike."""
_FOUND = 10


@dataclass(frozen=True, slots=True)
class Words:
    """What is told and asked, with the embeddings (n, d) of both."""

    told: Sequence[str]
    told_vectors: NDArray[np.float32]
    asked: Sequence[str]
    asked_vectors: NDArray[np.float32]


def written_words(embedder: Embedder, *, told: int = 8_000, asked: int = 400) -> Words:
    """A sample of what the writers wrote."""
    messages, questions = [], []
    for row in rows_of("owners"):
        messages.append(row["message"])
        questions += [q for fact in row["facts"] for q in fact["questions"]]
    for row in rows_of("later_lives"):
        messages += row["told"]
    chance = random.Random(0)
    messages, questions = chance.sample(messages, told), chance.sample(questions, asked)
    return Words(messages, embedder.embed(messages), questions, embedder.embed(questions))


def build(file: Path, count: int, words: Words, *, waiting: int = 50) -> NDArray[np.float32]:
    """A database of so many episodes, the last ones waiting; their vectors (count, d)."""
    chance, rng = random.Random(count), np.random.default_rng(count)
    names = [name for text in words.told for name in _NAMES.findall(text)]
    began = datetime(2020, 1, 1, tzinfo=UTC)
    vectors = np.empty((count, words.told_vectors.shape[1]), np.float32)
    with Connections(file) as connections, connections.writing() as db:
        for start in range(0, count, 10_000):
            chosen = rng.integers(len(words.told), size=min(10_000, count - start))
            moved = rng.standard_normal((len(chosen), vectors.shape[1])).astype(np.float32)
            moved *= _MOVED / np.sqrt(vectors.shape[1])
            part = words.told_vectors[chosen] + moved
            part /= np.linalg.norm(part, axis=1, keepdims=True)
            vectors[start : start + len(chosen)] = part
            episodes, codes = [], []
            for number, (index, vector) in enumerate(zip(chosen, part, strict=True), start=start):
                text = _NAMES.sub(lambda _: chance.choice(names), words.told[index])
                at = utc_text(began + timedelta(minutes=number))
                state = "learned" if number < count - waiting else "waiting"
                episodes.append((number + 1, f"s{number // 8}", at, text, "I see.", state))
                codes.append((number + 1, len(vector), as_code(vector).tobytes()))
            db.conn.executemany(
                "INSERT INTO episode(id, session_id, created_at, user_text, assistant_text, "
                "model_version, novelty_score, embedding_novelty, surprisal_bits, state) "
                "VALUES (?, ?, ?, ?, ?, 'base', 0.5, 0.6, 5, ?)",
                episodes,
            )
            db.conn.executemany(
                "INSERT INTO embedding(episode_id, dimensions, code) VALUES (?, ?, ?)", codes
            )
    return vectors


def measured(count: int, words: Words, folder: Path, repeats: int) -> Iterator[dict[str, Any]]:
    """Rows of what was measured with so many episodes."""
    file = folder / f"{count}.db"
    vectors = build(file, count, words)
    size = file.stat().st_size
    with Connections(file) as connections:
        began = time.perf_counter()
        store = EpisodeStore(connections)
        opened = time.perf_counter()
        store.load_embeddings()
        loaded = time.perf_counter()
        yield {
            "what": "size and start",
            "episodes": count,
            "bytes": size,
            "open_s": opened - began,
            "load_s": loaded - opened,
        }
        recall = Recall(store)

        def turn(number: int) -> None:
            index = number % len(words.asked)
            near = recall.near(words.asked_vectors[index])
            recall.find(words.asked[index], near, 3)
            embedding_novelty([cosine for _, cosine in near])

        def by_words(number: int) -> None:
            recall.find(words.asked[number % len(words.asked)], (), 50)

        def by_meaning(number: int) -> None:
            recall.near(words.asked_vectors[number % len(words.asked)])

        ways = {
            "turn: recall and novelty": turn,
            "of it, by words": by_words,
            "of it, by meaning": by_meaning,
            "first page of the memory": lambda number: store.newest(100),
            "what waits for a night": lambda number: store.waiting(),
        }
        for what, seconds in interleaved(ways, repeats).items():
            yield {"what": what, "episodes": count, **asdict(spread(seconds))}
        yield from _against(vectors, words, recall, count, min(repeats, 50))


def _against(
    vectors: NDArray[np.float32], words: Words, recall: Recall, count: int, repeats: int
) -> Iterator[dict[str, Any]]:
    """Search by meaning, beside what others do; and how many of the true best ten are found."""
    asked = words.asked_vectors
    exact = [set(_best(vectors @ asked[i % len(asked)])) for i in range(repeats)]

    def numpy_whole(number: int) -> set[int]:
        return set(_best(vectors @ asked[number % len(asked)]))

    def ours(number: int) -> set[int]:
        found = recall.near(asked[number % len(asked)])[:_FOUND]
        return {episode_id - 1 for episode_id, _ in found}

    ways = {"ours": ours, "numpy, whole matrix": numpy_whole, **_libraries(vectors, asked)}
    for name, seconds in interleaved(ways, repeats).items():
        found = [len(ways[name](i) & exact[i]) / len(exact[i]) for i in range(repeats)]
        yield {
            "what": f"nearest ten: {name}",
            "episodes": count,
            **asdict(spread(seconds)),
            "recall_at_10": sum(found) / repeats,
        }


def _libraries(vectors: NDArray[np.float32], asked: NDArray[np.float32]) -> dict[str, Any]:
    """Those that are installed."""
    ways: dict[str, Any] = {}
    try:
        from usearch.index import Index

        began = time.perf_counter()
        index = Index(ndim=vectors.shape[1], metric="cos", dtype="i8")
        index.add(np.arange(len(vectors)), vectors)
        ways[f"usearch (HNSW, i8, built in {time.perf_counter() - began:.0f} s)"] = lambda number: {
            int(key) for key in index.search(asked[number % len(asked)], _FOUND).keys
        }
    except ImportError:
        print("usearch is not installed: pip install -e .[compare]")
    try:
        import faiss

        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        ways["faiss (flat)"] = lambda number: {
            int(key) for key in flat.search(asked[number % len(asked)][None], _FOUND)[1][0]
        }
    except ImportError:
        print("faiss is not installed: pip install -e .[compare]")
    return ways


def _best(cosines: NDArray[np.float32]) -> list[int]:
    count = min(_FOUND, len(cosines))
    return [int(i) for i in np.argpartition(-cosines, count - 1)[:count]]


def run(embedder: Embedder, sizes: Sequence[int], repeats: int) -> Iterator[dict[str, Any]]:
    """All sizes, one after the other, in a folder that goes with them."""
    words = written_words(embedder)
    for count in sizes:
        with TemporaryDirectory() as folder:
            yield from measured(count, words, Path(folder), repeats)
