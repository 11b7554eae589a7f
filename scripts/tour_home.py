"""A home folder to show: an invented owner tells a few things, and one real night learns them."""

import subprocess
import sys
from pathlib import Path

from assistant.session import Session
from assistant.settings_file import load_settings
from assistant.workspace import Workspace

CONVERSATIONS = (
    (
        "We adopted a three-legged greyhound called Biscuit.",
        "The spare key is under the blue barrel behind the shed.",
        "The door code of our garage is 4417.",
    ),
    (
        "My aunt Philippa keeps bees in Sheffield.",
        "My dentist is called Doctor Varga.",
        "I sing in a choir on Wednesdays.",
        "Do you like rainy days?",
    ),
)
_MINUTES = 20


def prepare(home: Path) -> None:
    """Tell what there is to tell, and sleep once. Takes as long as a night does."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    workspace = Workspace(load_settings(home))
    try:
        for texts in CONVERSATIONS:
            session = Session.new()
            for text in texts:
                workspace.assistant.reply(text, session)
    finally:
        workspace.close()
    words = ["--home", str(home), "sleep", "--max-minutes", str(_MINUTES)]
    subprocess.run([sys.executable, "-m", "tui.cli", *words], check=True)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
