"""The block of a reply that is still being written: shown plain until it is over.

As Markdown, a list or a piece of code would be laid out whole at each word. Seen of a list of 40
lines: half a second at a time.
"""

from textual.widgets import Static


class Blocks:
    """Markdown as it comes, taken apart where a block is over: at a blank line out of code."""

    def __init__(self) -> None:
        self._open = ""
        self._line = ""
        self._in_code = False

    @property
    def open(self) -> str:
        """What is still being written."""
        return self._open

    def take(self, piece: str) -> str:
        """Take a further piece; gives what is complete by it."""
        complete = ""
        for character in piece:
            self._open += character
            if character != "\n":
                self._line += character
                continue
            line, self._line = self._line.strip(), ""
            self._in_code ^= line.startswith(("```", "~~~"))
            if not line and not self._in_code:
                complete, self._open = complete + self._open, ""
        return complete

    def rest(self) -> str:
        """All that is left: nothing comes after it."""
        left, self._open = self._open, ""
        return left


class OpenBlock(Static):
    """Its text, as it was written; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__("", markup=False, classes="open-block")

    def on_mount(self) -> None:
        self.display = False

    def show(self, text: str) -> None:
        """Show this text."""
        self.display = bool(text.strip())
        self.update(text.strip("\n"))
