"""What a server offers: a tool's name, its words, and its arguments. Pure; believes nothing.

A server's JSON schema is read as a flat list of arguments that are typed as texts, and texts are
turned into the values that it wants. What is nested is typed as JSON.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.tools.base import MAX_ARGUMENT_CHARACTERS, ToolRefused
from memory.text import clean_text, excerpt
from models.base import JsonSchema

Kind = Literal["text", "integer", "number", "boolean", "choice", "json", "any"]
_KINDS: Mapping[str, Kind] = {
    "string": "text",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "object": "json",
    "array": "json",
}
_WORDS: Mapping[Kind, str] = {
    "text": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "json": "JSON",
    "any": "a text or JSON",
}
_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,63}", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_MOST_ARGUMENTS = 30
_MOST_OPTIONS = 100
_DEEPEST = 5
_WIDTH = 90
"""Of what a server says of a tool or an argument, on one line."""


class NotUsable(ValueError):
    """A tool whose name or arguments cannot be typed; the message says why."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a tool."""

    name: str
    kind: Kind
    words: str
    """What it holds: its kind in our words, then what the server says of it, in quotes."""
    required: bool
    options: tuple[Any, ...] = ()
    """What a choice is made of: texts, numbers, true or false."""

    def value(self, text: str) -> Any:
        """What the server is given for a typed text. Raises `ToolRefused`."""
        match self.kind:
            case "integer" if _INTEGER.fullmatch(text):
                return int(text)
            case "number" if _is_number(text):
                return int(text) if _INTEGER.fullmatch(text) else float(text)
            case "boolean" if text.casefold() in _TRUE | _FALSE:
                return text.casefold() in _TRUE
            case "choice" if text in (named := {as_text(one): one for one in self.options}):
                return named[text]
            case "json" | "any":
                try:
                    return json.loads(text, parse_constant=_no_constant)
                except (ValueError, RecursionError):
                    if self.kind == "any":
                        return text
            case "text":
                return text
        raise ToolRefused(f"{self.name} = {excerpt(text, 40)!r} must be {self._wanted}")

    @property
    def _wanted(self) -> str:
        if self.kind == "choice":
            return f"one of {excerpt(', '.join(map(as_text, self.options)), _WIDTH)}"
        return _WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Offer:
    """A tool of a server, as the server describes it."""

    name: str
    says: str
    """What the server says it is for: somebody else's words, on one line."""
    arguments: tuple[Argument, ...] = ()
    reads_only: bool = False
    """Whether the server claims so."""
    unusable: str = ""
    """Why it cannot be used; empty if it can."""

    @property
    def schema(self) -> JsonSchema:
        """Of its arguments as they are typed: a flat object of texts."""
        return {
            "type": "object",
            "properties": {
                one.name: {
                    "type": "string",
                    "description": one.words,
                    "maxLength": MAX_ARGUMENT_CHARACTERS,
                }
                for one in self.arguments
            },
            "required": [one.name for one in self.arguments if one.required],
            "additionalProperties": False,
        }

    def values(self, arguments: Mapping[str, str]) -> dict[str, Any]:
        """What the server is given. Raises `ToolRefused`."""
        known = {one.name: one for one in self.arguments}
        return {name: known[name].value(text) for name, text in arguments.items()}


def offered(name: str, says: str, schema: JsonSchema, *, reads_only: bool) -> Offer:
    """A tool as a server lists it, read with care; one that cannot be used says why."""
    says = one_line(says)
    if not _NAME.fullmatch(name):
        wrong = "its name is not made of letters, digits, _, -, . and / (at most 64)"
        return Offer(one_line(name, 40), says, unusable=wrong)
    try:
        return Offer(name, says, arguments_of(schema), reads_only)
    except NotUsable as reason:
        return Offer(name, says, unusable=str(reason))


def arguments_of(schema: JsonSchema) -> tuple[Argument, ...]:
    """The arguments that a schema describes. Raises `NotUsable`."""
    parts, required = schema.get("properties", {}), schema.get("required", [])
    if schema.get("type", "object") != "object" or not isinstance(parts, Mapping):
        raise NotUsable("its arguments are no object")
    if not isinstance(required, list) or not all(isinstance(name, str) for name in required):
        raise NotUsable("its schema does not name the required arguments")
    if {"anyOf", "oneOf", "allOf", "$ref", "not", "if"} & set(schema):
        raise NotUsable("its arguments depend on each other")
    if len(parts) > _MOST_ARGUMENTS:
        raise NotUsable(f"it takes {len(parts)} arguments, more than {_MOST_ARGUMENTS}")
    unknown = [name for name in required if name not in parts]
    if unknown:
        raise NotUsable(
            f"it needs {one_line(unknown[0], 40)!r}, which its schema does not describe"
        )
    return tuple(_argument(name, part, name in required, schema) for name, part in parts.items())


def as_texts(arguments: Mapping[str, object]) -> dict[str, str]:
    """Values as they would be typed: texts as they are, all others as JSON."""
    return {name: as_text(value) for name, value in arguments.items()}


def as_text(value: object) -> str:
    """A value as it would be typed."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def one_line(text: str, width: int = _WIDTH) -> str:
    """A server's words, cleaned and cut."""
    return excerpt(clean_text(text[: 20 * width]), width)


def _argument(name: str, part: object, required: bool, schema: JsonSchema) -> Argument:
    if not _NAME.fullmatch(name):
        raise NotUsable(f"its argument {one_line(name, 40)!r} cannot be typed")
    described = part.get("description") if isinstance(part, Mapping) else None
    kind, options = _kind(part, schema, _DEEPEST)
    named = f"one of {', '.join(map(as_text, options))}" if options else _WORDS[kind]
    words = one_line(named)
    if isinstance(described, str) and described.strip():
        words = f"{words}: “{one_line(described)}”"
    return Argument(name, kind, words, required, options)


def _kind(part: object, schema: JsonSchema, depth: int) -> tuple[Kind, tuple[Any, ...]]:
    """What a part of a schema asks for, through references and "… or null"."""
    if not isinstance(part, Mapping) or not depth:
        return "any", ()
    reference = part.get("$ref")
    if isinstance(reference, str):
        return _kind(_referred(reference, schema), schema, depth - 1)
    options = [part["const"]] if "const" in part else part.get("enum")
    if isinstance(options, list):
        return _choice(options)
    for several in (part.get("anyOf"), part.get("oneOf")):
        if isinstance(several, list):
            some = [one for one in several if not _is_null(one)]
            return _kind(some[0], schema, depth - 1) if len(some) == 1 else ("any", ())
    kinds = part.get("type")
    if isinstance(kinds, list):
        kinds = [one for one in kinds if one != "null"]
        kinds = kinds[0] if len(kinds) == 1 else None
    return (_KINDS.get(kinds, "any") if isinstance(kinds, str) else "any"), ()


def _choice(options: Sequence[Any]) -> tuple[Kind, tuple[Any, ...]]:
    scalars = [one for one in options if isinstance(one, str | int | float)]
    if not scalars or len(options) > _MOST_OPTIONS:
        return "any", ()
    return "choice", tuple(clean_text(one) if isinstance(one, str) else one for one in scalars)


def _is_null(part: object) -> bool:
    return isinstance(part, Mapping) and part.get("type") == "null"


def _referred(reference: str, schema: JsonSchema) -> object:
    """What `#/$defs/Name` means; None for any other reference."""
    for place in ("$defs", "definitions"):
        named = schema.get(place)
        start = f"#/{place}/"
        if reference.startswith(start) and isinstance(named, Mapping):
            return named.get(reference.removeprefix(start))
    return None


def _is_number(text: str) -> bool:
    try:
        return len(text) <= 40 and math.isfinite(float(text))
    except ValueError:
        return False


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
