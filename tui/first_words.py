"""What the first-run screen says. Pure."""

from pathlib import Path

WELCOME = (
    "Reverie chats with you through a small language model on this machine.\n"
    "By night it learns what you told it, and keeps only what passes its tests.\n"
    "Nothing you say leaves this machine: there is no account and no cloud."
)
FOLDER = "All that it keeps is in there. Another: --home DIR or REVERIE_HOME."
LOOKING = "Looking for models on this machine…"
NONE_CHATS = "No model here can chat. Name a GGUF file, or run `make setup`."
PATH = "or the path of another GGUF file, then Enter"
_CANNOT_LEARN = "never: this model cannot learn here"
WRITING = "Writing what you chose…"
STILL_LOOKING = "The file is still being looked at; try again in a moment."


def sleep(*, sleeps: bool = True, learns: bool = True) -> str:
    """What stands beside the time, or in its place."""
    if sleeps:
        return "HH:MM, while Reverie is open"
    return "never by itself: type sleep in the chat" if learns else _CANNOT_LEARN


def wrong_path(remark: str) -> str:
    """For a typed file that is not to be used, with the reason."""
    return f"{remark} Name another, or clear its path."


def unwritable(home: Path, reason: str) -> str:
    """For a folder that takes no file."""
    return (
        f"{home} cannot be written ({reason}). Make the folder yours, or press Ctrl+Q and start "
        "`reverie --home DIR` with another."
    )


def wrong_time(at: str) -> str:
    """For what is no time."""
    return f"{at!r} is no time of day: write it like 03:00, or switch nights off."
