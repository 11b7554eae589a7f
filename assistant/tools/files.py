"""Reading and searching the owner's files, in the folders that are open. Writes nothing."""

from contextlib import suppress

from assistant.tools.base import Arguments, ToolRefused, ToolResult, texts
from assistant.tools.folders import Folders
from assistant.tools.quoting import fenced, shown
from memory.text import content_words, lower_words

_QUOTED_CHARACTERS = 1_500
_MATCHES = 10
_LINE_CHARACTERS = 160
_SEARCHED_CHARACTERS = 20_000_000
"""In one search, over all files."""


class ReadTool:
    """Shows a file, or lets the model answer from it."""

    name = "read"
    does = "read a text file in the owner's folders"
    schema = texts("file", file="its name or path", question="what is asked about it")
    writes = False

    def __init__(self, folders: Folders) -> None:
        self._folders = folders

    def intent(self, arguments: Arguments) -> str:
        return f"read {arguments['file']}"

    def run(self, arguments: Arguments) -> ToolResult:
        path = self._folders.find(arguments["file"])
        text = self._folders.read(path).strip()
        name = self._folders.shown(path)
        if not text:
            return ToolResult(f"{name} is empty.")
        question = arguments.get("question", "")
        if question:
            return ToolResult("", quoted=_quoted(name, _about(text, question, name)))
        return ToolResult(f"{name}:\n\n{shown(text)}", kept=f"I showed you {name}.")


class FilesTool:
    """Searches the files."""

    name = "files"
    does = "search the text files in the owner's folders for words"
    schema = texts("words", words="what to look for")
    writes = False

    def __init__(self, folders: Folders) -> None:
        self._folders = folders

    def intent(self, arguments: Arguments) -> str:
        return f"files with {arguments['words']}"

    def run(self, arguments: Arguments) -> ToolResult:
        words = arguments["words"]
        wanted = set(content_words(words)) or set(lower_words(words))
        found: list[str] = []
        left = _SEARCHED_CHARACTERS
        for path in self._folders.files():
            with suppress(ToolRefused):  # what is no text, or too long, holds no words
                text = self._folders.read(path)
                left -= len(text)
                found += [
                    f"{self._folders.shown(path)}, line {number}: {_short(line)}"
                    for number, line in enumerate(text.splitlines(), 1)
                    if wanted <= set(lower_words(line))
                ]
            if len(found) >= _MATCHES or left < 0:
                break
        if not found:
            return ToolResult(f"No line of your files holds {words}.")
        lines = fenced("\n".join(found[:_MATCHES]))
        return ToolResult(lines, kept=f"I showed you lines of your files with {words}.")


def _about(text: str, question: str, name: str) -> str:
    """The lines that share the most words with a question, in order; else the beginning."""
    asked = set(content_words(question)) - set(content_words(name))
    lines = [" ".join(one.split()) for one in text.split("\n") if one.strip()]
    shared = [len(asked & set(content_words(one))) for one in lines]
    best = sorted(range(len(lines)), key=lambda place: (-shared[place], place))
    room = _QUOTED_CHARACTERS
    kept: list[int] = []
    for place in best:
        room -= len(lines[place]) + 1
        if kept and (room < 0 or shared[place] < min(1, shared[best[0]])):
            break
        kept.append(place)
    return "\n".join(lines[place] for place in sorted(kept))[:_QUOTED_CHARACTERS]


def _quoted(name: str, text: str) -> str:
    return f"{name} says:\n{fenced(text)}"


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= _LINE_CHARACTERS else f"{line[: _LINE_CHARACTERS - 1]}…"
