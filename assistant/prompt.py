"""Prompts: the only place where messages are laid out, for chat and for training."""

from collections.abc import Sequence

from memory.records import Dream, DreamPrompt
from models.base import Message


def weights_only_messages(system_prompt: str, text: DreamPrompt) -> list[Message]:
    """A prompt without memory: no retrieval, no history. Probes are asked this way."""
    turns = (text,) if isinstance(text, str) else text
    spoken = [
        Message("user" if index % 2 == 0 else "assistant", turn) for index, turn in enumerate(turns)
    ]
    return [Message("system", system_prompt), *spoken]


def training_messages(system_prompt: str, dream: Dream) -> list[Message]:
    """A dream as the conversation it would be: the weights-only prompt and its answer."""
    return [*weights_only_messages(system_prompt, dream.prompt), Message("assistant", dream.answer)]


def chat_messages(
    system_prompt: str, history: Sequence[Message], notes: Sequence[str], text: str
) -> list[Message]:
    """A turn with its memory.

    Notes stand in the last message, after everything that does not change, so that the cache of
    the earlier tokens is reused turn after turn. They stand there as they are: small models
    answer from that more often than from a list under a heading (18 of 24 questions against 15;
    see LOG.md).
    """
    return [Message("system", system_prompt), *history, Message("user", noted(notes, text))]


def noted(notes: Sequence[str], text: str) -> str:
    """A message with what was recalled for it."""
    return "\n".join([*notes, text])
