"""Prompts: the only place where messages are laid out, for chat and for training."""

from collections.abc import Sequence

from memory.episode import Recalled
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
    system_prompt: str, history: Sequence[Message], recalled: Sequence[Recalled], text: str
) -> list[Message]:
    """A turn with its memory.

    What was recalled stands in the last message, after everything that does not change, so
    that the cache of the earlier tokens is reused turn after turn. It stands in the owner's
    words, the best match next to the message: small models answer from that more often than
    from a list under a heading (18 of 24 questions against 15; see LOG.md).
    """
    notes = [" ".join(found.episode.user_text.split()) for found in reversed(recalled)]
    if notes:
        text = "\n".join([*notes, text])
    return [Message("system", system_prompt), *history, Message("user", text)]
