"""What a command is: its words, its keys, where it works. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Where = Literal[
    "app",
    "chat",
    "prompt",
    "message",
    "memory",
    "plan",
    "dream",
    "nights",
    "models",
    "blind",
    "sessions",
    "log",
    "list",
]
"""Where its keys work."""
PLACES: Mapping[Where, str] = {
    "app": "everywhere",
    "chat": "in the chat",
    "prompt": "in the chat",
    "message": "on a message",
    "memory": "in the memory",
    "plan": "before sleep",
    "dream": "before sleep",
    "nights": "in the nights",
    "models": "in the models",
    "blind": "comparing blind",
    "sessions": "in the conversations",
    "log": "in the log",
    "list": "in every list",
}
_OWNERS: Mapping[str, str] = {"prompt": "chat", "dream": "plan"}


@dataclass(frozen=True, slots=True)
class Command:
    """Something the owner can ask for."""

    name: str
    does: str
    argument: str = ""
    """What may follow the name, for the hint; empty where nothing may."""
    keys: str = ""
    """In Textual's names, separated by commas; empty for none."""
    where: Where = "chat"
    is_typed: bool = True
    """Whether `/name` runs it; otherwise only its keys do."""
    words: str = ""
    """Further words that find it in the palette."""
    label: str = ""
    """For the bottom line; empty where its keys are not shown there."""
    action: str = ""
    """What the keys do to the part that holds them; empty for running the command."""
    is_first: bool = False
    """Whether its keys work before the part with the focus sees them: a text area takes some."""
    is_bound: bool = True
    """Whether its keys are the owner's to change; otherwise they are told, and stay."""

    @property
    def usage(self) -> str:
        return f"/{self.name} {self.argument}".rstrip()

    @property
    def key_id(self) -> str:
        """What `[keys]` in the settings calls it."""
        return f"{_OWNERS.get(self.where, self.where)}.{self.name}"

    @property
    def needs_argument(self) -> bool:
        return self.argument.startswith("TEXT")
