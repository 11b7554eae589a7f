"""`reverie tools`: what the assistant can do besides talk. Loads no model."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from assistant.servers.servers import Servers
from assistant.settings import Settings
from assistant.tools.base import NotAllowed, Tool
from assistant.tools.folders import Folders
from assistant.tools.toolbox import Toolbox, every_tool
from memory.database import Connections
from memory.notebook import Notebook
from memory.recall import Recall
from memory.store import EpisodeStore
from tui.outcome import Outcome
from tui.tool_words import tools_page


def list_tools(settings: Settings) -> Outcome:
    """Every tool with its arguments, and where it comes from; starts the servers."""
    with opened_toolbox(settings) as toolbox:
        document = [_described(tool, "reverie") for tool in toolbox.tools]
        served = toolbox.served()
        text = tools_page(toolbox.tools, served)
    for one in served:
        document += [_described(tool, one.server) for tool in one.tools]
        document += [
            {"name": f"{one.server}.{offer.name}", "from": one.server, "problem": offer.unusable}
            for offer in one.unusable
        ]
        if one.problem:
            document.append({"name": one.server, "from": one.server, "problem": one.problem})
    return Outcome(document, text)


def run(settings: Settings, name: str, arguments: Mapping[str, object], *, agrees: bool) -> Outcome:
    """Run a tool; naming it is the owner's consent, but to what a server does.

    Raises `ToolRefused`.
    """
    try:
        with opened_toolbox(settings) as toolbox:
            done = toolbox.run(name, arguments, allow=lambda intent: agrees)
    except NotAllowed as wanted:
        text = f"{wanted.intent}\nNothing is done yet: say it again with --yes."
        return Outcome({"tool": name, "proposed": wanted.intent}, text)
    text = done.result.answer or done.result.quoted
    document = {"tool": name, "arguments": dict(done.call.arguments), "result": text}
    return Outcome(document, text)


@contextmanager
def opened_toolbox(settings: Settings) -> Iterator[Toolbox]:
    """The tools of a home folder, for whoever calls them by name."""
    with Connections(settings.database_file) as connections:
        tools = every_tool(
            notebook=Notebook(connections),
            recall=Recall(EpisodeStore(connections)),
            folders=Folders(settings.tools.folders),
            clock=lambda: datetime.now(UTC),
        )
        toolbox = Toolbox(tools, lambda text: (), Servers(settings.mcp))
        try:
            yield toolbox
        finally:
            toolbox.close()


def _described(tool: Tool, source: str) -> dict[str, Any]:
    return {
        "name": tool.name,
        "from": source,
        "does": tool.does,
        "writes": tool.writes,
        "arguments": dict(tool.schema),
    }
