"""Two calm themes, the night and the morning after, and what an app must do to have them."""

from typing import TypeVar

from textual.app import App
from textual.theme import Theme

Result = TypeVar("Result")

QUIET = "#858aa0"
"""What is there but need not be read, under a theme of the owner's choice; legible on any."""

DARK = Theme(
    name="reverie-dark",
    primary="#93a4ff",
    secondary="#6c78b8",
    accent="#c9a8ff",
    foreground="#d8dbea",
    background="#12131b",
    surface="#191b27",
    panel="#222536",
    success="#86d3a2",
    warning="#efc36b",
    error="#f08a83",
    dark=True,
    variables={
        "quiet": "#8b90ab",
        "block-cursor-background": "#2f3658",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#222536",
        "footer-key-foreground": "#93a4ff",
        "footer-background": "#12131b",
        "input-selection-background": "#93a4ff 30%",
    },
)
LIGHT = Theme(
    name="reverie-light",
    primary="#3f4fc0",
    secondary="#6a74b5",
    accent="#7748bb",
    foreground="#23263a",
    background="#f8f8fc",
    surface="#ffffff",
    panel="#e8e9f5",
    success="#1b7a49",
    warning="#8f5f00",
    error="#b3261e",
    dark=False,
    variables={
        "quiet": "#61657d",
        "block-cursor-background": "#d5daf8",
        "block-cursor-foreground": "#12131b",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e8e9f5",
        "footer-key-foreground": "#3f4fc0",
        "footer-background": "#f8f8fc",
        "input-selection-background": "#3f4fc0 25%",
    },
)


class ThemedApp(App[Result]):
    """An app in these themes, with an action from one to the other."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"quiet": QUIET}

    def register_themes(self) -> None:
        """Make both known; which one it begins with is the app's to choose."""
        for theme in (DARK, LIGHT):
            self.register_theme(theme)

    def action_switch_light(self) -> None:
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name
