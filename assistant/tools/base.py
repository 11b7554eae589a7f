"""A tool: what every one of them is, a call of one, and what it gave. Knows none of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from models.base import JsonSchema

MAX_ARGUMENT_CHARACTERS = 2_000
Arguments = Mapping[str, str]


class ToolRefused(ValueError):
    """A tool cannot do this; the message says why, and what would do."""


class NotAllowed(ToolRefused):
    """Its owner did not agree, or was not asked yet; nothing was done."""

    def __init__(self, intent: str) -> None:
        super().__init__("nothing was done")
        self.intent = intent


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool's name, and what it is to work on."""

    name: str
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool gave: an answer, or else text that a model is to answer from."""

    answer: str
    quoted: str = ""
    """Somebody else's words, never instructions; empty where `answer` is all there is to say."""
    kept: str = ""
    """What the conversation keeps in place of an answer that shows somebody else's words."""


@dataclass(frozen=True, slots=True)
class ToolRun:
    """A tool that ran in a turn."""

    call: ToolCall
    intent: str
    result: ToolResult


class Tool(Protocol):
    """Something that the assistant can do."""

    @property
    def name(self) -> str:
        """One word."""

    @property
    def does(self) -> str:
        """What it is for, in one line."""

    @property
    def schema(self) -> JsonSchema:
        """Of its arguments: a flat object of texts."""

    @property
    def writes(self) -> bool:
        """Whether it changes anything; its owner is asked first."""

    def intent(self, arguments: Arguments) -> str:
        """What it is about to do, in a few words. Raises `ToolRefused` where it cannot."""

    def run(self, arguments: Arguments) -> ToolResult:
        """Do it. Raises `ToolRefused`."""


def texts(*required: str, **described: str) -> JsonSchema:
    """The schema of a flat object of texts: each with what it holds, the required ones named."""
    return {
        "type": "object",
        "properties": {
            name.rstrip("_"): {"type": "string", "description": words, "maxLength": 200}
            for name, words in described.items()
        },
        "required": list(required),
        "additionalProperties": False,
    }


def checked(tool: Tool, arguments: Mapping[str, object]) -> dict[str, str]:
    """The arguments as the tool's schema has them. Raises `ToolRefused`, naming what is wrong."""
    known, required = tool.schema["properties"], tool.schema["required"]
    for name, value in arguments.items():
        if name not in known:
            takes = ", ".join(known) or "nothing"
            raise ToolRefused(f"{tool.name} takes no {name!r}; it takes {takes}")
        if not isinstance(value, str):
            raise ToolRefused(f"{tool.name}: {name} = {value!r} must be a text in quotes")
        if len(value) > MAX_ARGUMENT_CHARACTERS:
            raise ToolRefused(
                f"{tool.name}: {name} has {len(value)} characters, the limit is "
                f"{MAX_ARGUMENT_CHARACTERS}; shorten it"
            )
    given = {name: str(value).strip() for name, value in arguments.items()}
    missing = [name for name in required if not given.get(name)]
    if missing:
        raise ToolRefused(f"{tool.name} needs {missing[0]!r}: {known[missing[0]]['description']}")
    return {name: value for name, value in given.items() if value}
