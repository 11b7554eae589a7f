"""`reverie tools`: what the assistant can do besides talk. Loads no model."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from assistant.settings import Settings
from assistant.tools.folders import Folders
from assistant.tools.toolbox import Toolbox, every_tool
from memory.database import Connections
from memory.notebook import Notebook
from memory.recall import Recall
from memory.store import EpisodeStore
from tui.outcome import Outcome


def list_tools(settings: Settings) -> Outcome:
    """Every tool with its arguments."""
    with opened_toolbox(settings) as toolbox:
        tools = toolbox.tools
    document = [
        {"name": one.name, "does": one.does, "writes": one.writes, "arguments": dict(one.schema)}
        for one in tools
    ]
    lines = []
    for tool in tools:
        required = tool.schema["required"]
        takes = ", ".join(n if n in required else f"[{n}]" for n in tool.schema["properties"])
        writes = "  asks first" if tool.writes else ""
        lines.append(f"{tool.name:<10} {tool.does}{writes}")
        lines.append(f"{'':<10}   {takes or 'takes nothing'}")
    return Outcome(document, "\n".join(lines))


def run(settings: Settings, name: str, arguments: Mapping[str, object]) -> Outcome:
    """Run a tool; naming it is the owner's consent. Raises `ToolRefused`."""
    with opened_toolbox(settings) as toolbox:
        done = toolbox.run(name, arguments)
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
        yield Toolbox(tools, lambda text: ())
