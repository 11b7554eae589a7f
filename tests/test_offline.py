"""Nothing leaves the machine: no process of the program asks for the network, or needs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]

# Python runs this at the start of every process below. Sockets of this machine stay: asyncio
# wakes its loop by a pair of them.
GUARD = """
import os, socket, sys

def told(word):
    with open(os.environ["NETWORK_LOG"], "a") as log:
        log.write(f"{word} {' '.join(sys.orig_argv)}\\n")

def refused(*arguments, **named):
    told("ASKED")
    raise OSError("there is no network")

class Guarded(socket.socket):
    def connect(self, address):
        return super().connect(address) if self.family == socket.AF_UNIX else refused()

    def connect_ex(self, address):
        return super().connect_ex(address) if self.family == socket.AF_UNIX else refused()

socket.socket = Guarded
socket.getaddrinfo = socket.gethostbyname = refused
told("began")
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Which processes began under guard, and which asked for the network all the same."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    (tmp_path / "home").mkdir(mode=0o700)
    quick = '[dreams]\nteacher = ""\n[chat]\nmax_reply_tokens = 16\n'
    (tmp_path / "home" / "settings.toml").write_text(quick, encoding="utf-8")
    return tmp_path / "network.log"


def run(log: Path, *command: str) -> subprocess.CompletedProcess[str]:
    paths = (str(log.parent / "guard"), str(ROOT))
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "NETWORK_LOG": str(log),
        "REVERIE_HOME": str(log.parent / "home"),
    }
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, env=environment, timeout=500
    )


def test_the_guard_sees_who_asks(log: Path) -> None:
    ask = "import socket; socket.create_connection(('192.0.2.1', 80))"
    assert run(log, "-c", ask).returncode != 0
    assert [line.split()[0] for line in log.read_text().splitlines()] == ["began", "ASKED"]


def test_a_turn_and_a_plan_ask_nothing_of_the_network(log: Path) -> None:
    told = run(log, "-m", "tui.cli", "say", "My dentist is called Doctor Varga.")
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip()
    planned = run(log, "-m", "tui.cli", "sleep", "--dry-run")
    assert planned.returncode == 0, planned.stderr
    assert "Varga" in planned.stdout
    lines = log.read_text().splitlines()
    assert not [line for line in lines if line.startswith("ASKED")]
    guarded = {part for line in lines for part in line.split() if part.startswith("models.")}
    assert guarded >= {"models.engine", "models.embed"}, "the processes of the models were guarded"
