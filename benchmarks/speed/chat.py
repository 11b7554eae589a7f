"""Chat: how long until the first token, and how fast the others come, beside the raw engine.

    python -m benchmarks.speed chat --home DIR

The same conversation is held with Reverie (its processes, recall and storing included) and with
llama-cpp-python used directly, turn by turn in alternation, on the same file with as many threads.
Ours is counted from the message to the first piece. Reverie remembers what was said before the
conversation began, so every turn recalls something.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.session import Session
from assistant.settings import Settings
from assistant.workspace import Workspace, utc_now
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
            str(settings.base_gguf),
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

    def close(self) -> None:
        self._workspace.close()


def run(settings: Settings, repeats: int) -> Iterator[dict[str, Any]]:
    """Rows: first tokens by turn, and decoding, of both."""
    chance = random.Random(0)
    messages = chance.sample([row["message"] for row in rows_of("owners")], 2_000)
    messages = [text for text in messages if len(text) < 160]
    told, said = messages[:_KNOWN_BEFORE], messages[_KNOWN_BEFORE:]
    brief = replace(settings.chat, max_reply_tokens=_REPLY_TOKENS)
    with TemporaryDirectory() as folder:
        own = replace(settings, home=Path(folder), chat=brief)
        ours, raw = Ours(own, told), Raw(settings)
        first: dict[tuple[str, int], list[float]] = {}
        between: dict[str, list[float]] = {"ours": [], "llama-cpp-python": []}
        for repeat in range(repeats + 1):
            ours.begin()
            raw.begin()
            for turn in range(1, max(TURNS) + 1):
                text = said[(repeat * max(TURNS) + turn) % len(said)]
                for name, way in (("ours", ours), ("llama-cpp-python", raw)):
                    times = way.turn(text)
                    if not repeat or len(times) < 2:
                        continue
                    if turn in TURNS:
                        first.setdefault((name, turn), []).append(times[0])
                    between[name].append((times[-1] - times[0]) / (len(times) - 1))
        ours.close()
    for (name, turn), seconds in first.items():
        yield {"what": "first piece", "way": name, "turn": turn, **asdict(spread(seconds))}
    for name, seconds in between.items():
        yield {"what": "a piece after another", "way": name, **asdict(spread(seconds))}
