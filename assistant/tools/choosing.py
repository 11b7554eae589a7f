"""The model's choice of a tool: held to a grammar, and to words that its owner said.

A small model chooses badly, so what is plain is left to rules, and what it names must be in the
message: it can pick out an argument, and make none up.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from assistant.tools.asked import in_digits
from assistant.tools.base import Tool, ToolCall, ToolRefused, checked
from assistant.tools.toolbox import Choose
from memory.text import lower_words
from models.base import Composer, ContextOverflow, JsonSchema, Message, ReplyCutOff, Sampling

NONE = "none"
_TOKENS = 96
_MAX_CHARACTERS = 300
_SAMPLING = Sampling(temperature=0.0, max_tokens=_TOKENS)
_EXAMPLES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("My cousin lives in Leeds.", {"tool": NONE, "arguments": {}}),
    ("Multiply 6 and 9 for me", {"tool": "calc", "arguments": {"expression": "6 * 9"}}),
    ("Who painted the Mona Lisa?", {"tool": NONE, "arguments": {}}),
    (
        "I'd like to be reminded on Monday at 8 to buy bread",
        {"tool": "remind", "arguments": {"text": "buy bread", "when": "on Monday at 8"}},
    ),
    ("I set a reminder for the dentist yesterday.", {"tool": NONE, "arguments": {}}),
    (
        "3 miles, how much is that in metres?",
        {"tool": "convert", "arguments": {"amount": "3", "from": "miles", "to": "metres"}},
    ),
    (
        "Please keep in my notes that the bins go out on Monday",
        {"tool": "note", "arguments": {"text": "the bins go out on Monday"}},
    ),
    ("Thank you, good night.", {"tool": NONE, "arguments": {}}),
)


class ModelChoice:
    """Asks a model which tool a message asks for."""

    def __init__(self, model: Composer, tools: Sequence[Tool], *, first: Choose) -> None:
        """What `first` chooses is chosen; the model is asked about the rest."""
        self._model = model
        self._tools = {tool.name: tool for tool in tools}
        self._first = first
        self._schema = call_schema(tools)

    def calls_for(self, text: str) -> Sequence[ToolCall]:
        """The calls that a message asks for. Raises `EngineCrashed`, `WeightsMissing`."""
        plain = self._first(text)
        if plain or len(text) > _MAX_CHARACTERS:
            return plain
        call = self.asked(text)
        return () if call is None or not self._is_said(call, text) else (call,)

    def asked(self, text: str) -> ToolCall | None:
        """What the model alone chooses, whether or not it was said; None where it is no tool."""
        messages = choice_messages(tuple(self._tools.values()), text)
        try:
            said = json.loads(self._model.compose(messages, self._schema, _SAMPLING))
        except (ReplyCutOff, ContextOverflow):
            return None
        if said["tool"] == NONE:
            return None
        return ToolCall(said["tool"], said["arguments"])

    def _is_said(self, call: ToolCall, text: str) -> bool:
        tool = self._tools[call.name]
        try:
            arguments = checked(tool, call.arguments)
            tool.intent(arguments)
        except ToolRefused:
            return False
        words = set(lower_words(f"{text} {in_digits(text)}"))
        if not arguments:
            return call.name in words
        told = re.sub(r"[a-z]*sqrt[a-z]*", "", " ".join(arguments.values()))
        return set(lower_words(told)) <= words


def call_schema(tools: Sequence[Tool]) -> JsonSchema:
    """Of a call of any of the tools, or of none."""
    empty = {"type": "object", "properties": {}, "additionalProperties": False}
    return {"oneOf": [_of_call(NONE, empty), *(_of_call(one.name, one.schema) for one in tools)]}


def choice_messages(tools: Sequence[Tool], text: str) -> list[Message]:
    """The prompt: the tools, some examples, the message."""
    listed = "\n".join(f"{tool.name}: {tool.does}" for tool in tools)
    system = (
        "Decide which tool a message asks for. Answer with JSON. Most messages ask for none: "
        f"then the tool is {NONE}.\n{listed}\n{NONE}: anything else, talk, facts, questions"
    )
    shown: list[Message] = []
    for said, call in _EXAMPLES:
        shown += [Message("user", said), Message("assistant", json.dumps(call))]
    return [Message("system", system), *shown, Message("user", text)]


def _of_call(name: str, arguments: JsonSchema) -> JsonSchema:
    return {
        "type": "object",
        "properties": {"tool": {"const": name}, "arguments": arguments},
        "required": ["tool", "arguments"],
        "additionalProperties": False,
    }
