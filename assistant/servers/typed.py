"""What follows the name of a server's tool on a line that was typed, as its arguments. Pure."""

import json
import re
import shlex
from collections.abc import Mapping, Sequence

from assistant.servers.offer import Argument, as_texts
from assistant.tools.base import ToolRefused


def typed_arguments(arguments: Sequence[Argument], line: str) -> Mapping[str, str]:
    """`name=value …`, JSON, or the bare value where there is only one to give.

    Raises `ToolRefused` with an example.
    """
    line = line.strip()
    if not line:
        return {}
    if line.startswith("{"):
        return _json(line)
    known = {one.name for one in arguments}
    needed = [one for one in arguments if one.required] or arguments
    begins = re.match(r"([^\s=]+)=", line)
    if len(needed) == 1 and not (begins and begins[1] in known):
        return {needed[0].name: line}
    try:
        words = shlex.split(line)
    except ValueError:
        raise ToolRefused(f"a quotation mark is open in {line!r}; close it") from None
    given = dict(word.partition("=")[::2] for word in words if "=" in word)
    if len(given) < len(words):
        raise ToolRefused(f"I don't understand {line!r}; write {usage_of(arguments)}")
    return given


def usage_of(arguments: Sequence[Argument]) -> str:
    """What is to be typed."""
    if not arguments:
        return "nothing behind its name"
    named = [f"{one.name}=…" if one.required else f"[{one.name}=…]" for one in arguments]
    return f"{' '.join(named)}, with quotes around values of several words"


def _json(line: str) -> Mapping[str, str]:
    try:
        arguments = json.loads(line)
    except (ValueError, RecursionError):
        raise ToolRefused(f"{line!r} is no JSON object") from None
    return as_texts(arguments)
