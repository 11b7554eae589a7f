"""How the app looks, remembered from one start to the next. Knows a file, no widgets."""

from collections.abc import Iterable
from pathlib import Path

from models.durable import read_json, write_json

NAME = "look.json"


def remembered_theme(home: Path) -> str:
    """The theme chosen last; empty when none was."""
    name = read_json(home / NAME).get("theme", "")
    return name if isinstance(name, str) else ""


def remember_theme(home: Path, name: str) -> None:
    """Keep the choice. Raises `OSError`."""
    write_json(home / NAME, {"theme": name})


def theme_named(wanted: str, known: Iterable[str]) -> str | None:
    """The theme that is meant: by its name, or "light" and "dark" for Reverie's own."""
    name = wanted.strip().casefold()
    names = sorted(known)
    return next((n for n in names if n.casefold() in (name, f"reverie-{name}")), None)
