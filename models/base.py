"""What Reverie asks of a model. Knows no library that provides one."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Role = Literal["system", "user", "assistant"]
Embeddings = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation, as a chat template takes it."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is drawn. A temperature of 0 takes the likeliest token."""

    temperature: float = 0.0
    top_p: float = 0.95
    max_tokens: int = 400
    seed: int = 0


class EngineCrashed(RuntimeError):
    """The process that held a model ended; the next call starts a new one."""


class WeightsMissing(RuntimeError):
    """A weights file is not where it should be, or cannot be loaded."""


class ContextOverflow(RuntimeError):
    """A prompt has more tokens than the model's context holds."""


class ReplyCutOff(RuntimeError):
    """A reply in JSON reached its last token before its end."""


JsonSchema = Mapping[str, Any]


class ChatModel(Protocol):
    """A chat model behind the exact tokens that it is deployed with."""

    @property
    def context_tokens(self) -> int:
        """The size of the context window, in tokens."""

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Generator[str, None, None]:
        """Yield the reply in pieces; closing the generator stops the model.

        Raises `ContextOverflow`, `EngineCrashed`, `WeightsMissing`.
        """

    def answers(
        self, conversations: Sequence[Sequence[Message]], *, max_tokens: int
    ) -> Iterator[tuple[int, str]]:
        """Greedy replies to many short prompts at once: (index, reply), as they end."""

    def read_ahead(self, messages: Sequence[Message]) -> None:
        """Read what the next prompt begins with, so that its reply begins sooner."""

    def surprisal_bits(self, messages: Sequence[Message], text: str) -> float:
        """Mean surprisal of `text`, in bits per token, as the user's next message."""

    def token_count(self, text: str) -> int:
        """How many tokens `text` has."""

    def encode_chat(self, messages: Sequence[Message], *, open_reply: bool) -> list[int]:
        """The token ids of a conversation laid out by the model's own chat template.

        With `open_reply` the ids end where the assistant begins to speak.
        """


class Answering(Protocol):
    """A model that answers many prompts at once, and can change its weights."""

    def load(self, gguf: Path) -> None:
        """Change to other weights."""

    def answers(
        self, conversations: Sequence[Sequence[Message]], *, max_tokens: int
    ) -> Iterator[tuple[int, str]]:
        """Greedy replies to many short prompts at once: (index, reply), as they end."""


class Composer(Protocol):
    """A chat model that can be held to a form."""

    def load(self, gguf: Path) -> None:
        """Change to other weights."""

    def compose(self, messages: Sequence[Message], schema: JsonSchema, sampling: Sampling) -> str:
        """A reply that is valid JSON of the schema.

        Raises `ContextOverflow`, `EngineCrashed`, `ReplyCutOff`, `WeightsMissing`.
        """


class Embedder(Protocol):
    """Texts to vectors of meaning."""

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Unit-length vectors, shape (len(texts), dimensions), float32."""
