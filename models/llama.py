"""A GGUF model in llama.cpp: stream, surprisal, tokens. The only llama_cpp import.

Several sequences share one context: 0 holds the conversation and its reusable prefix, 1 is for
scoring, the others answer many short prompts at once; no measurement costs the chat its cache.
"""

import codecs
import ctypes
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from llama_cpp import llama_cpp as api
from numpy.typing import NDArray

from models.base import ContextOverflow, Message, Sampling, WeightsMissing
from models.template import ChatTemplate

_CHAT, _SCORE, _FIRST_DESK = 0, 1, 2
_DESKS = 8
"""How many prompts are answered at once."""
_BATCH_TOKENS = 512
_SIDE_TOKENS = 2048
"""Room beside the conversation, for scoring and for the desks."""
_LOOP_TOKENS = 8
"""A reply may repeat this many of its own tokens in a row before repetition is penalised."""


def _keep_quiet() -> None:
    @api.llama_log_callback  # type: ignore[untyped-decorator]
    def swallow(level: int, text: bytes, data: object) -> None:
        if level == 4:
            os.write(2, text)

    _keep_quiet.callback = swallow  # type: ignore[attr-defined]
    api.llama_log_set(swallow, ctypes.c_void_p(0))


@dataclass(slots=True)
class _Desk:
    """One of the prompts that are being answered."""

    index: int
    position: int
    token: int
    sampler: Any
    written: int = 0
    pieces: list[bytes] = field(default_factory=list)


class LlamaModel:
    """`ChatModel` on one GGUF file. Not safe to share between threads."""

    def __init__(
        self, gguf: Path, *, context_tokens: int, gpu_layers: int = -1, threads: int = 0
    ) -> None:
        if not gguf.is_file():
            raise WeightsMissing(f"{gguf} not found; run `reverie doctor`")
        _keep_quiet()
        api.llama_backend_init()
        model_params = api.llama_model_default_params()
        model_params.n_gpu_layers = 999 if gpu_layers < 0 else gpu_layers
        self._model = api.llama_model_load_from_file(str(gguf).encode(), model_params)
        if not self._model:
            raise WeightsMissing(f"{gguf} cannot be loaded by llama.cpp; run `reverie doctor`")
        self._vocab = api.llama_model_get_vocab(self._model)
        self._vocab_size = api.llama_vocab_n_tokens(self._vocab)
        trained_with = int(api.llama_model_n_ctx_train(self._model))
        self._context_tokens = min(context_tokens, trained_with)
        params = api.llama_context_default_params()
        params.n_ctx = self._context_tokens + _SIDE_TOKENS
        params.n_batch = params.n_ubatch = _BATCH_TOKENS
        params.n_seq_max = _FIRST_DESK + _DESKS
        params.kv_unified = True
        # Off: prefix reuse is then exact (on, it shifts single log-probabilities by up to 0.4).
        params.flash_attn_type = api.LLAMA_FLASH_ATTN_TYPE_DISABLED
        params.n_threads = params.n_threads_batch = threads or min(8, os.cpu_count() or 1)
        self._context = api.llama_init_from_model(self._model, params)
        if not self._context:
            raise WeightsMissing(
                f"llama.cpp has no room for a context of {params.n_ctx} tokens; "
                "lower model.context_tokens in settings.toml"
            )
        self._memory = api.llama_get_memory(self._context)
        self._batch = api.llama_batch_init(_BATCH_TOKENS, 0, 1)
        source = api.llama_model_chat_template(self._model, None)
        self._template = ChatTemplate(
            source.decode("utf-8", "replace") if source else None,
            bos_token=self._token_text(api.llama_vocab_bos(self._vocab)),
            eos_token=self._token_text(api.llama_vocab_eos(self._vocab)),
        )
        self._cached: list[int] = []

    @property
    def context_tokens(self) -> int:
        """The size of the context window, in tokens."""
        return self._context_tokens

    def close(self) -> None:
        """Free the weights and the context."""
        api.llama_batch_free(self._batch)
        api.llama_free(self._context)
        api.llama_model_free(self._model)

    def stream(
        self,
        messages: Sequence[Message],
        sampling: Sampling,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Generator[str, None, None]:
        """Yield the reply in pieces of whole characters, until its end or until `stopped`."""
        prompt = self.encode_chat(messages, open_reply=True)
        room = self._context_tokens - len(prompt)
        if room < 16:
            raise ContextOverflow(
                f"the conversation has {len(prompt)} tokens, the context holds "
                f"{self._context_tokens}; start a new one or raise model.context_tokens"
            )
        self._read_prompt(prompt)
        sampler = self._sampler(sampling)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        try:
            for _ in range(min(sampling.max_tokens, room)):
                token = api.llama_sampler_sample(sampler, self._context, -1)
                if api.llama_vocab_is_eog(self._vocab, token) or stopped():
                    break
                piece = decoder.decode(self._token_bytes(token))
                if piece:
                    yield piece
                self._decode([token], len(self._cached), _CHAT, scored=False)
                self._cached.append(token)
            rest = decoder.decode(b"", final=True)
            if rest:
                yield rest
        finally:
            api.llama_sampler_free(sampler)

    def answers(
        self, conversations: Sequence[Sequence[Message]], *, max_tokens: int
    ) -> Iterator[tuple[int, str]]:
        """Greedy replies to many short prompts, several at a time: (index, reply), as they end.

        Raises `ContextOverflow` for a prompt that has no room beside the conversation.
        """
        prompts = [self.encode_chat(messages, open_reply=True) for messages in conversations]
        limit = _SIDE_TOKENS // _DESKS - max_tokens
        for prompt in prompts:
            if len(prompt) > limit:
                raise ContextOverflow(f"a prompt of {len(prompt)} tokens; at most {limit} fit")
        desks: dict[int, _Desk] = {}
        self._make_room(_SIDE_TOKENS)
        try:
            yield from self._answered(prompts, desks, max_tokens)
        finally:  # also when the caller wants no more of them
            for sequence, desk in desks.items():
                self._clear(sequence, desk)

    def _answered(
        self, prompts: Sequence[list[int]], desks: dict[int, _Desk], max_tokens: int
    ) -> Iterator[tuple[int, str]]:
        waiting = list(enumerate(prompts))[::-1]
        free = list(range(_FIRST_DESK, _FIRST_DESK + _DESKS))
        while waiting or desks:
            while waiting and free:
                index, prompt = waiting.pop()
                sequence = free.pop()
                self._decode(prompt, 0, sequence, scored=False)
                sampler = self._sampler(Sampling(temperature=0.0))
                token = api.llama_sampler_sample(sampler, self._context, -1)
                desks[sequence] = _Desk(index, len(prompt), token, sampler)
            done = [
                sequence
                for sequence, desk in desks.items()
                if self.is_end(desk.token) or desk.written == max_tokens
            ]
            for sequence in done:
                desk = desks.pop(sequence)
                self._clear(sequence, desk)
                free.append(sequence)
                yield desk.index, b"".join(desk.pieces).decode("utf-8", "replace")
            if not desks:
                continue
            self._run([(d.token, d.position, sequence, True) for sequence, d in desks.items()])
            for row, desk in enumerate(desks.values()):
                desk.pieces.append(self._token_bytes(desk.token))
                desk.position += 1
                desk.written += 1
                desk.token = api.llama_sampler_sample(desk.sampler, self._context, row)

    def _clear(self, sequence: int, desk: _Desk) -> None:
        api.llama_sampler_free(desk.sampler)
        api.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def surprisal_bits(self, messages: Sequence[Message], text: str) -> float:
        """Mean surprisal of `text` in bits per token as the user's next message; 0 if empty.

        The mean of -log2 p(token | everything before it), over the tokens of the text alone.
        """
        if not text.strip():
            return 0.0
        segments = self._template.lay_out([*messages, Message("user", text)], open_reply=False)
        index = max(i for i, segment in enumerate(segments) if segment.written)
        before = [t for s in segments[:index] for t in self._tokens(s.text, special=not s.written)]
        before = before or [api.llama_vocab_bos(self._vocab)]
        scored = self._tokens(segments[index].text, special=False)
        scored = scored[: max(0, self._context_tokens - len(before))]
        if not scored:
            return 0.0
        ids = [*before[-(self._context_tokens - len(scored)) :], *scored]
        self._make_room(len(ids))
        api.llama_memory_seq_rm(self._memory, _SCORE, -1, -1)
        bits = 0.0
        first = len(ids) - len(scored)
        for start in range(0, len(ids), _BATCH_TOKENS):
            part = ids[start : start + _BATCH_TOKENS]
            logits = self._decode(part, start, _SCORE, scored=True)
            for row, following in zip(logits, ids[start + 1 :], strict=False):
                start += 1
                if start >= first:
                    bits -= float(row[following] - _log_sum_exp(row)) / np.log(2)
        api.llama_memory_seq_rm(self._memory, _SCORE, -1, -1)
        return bits / len(scored)

    def token_count(self, text: str) -> int:
        """How many tokens `text` has."""
        return len(self._tokens(text, special=False))

    def encode_chat(self, messages: Sequence[Message], *, open_reply: bool) -> list[int]:
        """The token ids of a conversation in the model's own template."""
        ids: list[int] = []
        for segment in self._template.lay_out(messages, open_reply=open_reply):
            ids += self._tokens(segment.text, special=not segment.written)
        return ids

    def is_end(self, token: int) -> bool:
        """Whether a token ends a reply."""
        return bool(api.llama_vocab_is_eog(self._vocab, token))

    def _read_prompt(self, prompt: list[int]) -> None:
        """Decode what the cache does not hold; the last token is always decoded for its logits."""
        shared = 0
        for ours, theirs in zip(self._cached, prompt[:-1], strict=False):
            if ours != theirs:
                break
            shared += 1
        if not api.llama_memory_seq_rm(self._memory, _CHAT, shared, -1):
            api.llama_memory_seq_rm(self._memory, _CHAT, -1, -1)
            shared = 0
        self._cached = prompt[:shared]
        for start in range(shared, len(prompt), _BATCH_TOKENS):
            part = prompt[start : start + _BATCH_TOKENS]
            self._decode(part, start, _CHAT, scored=False)
            self._cached += part

    def _make_room(self, tokens: int) -> None:
        if len(self._cached) + tokens > self._context_tokens + _SIDE_TOKENS:
            api.llama_memory_seq_rm(self._memory, _CHAT, -1, -1)
            self._cached = []

    def _decode(
        self, tokens: Sequence[int], position: int, sequence: int, *, scored: bool
    ) -> NDArray[np.float32]:
        """Run tokens through the model; logits (n, vocabulary) if scored, else (0, vocabulary)."""
        last = len(tokens) - 1
        self._run([(t, position + i, sequence, scored or i == last) for i, t in enumerate(tokens)])
        if not scored:
            return np.empty((0, self._vocab_size), dtype=np.float32)
        values = np.ctypeslib.as_array(
            api.llama_get_logits(self._context), shape=(len(tokens) * self._vocab_size,)
        )
        return values.reshape(len(tokens), self._vocab_size)

    def _run(self, entries: Sequence[tuple[int, int, int, bool]]) -> None:
        """Decode (token, position, sequence, whether its logits are wanted)."""
        batch = self._batch
        batch.n_tokens = len(entries)
        for index, (token, position, sequence, wanted) in enumerate(entries):
            batch.token[index] = token
            batch.pos[index] = position
            batch.n_seq_id[index] = 1
            batch.seq_id[index][0] = sequence
            batch.logits[index] = wanted
        status = api.llama_decode(self._context, batch)
        if status != 0:
            raise RuntimeError(f"llama.cpp could not decode {len(entries)} tokens ({status})")

    def _sampler(self, sampling: Sampling) -> Any:
        chain = api.llama_sampler_chain_init(api.llama_sampler_chain_default_params())
        breakers = (ctypes.c_char_p * 0)()
        dry = api.llama_sampler_init_dry(self._vocab, 1.0, 1.75, _LOOP_TOKENS, -1, breakers, 0)
        api.llama_sampler_chain_add(chain, dry)
        if sampling.temperature <= 0:
            api.llama_sampler_chain_add(chain, api.llama_sampler_init_greedy())
            return chain
        api.llama_sampler_chain_add(chain, api.llama_sampler_init_top_p(sampling.top_p, 1))
        api.llama_sampler_chain_add(chain, api.llama_sampler_init_temp(sampling.temperature))
        api.llama_sampler_chain_add(chain, api.llama_sampler_init_dist(sampling.seed))
        return chain

    def _tokens(self, text: str, *, special: bool) -> list[int]:
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        ids = (api.llama_token * room)()
        count = api.llama_tokenize(self._vocab, data, len(data), ids, room, False, special)
        return list(ids[:count])

    def _token_bytes(self, token: int) -> bytes:
        buffer = ctypes.create_string_buffer(256)
        size = api.llama_token_to_piece(self._vocab, token, buffer, 256, 0, False)
        return buffer.raw[: max(size, 0)]

    def _token_text(self, token: int) -> str:
        text = api.llama_vocab_get_text(self._vocab, token) if token >= 0 else b""
        return (text or b"").decode("utf-8", "replace")


def _log_sum_exp(row: NDArray[np.float32]) -> float:
    top = float(row.max())
    return top + float(np.log(np.exp(row - top, dtype=np.float64).sum()))
