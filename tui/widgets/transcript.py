"""The conversation on screen: what was said, streamed replies, and lines from the app.

Text of the owner and of models is never read as markup.
"""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Collapsible, Markdown, Static
from textual.widgets.markdown import MarkdownStream

from assistant.tools.base import ToolRun
from memory.text import clean_text
from tui.widgets.plain_tail import Markup, PlainTail, as_markdown

MAX_ENTRIES = 200
"""Older entries leave the screen; the episodes stay in the memory."""
MAX_TOOL_CHARACTERS = 4_000
_TITLE_CHARACTERS = 80


class UserSaid(Static):
    """A message of the owner."""

    def __init__(self, text: str, *, private: bool) -> None:
        super().__init__(clean_text(text), markup=False, classes="private" if private else None)


class Notice(Static):
    """A line from the app itself. `tone`: note, night, or error."""

    def __init__(self, text: str, tone: str = "note") -> None:
        super().__init__(clean_text(text), markup=False, classes=tone)


class Reply(Vertical):
    """A reply: first a sign that it is on its way, then Markdown as it comes, then a footnote."""

    def __init__(self, waiting: str) -> None:
        super().__init__()
        self._waiting = Static(waiting, markup=False, classes="waiting")
        self._body = Markdown(open_links=False)
        self._tail = PlainTail()
        self._markup = Markup()
        self._footnote = Static("", markup=False, classes="footnote")
        self._stream: MarkdownStream | None = None
        self._pieces: list[str] = []

    def compose(self) -> ComposeResult:
        yield self._waiting
        yield self._body
        yield self._tail
        yield self._footnote

    def on_mount(self) -> None:
        self._footnote.display = False

    @property
    def text(self) -> str:
        """What was said so far."""
        return clean_text("".join(self._pieces)).strip()

    def wait_for(self, what: str) -> None:
        """Say what the reply is waiting for."""
        self._waiting.update(Content(what))

    async def add(self, piece: str) -> None:
        """Append a piece of Markdown."""
        self._pieces.append(piece)
        if self._stream is None:
            self._waiting.display = False
            self._stream = Markdown.get_stream(self._body)
        shown = clean_text(piece)
        marked = self._markup.takes(shown)
        if marked:
            await self._stream.write(shown[:marked])
        await self._tail.add(shown[marked:])

    async def finish(self, text: str, footnote: str) -> None:
        """Show the whole text as it was kept; the stream may have cut Markdown in two."""
        await self._end_stream()
        self._pieces = [text]
        marked, plain = as_markdown(clean_text(text))
        await self._body.update(marked)
        await self._tail.replace(plain)
        self._waiting.display = False
        self._footnote.update(Content(footnote))
        self._footnote.display = bool(footnote)

    async def _end_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            await stream.stop()


class ToolUsed(Collapsible):
    """A tool that ran in a turn: its name in a line, and opened what it was given and gave."""

    def __init__(self, run: ToolRun) -> None:
        name, result = run.call.name, run.result
        given = [f"{key}: {text}" for key, text in run.call.arguments.items()]
        gave = result.quoted or result.answer
        said = clean_text("\n".join([*given, "", gave[:MAX_TOOL_CHARACTERS]]).strip())
        intent = " ".join(clean_text(run.intent).split())
        title = Content(name if intent == name else f"{name} · {intent[:_TITLE_CHARACTERS]}")
        super().__init__(Static(said, markup=False))
        self._title.label = title  # a title given as a text would be read as markup


class Transcript(VerticalScroll, can_focus=True):
    """The entries, newest at the bottom, where it stays unless the owner scrolls up."""

    def on_mount(self) -> None:
        self.anchor()

    async def append(self, entry: Widget) -> None:
        """Add an entry at the bottom."""
        await self.mount(entry)
        surplus = len(self.children) - MAX_ENTRIES
        if surplus > 0:
            await self.remove_children(self.children[:surplus])

    async def clear(self) -> None:
        """Take all entries off the screen."""
        await self.remove_children()
