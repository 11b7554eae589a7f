"""Search in memory, for whoever asks for it by name. By words: no model is needed."""

from assistant.tools.base import Arguments, ToolResult, texts
from memory.recall import Recall

_SHOWN = 5
_SHOWN_CHARACTERS = 300


class FindTool:
    """Searches what was said."""

    name = "find"
    does = "search the memory of earlier conversations"
    schema = texts("query", query="what to look for")
    writes = False

    def __init__(self, recall: Recall) -> None:
        self._recall = recall

    def intent(self, arguments: Arguments) -> str:
        return f"memories about {arguments['query']}"

    def run(self, arguments: Arguments) -> ToolResult:
        found = self._recall.find(arguments["query"], (), _SHOWN)
        if not found:
            return ToolResult(f"Nothing is remembered about {arguments['query']}.")
        said = [
            f"{one.episode.created_at.astimezone():%Y-%m-%d}: {_short(one.episode.user_text)}"
            for one in found
        ]
        return ToolResult("\n\n".join(["You said:", *said]))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[: _SHOWN_CHARACTERS - 1]}…"
