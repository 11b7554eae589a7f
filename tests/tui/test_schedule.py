"""The nightly run on the command line: who starts it, what it waits for, what is told of it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

from assistant.settings import Settings
from assistant.settings_file import load_settings
from consolidation import conditions, room
from consolidation.conditions import Machine
from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.skips import SkipStore
from memory.store import EpisodeStore
from tui.cli import main
from tui.commands import doctor, schedule
from tui.commands.daemon import Daemon
from tui.schedule_words import missed_lines

NOW = datetime.now(UTC)
MAINS = Machine(battery_percent=80, on_mains=True, load=0.1)
UNPLUGGED = Machine(battery_percent=34, on_mains=False, load=0.1)


class Home:
    """A home folder, the commands on it, and the machine that it is on."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.machine = MAINS
        self.systemd_answers = True
        self._capture = capture

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        code = main(["--home", str(self.folder), *arguments])
        return code, *self._capture.readouterr()

    def document(self, *arguments: str) -> Any:
        code, out, err = self(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    @property
    def settings(self) -> Settings:
        return load_settings(self.folder)

    def connections(self) -> Connections:
        return Connections(self.folder / "reverie.db")

    def hear(self, moment: datetime) -> None:
        with self.connections() as connections:
            draft = EpisodeDraft("s", moment, "Rex is ill.", "Oh.", "base", NoveltyScore(1, 1, 1))
            EpisodeStore(connections).add(draft, np.array([1.0], dtype=np.float32))

    def begin_night(self, sleep_date: str | None = None) -> int:
        with self.connections() as connections:
            return NightStore(connections).begin(
                kind="scheduled",
                sleep_date=sleep_date,
                deep=False,
                champion_before="base",
                started_at=NOW,
            )

    def due_since(self, days: int) -> None:
        """Something has waited for so many scheduled moments, the last a minute ago."""
        at = datetime.now() - timedelta(minutes=1)
        (self.folder / "settings.toml").write_text(f'[schedule]\nat = "{at:%H:%M}"\n')
        self.hear(NOW - timedelta(days=days - 1, hours=1))


@pytest.fixture
def home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Home]:
    folder = tmp_path / "my 100% home"
    folder.mkdir()
    programs = tmp_path / "bin"
    programs.mkdir()
    state = tmp_path / "no-systemd"
    fake = programs / "systemctl"
    fake.write_text(f'#!/bin/sh\n[ ! -e {state} ] || {{ echo "no bus" >&2; exit 1; }}\n')
    fake.chmod(0o755)
    (programs / "loginctl").write_text("#!/bin/sh\necho yes\n")
    (programs / "loginctl").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(sys, "platform", "linux")
    made = Home(folder, capsys)
    monkeypatch.setattr(conditions, "this_machine", lambda: made.machine)
    monkeypatch.setattr(schedule, "this_machine", lambda: made.machine)
    before = os.umask(0o022)
    yield made
    os.umask(before)


def units(home: Home) -> list[str]:
    folder = home.folder.parent / "config/systemd/user"
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def test_install_sets_the_time_and_keeps_what_its_owner_wrote(home: Home) -> None:
    file = home.folder / "settings.toml"
    file.write_text('# mine\n[schedule]\nat = "03:00"  # late\nbattery = "always"\n')
    document = home.document("schedule", "install", "--at", "04:30")
    assert document["at"] == "04:30"
    assert document["installed"]["active"] is document["installed"]["current"] is True
    assert file.read_text() == '# mine\n[schedule]\nat = "04:30"  # late\nbattery = "always"\n'
    (timer,) = [name for name in units(home) if name.endswith(".timer")]
    text = (home.folder.parent / "config/systemd/user" / timer).read_text()
    assert "OnCalendar=*-*-* 04:30:00" in text


def test_installing_twice_leaves_one_timer_that_two_removals_remove(home: Home) -> None:
    for _ in range(2):
        assert home("schedule", "install")[0] == 0
    assert len(units(home)) == 2
    assert home.document("schedule", "uninstall") == {"removed": True}
    assert home.document("schedule", "uninstall") == {"removed": False}
    assert units(home) == []


def test_where_no_timer_answers_the_daemon_and_cron_are_named(home: Home) -> None:
    (home.folder.parent / "no-systemd").touch()
    code, out, err = home("schedule", "install", "--at", "05:00")
    assert (code, out) == (1, "")
    assert "no systemd user session answers here (no bus)" in err
    assert "`reverie daemon`" in err
    assert r"my 100\% home' sleep --if-due" in err
    assert err.count("\n") == 1
    assert not (home.folder / "settings.toml").exists()


def test_a_schedule_that_is_off_is_said_at_once(home: Home) -> None:
    (home.folder / "settings.toml").write_text("[schedule]\nenabled = false\n")
    assert "schedule.enabled is false" in home("schedule", "install")[1]
    assert "The schedule is off" in home("schedule", "status")[1]
    home.hear(NOW - timedelta(days=3))
    document = home.document("sleep", "--if-due")
    assert document == {"night_id": None, "due": False, "next": None}


def test_status_of_a_new_home_says_how_nights_start(home: Home) -> None:
    code, out, _ = home("schedule", "status")
    assert code == 0
    assert "Nightly at 03:00 while the app is open" in out
    assert "there was none yet" in out
    document = home.document("schedule", "status")
    assert document["installed"] is None
    assert document["daemon"] is False
    assert document["missed"] == []
    assert document["conditions"]["needed_bytes"] > 100_000_000


def test_missed_nights_are_all_told_and_made_up_for_in_one(home: Home) -> None:
    home.due_since(4)
    document = home.document("schedule", "status")
    assert len(document["missed"]) == 4
    assert document["due"] == document["missed"][-1]
    out = home("schedule", "status")[1]
    assert "Missed: 4 nights" in out
    assert "makes up for them in one" in out
    home.begin_night(document["due"])
    assert home.document("schedule", "status")["missed"] == []


def test_a_night_on_battery_is_skipped_told_everywhere_and_stays_due(home: Home) -> None:
    home.due_since(1)
    home.machine = UNPLUGGED
    document = home.document("sleep", "--if-due")
    assert document["due"] is True
    assert document["skipped"] == "on battery (34 %)"
    day = document["sleep_date"]
    with home.connections() as connections:
        assert [s.sleep_date for s in SkipStore(connections).newest(9)] == [day]
        assert NightStore(connections).newest(9) == []
    status = home.document("schedule", "status")
    assert status["skipped"] == {day: "on battery (34 %)"}
    assert status["conditions"]["ready"] is False
    assert "was skipped: on battery (34 %)." in home("schedule", "status")[1]
    assert "was skipped: on battery (34 %)." in home("nights")[1]
    assert home.document("nights") == []
    home.begin_night(day)
    assert "skipped" not in home("nights")[1]


def test_an_asked_night_without_room_fails_before_anything_is_begun(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "free_bytes", lambda folder: 400_000_000)
    code, out, err = home("sleep")
    assert (code, out) == (1, "")
    assert "a night needs about 1.2 GB free in" in err
    assert "0.4 GB there" in err
    assert not (home.folder / "reverie.db").exists()
    assert not (home.folder / "weights").exists()


def test_a_due_night_without_room_is_skipped(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.due_since(1)
    monkeypatch.setattr(room, "free_bytes", lambda folder: 400_000_000)
    assert home.document("sleep", "--if-due")["skipped"].startswith("it needs about 1.2 GB free")


def test_a_timer_leaves_a_night_that_runs_alone(home: Home) -> None:
    home.due_since(1)
    home.begin_night()
    lock = FileLock(home.folder / "night.lock")
    with lock:
        assert home.document("sleep", "--if-due") == {"night_id": None, "running": True}


def test_a_night_that_was_killed_is_due_again(home: Home) -> None:
    home.due_since(1)
    home.begin_night(home.document("schedule", "status")["due"])
    home.machine = UNPLUGGED
    assert home.document("sleep", "--if-due")["due"] is True


def test_one_missed_night_is_no_list() -> None:
    day = NOW.date()
    (line,) = missed_lines([day], {})
    assert line == f"Due now: the night of {day:%a %d %b}."


def test_the_doctor_has_a_line_on_the_schedule(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_CHECKS", (doctor._schedule,))
    code, out, _ = home("doctor")
    assert code == 0
    assert "`reverie schedule install` runs it without" in out
    home("schedule", "install")
    assert "nightly at 03:00, by systemd" in home("doctor")[1]
    (home.folder / "settings.toml").write_text('[schedule]\nat = "04:00"\n')
    code, out, _ = home("doctor")
    assert code == 1
    assert "fix: reverie schedule install" in out


class FakeNight:
    """A night's process."""

    def __init__(self) -> None:
        self.code: int | None = None

    def exit_code(self) -> int | None:
        return self.code

    def reason(self) -> str:
        return "torch is missing"


class Watched:
    """A daemon with a machine, a clock and nights of the test's making."""

    def __init__(self, home: Home, connections: Connections) -> None:
        self.lines: list[str] = []
        self.nights: list[FakeNight] = []
        self.hindrance: str | None = None
        self.ahead = timedelta(0)
        self.daemon = Daemon(
            home.settings,
            connections,
            say=self.lines.append,
            start=self._start,
            hindrance=lambda settings: self.hindrance,
            now=lambda: datetime.now().astimezone() + self.ahead,
        )

    def _start(self, folder: Path) -> FakeNight:
        self.nights.append(FakeNight())
        return self.nights[-1]


@pytest.fixture
def watched(home: Home) -> Iterator[Watched]:
    home.due_since(1)
    with home.connections() as connections:
        yield Watched(home, connections)


def test_a_daemon_starts_a_due_night_once(watched: Watched) -> None:
    for _ in range(3):
        watched.daemon.look()
    assert len(watched.nights) == 1
    assert watched.daemon.has_night
    assert [line for line in watched.lines if line.endswith("begins.")] == watched.lines


def test_a_daemon_waits_a_hindrance_out(watched: Watched) -> None:
    watched.hindrance = "on battery (34 %)"
    for _ in range(3):
        watched.daemon.look()
    assert watched.nights == []
    (line,) = watched.lines
    assert "waits: on battery (34 %)." in line
    watched.hindrance = None
    watched.daemon.look()
    assert len(watched.nights) == 1


def test_a_daemon_tells_how_a_night_ended(watched: Watched, home: Home) -> None:
    watched.daemon.look()
    night_id = home.begin_night(home.document("schedule", "status")["due"])
    with home.connections() as connections:
        NightStore(connections).finish(night_id, "empty", datetime.now(UTC))
    watched.nights[0].code = 0
    watched.daemon.look()
    assert watched.lines[-1].startswith("Night 1: ")
    assert len(watched.nights) == 1


def test_a_night_that_cannot_start_is_told_and_tried_an_hour_later(watched: Watched) -> None:
    watched.daemon.look()
    watched.nights[0].code = 1
    watched.daemon.look()
    assert watched.lines[-1] == "The night did not start: torch is missing."
    assert len(watched.nights) == 1
    watched.ahead = timedelta(minutes=61)
    watched.daemon.look()
    assert len(watched.nights) == 2


def test_a_daemon_leaves_a_night_of_others_alone(watched: Watched, home: Home) -> None:
    home.begin_night()
    with FileLock(home.folder / "night.lock"):
        watched.daemon.look()
        assert watched.nights == []
    watched.daemon.look()  # its process is gone, which the lock tells
    assert len(watched.nights) == 1


def test_a_daemon_takes_new_settings_in(watched: Watched, home: Home) -> None:
    file = home.folder / "settings.toml"
    file.write_text("[schedule]\nenabled = maybe\n")
    watched.daemon.look()
    assert "settings before stay" in watched.lines[0]
    assert len(watched.nights) == 1
    file.write_text("[schedule]\nenabled = false\n")
    watched.daemon.look()
    assert watched.lines[-1].endswith("the schedule is off.")


def test_a_daemon_stops_cleanly_and_is_alone_on_its_home(home: Home) -> None:
    command = [sys.executable, "-m", "tui.cli", "--home", str(home.folder), "daemon"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    try:
        assert f"Looking after {home.folder}; the next night is at" in running.stderr.readline()
        assert home.document("schedule", "status")["daemon"] is True
        code, _, err = home("daemon")
        assert code == 1
        assert "a daemon runs for" in err
        running.send_signal(signal.SIGTERM)
        _, last = running.communicate(timeout=30)
    finally:
        running.kill()
    assert running.returncode == 0
    assert last.endswith("Stopped.\n")
    assert home.document("schedule", "status")["daemon"] is False
