"""Held sampling: the next token of a reply that keeps to a grammar.

Asking the grammar about a whole vocabulary takes a good part of a second; about one token, nothing.
So the token is drawn first and asked about then; only where the grammar does not admit it is the
next one drawn among those that it admits, the likeliest first.
"""

import ctypes
from typing import Any

import numpy as np
from llama_cpp import llama_cpp as api
from numpy.typing import NDArray

_LIKELIEST = 256
"""So many tokens are put to the grammar before the whole vocabulary is."""
_CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])


class HeldSampler:
    """Draws tokens by a chain of samplers, each one that the grammar admits."""

    def __init__(self, vocab: Any, chain: Any, grammar: str) -> None:
        """`chain` becomes the sampler's own; `grammar` is GBNF with a rule `root`."""
        self._grammar = api.llama_sampler_init_grammar(vocab, grammar.encode(), b"root")
        if not self._grammar:
            api.llama_sampler_free(chain)
            raise RuntimeError(f"llama.cpp cannot read the grammar {grammar!r}")
        self._chain = chain

    def draw(self, logits: NDArray[np.float32]) -> int:
        """The next token; both the chain and the grammar go on from it."""
        token = self._drawn(_candidates(logits, np.arange(len(logits))), held=False)
        if not self._admits(token):
            likeliest = np.argpartition(-logits, min(_LIKELIEST, len(logits) - 1))[:_LIKELIEST]
            token = self._drawn(_candidates(logits, likeliest), held=True)
            if not self._admits(token):
                token = self._drawn(_candidates(logits, np.arange(len(logits))), held=True)
        api.llama_sampler_accept(self._grammar, token)
        api.llama_sampler_accept(self._chain, token)
        return token

    def free(self) -> None:
        """Give both samplers back."""
        api.llama_sampler_free(self._grammar)
        api.llama_sampler_free(self._chain)

    def _admits(self, token: int) -> bool:
        one = np.zeros(1, dtype=_CANDIDATE)
        one["id"] = token
        array = _array(one)
        api.llama_sampler_apply(self._grammar, ctypes.byref(array))
        return bool(np.isfinite(one["logit"][0]))

    def _drawn(self, candidates: NDArray[Any], *, held: bool) -> int:
        array = _array(candidates)
        if held:
            api.llama_sampler_apply(self._grammar, ctypes.byref(array))
        api.llama_sampler_apply(self._chain, ctypes.byref(array))
        return int(array.data[max(array.selected, 0)].id)


def _candidates(logits: NDArray[np.float32], ids: NDArray[Any]) -> NDArray[Any]:
    found = np.zeros(len(ids), dtype=_CANDIDATE)
    found["id"], found["logit"] = ids, logits[ids]
    return found


def _array(candidates: NDArray[Any]) -> Any:
    """The candidates as llama.cpp takes them; the memory stays the caller's."""
    data = candidates.ctypes.data_as(ctypes.POINTER(api.llama_token_data))
    return api.llama_token_data_array(data, len(candidates), -1, False)
