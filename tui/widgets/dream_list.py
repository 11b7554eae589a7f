"""Dreams under the memories that they come from; the cursor moves over the dreams."""

from collections.abc import Container, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Spacing
from textual.message import Message
from textual.visual import Padding, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from memory.records import Dream
from memory.text import clean_text, excerpt
from tui.bedside import Told, is_left_out
from tui.dream_words import spoken
from tui.keys import UP_AND_DOWN, bindings

DIM = "$quiet"
_SAID_CHARACTERS = 200
_INDENT = 2


class DreamList(OptionList):
    """Every dream of a plan. Headings are passed over by the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *UP_AND_DOWN,
        *bindings("dream"),
    ]

    class DreamPicked(Message):
        """The owner picked a dream, to strike it or to restore it."""

        def __init__(self, dream: Dream) -> None:
            super().__init__()
            self.dream = dream

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._dreams: dict[int, Dream] = {}
        self._memories = 0
        self._muted: Container[int] = ()

    @property
    def dream(self) -> Dream | None:
        """The dream under the cursor."""
        return self._dreams.get(self.highlighted) if self.highlighted is not None else None

    def show(
        self, told: Sequence[Told], struck: Container[str], muted: Container[int] = ()
    ) -> None:
        """Show these memories; dreams that are struck, or of a muted memory, as left out."""
        before, top = self.highlighted, self.scroll_y
        again = before is not None and len(told) == self._memories
        self._memories = len(told)
        self._muted = muted
        self._dreams.clear()
        options: list[Option] = []
        for one in told:
            is_muted = one.episode_id in muted
            options.append(
                Option(_heading(one, first=not options, is_muted=is_muted), disabled=True)
            )
            for dream in one.dreams:
                self._dreams[len(options)] = dream
                left_out = is_left_out(dream, struck, muted)
                options.append(Option(_line(dream, is_struck=left_out)))
        self.clear_options().add_options(options)
        if again:
            self.highlighted = before
            self.scroll_to(y=top, animate=False)
        else:
            self.highlighted = next(iter(self._dreams), None)
            self.scroll_home(animate=False)

    def mark(self, key: str, *, is_struck: bool) -> None:
        """Show the dream of this name as struck or not, wherever it stands."""
        for place, dream in self._dreams.items():
            if dream.key == key:
                left_out = is_struck or is_left_out(dream, (), self._muted)
                self.replace_option_prompt_at_index(place, _line(dream, is_struck=left_out))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        dream = self._dreams.get(event.option_index)
        if dream is not None:
            self.post_message(self.DreamPicked(dream))


def _heading(told: Told, *, first: bool, is_muted: bool) -> Content:
    said = excerpt(clean_text(told.said), _SAID_CHARACTERS) or "(nothing)"
    because = "muted: kept, never trained" if is_muted else _one_line(told.why)
    why = f"memory {told.episode_id} · {because}"
    return Content.assemble("" if first else "\n", (said, "bold $primary"), "\n", (why, DIM))


def _line(dream: Dream, *, is_struck: bool) -> Visual:
    said, answer = spoken(dream), f"→ {_one_line(dream.answer)}"
    mark = "✗" if is_struck else " "
    text = Content.assemble(
        (f"{mark} {said}", DIM if is_struck else ""), "\n", (f"  {answer}", DIM)
    )
    return Padding(text, Spacing(left=_INDENT))


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split()) or "(nothing)"
