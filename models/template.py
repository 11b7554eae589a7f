"""Chat templates: messages to marked text. Knows jinja, no tokens.

What people wrote is kept apart from what the template wrote, so that a tokenizer can read
`<|im_start|>` as a token in the one and as plain characters in the other: a message can
never open a role.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.base import Message

PLAIN_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "{% if message.role == 'system' %}{{ message.content }}\n\n"
    "{% elif message.role == 'user' %}Question: {{ message.content }}\n"
    "{% else %}Answer:\n{{ message.content }}{{ eos_token }}\n{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}Answer:\n{% endif %}"
)
"""For base models that bring no template of their own."""

_MARK = "\ue000{}\ue001"
_MARKED = re.compile("\ue000(\\d+)\ue001")


class TemplateUnusable(RuntimeError):
    """A model's chat template cannot lay out a plain conversation."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a laid-out conversation; `written` by a person or a model, not by the template."""

    text: str
    written: bool


_PADS = frozenset(("ljust", "rjust", "center", "zfill", "expandtabs"))
_PADDING_FILTERS = ("center", "format", "batch", "wordwrap")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Keeps a template from this machine's files, and from its memory as well."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for name in _PADDING_FILTERS:
            del self.filters[name]

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers only: repeating a text, or a list, is no part of a layout."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if not numbers or (operator == "**" and max(abs(left), abs(right)) > _MOST_POWER):
            raise jinja2.TemplateError(f"a template may use {operator!r} with small numbers only")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Without methods that pad a text to any length."""
        return attr not in _PADS and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Any:
        """None of it: a width in a format is a text of any length."""
        if getattr(value, "__name__", "") in ("format", "format_map"):
            return _no_format
        return super().wrap_str_format(value)


def _no_format(*_: Any, **__: Any) -> NoReturn:
    raise jinja2.TemplateError("a template may not format texts")


_MOST_POWER = 100


class ChatTemplate:
    """A jinja chat template in a sandbox."""

    def __init__(self, source: str | None, *, bos_token: str, eos_token: str) -> None:
        environment = _Sandbox(
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.loopcontrols"],
        )
        del environment.globals["lipsum"]  # writes as much as it is asked for
        environment.globals["raise_exception"] = _refuse
        environment.globals["strftime_now"] = lambda form: datetime.now().strftime(form)
        try:
            self._template = environment.from_string(source or PLAIN_TEMPLATE)
        except jinja2.TemplateError as error:
            raise TemplateUnusable(f"the model's chat template is not valid: {error}") from error
        self._tokens = {"bos_token": bos_token, "eos_token": eos_token}

    def lay_out(self, messages: Sequence[Message], *, open_reply: bool) -> list[Segment]:
        """The conversation in segments, in order. Raises `TemplateUnusable`."""
        try:
            text = self._render(messages, open_reply)
        except TemplateUnusable:
            folded = _fold_system(messages)
            if folded == list(messages):
                raise
            messages = folded
            text = self._render(messages, open_reply)
        pieces = _MARKED.split(text)
        segments = []
        for index, piece in enumerate(pieces):
            written = index % 2 == 1
            content = messages[int(piece)].content.strip() if written else piece
            if content:
                segments.append(Segment(content, written))
        return segments

    def _render(self, messages: Sequence[Message], open_reply: bool) -> str:
        turns: list[dict[str, Any]] = [
            {"role": message.role, "content": _MARK.format(index)}
            for index, message in enumerate(messages)
        ]
        try:
            return self._template.render(
                messages=turns, add_generation_prompt=open_reply, tools=None, **self._tokens
            )
        except Exception as error:  # a template is foreign code, which may raise anything
            raise TemplateUnusable(f"the model's chat template failed: {error}") from error


def _fold_system(messages: Sequence[Message]) -> list[Message]:
    """The same conversation with the system message at the head of the first user message."""
    if len(messages) < 2 or messages[0].role != "system":
        return list(messages)
    system, first, *rest = messages
    return [Message("user", f"{system.content}\n\n{first.content}"), *rest]


def _refuse(reason: str) -> NoReturn:
    raise jinja2.TemplateError(reason)
