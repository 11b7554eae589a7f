"""Faults beneath a process: builds and preloads `faults.c`. Knows no attack.

    preloaded()           the process runs itself again with the library beneath it
    in_fork(work, fault)  a forked process does the work, and meets the fault

A fork, since what a night imports takes longer than a tiny night.
"""

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_SOURCE = Path(__file__).with_name("faults.c")
_MARK = "REVERIE_TORTURE"
KILL = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """The `at`-th change inside `folder` fails with `error`; with KILL the process dies in it."""

    folder: Path
    at: int = 0
    error: int = KILL
    stays: bool = False
    """Every later change fails as well: a disk that stays full."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a forked process ended."""

    code: int
    """Its exit code; minus the signal that killed it."""
    said: str
    """What it wrote to stderr."""
    printed: str
    calls: int
    """Changes inside the fault's folder; 0 of a process that was killed."""
    seconds: float


def preloaded() -> None:
    """Go on with the library beneath this process: run the same command again if need be."""
    if os.environ.get(_MARK) == "1":
        return
    library = Path(tempfile.gettempdir()) / f"reverie-faults-{os.getuid()}-{os.getpid()}.so"
    command = ["gcc", "-O1", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    environment = os.environ | {"LD_PRELOAD": str(library), _MARK: "1"}
    result = subprocess.run(
        [sys.executable, "-m", "benchmarks.torture", *sys.argv[1:]], env=environment, check=False
    )
    library.unlink()
    raise SystemExit(result.returncode)


class Forked:
    """A running fork."""

    def __init__(self, work: Callable[[], int], fault: Fault, folder: Path) -> None:
        """`folder`, outside of what is attacked, takes what the fork writes to its pipes."""
        folder.mkdir(parents=True, exist_ok=True)
        self._said, self._printed = folder / "stderr", folder / "stdout"
        self._calls = folder / "calls"
        for old in (self._said, self._printed, self._calls):  # nobody reads what another wrote
            old.unlink(missing_ok=True)
        self._began = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            self._be(work, fault)

    def _be(self, work: Callable[[], int], fault: Fault) -> None:
        code = 70
        try:
            os.setsid()
            for number, file in ((1, self._printed), (2, self._said)):
                flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
                os.dup2(os.open(file, flags, 0o600), number)
            sys.stdout, sys.stderr = (
                os.fdopen(1, "w", closefd=False),
                os.fdopen(2, "w", closefd=False),
            )
            _arm(fault)
            code = work()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            calls = _count()
            _arm(Fault(Path()))
            self._calls.write_text(str(calls))
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def has_ended(self) -> bool:
        """Whether there is nothing left to kill."""
        found = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return found is not None

    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._began

    def send(self, number: int) -> None:
        """A signal to the fork alone; its own children live on as they would."""
        os.kill(self.pid, number)

    def wait(self, timeout_s: float = 600.0) -> Ended:
        """Wait for its end; one that hangs is killed and ends with -SIGALRM."""
        hung = False
        while not self.has_ended():
            if self.seconds() > timeout_s and not hung:
                hung = True
                self.send(signal.SIGKILL)
            time.sleep(0.005)
        _, status = os.waitpid(self.pid, 0)
        code = -signal.SIGALRM if hung else os.waitstatus_to_exitcode(status)
        calls = int(self._calls.read_text()) if self._calls.exists() else 0
        read = [
            file.read_text("utf-8", "replace") if file.exists() else ""
            for file in (self._said, self._printed)
        ]
        return Ended(code, *read, calls, self.seconds())


def in_fork(work: Callable[[], int], fault: Fault, folder: Path, timeout_s: float = 600.0) -> Ended:
    """Do the work in a fork, under a fault, and wait for it."""
    return Forked(work, fault, folder).wait(timeout_s)


def _arm(fault: Fault) -> None:
    if not os.environ.get(_MARK):
        return
    path = str(fault.folder).encode() if fault.folder != Path() else b""
    ctypes.CDLL(None).torture_arm(path, ctypes.c_long(fault.at), fault.error, int(fault.stays))


def _count() -> int:
    if not os.environ.get(_MARK):
        return 0
    calls = ctypes.CDLL(None).torture_calls
    calls.restype = ctypes.c_long
    return int(calls())
