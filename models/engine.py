"""The chat model in its own process: a crash there cannot take the caller down."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.base import JsonSchema, Message, Sampling, WeightsMissing
from models.child import Child, Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.llama_model import LlamaModel


class Engine:
    """`ChatModel` over a pipe. The process starts with the first request.

    Every method raises `EngineCrashed` when the process ends, and `WeightsMissing` when the
    weights cannot be loaded; the request after that starts a new process.
    """

    def __init__(
        self,
        gguf: Path,
        *,
        context_tokens: int,
        gpu_layers: int,
        threads: int,
        log_file: Path,
        polite: bool = False,
    ) -> None:
        """With `polite` the process yields to others: for work that nobody waits for."""
        self._child = Child("models.engine", ["--polite"] if polite else [], log_file)
        self._load: dict[str, Any] = {
            "op": "load",
            "context_tokens": context_tokens,
            "gpu_layers": gpu_layers,
            "threads": threads,
        }
        self._gguf = gguf
        self._child.set_opening(self._load | {"gguf": str(gguf)})

    @property
    def gguf(self) -> Path:
        """The weights that requests are answered with."""
        return self._gguf

    @property
    def context_tokens(self) -> int:
        """The size of the context window, in tokens."""
        size: int = self._child.call({"op": "context_tokens"})
        return size

    def load(self, gguf: Path) -> None:
        """Change to other weights; the old ones are freed first."""
        self._gguf = gguf
        self._child.set_opening(self._load | {"gguf": str(gguf)})
        self._child.call(self._load | {"gguf": str(gguf)})

    def warm_up(self) -> None:
        """Start the process and load the weights now."""
        self._child.call({"op": "context_tokens"})

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Generator[str, None, None]:
        """Yield the reply in pieces; closing the iterator stops the model."""
        request = {"op": "stream", "messages": _plain(messages), **asdict(sampling)}
        return self._child.stream(request)

    def compose(self, messages: Sequence[Message], schema: JsonSchema, sampling: Sampling) -> str:
        """A reply that is valid JSON of the schema; raises `ReplyCutOff` where it has no end."""
        request = {"op": "compose", "messages": _plain(messages), "schema": schema}
        reply: str = self._child.call(request | asdict(sampling))
        return reply

    def answers(
        self, conversations: Sequence[Sequence[Message]], *, max_tokens: int
    ) -> Iterator[tuple[int, str]]:
        """Greedy replies to many short prompts at once: (index, reply), as they end."""
        request = {
            "op": "answers",
            "conversations": [_plain(messages) for messages in conversations],
            "max_tokens": max_tokens,
        }
        for index, reply in self._child.stream(request):
            yield int(index), str(reply)

    def read_ahead(self, messages: Sequence[Message]) -> None:
        """Read what the next prompt begins with, so that its reply begins sooner."""
        self._child.call({"op": "read_ahead", "messages": _plain(messages)})

    def surprisal_bits(self, messages: Sequence[Message], text: str) -> float:
        """Mean surprisal of `text`, in bits per token, as the user's next message."""
        bits: float = self._child.call(
            {"op": "surprisal", "messages": _plain(messages), "text": text}
        )
        return bits

    def token_count(self, text: str) -> int:
        """How many tokens `text` has."""
        count: int = self._child.call({"op": "token_count", "text": text})
        return count

    def encode_chat(self, messages: Sequence[Message], *, open_reply: bool) -> list[int]:
        """The token ids of a conversation in the model's own template."""
        ids: list[int] = self._child.call(
            {"op": "encode", "messages": _plain(messages), "open_reply": open_reply}
        )
        return ids

    def is_end(self, token: int) -> bool:
        """Whether a token ends a reply."""
        ends: bool = self._child.call({"op": "is_end", "token": token})
        return ends

    def close(self) -> None:
        """End the process."""
        self._child.close()


def _plain(messages: Sequence[Message]) -> list[list[str]]:
    return [[message.role, message.content] for message in messages]


class _Desk:
    """The child's side: one model, and what can be asked of it."""

    def __init__(self) -> None:
        self._model: LlamaModel | None = None
        self._loaded: tuple[str, int, int] | None = None

    @property
    def model(self) -> "LlamaModel":
        if self._model is None:
            raise WeightsMissing("no model is loaded; run `reverie doctor`")
        return self._model

    def load(self, request: Mapping[str, Any], _: "Callable[[], bool]") -> Work:
        from models.llama_model import LlamaModel

        yield from ()
        wanted = _identity(Path(request["gguf"]))
        if wanted is not None and self._loaded == wanted:
            return
        if self._model is not None:
            self._model.close()
            self._model = self._loaded = None
        self._model = LlamaModel(
            Path(request["gguf"]),
            context_tokens=request["context_tokens"],
            gpu_layers=request["gpu_layers"],
            threads=request["threads"],
        )
        self._loaded = wanted

    def stream(self, request: Mapping[str, Any], stopped: "Callable[[], bool]") -> Work:
        yield from self.model.stream(_messages(request), _sampling(request), stopped)

    def compose(self, request: Mapping[str, Any], stopped: "Callable[[], bool]") -> Work:
        yield from ()
        sampling = _sampling(request)
        return self.model.compose(_messages(request), request["schema"], sampling, stopped)

    def answers(self, request: Mapping[str, Any], stopped: "Callable[[], bool]") -> Work:
        conversations = [
            [Message(role, content) for role, content in messages]
            for messages in request["conversations"]
        ]
        for answer in self.model.answers(conversations, max_tokens=request["max_tokens"]):
            yield answer
            if stopped():
                return

    def read_ahead(self, request: Mapping[str, Any], _: "Callable[[], bool]") -> Work:
        yield from ()
        self.model.read_ahead(_messages(request))

    def surprisal(self, request: Mapping[str, Any], _: "Callable[[], bool]") -> Work:
        yield from ()
        return self.model.surprisal_bits(_messages(request), request["text"])

    def token_count(self, request: Mapping[str, Any], _: "Callable[[], bool]") -> Work:
        yield from ()
        return self.model.token_count(request["text"])

    def encode(self, request: Mapping[str, Any], _: "Callable[[], bool]") -> Work:
        yield from ()
        return self.model.encode_chat(_messages(request), open_reply=request["open_reply"])

    def is_end(self, request: Mapping[str, Any], _: "Callable[[], bool]") -> Work:
        yield from ()
        return self.model.is_end(request["token"])

    def context_tokens(self, _: Mapping[str, Any], __: "Callable[[], bool]") -> Work:
        yield from ()
        return self.model.context_tokens


def _identity(gguf: Path) -> tuple[str, int, int] | None:
    """Which file this is now: another one may have taken its path since."""
    try:
        status = gguf.stat()
    except OSError:
        return None
    return str(gguf), status.st_ino, status.st_mtime_ns


def _messages(request: Mapping[str, Any]) -> list[Message]:
    return [Message(role, content) for role, content in request["messages"]]


def _sampling(request: Mapping[str, Any]) -> Sampling:
    return Sampling(**{one.name: request[one.name] for one in fields(Sampling)})


def _main() -> None:
    import os
    import sys

    from models.child import serve

    if "--polite" in sys.argv:
        os.nice(10)
    desk = _Desk()
    serve(
        {
            "load": desk.load,
            "stream": desk.stream,
            "compose": desk.compose,
            "answers": desk.answers,
            "read_ahead": desk.read_ahead,
            "surprisal": desk.surprisal,
            "token_count": desk.token_count,
            "encode": desk.encode,
            "is_end": desk.is_end,
            "context_tokens": desk.context_tokens,
        }
    )


if __name__ == "__main__":
    _main()
