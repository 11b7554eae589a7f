"""The first screen of a home: what Reverie is, which model, which folder, when it sleeps.

Imports none of the stores: it paints before they are there.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Checkbox, Footer, Input, OptionList, Static
from textual.worker import get_current_worker

from assistant.home_folder import why_unwritable
from assistant.settings_edit import write_changes
from assistant.settings_file import is_time_of_day
from memory.text import clean_text
from tui import first_words
from tui.widgets.offer_list import OfferList

if TYPE_CHECKING:
    from assistant.settings import Settings
    from consolidation.offers import Offer


class ModelSearch(Protocol):
    """Looks at models on this machine. Each look may take seconds."""

    def usual(self) -> Iterator["Offer"]: ...

    def at(self, path: str) -> "Offer": ...


class FirstScreen(Screen[bool]):
    """True when it is over: what was chosen is written, or the defaults are to stay."""

    TITLE = "Welcome"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "defaults", "Use the defaults"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("f6", "app.switch_light", "Light/dark"),
        Binding("ctrl+q", "app.quit", "Quit"),
    ]

    class OfferFound(Message, bubble=False):
        """A model was looked at; `typed` when the owner named it."""

        def __init__(self, offer: "Offer", *, typed: bool = False) -> None:
            super().__init__()
            self.offer = offer
            self.typed = typed

    class SearchEnded(Message, bubble=False):
        """All usual places were looked at."""

    class Settled(Message, bubble=False):
        """What was chosen is written."""

    class HomeUnwritable(Message, bubble=False):
        """The home folder takes no file."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    class Failed(Message, bubble=False):
        """What was done beside the screen came to nothing."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def __init__(self, settings: "Settings", search: ModelSearch) -> None:
        super().__init__()
        self._settings = settings
        self._search = search
        self._looked_at = ""
        self._typed: Offer | None = None
        self._busy = ""
        """Why nothing can be settled now; empty when it can."""

    def compose(self) -> ComposeResult:
        schedule = self._settings.schedule
        yield Static("☾ Welcome to Reverie", markup=False, classes="title")
        with VerticalScroll(id="first", can_focus=False):
            yield Static(first_words.WELCOME, markup=False, id="first-words")
            with Horizontal(classes="part"):
                yield Static("Model", markup=False, classes="label")
                with Vertical(classes="choice"):
                    yield OfferList(id="offers")
                    yield Static(first_words.LOOKING, markup=False, id="offer-words")
                    yield Input(placeholder=first_words.PATH, id="model-path", compact=True)
            with Horizontal(classes="part"):
                yield Static("Folder", markup=False, classes="label")
                with Vertical(classes="choice"):
                    yield Static(clean_text(str(self._settings.home)), markup=False)
                    yield Static(first_words.FOLDER, markup=False, classes="aside")
            with Horizontal(classes="part"):
                yield Static("Sleep", markup=False, classes="label")
                yield Checkbox("every night at", schedule.enabled, id="nights", compact=True)
                yield Input(schedule.at, id="sleep-at", compact=True, max_length=5)
                yield Static(first_words.sleep(), markup=False, id="sleep-words", classes="aside")
        yield Static("", markup=False, id="first-trouble")
        with Horizontal(id="first-buttons", classes="buttons"):
            yield Button("Begin", id="begin")
            yield Button("Use the defaults", id="defaults")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._offers.focus()
        self._in_thread(self._check_home)
        self._in_thread(self._look)

    def on_first_screen_offer_found(self, event: OfferFound) -> None:
        offer = event.offer
        if offer.chats or not event.typed:
            self._offers.add(offer, reach=event.typed)
        if event.typed:
            self._busy, self._typed = "", offer
            self._say("" if offer.chats else offer.remark)
            if offer.chats and self.query_one("#model-path").has_focus:
                self._begin_button.focus()

    def on_first_screen_search_ended(self) -> None:
        if self._offers.chosen is None:
            self._show_remark(first_words.NONE_CHATS)

    def on_offer_list_offer_reached(self, event: OfferList.OfferReached) -> None:
        self._show_remark(event.offer.remark, wrong=not event.offer.chats)
        self._show_sleep()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._begin_button.focus()

    def on_checkbox_changed(self) -> None:
        self._show_sleep()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "sleep-at":
            if self._time_is_right():
                self._begin_button.focus()
        elif not self._look_at_typed():
            self.query_one("#nights").focus()

    def on_input_blurred(self, event: Input.Blurred) -> None:
        if event.input.id == "model-path":
            self._look_at_typed()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "begin":
            self._begin()
        else:
            self.action_defaults()

    def on_first_screen_settled(self) -> None:
        self.dismiss(True)

    def on_first_screen_home_unwritable(self, event: HomeUnwritable) -> None:
        self._busy = ""
        self._say(first_words.unwritable(self._settings.home, event.reason))

    def on_first_screen_failed(self, event: Failed) -> None:
        self._busy = ""
        self._say(event.reason)

    def action_defaults(self) -> None:
        """Go on, and write nothing."""
        if self._busy != first_words.WRITING:
            self._settle(lambda: None)

    @property
    def _offers(self) -> OfferList:
        return self.query_one(OfferList)

    @property
    def _begin_button(self) -> Button:
        return self.query_one("#begin", Button)

    def _begin(self) -> None:
        """Write what was chosen, and go on; a file that was typed is looked at first."""
        if self._look_at_typed() or self._busy:
            self._say(self._busy)
            return
        if not self._path_is_right() or not self._time_is_right():
            return
        offer, before = self._offers.chosen, self._settings
        at = self._at if self._sleeps else None

        def write() -> None:
            from consolidation.offers import settings_with

            if offer is not None and offer.gemma is not None:
                offer.gemma.assemble(offer.file)
            write_changes(before, settings_with(before, offer, at))

        self._settle(write)

    def _settle(self, write: Callable[[], None]) -> None:
        self._busy = first_words.WRITING
        self._say(first_words.WRITING)

        def settle() -> None:
            reason = why_unwritable(self._settings)
            if reason:
                self.post_message(self.HomeUnwritable(reason))
                return
            write()
            self.post_message(self.Settled())

        self._in_thread(settle)

    def _check_home(self) -> None:
        reason = why_unwritable(self._settings)
        if reason:
            self.post_message(self.HomeUnwritable(reason))

    def _look(self) -> None:
        worker = get_current_worker()
        for offer in self._search.usual():
            if worker.is_cancelled:
                return
            self.post_message(self.OfferFound(offer))
        self.post_message(self.SearchEnded())

    def _look_at_typed(self) -> bool:
        """Whether a path was typed that was not looked at; it is now."""
        path = self._path
        if not path or path == self._looked_at:
            return False
        self._looked_at = path
        self._busy = first_words.STILL_LOOKING

        def look() -> None:
            self.post_message(self.OfferFound(self._search.at(path), typed=True))

        self._in_thread(look)
        return True

    @property
    def _sleeps(self) -> bool:
        """Whether nights are to come by themselves."""
        offer = self._offers.chosen
        learns = offer is None or offer.trains
        return learns and self.query_one("#nights", Checkbox).value

    @property
    def _path(self) -> str:
        return self.query_one("#model-path", Input).value.strip()

    def _path_is_right(self) -> bool:
        if not self._path or self._typed is None or self._typed.chats:
            return True
        self.query_one("#model-path").focus()
        self._say(first_words.wrong_path(self._typed.remark))
        return False

    @property
    def _at(self) -> str:
        return self.query_one("#sleep-at", Input).value.strip()

    def _time_is_right(self) -> bool:
        if not self._sleeps or is_time_of_day(self._at):
            return True
        self.query_one("#sleep-at").focus()
        self._say(first_words.wrong_time(self._at))
        return False

    def _show_sleep(self) -> None:
        offer = self._offers.chosen
        learns = offer is None or offer.trains
        self.query_one("#nights").display = learns
        self.query_one("#sleep-at").display = self._sleeps
        words = first_words.sleep(sleeps=self._sleeps, learns=learns)
        self.query_one("#sleep-words", Static).update(words)

    def _show_remark(self, remark: str, *, wrong: bool = False) -> None:
        words = self.query_one("#offer-words", Static)
        words.set_class(wrong, "wrong")
        words.update(clean_text(remark))

    def _say(self, trouble: str) -> None:
        """Show a line above the buttons; empty for none."""
        line = self.query_one("#first-trouble", Static)
        line.display = bool(trouble)
        line.update(clean_text(trouble))

    def _in_thread(self, work: Callable[[], None]) -> None:
        def run() -> None:
            try:
                work()
            except Exception as error:  # of any kind: it is told, and the screen stays
                self.post_message(self.Failed(str(error) or type(error).__name__))

        self.run_worker(run, thread=True)
