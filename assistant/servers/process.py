"""A server's process: lines in and lines out, both bounded, ended with all that it started.

Knows no protocol. What it writes to its error output is kept for the reason, a little of it.
"""

import asyncio
import os
import signal
from asyncio.subprocess import PIPE, Process, SubprocessStreamProtocol
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from assistant.servers.offer import one_line
from memory.text import clean_text

MAX_LINE_BYTES = 2_000_000
"""Of one line, and of all that is said since the last question: who never stops is cut off."""
_LAST_BYTES = 2_000
_GRACE_S = 0.5


class Flooded(RuntimeError):
    """A server said more than is read."""


class ServerProcess:
    """A process in a session of its own. One event loop talks with it; any thread may kill it."""

    def __init__(self, transport: asyncio.SubprocessTransport, protocol: "_Protocol") -> None:
        self._transport = transport
        self._process = Process(transport, protocol, asyncio.get_running_loop())
        self._exited = protocol.exited
        self._left = 2 * MAX_LINE_BYTES
        self._last = b""
        self.blamed = ""
        """The first thing that was wrong with what it said."""
        self.was_cut_off = False
        """Whether it was killed for saying too much."""
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def started(
        cls, command: Sequence[str], environment: Mapping[str, str]
    ) -> "ServerProcess":
        """Start a program; `~` in its arguments is the owner's. Raises `OSError`, `ValueError`."""
        loop = asyncio.get_running_loop()
        transport, protocol = await loop.subprocess_exec(
            lambda: _Protocol(limit=MAX_LINE_BYTES, loop=loop),
            *(_expanded(word) for word in command),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environment,
            start_new_session=True,  # Ctrl+C is ours to handle, and its children end with it
        )
        return cls(transport, protocol)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.returncode

    @property
    def last_words(self) -> str:
        """The last line of its error output; somebody else's words."""
        lines = clean_text(self._last.decode("utf-8", "replace")).split("\n")
        spoken = [line for line in lines if line.strip()]
        return one_line(spoken[-1], 160) if spoken else ""

    def expect(self) -> None:
        """A question is put: it may say as much again."""
        self._left = 2 * MAX_LINE_BYTES

    async def line(self) -> bytes:
        """The next line; empty when it has closed its output. Raises `Flooded`."""
        assert self._process.stdout is not None
        try:
            line = await self._process.stdout.readline()
        except ValueError:
            self._left = -1
        else:
            self._left -= len(line)
        if self._left < 0:
            self.blamed = f"it said more than {MAX_LINE_BYTES // 10**6} MB at once"
            self.was_cut_off = True
            self.kill()
            raise Flooded(self.blamed)
        return line

    def blame(self, line: bytes) -> None:
        """It said something that is none of the protocol."""
        words = one_line(line[:_LAST_BYTES].decode("utf-8", "replace"), 60)
        self.blamed = self.blamed or f"it said what is no MCP, “{words}”"

    async def send(self, line: bytes) -> None:
        """Write a line. Raises `ConnectionError` when it does not listen any more."""
        assert self._process.stdin is not None
        self._process.stdin.write(line)
        await self._process.stdin.drain()

    async def end(self) -> None:
        """Close its input, and see that it goes, with everything that it started."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
            if not await self.is_gone_within(_GRACE_S):
                self._signal(signal.SIGTERM)
                await self.is_gone_within(_GRACE_S)
        finally:
            self.kill()
            self._listening.cancel()
            await self.is_gone_within(2 * _GRACE_S)
            self._transport.close()

    async def exited(self) -> None:
        """Wait until it ends. Its pipes may stay open, in the hands of a child."""
        await self._exited.wait()

    async def is_gone_within(self, seconds: float) -> bool:
        """Whether it ends in this time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.exited(), seconds)
        return self._exited.is_set()

    def kill(self) -> None:
        """End it and its children at once."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)

    async def _listen(self) -> None:
        assert self._process.stderr is not None
        while piece := await self._process.stderr.read(_LAST_BYTES):
            self._last = (self._last + piece)[-_LAST_BYTES:]


class _Protocol(SubprocessStreamProtocol):
    """Tells that the process has ended, whoever still holds its pipes."""

    def __init__(self, limit: int, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(limit, loop)
        self.exited = asyncio.Event()

    def process_exited(self) -> None:
        super().process_exited()
        self.exited.set()


def _expanded(word: str) -> str:
    return str(Path(word).expanduser()) if word.startswith("~/") or word == "~" else word
