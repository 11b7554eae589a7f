"""The toolbox: every tool, in one tuple, and running what a message asks for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo

from assistant.servers.offer import as_texts
from assistant.servers.servers import Served, Servers
from assistant.servers.tool import ServedTool
from assistant.tools.arithmetic import ArithmeticTool
from assistant.tools.base import (
    NotAllowed,
    Tool,
    ToolCall,
    ToolRefused,
    ToolResult,
    ToolRun,
    checked,
)
from assistant.tools.clock import ClockTool
from assistant.tools.files import FilesTool, ReadTool
from assistant.tools.folders import Folders
from assistant.tools.notebook import NotesTool, NoteTool, RemindersTool, RemindTool, RemoveTool
from assistant.tools.remembered import FindTool
from assistant.tools.rules import ANSWER_BEFORE
from assistant.tools.typed import typed_call
from assistant.tools.units import UnitsTool
from memory.notebook import Notebook
from memory.recall import Recall

Choose = Callable[[str], Sequence[ToolCall]]
"""The calls that a message asks for, in order; none where it is plain talk."""
_PRIVATE = "in private nothing is stored, so I write nothing down; leave private first"


def every_tool(
    *,
    notebook: Notebook,
    recall: Recall,
    folders: Folders,
    clock: Callable[[], datetime],
    zone: tzinfo | None = None,
) -> tuple[Tool, ...]:
    """All there are. Without a zone, times are those of the operating system's clock."""
    return (
        ClockTool(clock, zone),
        ArithmeticTool(),
        UnitsTool(),
        NoteTool(notebook, clock),
        NotesTool(notebook),
        RemindTool(notebook, clock, zone),
        RemindersTool(notebook, zone),
        RemoveTool(notebook),
        FindTool(recall),
        ReadTool(folders),
        FilesTool(folders),
    )


class Toolbox:
    """Runs tools: one by its name, or what a message asks for.

    Tools of servers are run by their names alone, and no model or rule can choose one: their
    words are somebody else's, and would stand in its prompt.
    """

    def __init__(
        self, tools: Sequence[Tool], choose: Choose, servers: Servers | None = None
    ) -> None:
        self.tools = tuple(tools)
        self._choose = choose
        self._servers = servers or Servers({})

    @property
    def server_names(self) -> Sequence[str]:
        return self._servers.names

    def served(self) -> tuple[Served, ...]:
        """The tools of servers, which are started for it."""
        return self._servers.served()

    def close(self) -> None:
        """End the servers."""
        self._servers.close()

    def tool(self, name: str) -> Tool:
        """The tool of a name. Raises `ToolRefused`."""
        if self._servers.has(name):
            return self._servers.tool(name)
        for tool in self.tools:
            if tool.name == name:
                return tool
        known = ", ".join(tool.name for tool in self.tools)
        raise ToolRefused(f"there is no tool {name!r}; there are {known}")

    def run(
        self,
        name: str,
        arguments: Mapping[str, object],
        *,
        allow: Callable[[str], bool] = lambda intent: False,
    ) -> ToolRun:
        """Run a tool that its owner called by name. Raises `ToolRefused`, `NotAllowed`.

        Naming one of ours is consent; `allow` is asked before a server is given anything.
        """
        return self._run_named(self.tool(name), arguments, allow)

    def run_typed(self, name: str, line: str, *, allow: Callable[[str], bool]) -> ToolRun:
        """The same, of what was typed behind the name."""
        if not self._servers.has(name):
            call = typed_call(name, line)
            return self.run(name, call.arguments, allow=allow)
        tool = self._servers.tool(name)
        return self._run_named(tool, tool.call_of(line).arguments, allow)

    def _run_named(
        self, tool: Tool, arguments: Mapping[str, object], allow: Callable[[str], bool]
    ) -> ToolRun:
        is_served = isinstance(tool, ServedTool)
        given = checked(tool, as_texts(arguments) if is_served else arguments)
        intent = tool.intent(given)
        if is_served and tool.writes and not allow(intent):
            raise NotAllowed(intent)
        return ToolRun(ToolCall(tool.name, given), intent, tool.run(given))

    def runs_for(
        self, text: str, *, allow: Callable[[str], bool], private: bool
    ) -> tuple[ToolRun, ...]:
        """Run what a message asks for; nothing where it is plain talk.

        `allow` is asked before anything is written, with what would be; where its owner declines,
        it was no such request. What a tool refuses is its answer. Only the owner's own words are
        looked at: nothing that a tool brought can call another.
        """
        runs: list[ToolRun] = []
        for call in self._choose(text):
            if runs:
                call = _with_answer(call, runs[-1].result.answer)
            run = self._run_asked(call, allow, private)
            if run is None:
                break
            runs.append(run)
        return tuple(runs)

    def _run_asked(
        self, call: ToolCall, allow: Callable[[str], bool], private: bool
    ) -> ToolRun | None:
        tool = self.tool(call.name)
        try:
            arguments = checked(tool, call.arguments)
            if tool.writes and private:
                raise ToolRefused(_PRIVATE)
            intent = tool.intent(arguments)
            if tool.writes and not allow(intent):
                return None
            return ToolRun(call, intent, tool.run(arguments))
        except ToolRefused as refusal:
            return ToolRun(call, tool.name, ToolResult(_sentence(str(refusal))))


def answers_of(runs: Sequence[ToolRun]) -> str:
    """What tools answered by themselves, as one text."""
    return "\n\n".join(run.result.answer for run in runs if run.result.answer)


def kept_of(runs: Sequence[ToolRun]) -> str:
    """The same as the conversation keeps it: without what a file said."""
    kept = [run.result.kept or run.result.answer for run in runs]
    return "\n\n".join(text for text in kept if text)


def quotes_of(runs: Sequence[ToolRun]) -> list[str]:
    """What a model is to answer from, with what was answered before; empty if all is answered."""
    quoted = [run.result.quoted for run in runs if run.result.quoted]
    answer = answers_of(runs)
    return [*([answer] if answer else []), *quoted] if quoted else []


def _with_answer(call: ToolCall, answer: str) -> ToolCall:
    filled = {name: text.replace(ANSWER_BEFORE, answer) for name, text in call.arguments.items()}
    return ToolCall(call.name, filled)


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
