"""The night's mixture: dreams and anchors as token ids. Knows texts and a tokenizer, no torch."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.prompt import training_messages
from consolidation.examples import Example, TrainingSet
from memory.records import Dream
from models.base import Message


class ChatTokenizer(Protocol):
    """The tokenizer of the model that will be deployed."""

    def encode_chat(self, messages: Sequence[Message], *, open_reply: bool) -> list[int]:
        """The token ids of a conversation."""

    def is_end(self, token: int) -> bool:
        """Whether a token ends a reply."""


def compose(
    dreams: Sequence[Dream],
    anchors: Sequence[Dream],
    replay: Sequence[Dream] = (),
    *,
    tokenizer: ChatTokenizer,
    system_prompt: str,
    max_tokens: int = 256,
) -> TrainingSet:
    """The training set of a night. Views of more than `max_tokens` of their own are left out."""
    from consolidation.leading import led  # which loads the parser

    instructions = tokenizer.encode_chat([Message("system", system_prompt)], open_reply=False)
    limit = len(instructions) + max_tokens

    def examples(views: Sequence[Dream]) -> tuple[Example, ...]:
        spoken = (replace(view, answer=led(view)) for view in views)
        made = (example_of(training_messages(system_prompt, view), tokenizer) for view in spoken)
        return tuple(example for example in made if len(example.ids) <= limit)

    return TrainingSet(examples(dreams), examples(anchors), examples(replay))


def example_of(messages: Sequence[Message], tokenizer: ChatTokenizer) -> Example:
    """A conversation in the deployed chat template, cut after the token that ends its reply."""
    prompt = tokenizer.encode_chat(messages[:-1], open_reply=True)
    whole = tokenizer.encode_chat(messages, open_reply=False)
    start = len(prompt)
    if whole[:start] != prompt:  # a template that lays out past replies differently
        start = next(i for i, (a, b) in enumerate(zip(whole, prompt, strict=False)) if a != b)
    end = next((i for i in range(start, len(whole)) if tokenizer.is_end(whole[i])), len(whole) - 1)
    return Example(tuple(whole[: end + 1]), start)
