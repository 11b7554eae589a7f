"""The conversation on screen: what was said, streamed replies, and lines from the app.

Text of the owner and of models is never read as markup.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Collapsible, Markdown, Static

from assistant.tools.base import ToolRun
from memory.text import clean_text
from tui.keys import bindings
from tui.widgets.open_block import Blocks, OpenBlock
from tui.widgets.plain_tail import Markup, PlainTail, as_markdown

MAX_ENTRIES = 200
"""Older entries leave the screen; the episodes stay in the memory."""
MAX_TOOL_CHARACTERS = 4_000
_TITLE_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Source:
    """Which episode an entry shows, and of which conversation."""

    episode_id: int
    session_id: str


class UserSaid(Static):
    """A message of the owner. `source` is None while it is stored nowhere.

    A command that a tool answered is shown as one, and is no part of the conversation.
    """

    def __init__(
        self, text: str, *, private: bool, source: Source | None = None, is_command: bool = False
    ) -> None:
        self.text = clean_text(text)
        self.source = source
        self.is_command = is_command
        super().__init__(self.text, markup=False, classes="private" if private else None)


class Notice(Static):
    """A line from the app itself. `tone`: note, night, or error."""

    def __init__(self, text: str, tone: str = "note") -> None:
        super().__init__(clean_text(text), markup=False, classes=tone)


class Reply(Vertical):
    """A reply: a sign that it is on its way, then Markdown block by block, then a footnote."""

    def __init__(self, waiting: str, said: UserSaid) -> None:
        super().__init__()
        self.said = said
        """What it answers."""
        self._waiting = Static(waiting, markup=False, classes="waiting")
        self._body = Markdown(open_links=False)
        self._open = OpenBlock()
        self._tail = PlainTail()
        self._blocks = Blocks()
        self._markup = Markup()
        self._footnote = Static("", markup=False, classes="footnote")
        self._pieces: list[str] = []

    def compose(self) -> ComposeResult:
        yield self._waiting
        yield self._body
        yield self._open
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
        self._waiting.display = False
        shown = clean_text(piece)
        marked = self._markup.takes(shown)
        complete = self._blocks.take(shown[:marked])
        if complete:
            await self._body.append(complete)
        self._open.show(self._blocks.open)
        await self._tail.add(shown[marked:])

    async def finish(self, text: str, footnote: str) -> None:
        """Show the whole text as it was kept."""
        rest = self._blocks.rest()
        self._open.show("")
        if text == self.text and not self._tail.has_text:
            if rest:
                await self._body.append(rest)
        else:
            marked, plain = as_markdown(clean_text(text))
            await self._body.update(marked)
            await self._tail.replace(plain)
        self._pieces = [text]
        self._waiting.display = False
        self._footnote.update(Content(footnote))
        self._footnote.display = bool(footnote)


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


Entry = UserSaid | Reply


class Transcript(VerticalScroll, can_focus=True):
    """The entries, newest at the bottom, where it stays unless the owner scrolls up.

    While it has the focus, one message is chosen, for the keys that do something with it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("message")]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._chosen: Entry | None = None

    def on_mount(self) -> None:
        self.anchor()

    @property
    def chosen(self) -> Entry | None:
        """The message that the owner chose."""
        return self._chosen

    @property
    def messages(self) -> list[Entry]:
        """What was said and answered, oldest first."""
        shown = [child for child in self.children if child.display]
        return [child for child in shown if isinstance(child, UserSaid | Reply)]

    def from_message(self, said: UserSaid) -> list[Widget]:
        """A message and everything below it."""
        children = list(self.children)
        return children[children.index(said) :] if said in children else []

    def on_focus(self) -> None:
        messages = self.messages
        if self._chosen is None and messages:
            self._choose(messages[-1])

    def on_blur(self) -> None:
        self._choose(None)

    def on_click(self, event: events.Click) -> None:
        around = event.widget.ancestors_with_self if event.widget is not None else ()
        clicked = next((one for one in self.messages if one in around), None)
        if clicked is not None:
            self._choose(clicked)

    def action_choose(self, step: int) -> None:
        messages = self.messages
        if not messages:
            return
        place = messages.index(self._chosen) if self._chosen in messages else len(messages)
        self._choose(messages[min(max(place + step, 0), len(messages) - 1)])

    async def append(self, entry: Widget) -> None:
        """Add an entry at the bottom."""
        await self.mount(entry)
        surplus = len(self.children) - MAX_ENTRIES
        if surplus > 0:
            await self.remove_children(self.children[:surplus])

    async def clear(self) -> None:
        """Take all entries off the screen."""
        self._choose(None)
        await self.remove_children()

    def _choose(self, entry: Entry | None) -> None:
        if self._chosen is not None:
            self._chosen.remove_class("chosen")
        self._chosen = entry
        if entry is not None:
            entry.add_class("chosen")
            self.release_anchor()
            self.scroll_to_widget(entry, animate=False)
