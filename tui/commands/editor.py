"""A text in the editor of its owner, in a closed folder that is gone afterwards."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path


class EditorFailed(RuntimeError):
    """The editor could not be started, or ended with a failure; nothing was changed."""


def edited(text: str, home: Path) -> str:
    """The text as `$VISUAL`, `$EDITOR` or vi leaves it. Raises `EditorFailed`."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    # A folder, for editors put their own copies beside the file.
    with tempfile.TemporaryDirectory(prefix="edit-", dir=home) as folder:
        file = Path(folder) / "episode.txt"
        file.touch(mode=0o600)
        file.write_text(text + "\n", encoding="utf-8")
        try:
            done = subprocess.run([*shlex.split(named), str(file)], check=False)
        except (OSError, ValueError) as error:
            raise EditorFailed(
                f"the editor {named!r} cannot be started; set EDITOR, or give --text"
            ) from error
        if done.returncode != 0:
            raise EditorFailed(f"the editor {named!r} failed; nothing was changed")
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise EditorFailed("what the editor left is no text; nothing was changed") from error
