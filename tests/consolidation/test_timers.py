"""What is handed to systemd and launchd runs just the command that was meant."""

import os
import plistlib
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from consolidation.launchd import LaunchdAgent
from consolidation.systemd import SystemdTimer, command_line, unit_files
from consolidation.timer import Order, Timer, TimerUnavailable, crontab_line, order_for

ODD_HOMES = (
    "/srv/my home",
    "/srv/100%h",
    "/srv/\"quoted\" and 'so'",
    "/srv/$HOME/${USER}",
    "/srv/Überträge/記憶",
    "/srv/back\\slash\\n",
    "/srv/two\nlines\tand a tab",
    "/srv/;&|#",
    os.fsdecode(b"/srv/not-utf8-\xff"),
)
ORDER = Order("reverie-0", ("/opt/reverie", "--home", "/srv/my home", "sleep", "--if-due"), time(3))


class Calls:
    """Programs on PATH that note how they were called, and answer as they are told to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = folder / "calls"

    def program(self, name: str, answers: str = "exit 0") -> None:
        script = self.folder / name
        script.write_text(f'#!/bin/sh\necho "{name} $*" >> {self._log}\n{answers}\n')
        script.chmod(0o755)

    @property
    def made(self) -> list[str]:
        return self._log.read_text().splitlines() if self._log.exists() else []


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    fakes = Calls(folder)
    fakes.program("systemctl")
    fakes.program("loginctl", 'case "$*" in show-user*) echo no;; *) exit 1;; esac')
    fakes.program("launchctl")
    return fakes


def test_a_systemd_timer_is_written_enabled_and_restarted(calls: Calls, tmp_path: Path) -> None:
    SystemdTimer().install(ORDER)
    folder = tmp_path / "config/systemd/user"
    assert sorted(file.name for file in folder.iterdir()) == [
        "reverie-0.service",
        "reverie-0.timer",
    ]
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in folder.iterdir())
    timer = (folder / "reverie-0.timer").read_text()
    assert "OnCalendar=*-*-* 03:00:00\nPersistent=true\n" in timer
    assert [call for call in calls.made if call.startswith("systemctl")] == [
        "systemctl --user show-environment",
        "systemctl --user daemon-reload",
        "systemctl --user enable reverie-0.timer",
        "systemctl --user restart reverie-0.timer",
    ]


def test_a_night_that_must_survive_a_logout_is_told_how(calls: Calls) -> None:
    (remark,) = SystemdTimer().install(ORDER)
    assert "sudo loginctl enable-linger" in remark
    calls.program("loginctl", 'case "$*" in show-user*) echo no;; esac')
    (remark,) = SystemdTimer().install(ORDER)
    assert "was switched on" in remark
    calls.program("loginctl", "echo yes")
    assert SystemdTimer().install(ORDER) == []


def test_without_a_systemd_session_nothing_is_written(calls: Calls, tmp_path: Path) -> None:
    calls.program("systemctl", 'echo "Failed to connect to bus: No medium found" >&2; exit 1')
    with pytest.raises(TimerUnavailable, match=r"no systemd user session .*No medium found"):
        SystemdTimer().install(ORDER)
    assert not (tmp_path / "config").exists()


def test_a_timer_that_cannot_be_enabled_is_taken_back(calls: Calls, tmp_path: Path) -> None:
    calls.program("systemctl", 'case "$*" in *enable*) echo "unit is masked" >&2; exit 1;; esac')
    with pytest.raises(TimerUnavailable, match=r"enable reverie-0\.timer.*unit is masked"):
        SystemdTimer().install(ORDER)
    assert not any((tmp_path / "config/systemd/user").iterdir())


@pytest.mark.parametrize("timer", [SystemdTimer(), LaunchdAgent()])
def test_a_timer_is_found_and_removed_and_removing_again_is_no_failure(
    calls: Calls, timer: Timer
) -> None:
    assert timer.installed(ORDER) is None
    timer.install(ORDER)
    found = timer.installed(ORDER)
    assert found is not None
    assert found.is_active and found.is_current
    moved = Order(ORDER.name, ORDER.command, time(4))
    assert (timer.installed(moved) or found).is_current is False
    assert timer.uninstall(ORDER) is True
    assert timer.installed(ORDER) is None
    assert timer.uninstall(ORDER) is False


def test_what_systemd_forgot_is_found_as_not_active(calls: Calls) -> None:
    SystemdTimer().install(ORDER)
    calls.program("systemctl", 'case "$*" in *is-active*) exit 3;; esac')
    found = SystemdTimer().installed(ORDER)
    assert found is not None
    assert not found.is_active


@pytest.fixture
def systemd_analyze() -> Iterator[str]:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not here")
    yield program


@pytest.mark.parametrize("home", ODD_HOMES)
def test_systemd_accepts_the_units_of_an_odd_home(
    calls: Calls, tmp_path: Path, systemd_analyze: str, home: str
) -> None:
    order = Order("reverie-0", ("/bin/sh", "--home", home, "sleep", "--if-due"), time(3, 30))
    SystemdTimer().install(order)
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    done = subprocess.run(
        [systemd_analyze, "--user", "verify", *map(str, unit_files(order))],
        env=dict(os.environ, XDG_RUNTIME_DIR=str(runtime)),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (("/a", "b c"), '"/a" "b c"'),
        (("/a", "100%h"), '"/a" "100%%h"'),
        (("/a%b", "x"), '"/a%%b" "x"'),
        (("/a", "$HOME"), '"/a" "$$HOME"'),
        (("/a", 'say "hi"'), '"/a" "say \\"hi\\""'),
        (("/a", "b\\n"), '"/a" "b\\\\n"'),
        (("/a", "b\nc\td"), '"/a" "b\\x0ac\\x09d"'),
        (("/a", "ü"), '"/a" "ü"'),
        (("/a", os.fsdecode(b"\xff")), '"/a" "\\xff"'),
        (("/a $b/reverie", "x"), '"/bin/sh" "-c" "exec \\"$$0\\" \\"$$@\\"" "/a $$b/reverie" "x"'),
    ],
)
def test_words_are_quoted_as_systemd_reads_them(command: tuple[str, ...], line: str) -> None:
    assert command_line(command) == line


@pytest.mark.parametrize("home", ODD_HOMES[:-1])
def test_a_launchd_agent_runs_the_command_as_it_is(calls: Calls, tmp_path: Path, home: str) -> None:
    order = Order("reverie-0", ("/opt/reverie", "--home", home), time(3, 30))
    LaunchdAgent().install(order)
    file = tmp_path / "user/Library/LaunchAgents/local.reverie-0.plist"
    agent = plistlib.loads(file.read_bytes())
    assert agent["ProgramArguments"] == list(order.command)
    assert agent["StartCalendarInterval"] == {"Hour": 3, "Minute": 30}
    assert agent["RunAtLoad"] is agent["LowPriorityIO"] is True
    bootstrap = f"launchctl bootstrap gui/{os.getuid()} {file}"
    assert calls.made[-1] == bootstrap


def test_an_agent_that_launchd_refuses_is_taken_back(calls: Calls, tmp_path: Path) -> None:
    calls.program("launchctl", 'echo "Bootstrap failed: 5: Input/output error" >&2; exit 5')
    with pytest.raises(TimerUnavailable, match="Bootstrap failed"):
        LaunchdAgent().install(ORDER)
    assert not any((tmp_path / "user/Library/LaunchAgents").iterdir())


def test_each_home_has_a_timer_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    names = {order_for(home, time(3)).name for home in (tmp_path / "a", tmp_path / "b")}
    assert len(names) == 2
    assert all(name.startswith("reverie-") for name in names)
    if sys.platform == "linux":
        assert order_for(tmp_path / "reverie", time(3)).name == "reverie"


def test_an_order_starts_this_program_on_this_home(tmp_path: Path) -> None:
    order = order_for(tmp_path, time(3))
    assert Path(order.command[0]).is_absolute()
    assert order.command[-4:] == ("--home", str(tmp_path), "sleep", "--if-due")


def test_a_line_for_cron_is_quoted_for_the_shell_and_for_cron() -> None:
    order = Order("reverie", ("/opt/reverie", "--home", "/srv/my 100%"), time(3))
    assert crontab_line(order) == (r"*/15 * * * * /opt/reverie --home '/srv/my 100\%' >/dev/null")
