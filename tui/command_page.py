"""`docs/commands.md`, from the command list. `python -m tui.command_page docs/commands.md`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tui.command import PLACES, Command
from tui.command_list import COMMANDS, typed_commands
from tui.keys import key_words

_HEAD = """# Commands and keys of the app

Written by `python -m tui.command_page docs/commands.md`; a test holds it against the app.

Type `/` in the chat to see and complete the commands; `Ctrl+P` finds them from everywhere.
"""
_KEYS = """## Keys

A key is changed in `settings.toml`, by its name in the last column; commas separate several:

```toml
[keys]
"chat.send" = "ctrl+s"        # Enter then begins a new line
"app.sleep" = "f12"
```
"""


def page() -> str:
    """The whole page, as Markdown."""
    commands = [(f"`{one.usage}`", one.does) for one in typed_commands()]
    keys = [
        (key_words(one.keys), one.does, PLACES[one.where], _name(one))
        for one in COMMANDS
        if one.keys
    ]
    return "\n".join(
        [
            _HEAD,
            *_table(("command", "does"), commands),
            "",
            _KEYS,
            *_table(("key", "does", "where", "name"), keys),
            "",
        ]
    )


def _name(command: Command) -> str:
    return f"`{command.key_id}`" if command.is_bound else "fixed"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    lines = [head, tuple("---" for _ in head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
