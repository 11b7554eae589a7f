"""The whole program in a real terminal: facts told, slept over, asked for, taken back."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import Terminal

pytestmark = pytest.mark.slow

# Of the base's answers, most of a small night's time, only the general questions are left. So few
# steps, with no anchors, lose some of these: this test is of the whole way, not of the bar.
SETTINGS = """\
[chat]
system_prompt = "Keep every answer under five words."
max_reply_tokens = 24

[dreams]
teacher = ""

[training]
upper_layers = 0.3
views_per_statement = 12
max_epochs = 4
anchors_per_step = 0
texts_per_step = 0

[gate]
min_acquired = 0.2
max_lost_general = 1.0
max_gone_general = 1.0
max_astray = 1.0

[schedule]
enabled = false
"""
FACTS = (
    "I keep my passport in the green tin on the bookshelf.",
    "My dentist is called Doctor Varga.",
)
CURSOR, WRAPPING = "25", "7"
"""The private modes that a terminal begins with."""
NIGHT_S = 1500


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    file = folder / "settings.toml"
    file.touch(mode=0o600)
    file.write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture
def terminal(home: Path, tmp_path: Path) -> Iterator[Terminal]:
    # What `reverie` is: the function behind it, in a process of its own, as its script calls it.
    script = "import sys; from tui.cli import main; sys.exit(main())"
    opened = Terminal(
        [sys.executable, "-c", script, "--home", str(home)],
        folder=tmp_path,
        environment={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    yield opened
    opened.close()


@pytest.mark.timeout(1800)
def test_a_day_and_a_night_in_a_terminal(terminal: Terminal, home: Path) -> None:
    terminal.until("Good to see you.", "nothing to learn yet", "f3 Nights")
    for told, fact in enumerate(FACTS, start=1):
        terminal.say(fact)
        terminal.until(f"{told} to learn", within_s=120)
        terminal.until("novelty")

    terminal.say("sleep")
    terminal.until("Going to sleep to learn.")
    terminal.until("☾ Night 1", "asleep and learning", "/pause · /cancel", within_s=120)
    terminal.until("☾ Night 1.", "New model night-0001 is live.", within_s=NIGHT_S)
    terminal.until("Reverie night-0001")  # a fact that it missed would wait on

    terminal.press("f3")
    terminal.until("☾ Nights", "Promoted: night-0001 answers from now on.")
    terminal.press("2")
    terminal.until("New: what this night should have learned")
    terminal.press("escape")
    terminal.until("f3 Nights")

    terminal.resize(120, 40)
    terminal.until("of 4,096 tokens", "f3 Nights")
    assert len(terminal.text.splitlines()) == 40
    assert FACTS[0] in terminal.words, "the taller window shows what was said first"
    terminal.press("f3")
    terminal.until("☾ Nights")
    terminal.press("1")
    terminal.until("Right answers, before → after", "General")
    terminal.press("escape")
    terminal.until("of 4,096 tokens", "f3 Nights")
    terminal.resize(80, 24)
    terminal.until_gone("of 4,096 tokens")
    terminal.until("f3 Nights")

    terminal.say("/new")
    terminal.until("A new conversation.")
    terminal.say("Where do I keep my passport?")
    terminal.until("green tin", "recalled", within_s=120)

    terminal.say("/rollback")
    terminal.until("Roll back to the model before?", "Keep (n)", "Roll back (y)")
    terminal.press("y")
    terminal.until("Rolled back: base is live again.", "Reverie base")
    terminal.until("2 to learn")  # a question holds nothing to learn

    terminal.press("ctrl+q")
    assert terminal.exit_code() == 0
    assert b"Traceback" not in terminal.written
    assert terminal.modes_now() == terminal.modes_before
    assert terminal.switched_on() == {CURSOR, WRAPPING}
    assert not terminal.processes()
    assert _modes(home) == {(True, 0o700), (False, 0o600)}


def _modes(home: Path) -> set[tuple[bool, int]]:
    """Of everything in the home folder: is it a folder, and who may do what."""
    everything = [home, *home.rglob("*")]
    return {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in everything}
