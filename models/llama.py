"""llama.cpp's C interface, in the few calls that Reverie needs; `held` alone has others.

Knows tokens and sequences; does not know what a sequence is for, or what a message is.
"""

import ctypes
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from llama_cpp import llama_cpp as api
from llama_cpp.llama_grammar import json_schema_to_gbnf
from numpy.typing import NDArray

from models.base import JsonSchema, Sampling, WeightsMissing
from models.held import HeldSampler

BATCH_TOKENS = 512
"""How many tokens run through the model at once."""


class LlamaContext:
    """One GGUF file and the keys and values of several sequences. Not safe between threads."""

    def __init__(
        self,
        gguf: Path,
        *,
        context_tokens: int,
        side_tokens: int,
        sequences: int,
        gpu_layers: int,
        threads: int,
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
        self.tokens_at_most = min(context_tokens, int(api.llama_model_n_ctx_train(self._model)))
        params = api.llama_context_default_params()
        params.n_ctx = self.tokens_at_most + side_tokens
        params.n_batch = params.n_ubatch = BATCH_TOKENS
        params.n_seq_max = sequences
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
        self._batch = api.llama_batch_init(BATCH_TOKENS, 0, 1)
        source = api.llama_model_chat_template(self._model, None)
        self.chat_template: str | None = source.decode("utf-8", "replace") if source else None
        self.bos = int(api.llama_vocab_bos(self._vocab))
        self.eos = int(api.llama_vocab_eos(self._vocab))

    def close(self) -> None:
        """Free the weights and the context."""
        api.llama_batch_free(self._batch)
        api.llama_free(self._context)
        api.llama_model_free(self._model)

    def clear(self, sequence: int, start: int = -1) -> bool:
        """Drop what a sequence holds from a position on; False where only all of it can go."""
        return bool(api.llama_memory_seq_rm(self._memory, sequence, start, -1))

    def copy(self, source: int, target: int, tokens: int) -> None:
        """Let a sequence begin with the first tokens of another; nothing is computed."""
        api.llama_memory_seq_cp(self._memory, source, target, 0, tokens)

    def decode(
        self, tokens: Sequence[int], position: int, sequence: int, *, scored: bool
    ) -> NDArray[np.float32]:
        """Run tokens through the model; logits (n, vocabulary) if scored, else (0, vocabulary)."""
        last = len(tokens) - 1
        self.run([(t, position + i, sequence, scored or i == last) for i, t in enumerate(tokens)])
        if not scored:
            return np.empty((0, self._vocab_size), dtype=np.float32)
        values = np.ctypeslib.as_array(
            api.llama_get_logits(self._context), shape=(len(tokens) * self._vocab_size,)
        )
        return values.reshape(len(tokens), self._vocab_size)

    def predictions(
        self, tokens: Sequence[int], sequence: int
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Every token but the first, with the logits that it is predicted from.

        The sequence is read anew and left empty; a row holds until the next one is asked for.
        """
        self.clear(sequence)
        for start in range(0, len(tokens), BATCH_TOKENS):
            part = tokens[start : start + BATCH_TOKENS]
            logits = self.decode(part, start, sequence, scored=True)
            yield from zip(tokens[start + 1 :], logits, strict=False)
        self.clear(sequence)

    def run(self, entries: Sequence[tuple[int, int, int, bool]]) -> None:
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

    def new_sampler(self, sampling: Sampling, grammar: str = "") -> Any:
        """A sampler for one reply, to be freed with `free_sampler`; held to a GBNF grammar."""
        chain = self._new_chain(sampling)
        return HeldSampler(self._vocab, chain, grammar) if grammar else chain

    def _new_chain(self, sampling: Sampling) -> Any:
        chain = api.llama_sampler_chain_init(api.llama_sampler_chain_default_params())
        if sampling.temperature <= 0:
            api.llama_sampler_chain_add(chain, api.llama_sampler_init_greedy())
            return chain
        api.llama_sampler_chain_add(chain, api.llama_sampler_init_top_p(sampling.top_p, 1))
        api.llama_sampler_chain_add(chain, api.llama_sampler_init_temp(sampling.temperature))
        api.llama_sampler_chain_add(chain, api.llama_sampler_init_dist(sampling.seed))
        return chain

    def free_sampler(self, sampler: Any) -> None:
        """Give a sampler back."""
        if isinstance(sampler, HeldSampler):
            sampler.free()
        else:
            api.llama_sampler_free(sampler)

    def sample(self, sampler: Any, row: int = -1) -> int:
        """The next token, from the logits of the last run's given row (-1: its last)."""
        if isinstance(sampler, HeldSampler):
            logits = api.llama_get_logits_ith(self._context, row)
            return sampler.draw(np.ctypeslib.as_array(logits, shape=(self._vocab_size,)))
        return int(api.llama_sampler_sample(sampler, self._context, row))

    def is_end(self, token: int) -> bool:
        """Whether a token ends a reply."""
        return bool(api.llama_vocab_is_eog(self._vocab, token))

    def tokens(self, text: str, *, special: bool) -> list[int]:
        """The text's token ids; role markers become special tokens only if `special`."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        ids = (api.llama_token * room)()
        count = api.llama_tokenize(self._vocab, data, len(data), ids, room, False, special)
        return list(ids[:count])

    def token_bytes(self, token: int) -> bytes:
        """What a token writes: perhaps a part of a character; nothing for a special one."""
        buffer = ctypes.create_string_buffer(256)
        size = api.llama_token_to_piece(self._vocab, token, buffer, 256, 0, False)
        return buffer.raw[: max(size, 0)]

    def token_text(self, token: int) -> str:
        """A token's name in the vocabulary, special ones too."""
        text = api.llama_vocab_get_text(self._vocab, token) if token >= 0 else b""
        return (text or b"").decode("utf-8", "replace")


def schema_grammar(schema: JsonSchema) -> str:
    """The GBNF grammar of a JSON schema, without the control characters that JSON forbids."""
    grammar = str(json_schema_to_gbnf(json.dumps(schema)))
    return grammar.replace(r'[^"\\]', r'[^"\\\x7F\x00-\x1F]')


def _keep_quiet() -> None:
    @api.llama_log_callback  # type: ignore[untyped-decorator]
    def swallow(level: int, text: bytes, data: object) -> None:
        if level == 4:
            os.write(2, text)

    _keep_quiet.callback = swallow  # type: ignore[attr-defined]
    api.llama_log_set(swallow, ctypes.c_void_p(0))
