"""Where a reply stops being shown as Markdown: what comes after would hold up the whole screen.

A list item, a table cell or a heading is a widget of its own, and thousands of them take seconds to
lay out. Code and prose are cheap.
"""

from textual.containers import Vertical
from textual.widgets import Static

MAX_COST = 12_000
"""Of a reply's Markdown, in characters or what takes as long. Seen: a fifth of a second."""
_LINE, _LINE_OF_CODE, _BAR = 150, 20, 40
_PART_CHARACTERS = 4_000


class Markup:
    """Counts what a reply costs as Markdown, piece by piece."""

    def __init__(self) -> None:
        self._cost = 0
        self._in_code = False
        self._line = ""

    def takes(self, piece: str) -> int:
        """How many characters of a further piece are still shown as Markdown."""
        for place, character in enumerate(piece):
            if self._cost >= MAX_COST:
                return place
            self._cost += 1
            if character == "\n":
                self._in_code ^= self._line.lstrip().startswith(("```", "~~~"))
                self._cost += _LINE_OF_CODE if self._in_code else _LINE
                self._line = ""
            else:
                self._line += character if len(self._line) < 100 else ""
                self._cost += _BAR if character == "|" and not self._in_code else 0
        return len(piece)


def as_markdown(text: str) -> tuple[str, str]:
    """A whole reply in two: what is shown as Markdown, and the rest, which begins on a line."""
    end = Markup().takes(text)
    if end < len(text):
        end = text.rfind("\n", 0, end) + 1
    return text[:end], text[end:]


class PlainTail(Vertical):
    """Text without markup, in parts of a few thousand characters: only the last one changes."""

    def __init__(self) -> None:
        super().__init__()
        self._last = ""
        self._shown: Static | None = None

    @property
    def has_text(self) -> bool:
        """Whether anything is shown."""
        return self._shown is not None

    async def add(self, text: str) -> None:
        """Append text."""
        while text:
            if self._shown is None or len(self._last) >= _PART_CHARACTERS:
                self._last, self._shown = "", Static("", markup=False)
                await self.mount(self._shown)
            room = _PART_CHARACTERS - len(self._last)
            self._last += text[:room]
            self._shown.update(self._last)
            text = text[room:]

    async def replace(self, text: str) -> None:
        """Show this instead."""
        await self.remove_children()
        self._shown = None
        await self.add(text)
