"""A child process that answers requests over a pipe. Knows JSON lines, no models.

Requests and replies are one JSON object a line. A reply carries `piece` (more to come),
`done` or `error`. One request runs at a time; `cancel` reaches a running one.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from models.base import ContextOverflow, EngineCrashed, ReplyCutOff, WeightsMissing
from models.template import TemplateUnusable

_ERRORS: dict[str, type[RuntimeError]] = {
    kind.__name__: kind for kind in (ContextOverflow, ReplyCutOff, WeightsMissing, TemplateUnusable)
}
_LOG_LIMIT_BYTES = 1_000_000

Work = Generator[Any, None, Any]
Handler = Callable[[Mapping[str, Any], Callable[[], bool]], Work]
"""Serves one request: yields pieces; what it returns is the `done` value."""


_PATIENCE = {"GOMP_SPINCOUNT": "2000", "KMP_BLOCKTIME": "0"}
"""How long threads wait for each other spinning. OpenMP's default is as good where nobody else
computes; beside two busy processes a token then takes seconds instead of 40 ms (LOG.md)."""


class Child:
    """The parent's end: starts the process when first asked, and again after a crash."""

    def __init__(self, module: str, arguments: list[str], log_file: Path) -> None:
        # -P: a folder named `models` where the program is started must not be imported.
        self._command = [sys.executable, "-P", "-m", module, *arguments]
        self._name = module
        self._log_file = log_file
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._opening: list[dict[str, Any]] = []

    def set_opening(self, *requests: dict[str, Any]) -> None:
        """Requests that a fresh process is sent before any other."""
        self._opening = list(requests)

    def call(self, request: dict[str, Any]) -> Any:
        """One request, one value. Raises `EngineCrashed` or the error that the child names."""
        stream = self.stream(request)
        while True:
            try:
                next(stream)
            except StopIteration as end:
                return end.value

    def stream(self, request: dict[str, Any]) -> Work:
        """The pieces of a reply. Closing the iterator cancels the request in the child."""
        with self._lock:
            process = self._running()
            return (yield from self._exchange(process, request))

    def close(self) -> None:
        """End the process, if one runs."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):  # of what a dead process never read
                        pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        self._log_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND
        if self._log_file.exists() and self._log_file.stat().st_size > _LOG_LIMIT_BYTES:
            flags |= os.O_TRUNC
        log = os.open(self._log_file, flags, 0o600)
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=os.environ | _PATIENCE,
                start_new_session=True,  # Ctrl+C in the terminal is the parent's to handle
            )
        finally:
            os.close(log)
        self._process = process
        try:
            for opening in self._opening:
                for _ in self._exchange(process, opening):
                    pass
        except BaseException:  # half opened is not open: the next request tries again
            self.close()
            raise
        return process

    def _exchange(self, process: subprocess.Popen[bytes], request: dict[str, Any]) -> Work:
        self._send(process, request)
        finished = False
        try:
            while True:
                reply = self._receive(process)
                if "piece" in reply:
                    yield reply["piece"]
                    continue
                finished = True
                if "error" in reply:
                    raise _ERRORS.get(reply["kind"], RuntimeError)(reply["error"])
                return reply["done"]
        except EngineCrashed:
            finished = True
            raise
        finally:
            if not finished and self._process is process:  # one that was closed needs no word
                self._send(process, {"op": "cancel"})
                while "piece" in self._receive(process):
                    pass

    def _send(self, process: subprocess.Popen[bytes], request: dict[str, Any]) -> None:
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
        except (BrokenPipeError, ValueError) as error:
            raise self._crashed(process) from error

    def _receive(self, process: subprocess.Popen[bytes]) -> dict[str, Any]:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise self._crashed(process)
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _crashed(self, process: subprocess.Popen[bytes]) -> EngineCrashed:
        self.close()
        return EngineCrashed(
            f"the process {self._name} ended (exit {process.returncode}); it starts again with "
            f"your next message; its log is {self._log_file}"
        )


def serve(handlers: Mapping[str, Handler]) -> None:
    """The child's end: answer requests until the parent closes the pipe.

    Whatever libraries print goes to stderr; only replies go to the pipe.
    """
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests: queue.Queue[dict[str, Any] | None] = queue.Queue()
    cancelled = threading.Event()
    threading.Thread(
        target=_read_requests, args=(sys.stdin.buffer, requests, cancelled), daemon=True
    ).start()
    while (request := requests.get()) is not None:
        try:
            work = handlers[request["op"]](request, cancelled.is_set)
            while True:
                try:
                    piece = next(work)
                except StopIteration as end:
                    _reply(replies, {"done": end.value})
                    break
                _reply(replies, {"piece": piece})
        except RuntimeError as error:
            _reply(replies, {"error": str(error), "kind": type(error).__name__})


def _read_requests(
    pipe: IO[bytes], requests: "queue.Queue[dict[str, Any] | None]", cancelled: threading.Event
) -> None:
    for line in pipe:
        request: dict[str, Any] = json.loads(line)
        if request["op"] == "cancel":
            cancelled.set()
        else:
            cancelled.clear()  # here, in the order of the pipe: a cancel is for the one before it
            requests.put(request)
    # The parent is gone: nothing that runs is wanted any more.
    os._exit(0)


def _reply(pipe: IO[bytes], reply: dict[str, Any]) -> None:
    pipe.write(json.dumps(reply).encode() + b"\n")
    pipe.flush()
