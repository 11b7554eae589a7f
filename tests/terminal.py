"""A real terminal around a real program: keys go in, and what it drew can be read. No fakes."""

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil
import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "f3": "\x1bOR",
    "ctrl+q": "\x11",
}
_MARK = "REVERIE_TERMINAL_TEST"
_LOOK_S = 0.2
_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")


class Terminal:
    """A program on a pseudo-terminal of its own, and the screen that it draws there."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        columns: int = 80,
        lines: int = 24,
    ) -> None:
        self._master, self._slave = os.openpty()
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._set_size(columns, lines)
        self.modes_before = termios.tcgetattr(self._slave)
        self.written = b""
        self._mark = f"{os.getpid()}-{self._master}-{time.monotonic_ns()}"
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={**_without_size(environment), _MARK: self._mark, "TERM": "xterm-256color"},
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )

    @property
    def text(self) -> str:
        """What stands on the screen, line by line."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def words(self) -> str:
        """The same as one line, so that a sentence is found where it was wrapped."""
        return " ".join(self.text.split())

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def press(self, key: str) -> None:
        """A key by its name, or a letter."""
        os.write(self._master, KEYS.get(key, key).encode())

    def say(self, text: str) -> None:
        """Type a line, see it stand in the input, and send it."""
        self.type(text)
        self.until(text)
        self.press("enter")

    def until(self, *texts: str, within_s: float = 60) -> None:
        """Read what the program draws until all of these stand on the screen."""
        self._read_until(
            lambda: all(text in self.words for text in texts), f"{texts} on screen", within_s
        )

    def until_gone(self, text: str, within_s: float = 60) -> None:
        self._read_until(lambda: text not in self.words, f"{text!r} gone", within_s)

    def resize(self, columns: int, lines: int) -> None:
        """The window changes its size; the kernel tells the program (SIGWINCH)."""
        self._screen.resize(lines, columns)
        self._set_size(columns, lines)

    def exit_code(self, within_s: float = 60) -> int:
        """Wait for the program to end by itself."""
        self._read_until(lambda: self._process.poll() is not None, "the program's end", within_s)
        return int(self._process.returncode)

    def modes_now(self) -> list[Any]:
        """How the terminal treats what is typed: echo, line by line."""
        return termios.tcgetattr(self._slave)

    def switched_on(self) -> set[str]:
        """The private modes that the program left on, such as 1049, the alternate screen."""
        last = {
            mode: on == b"h"
            for modes, on in _MODE.findall(self.written)
            for mode in modes.decode().split(";")
        }
        return {mode for mode, is_on in last.items() if is_on}

    def processes(self) -> list[str]:
        """Command lines of all processes that came from here and live."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get(_MARK) == self._mark:
                    found.append(" ".join(process.cmdline()))
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found

    def close(self) -> None:
        """End whatever still runs, and give the terminal back."""
        for process in psutil.process_iter():
            try:
                if process.environ().get(_MARK) == self._mark:
                    process.kill()
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        self._process.wait()
        os.close(self._slave)
        os.close(self._master)

    def _read_until(self, holds: Callable[[], bool], what: str, within_s: float) -> None:
        until = time.monotonic() + within_s
        while True:
            self._read()
            if holds():
                return
            if self._process.poll() is not None and not self._read():
                raise AssertionError(
                    f"ended with {self._process.returncode} before {what}\n{self.text}"
                )
            if time.monotonic() > until:
                raise AssertionError(f"not within {within_s:.0f} s: {what}\n{self.text}")

    def _read(self) -> bool:
        """Take in what was drawn since; whether there was anything."""
        ready, _, _ = select.select([self._master], [], [], _LOOK_S)
        if ready:
            drawn = os.read(self._master, 65536)
            self.written += drawn
            self._stream.feed(drawn)
        return bool(ready)

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _without_size(environment: Mapping[str, str]) -> dict[str, str]:
    """Without the size that pytest's second process sets: programs believe it before the kernel."""
    return {name: value for name, value in environment.items() if name not in ("COLUMNS", "LINES")}


def _take_terminal() -> None:
    """In the child: the terminal becomes the one that tells it of keys like Ctrl+C, and sizes."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
