"""A server whose tools the owner named: started when it is first needed, in a thread of its own.

Whatever it does, who asks it gets an answer in time, or a sentence.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.servers.offer import Offer, one_line
from assistant.servers.process import ServerProcess
from assistant.settings import ServerSettings
from assistant.tools.base import ToolRefused

if TYPE_CHECKING:
    from assistant.servers.client import Connection, Said

Result = TypeVar("Result")
MISSING = "tools of servers need an extra library; install it: pip install .[mcp]"
_END_S = 3.0
"""For a process to go by itself; then it is killed."""
_ENDED = "it ended"
_CODE_S = 0.5
"""After its pipe has closed, for its exit code."""


class ServerFailed(ToolRefused):
    """A server did not start, or did not answer; the message says what happened."""


class ToolServer:
    """One server. It is asked one thing at a time, and started anew when it has failed."""

    def __init__(self, name: str, settings: ServerSettings) -> None:
        self.name = name
        self.settings = settings
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._is_closed = False

    def offers(self) -> tuple[Offer, ...]:
        """Its tools. Starts it. Raises `ServerFailed`."""
        with self._lock:
            return self._started().offers

    def call(self, tool: str, arguments: Mapping[str, Any]) -> "Said":
        """Run a tool. Raises `ServerFailed`."""
        with self._lock:
            running = self._started()
            try:
                return running.ask(lambda at: at.call(tool, arguments))
            except ServerFailed:
                self._stop()
                raise

    def close(self) -> None:
        """End it; what it is being asked fails at once. It does not start again."""
        self._is_closed = True
        self._stop()

    def _started(self) -> "_Running":
        if self._running is not None and self._running.is_alive:
            return self._running
        self._stop()
        if self._is_closed:
            raise ServerFailed(f"the server {self.name} is closed")
        running = self._running = _Running(self.name, self.settings)
        try:
            running.start()
        except ServerFailed:
            self._stop()
            raise
        if self._is_closed:  # meanwhile, when there was no thread to end yet
            running.end()
            raise ServerFailed(f"the server {self.name} is closed")
        return running

    def _stop(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.end()


class _Running:
    """A process, and the thread that talks with it."""

    def __init__(self, name: str, settings: ServerSettings) -> None:
        self.offers: tuple[Offer, ...] = ()
        self._name = name
        self._settings = settings
        self._is_ending = False
        self._opened: Future[None] = Future()
        self._began = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._process: ServerProcess | None = None
        self._connection: Connection | None = None
        # A daemon, for Python must not wait for it: the process ends with its input anyway.
        self._thread = threading.Thread(target=self._run, name=f"mcp {name}", daemon=True)

    @property
    def is_alive(self) -> bool:
        process = self._process
        return self._thread.is_alive() and process is not None and process.exit_code is None

    def start(self) -> None:
        """Wait until its tools are known. Raises `ServerFailed`."""
        try:
            import assistant.servers.client  # noqa: F401  (here, since it takes a second or two)
        except ImportError as error:
            raise ServerFailed(MISSING) from error
        self._thread.start()
        self._await(self._opened, "did not start")

    def ask(self, question: "Callable[[Connection], Coroutine[Any, Any, Result]]") -> Result:
        """Its answer. Raises `ServerFailed`."""
        assert self._connection is not None and self._loop is not None
        coroutine = self._asked(question(self._connection))
        try:
            future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        except RuntimeError:  # the loop is closed
            coroutine.close()
            raise ServerFailed(f"the server {self._name} has ended; ask again") from None
        return self._await(future, "did not answer")

    def end(self) -> None:
        """End the process and the thread, within seconds, whatever they are at."""
        self._is_ending = True
        if not self._thread.is_alive():
            return
        self._began.wait(_END_S)
        loop, task = self._loop, self._task
        if loop is not None and task is not None:
            with suppress(RuntimeError):  # closed meanwhile
                loop.call_soon_threadsafe(task.cancel)
        self._thread.join(_END_S)
        if self._thread.is_alive() and self._process is not None:
            self._process.kill()
            self._thread.join(_END_S)

    async def _asked(self, answer: Coroutine[Any, Any, Result]) -> Result:
        try:
            return await answer
        except Exception:
            assert self._process is not None
            await self._process.is_gone_within(_CODE_S)
            raise

    def _await(self, future: "Future[Result]", what: str) -> Result:
        try:
            return future.result(self._settings.timeout_s)
        except TimeoutError:
            future.cancel()
            reason = f"nothing came within {self._settings.timeout_s:g} s"
        except (CancelledError, asyncio.CancelledError, Exception) as error:
            reason = "it was closed" if self._is_ending else self._reason(_first(error))
        raise ServerFailed(f"the server {self._name} {what}: {self._told(reason)}") from None

    def _told(self, reason: str) -> str:
        """A reason, with what the process itself has to say of it."""
        process = self._process
        if process is None:
            return reason
        if process.was_cut_off:
            return process.blamed
        last = process.last_words if reason.startswith(_ENDED) else ""
        also = [process.blamed, f"its last words: “{last}”" if last else ""]
        return "; ".join(filter(None, [reason, *also]))

    def _reason(self, error: BaseException) -> str:
        program = self._settings.command[0]
        if isinstance(error, FileNotFoundError):
            return f"there is no program {program!r}; install it, or correct mcp.{self._name}"
        if isinstance(error, OSError):
            return f"{program!r}: {error.strerror or error}"
        code = self._process.exit_code if self._process else None
        if code is not None:
            return f"{_ENDED} (exit {code})"
        return one_line(str(error), 160) or type(error).__name__

    def _run(self) -> None:
        try:
            with asyncio.Runner() as runner:
                runner.run(self._talk())
        except BaseException as error:  # whatever it is, who waits is told
            self._fail(error)

    async def _talk(self) -> None:
        from assistant.servers.client import connected, environment

        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self._began.set()
        process = self._process = await ServerProcess.started(self._settings.command, environment())
        try:
            async with connected(process) as connection:
                self.offers = await connection.offers()
                self._connection = connection
                self._opened.set_result(None)
                await process.exited()
        except Exception as error:
            await process.is_gone_within(_CODE_S)
            self._fail(error)
        finally:
            await process.end()

    def _fail(self, error: BaseException) -> None:
        if not self._opened.done():
            self._opened.set_exception(error)


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
