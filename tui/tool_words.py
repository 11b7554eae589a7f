"""The list of tools in words, and what is asked before a server is given anything. Pure."""

from collections.abc import Iterator, Sequence

from assistant.servers.servers import Served
from assistant.tools.base import Tool

SERVED_CONSEQUENCE = "A program that is not part of Reverie does it, and it cannot be taken back."
_WIDTH = 10


def tools_page(tools: Sequence[Tool], served: Sequence[Served]) -> str:
    """Every tool with what it takes; those of servers with the servers' own words for them."""
    lines = [line for tool in tools for line in _lines(tool, tool.does, _WIDTH)]
    for one in served:
        lines += ["", f"Of the server {one.server}, in its own words:"]
        for tool in one.tools:
            lines += _lines(tool, f"“{tool.does}”" if tool.does else "", len(tool.name))
        lines += [
            f"{one.server}.{offer.name} cannot be used: {offer.unusable}" for offer in one.unusable
        ]
        if one.problem:
            lines.append(one.problem)
        elif not one.tools and not one.unusable:
            lines.append("nothing")
    return "\n".join(lines)


def served_question(intent: str) -> tuple[str, str]:
    """Before a tool of a server runs: the question, and all that the server would be given."""
    first, _, given = intent.partition("\n")
    return f"{first}?", f"{given}\n\n{SERVED_CONSEQUENCE}".strip()


def _lines(tool: Tool, does: str, width: int) -> Iterator[str]:
    required = tool.schema["required"]
    takes = ", ".join(n if n in required else f"[{n}]" for n in tool.schema["properties"])
    asks = "  asks first" if tool.writes else ""
    yield f"{f'{tool.name:<{width}} {does}'.rstrip()}{asks}"
    yield f"{'':<{_WIDTH}}   {takes or 'takes nothing'}"
