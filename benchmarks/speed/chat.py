"""Chat: how long until the first token, and how fast the others come, beside the raw engine.

    python -m benchmarks.speed chat --home DIR

The same conversation is held with Reverie (its processes, recall and storing included) and with
llama-cpp-python used directly, turn by turn in alternation, on the same file with as many threads.
Ours is counted from the message to the first piece. Reverie remembers what was said before the
conversation began, so every turn recalls something.
"""

import random
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.clock import utc_now
from assistant.default_model import ready_base
from assistant.session import Session
from assistant.settings import Settings
from assistant.workspace import Workspace
from benchmarks.speed.busy import night_beside
from benchmarks.speed.timing import spread
from benchmarks.speed.written import rows_of
from benchmarks.telling import tell

TURNS = (1, 2, 20)
_REPLY_TOKENS = 48
_KNOWN_BEFORE = 200


class Raw:
    """llama-cpp-python, as its documentation shows it."""

    def __init__(self, settings: Settings) -> None:
        from llama_cpp import Llama

        self._llama = Llama(
            str(ready_base(settings)),
            n_ctx=settings.model.context_tokens,
            n_gpu_layers=settings.model.gpu_layers,
            n_threads=settings.model.threads or None,
            n_threads_batch=settings.model.threads or None,
            verbose=False,
        )
        self._messages: list[dict[str, str]] = []
        self._system = settings.chat.system_prompt

    def begin(self) -> None:
        """A new conversation."""
        self._llama.reset()
        self._messages = [{"role": "system", "content": self._system}]

    def turn(self, text: str) -> list[float]:
        """When each piece came, in seconds from the message."""
        self._messages.append({"role": "user", "content": text})
        began, times, reply = time.perf_counter(), list[float](), ""
        for part in self._llama.create_chat_completion(
            self._messages, stream=True, temperature=0.0, max_tokens=_REPLY_TOKENS
        ):
            piece = part["choices"][0]["delta"].get("content")
            if piece:
                times.append(time.perf_counter() - began)
                reply += piece
        self._messages.append({"role": "assistant", "content": reply})
        return times


class Ours:
    """A home of its own, with memories in it."""

    def __init__(self, settings: Settings, told: Sequence[str]) -> None:
        self._workspace = Workspace(settings)
        self._workspace.warm_up()
        session = Session.new()
        for text in told:
            home = self._workspace
            tell(home.store, home.embedder, session.session_id, utc_now(), text)
        self._session = Session.new()

    def begin(self) -> None:
        """A new conversation."""
        self._session = Session.new()

    def turn(self, text: str) -> list[float]:
        """When each piece came, in seconds from the message; it is stored and read ahead after."""
        began, times = time.perf_counter(), list[float]()
        self._workspace.assistant.reply(
            text, self._session, on_piece=lambda _: times.append(time.perf_counter() - began)
        )
        self._workspace.assistant.read_ahead(self._session)
        return times

    def swap(self, text: str) -> float:
        """How much later the first piece comes where the champion changed just before.

        Another file of the same weights is as good as a new version: it is read all the same.
        """
        self.begin()
        without = self.turn(text)[0]
        engine, base = self._workspace.engine, ready_base(self._workspace.settings)
        other = self._workspace.settings.home / "other.gguf"
        if not other.exists():
            shutil.copy(base, other)
        self.begin()
        began = time.perf_counter()
        engine.load(other if engine.gguf == base else base)
        loaded = time.perf_counter() - began
        return loaded + self.turn(text)[0] - without

    def close(self) -> None:
        self._workspace.close()


def run(settings: Settings, repeats: int) -> Iterator[dict[str, Any]]:
    """Rows: first pieces by turn and gaps between pieces, of both; gaps beside a night; a swap."""
    chance = random.Random(0)
    messages = chance.sample([row["message"] for row in rows_of("owners")], 2_000)
    messages = [text for text in messages if len(text) < 160]
    told, said = messages[:_KNOWN_BEFORE], messages[_KNOWN_BEFORE:]
    brief = replace(settings.chat, max_reply_tokens=_REPLY_TOKENS)
    with TemporaryDirectory() as folder:
        own = replace(settings, home=Path(folder), chat=brief)
        ours, raw = Ours(own, told), Raw(settings)
        ways = {"ours": ours, "llama-cpp-python": raw}
        quiet = _Heard()
        for repeat in range(repeats + 1):
            _converse(ways, said[repeat * max(TURNS) :], max(TURNS), quiet if repeat else _Heard())
        yield from quiet.rows("nothing goes on")
        with night_beside(settings):
            busy = _Heard()
            for repeat in range(repeats):
                _converse(ways, said[-repeat * max(TURNS) :], 2, busy)
        yield from busy.rows("a night trains")
        seconds = [ours.swap(said[number]) for number in range(repeats)]
        yield {"what": "a turn, more than without a swap", **asdict(spread(seconds))}
        ours.close()


def _converse(
    ways: Mapping[str, Ours | Raw], said: Sequence[str], turns: int, heard: "_Heard"
) -> None:
    """One conversation with each, turn by turn in alternation."""
    for way in ways.values():
        way.begin()
    for turn, text in zip(range(1, turns + 1), said, strict=False):
        for name, way in ways.items():
            heard.note(name, turn, way.turn(text))


class _Heard:
    """Times of pieces, by who wrote them."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, int], list[float]] = {}
        self._gaps: dict[str, list[float]] = {}

    def note(self, name: str, turn: int, times: Sequence[float]) -> None:
        if turn in TURNS and times:
            self._first.setdefault((name, turn), []).append(times[0])
        self._gaps.setdefault(name, []).extend(b - a for a, b in pairwise(times))

    def rows(self, meanwhile: str) -> Iterator[dict[str, Any]]:
        told = {"while": meanwhile}
        for (name, turn), seconds in self._first.items():
            yield (
                {"what": "first piece", "way": name, "turn": turn} | told | asdict(spread(seconds))
            )
        for name, seconds in self._gaps.items():
            mean_s = sum(seconds) / len(seconds)
            row = {"what": "a piece after another", "way": name, "mean_s": mean_s}
            yield row | told | asdict(spread(seconds))
