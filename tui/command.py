"""What a command is: its words, its keys, where it works. Data only."""

from dataclasses import dataclass
from typing import Literal

Where = Literal["app", "chat", "prompt", "message", "sessions", "log"]
"""Where its keys work: everywhere, in the chat, in its input, on a chosen message, …"""


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
        return f"{'chat' if self.where == 'prompt' else self.where}.{self.name}"

    @property
    def needs_argument(self) -> bool:
        return self.argument.startswith("TEXT")
