"""The app in a terminal: how long until the first paint, and from a key to the screen.

    python -m benchmarks.speed app --home DIR

The real program runs in a pseudo-terminal of 120 by 40. The first paint is the greeting. Keys are
letters that no reply in English has, one at a time; each counts until the terminal is told to show
it. They are typed while nothing goes on, while a reply streams, and while a night trains beside.
Commands run from start to end, in a home of 10,000 episodes.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.settings import Settings
from benchmarks.speed.busy import night_beside
from benchmarks.speed.memory import Words, build, written_words
from benchmarks.speed.timing import interleaved, spread
from models.embed import EmbedderProcess

_GREETING = b"Good to see you"
_LETTERS = "бгджзиклмнптфцчшщыэюя"
_BACKSPACE = b"\x7f"
_ASKED = "Write a long story about a lighthouse keeper and a storm."
_PATIENCE_S = 60.0
_STREAMING_BYTES = 2_000
"""A second of a reply; a blinking cursor is a quarter of that."""


class Terminal:
    """The app in a pseudo-terminal."""

    def __init__(self, home: Path) -> None:
        self.began = time.perf_counter()
        self._pid, self._file = pty.fork()
        if not self._pid:
            os.environ["TERM"] = "xterm-256color"
            os.execv(sys.executable, [sys.executable, "-m", "tui.cli", "--home", str(home)])
        size = struct.pack("HHHH", 40, 120, 0, 0)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, size)
        self._seen = b""

    def until(self, wanted: bytes, *, within: float = _PATIENCE_S) -> float:
        """When the terminal was told this (`perf_counter`); raises `TimeoutError`."""
        end = time.perf_counter() + within
        while time.perf_counter() < end:
            place = self._seen.find(wanted)
            if place >= 0:
                self._seen = self._seen[place + len(wanted) :]
                return time.perf_counter()
            self._read(end - time.perf_counter())
        raise TimeoutError(f"{wanted!r} did not come within {within:.0f} s")

    def type(self, data: bytes) -> None:
        os.write(self._file, data)

    def drain(self, seconds: float) -> int:
        """Take what comes for so long, and forget it; how many bytes it was."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
        taken, self._seen = len(self._seen), b""
        return taken

    def close(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGTERM)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        os.close(self._file)

    def _read(self, seconds: float) -> None:
        ready, _, _ = select.select([self._file], [], [], max(seconds, 0))
        if ready:
            self._seen += os.read(self._file, 1 << 16)


def key_to_screen(terminal: Terminal, keys: int, pause: float = 0.05) -> list[float]:
    """Seconds from each key to the screen."""
    seconds = []
    for number in range(keys):
        letter = _LETTERS[number % len(_LETTERS)].encode()
        terminal.drain(pause)
        began = time.perf_counter()
        terminal.type(letter)
        seconds.append(terminal.until(letter) - began)
        terminal.type(_BACKSPACE)
    return seconds


def first_paints(words: Words, sizes: Sequence[int], repeats: int) -> Iterator[dict[str, Any]]:
    """Rows: from the start of the program to its greeting, with so many episodes."""
    for count in sizes:
        with TemporaryDirectory() as folder:
            build(Path(folder) / "reverie.db", count, words)
            seconds = []
            for _ in range(repeats + 1):
                terminal = Terminal(Path(folder))
                seconds.append(terminal.until(_GREETING) - terminal.began)
                terminal.close()
        yield {"what": "first paint", "episodes": count, **asdict(spread(seconds[1:]))}


def commands(words: Words, episodes: int, repeats: int) -> Iterator[dict[str, Any]]:
    """Rows: commands from start to end; `say` starts the models for its one turn."""
    with TemporaryDirectory() as folder:
        build(Path(folder) / "reverie.db", episodes, words)
        reverie = [sys.executable, "-m", "tui.cli", "--home", folder]

        def run(*command: str) -> None:
            subprocess.run([*reverie, *command], check=True, capture_output=True)

        ways = {
            "reverie memory list": lambda number: run("memory", "list"),
            "reverie memory search": lambda number: run("memory", "search", "dentist"),
            "reverie say": lambda number: run("say", "--private", "Name a colour."),
        }
        for command, seconds in interleaved(ways, repeats).items():
            yield {"what": command, "episodes": episodes, **asdict(spread(seconds))}


def keys(settings: Settings, count: int) -> Iterator[dict[str, Any]]:
    """Rows: from a key to the screen."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "settings.toml").write_text("[chat]\nmax_reply_tokens = 1500\n", "utf-8")
        terminal = Terminal(home)
        terminal.until(_GREETING)
        terminal.drain(15)
        yield {"what": "key to screen", "while": "nothing goes on",
               **asdict(spread(key_to_screen(terminal, count)))}  # fmt: skip
        yield {"what": "key to screen", "while": "a reply streams",
               **asdict(spread(_streaming(terminal, count)))}  # fmt: skip
        with night_beside(settings):
            yield {"what": "key to screen", "while": "a night trains",
                   **asdict(spread(key_to_screen(terminal, count)))}  # fmt: skip
            yield {"what": "key to screen", "while": "a reply streams and a night trains",
                   **asdict(spread(_streaming(terminal, count)))}  # fmt: skip
        terminal.close()


def _streaming(terminal: Terminal, count: int) -> list[float]:
    """As `key_to_screen`, while replies come; a new one is asked for every twenty keys."""
    seconds: list[float] = []
    while len(seconds) < count:
        terminal.type(b"/new\r")
        terminal.drain(1)
        terminal.type(_ASKED.encode() + b"\r")
        terminal.drain(2)
        seconds += key_to_screen(terminal, min(20, count - len(seconds)))
        if terminal.drain(1) < _STREAMING_BYTES:
            raise RuntimeError("the reply had ended before all keys were typed")
        terminal.type(b"\x1b")
        terminal.drain(2)
    return seconds


def run(
    settings: Settings, sizes: Sequence[int], repeats: int, count: int
) -> Iterator[dict[str, Any]]:
    """Rows of the study."""
    embedder = EmbedderProcess(settings.embedder_source, settings.embedder_log_file)
    words = written_words(embedder)
    embedder.close()
    yield from first_paints(words, sizes, repeats)
    yield from commands(words, 10_000, repeats)
    yield from keys(settings, count)
