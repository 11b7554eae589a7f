"""The first run: a small app of its own, before the workspace is opened on what it chose."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tui.look import remember_theme
from tui.screens.first import FirstScreen, ModelSearch
from tui.themes import DARK, ThemedApp

if TYPE_CHECKING:
    from assistant.settings import Settings
    from consolidation.offers import Offer
    from models.hardware import Hardware


class FirstRunApp(ThemedApp[bool]):
    """Returns True once the chat is to be opened, None when the owner left.

    What was chosen is in the settings file by then.
    """

    TITLE = "Reverie"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "switch_light", "Light/dark"),
        Binding("ctrl+q", "quit", "Quit", priority=True),
    ]

    def __init__(self, settings: "Settings", search: ModelSearch | None = None) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (104, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall")]
        self._settings = settings
        self._search = search or _ThisMachine(settings)

    def on_mount(self) -> None:
        self.register_themes()
        self.theme = DARK.name
        self.push_screen(FirstScreen(self._settings, self._search), self._go_on)

    def _go_on(self, _: bool | None) -> None:
        if self.theme != DARK.name:
            with suppress(OSError):  # the chat opens in the dark, and tells what is wrong
                remember_theme(self._settings.home, self.theme)
        self.exit(True)


class _ThisMachine:
    """`ModelSearch`: what is found is imported in the thread that looks, after the first paint."""

    def __init__(self, settings: "Settings") -> None:
        self._settings = settings

    def usual(self) -> Iterator["Offer"]:
        from consolidation.offers import offers

        yield from offers(self._settings, self._hardware, Path.home())

    def at(self, path: str) -> "Offer":
        from consolidation.offers import typed_offer

        return typed_offer(path, self._settings, self._hardware)

    @cached_property
    def _hardware(self) -> "Hardware":
        from models.hardware import this_hardware

        return this_hardware()
