"""`ChatModel` on one GGUF file: stream, surprisal, tokens, many answers at once.

Several sequences share one context: 0 holds the conversation and its reusable prefix, 1 is for
scoring, the others answer many short prompts at once; no measurement costs the chat its cache.
"""

import codecs
import json
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.base import ContextOverflow, JsonSchema, Message, ReplyCutOff, Sampling
from models.desks import Desks
from models.llama import BATCH_TOKENS, LlamaContext, schema_grammar
from models.loops import is_looping
from models.template import ChatTemplate

_CHAT, _SCORE, _FIRST_DESK = 0, 1, 2
_DESKS = 8
"""How many prompts are answered at once, at most."""
_SIDE_TOKENS = 2048
"""Room beside the conversation, for scoring and for the desks."""


class LlamaModel:
    """A chat model in llama.cpp. Not safe to share between threads."""

    def __init__(
        self, gguf: Path, *, context_tokens: int, gpu_layers: int = -1, threads: int = 0
    ) -> None:
        self._llama = LlamaContext(
            gguf,
            context_tokens=context_tokens,
            side_tokens=_SIDE_TOKENS,
            sequences=_FIRST_DESK + _DESKS,
            gpu_layers=gpu_layers,
            threads=threads,
        )
        self._context_tokens = self._llama.tokens_at_most
        self._template = ChatTemplate(
            self._llama.chat_template,
            bos_token=self._llama.token_text(self._llama.bos),
            eos_token=self._llama.token_text(self._llama.eos),
        )
        self._cached: list[int] = []

    @property
    def context_tokens(self) -> int:
        """The size of the context window, in tokens."""
        return self._context_tokens

    def close(self) -> None:
        """Free the weights and the context."""
        self._llama.close()

    def stream(
        self,
        messages: Sequence[Message],
        sampling: Sampling,
        stopped: Callable[[], bool] = lambda: False,
        grammar: str = "",
    ) -> Generator[str, None, None]:
        """Yield the reply in pieces of whole characters, until its end or until `stopped`.

        With a `grammar` (GBNF) only what it admits is written.
        """
        prompt = self.encode_chat(messages, open_reply=True)
        room = self._context_tokens - len(prompt)
        if room < 16:
            raise ContextOverflow(
                f"the conversation has {len(prompt)} tokens, the context holds "
                f"{self._context_tokens}; start a new one or raise model.context_tokens"
            )
        self._read_prompt(prompt)
        sampler = self._llama.new_sampler(sampling, grammar)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        try:
            written: list[int] = []
            for _ in range(min(sampling.max_tokens, room)):
                token = self._llama.sample(sampler)
                if self._llama.is_end(token) or stopped() or is_looping(written):
                    break
                written.append(token)
                piece = decoder.decode(self._llama.token_bytes(token))
                if piece:
                    yield piece
                self._llama.decode([token], len(self._cached), _CHAT, scored=False)
                self._cached.append(token)
            rest = decoder.decode(b"", final=True)
            if rest:
                yield rest
        finally:
            self._llama.free_sampler(sampler)

    def compose(
        self,
        messages: Sequence[Message],
        schema: JsonSchema,
        sampling: Sampling,
        stopped: Callable[[], bool] = lambda: False,
    ) -> str:
        """A reply that is valid JSON of the schema. Raises `ReplyCutOff` where it has no end."""
        reply = "".join(self.stream(messages, sampling, stopped, schema_grammar(schema)))
        try:
            json.loads(reply)
        except ValueError as error:
            raise ReplyCutOff(
                f"a reply in JSON was not whole after {sampling.max_tokens} tokens; "
                "shorten what its schema admits, or give it more tokens"
            ) from error
        return reply

    def answers(
        self, conversations: Sequence[Sequence[Message]], *, max_tokens: int
    ) -> Iterator[tuple[int, str]]:
        """Greedy replies to many short prompts, several at a time: (index, reply), as they end.

        Raises `ContextOverflow` for a prompt that has no room beside the conversation.
        """
        prompts = [self.encode_chat(messages, open_reply=True) for messages in conversations]
        longest = max(map(len, prompts), default=0)
        desks = min(_DESKS, _SIDE_TOKENS // (longest + max_tokens))
        if not desks:
            raise ContextOverflow(
                f"a prompt of {longest} tokens; at most {_SIDE_TOKENS - max_tokens} fit"
            )
        self._make_room(_SIDE_TOKENS)
        sequences = range(_FIRST_DESK, _FIRST_DESK + desks)
        return Desks(self._llama, beginning=_SCORE, sequences=sequences).answers(
            prompts, max_tokens
        )

    def read_ahead(self, messages: Sequence[Message]) -> None:
        """Read what the next prompt begins with; what does not fit is left to it."""
        ids = self.encode_chat(messages, open_reply=False)
        if len(ids) < self._context_tokens:
            self._read_prompt(ids)

    def surprisal_bits(self, messages: Sequence[Message], text: str) -> float:
        """Mean surprisal of `text` in bits per token as the user's next message; 0 if empty.

        The mean of -log2 p(token | everything before it), over the tokens of the text alone.
        """
        if not text.strip():
            return 0.0
        segments = self._template.lay_out([*messages, Message("user", text)], open_reply=False)
        index = max(i for i, segment in enumerate(segments) if segment.written)
        before = [
            t for s in segments[:index] for t in self._llama.tokens(s.text, special=not s.written)
        ]
        before = before or [self._llama.bos]
        scored = self._llama.tokens(segments[index].text, special=False)
        scored = scored[: max(0, self._context_tokens - len(before))]
        if not scored:
            return 0.0
        ids = [*before[-(self._context_tokens - len(scored)) :], *scored]
        self._make_room(len(ids))
        bits = 0.0
        first = len(ids) - len(scored)
        for place, (token, row) in enumerate(self._llama.predictions(ids, _SCORE), start=1):
            if place >= first:
                bits -= float(row[token] - log_sum_exp(row)) / np.log(2)
        return bits / len(scored)

    def token_count(self, text: str) -> int:
        """How many tokens `text` has."""
        return len(self._llama.tokens(text, special=False))

    def encode_chat(self, messages: Sequence[Message], *, open_reply: bool) -> list[int]:
        """The token ids of a conversation in the model's own template."""
        ids: list[int] = []
        for segment in self._template.lay_out(messages, open_reply=open_reply):
            ids += self._llama.tokens(segment.text, special=not segment.written)
        return ids

    def is_end(self, token: int) -> bool:
        """Whether a token ends a reply."""
        return self._llama.is_end(token)

    def _read_prompt(self, prompt: list[int]) -> None:
        """Decode what the cache does not hold; the last token is always decoded for its logits."""
        shared = 0
        for ours, theirs in zip(self._cached, prompt[:-1], strict=False):
            if ours != theirs:
                break
            shared += 1
        if not self._llama.clear(_CHAT, shared):
            self._llama.clear(_CHAT)
            shared = 0
        self._cached = prompt[:shared]
        for start in range(shared, len(prompt), BATCH_TOKENS):
            part = prompt[start : start + BATCH_TOKENS]
            self._llama.decode(part, start, _CHAT, scored=False)
            self._cached += part

    def _make_room(self, tokens: int) -> None:
        if len(self._cached) + tokens > self._context_tokens + _SIDE_TOKENS:
            self._llama.clear(_CHAT)
            self._cached = []


def log_sum_exp(row: NDArray[np.float32]) -> float:
    """Ln of the sum of e to the power of each, without overflow."""
    top = float(row.max())
    return top + float(np.log(np.exp(row - top, dtype=np.float64).sum()))
