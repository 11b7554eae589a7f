"""The models to choose from: the cursor chooses each that can be, and passes over none."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from memory.text import excerpt
from tui.keys import UP_AND_DOWN

if TYPE_CHECKING:
    from consolidation.offers import Offer

_NAME_WIDTH = 34
_QUIET = "$quiet"


class OfferList(OptionList):
    """Offers, one a line; those that can chat first. Nothing is chosen while it is empty."""

    BINDINGS: ClassVar[list[BindingType]] = [*UP_AND_DOWN]

    class OfferReached(Message):
        """The cursor came to an offer, which is chosen by it if it can chat."""

        def __init__(self, offer: "Offer") -> None:
            super().__init__()
            self.offer = offer

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._offers: list[Offer] = []
        self._chosen: Offer | None = None

    @property
    def chosen(self) -> "Offer | None":
        """The offer that is marked."""
        return self._chosen

    def add(self, offer: "Offer", *, reach: bool = False) -> None:
        """Show one more, or one anew whose file is here already; `reach` moves the cursor to it."""
        under = self._under_cursor
        self._offers = [one for one in self._offers if one.file != offer.file]
        self._offers.append(offer)
        self._offers.sort(key=lambda one: not one.chats)
        if self._chosen is None or self._chosen.file == offer.file:
            self._chosen = offer if offer.chats else None
        self._show_again(offer if reach or under is None else under)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        offer = self._under_cursor
        if offer is None:
            return
        if offer.chats and offer != self._chosen:
            self._chosen = offer
            self._mark()
        self.post_message(self.OfferReached(offer))

    @property
    def _under_cursor(self) -> "Offer | None":
        place = self.highlighted
        return self._offers[place] if place is not None and place < len(self._offers) else None

    def _show_again(self, cursor: "Offer") -> None:
        places = [i for i, one in enumerate(self._offers) if one.file == cursor.file]
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options().add_options(
                [Option(_line(one, is_chosen=one == self._chosen)) for one in self._offers]
            )
        self.highlighted = next(iter(places), 0)

    def _mark(self) -> None:
        for place, one in enumerate(self._offers):
            self.replace_option_prompt_at_index(place, _line(one, is_chosen=one == self._chosen))


def _line(offer: "Offer", *, is_chosen: bool) -> Content:
    name = excerpt(offer.name, _NAME_WIDTH)
    size = f"{offer.size_bytes / 1e6:,.0f} MB" if offer.size_bytes else ""
    style = "" if offer.chats else _QUIET
    return Content.assemble(
        ("● " if is_chosen else "  ", "$primary"),
        (f"{name:<{_NAME_WIDTH}} {size:>10}  ", style),
        (_good_for(offer), "$success" if offer.trains and not offer.is_base else _QUIET),
    )


def _good_for(offer: "Offer") -> str:
    if offer.is_base:
        return "base model"
    if offer.trains:
        return "chats, learns"
    if offer.chats:
        return "chats only"
    return "too large" if offer.is_too_large else "not usable"
